"""Who must not be contacted."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from signoff.errors import DataError
from signoff.store.register import (
    PersonRow,
    SuppressionKind,
    SuppressionLedger,
    lift_suppression,
    list_audit,
    list_suppressions,
    suppress,
)
from signoff.store.register.suppression import Mark, _digest, marks_of_person, suppress_marks
from signoff.store.workspace import Workspace

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def add(workspace: Workspace, kind: str, value: str) -> SuppressionLedger:
    suppress(workspace, kind=SuppressionKind(kind), value=value, reason="asked", by="bo", at=NOW)
    return SuppressionLedger.load(workspace)


def test_blocks_email_in_any_spelling(workspace: Workspace) -> None:
    ledger = add(workspace, "email", "Ann@Example.com")
    assert ledger.blocks_email(" mailto:ANN@example.COM")
    assert not ledger.blocks_email("bo@example.com")
    assert not ledger.blocks_email(None)


def test_blocks_domain_and_all_below_and_their_addresses(workspace: Workspace) -> None:
    ledger = add(workspace, "domain", "https://www.example.com/")
    assert ledger.blocks_domain("example.com")
    assert ledger.blocks_domain("shop.example.com")
    assert ledger.blocks_email("ann@mail.example.com")
    assert not ledger.blocks_domain("notexample.com")
    assert not ledger.blocks_domain("com")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Credit et Cie", "Crédit & Cie"),
        ("Mueller", "Müller GmbH & Co. KG"),
        ("Coca Cola", "The Coca-Cola Company"),
        ("STRASSE", "Straße AG"),
        ("Lodz", "Łódź Sp."),
        ("Smith and Sons", "Smith & Sons Ltd"),
        ("CocaCola", "Coca-Cola"),
    ],
)
def test_blocks_company_in_every_spelling_of_its_name(
    workspace: Workspace, one: str, other: str
) -> None:
    other = other.removesuffix(" Sp.")
    assert not SuppressionLedger.load(workspace).blocks_company(other)
    assert add(workspace, "company", one).blocks_company(other)
    lift_suppression(workspace, kind=SuppressionKind.COMPANY, value=one, by="bo", at=NOW)
    assert add(workspace, "company", other).blocks_company(one)
    assert not SuppressionLedger.load(workspace).blocks_company("Credit Agricole")


@pytest.mark.parametrize(
    ("kept", "name"),
    [("credit et cie", "Crédit & Cie"), ("the coca cola", "Coca-Cola"), ("muller", "Mueller")],
)
def test_blocks_company_by_an_entry_made_when_one_form_was_kept(
    workspace: Workspace, kept: str, name: str
) -> None:
    mark = Mark(SuppressionKind.COMPANY, _digest(workspace.key, SuppressionKind.COMPANY, kept))
    with workspace.register.begin() as connection:
        suppress_marks(connection, [mark], reason="", by="bo", at=NOW, is_erasure=False)
    assert SuppressionLedger.load(workspace).blocks_company(name)


def test_blocks_company_without_its_legal_form(workspace: Workspace) -> None:
    ledger = add(workspace, "company", "Société Dupont SARL")
    assert ledger.blocks_company("societe dupont S.A.R.L.")
    assert not ledger.blocks_company("Dupont")
    assert not ledger.blocks_company("")


def test_blocks_name_only_at_that_firm(workspace: Workspace) -> None:
    ledger = add(workspace, "person", "Ann Lee, Example Ltd")
    assert ledger.blocks_name("ANN", "Lée", "example")
    assert not ledger.blocks_name("Ann", "Lee", "Other")
    assert not ledger.blocks_name("Ann", "Lee", None)


@pytest.mark.parametrize(
    ("kind", "value", "row"),
    [
        ("email", "a@x.fr", PersonRow("p", email="A@x.fr")),
        ("domain", "x.fr", PersonRow("p", email="a@x.fr")),
        ("domain", "x.fr", PersonRow("p", company_domain="www.x.fr")),
        ("company", "Acme", PersonRow("p", company_name="ACME Inc.")),
        ("phone", "01 23 45 67 89", PersonRow("p", phone="+33123456789")),
        (
            "profile",
            "linkedin.com/in/ann",
            PersonRow("p", linkedin_url="https://fr.linkedin.com/in/ann/"),
        ),
        ("person_id", "p", PersonRow("p")),
        (
            "person",
            "Ann Lee, Acme",
            PersonRow("p", first_name="ann", last_name="lee", company_name="ACME Corp"),
        ),
    ],
)
def test_blocks_person_by_whatever_is_suppressed(
    workspace: Workspace, kind: str, value: str, row: PersonRow
) -> None:
    assert add(workspace, kind, value).blocks_person(row) == kind
    assert SuppressionLedger.load(workspace).blocks_person(PersonRow("q")) is None


def test_marks_of_person_colleague_with_the_same_phone_is_not_blocked(
    workspace: Workspace,
) -> None:
    ann = PersonRow("p1", last_name="Lee", phone="0123456789")
    with workspace.register.begin() as connection:
        suppress_marks(
            connection,
            marks_of_person(workspace.key, ann),
            reason="erased",
            by="bo",
            at=NOW,
            is_erasure=True,
        )
    ledger = SuppressionLedger.load(workspace)
    assert ledger.blocks_person(PersonRow("p2", last_name="Roy", phone="0123456789")) is None
    again = PersonRow("p3", last_name="lee", phone="+33 1 23 45 67 89")
    assert ledger.blocks_person(again) == "person"


def test_suppress_keeps_no_readable_value(workspace: Workspace) -> None:
    add(workspace, "email", "ann@example.com")
    with workspace.register.read() as connection:
        stored = str(connection.execute(text("SELECT * FROM suppression")).all())
        stored += str(connection.execute(text("SELECT * FROM audit")).all())
    assert "ann" not in stored.replace("anned", "")
    assert "example" not in stored


def test_suppress_twice_is_one_entry(workspace: Workspace) -> None:
    add(workspace, "email", "ann@example.com")
    add(workspace, "email", "ANN@example.com")
    assert len(list_suppressions(workspace.register)) == 1


def test_lift_suppression_allows_again_and_stays_on_record(workspace: Workspace) -> None:
    add(workspace, "email", "ann@example.com")
    kind = SuppressionKind.EMAIL
    assert lift_suppression(workspace, kind=kind, value="Ann@example.com", by="bo", at=NOW) == 1
    assert not SuppressionLedger.load(workspace).blocks_email("ann@example.com")
    (entry,) = list_suppressions(workspace.register)
    assert (entry.lifted_by, entry.lifted_at) == ("bo", NOW)
    acts = [row.act.action for row in list_audit(workspace.register, object_kind="suppression")]
    assert acts == ["suppressed", "lifted"]
    assert add(workspace, "email", "ann@example.com").blocks_email("ann@example.com")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "ann"),
        ("domain", "localhost"),
        ("company", " . "),
        ("person", "Ann Lee"),
        ("phone", "12"),
        ("profile", " "),
    ],
)
def test_suppress_value_of_another_kind_is_refused(
    workspace: Workspace, kind: str, value: str
) -> None:
    with pytest.raises(DataError, match=f"cannot be suppressed as {kind}"):
        add(workspace, kind, value)
