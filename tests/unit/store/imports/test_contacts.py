"""Contacts: names and addresses in the register alone, suppression kept, undo exact."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportOptions, ImportReceipt, import_file, undo_import
from signoff.store.register.persons import current_persons
from signoff.store.register.suppression import SuppressionKind, suppress
from signoff.store.workspace import Workspace

Bring = Callable[..., ImportReceipt]
Rows = Callable[[str], list[tuple[Any, ...]]]


AT = datetime(2026, 11, 24, tzinfo=UTC)
TEXT = (
    "First Name,Last Name,Email,Job title,Company\n"
    "Zoé,Martin,Zoe.Martin@Acme.example,Directrice des achats,Acme\n"
    "Bo,Berg,bo@bolt.example,CFO,\n"
)


def _lake_bytes(workspace: Workspace) -> bytes:
    files = sorted((workspace.path / "lake").rglob("*"))
    return b"".join(path.read_bytes() for path in files if path.is_file())


def test_import_contacts_names_stand_in_the_register_alone(
    accounts: ImportReceipt, bring: Bring, workspace: Workspace, lake_rows: Rows
) -> None:
    receipt = bring(TEXT, "contacts.csv")
    assert receipt.n_published == 2
    persons = {p.email: p for p in current_persons(workspace.register)}
    zoe = persons["zoe.martin@acme.example"]
    assert (zoe.first_name, zoe.company_name) == ("Zoé", "Acme")
    found = lake_rows(
        "SELECT f.person_id, title, a.name, origin FROM lake.person_fact AS f "
        "JOIN lake.account AS a USING (account_id) ORDER BY title DESC"
    )
    assert found[0] == (zoe.person_id, "Directrice des achats", "Acme", "measured")
    assert found[1][2] == "Bolt"  # by the domain of the address
    for secret in (b"Martin", b"zoe.martin", b"Berg", b"bo@bolt"):
        assert secret not in _lake_bytes(workspace)
    assert list(workspace.staging_dir.iterdir()) == []


def test_import_contacts_again_keeps_their_ids(
    accounts: ImportReceipt, bring: Bring, workspace: Workspace
) -> None:
    bring(TEXT, "contacts.csv")
    before = {p.email: p.person_id for p in current_persons(workspace.register)}
    second = bring(TEXT.replace("CFO", "CEO"), "contacts.csv")
    assert second.n_superseded == 2
    assert {p.email: p.person_id for p in current_persons(workspace.register)} == before


def test_import_contacts_suppressed_are_not_stored_nor_given_back(
    bring: Bring, workspace: Workspace
) -> None:
    suppress(
        workspace,
        kind=SuppressionKind.EMAIL,
        value="bo@bolt.example",
        reason="asked",
        by="ann",
        at=AT,
    )
    receipt = bring(TEXT.replace(",Acme\n", ",\n"), "contacts.csv")
    assert [(f.line, f.kind, f.value) for f in receipt.faults] == [(3, "suppressed", "")]
    for path in (receipt.rejected_path, receipt.rejected_rows_path):
        assert "bo@bolt" not in path.read_text()
    assert [p.email for p in current_persons(workspace.register)] == ["zoe.martin@acme.example"]


def test_import_contacts_twice_in_a_file_are_rejected(bring: Bring) -> None:
    receipt = bring(
        "id,last name,email\n1,A,a@x.example\n2,B,A@X.example\n1,C,c@x.example\n,D,\n"
        "5,E,e@x.example\n6,F,f@x.example\n7,G,g@x.example\n"
    )
    assert [(f.line, f.kind) for f in receipt.faults] == [
        (3, "repeated"),
        (4, "repeated"),
        (5, "missing"),
    ]


def test_undo_import_gives_earlier_versions_back(bring: Bring, workspace: Workspace) -> None:
    bring("last name,email\nOld,a@x.example\n", "one.csv")
    second = bring("last name,email\nNew,a@x.example\n", "two.csv")
    assert [p.last_name for p in current_persons(workspace.register)] == ["New"]
    undone = undo_import(workspace, second.import_id, by="ann", at=AT)
    assert (undone.n_removed, undone.n_persons) == (1, 1)
    assert [p.last_name for p in current_persons(workspace.register)] == ["Old"]


def test_import_events_find_their_person(
    accounts: ImportReceipt, bring: Bring, workspace: Workspace, lake_rows: Rows
) -> None:
    bring(TEXT, "contacts.csv")
    bring("timestamp,kind,email\n2026-01-01,mail,BO@bolt.example\n", "events.csv")
    bo = next(p for p in current_persons(workspace.register) if p.last_name == "Berg")
    assert lake_rows("SELECT person_id FROM lake.event") == [(bo.person_id,)]
    assert b"bo@bolt" not in _lake_bytes(workspace).lower()


def test_undo_import_does_not_bring_an_erased_person_back(
    bring: Bring, workspace: Workspace
) -> None:
    from signoff.store.privacy.erasure import erase_person

    bring("last name,email\nOld,a@x.example\nB,b@x.example\n", "one.csv")
    second = bring("last name,email\nNew,a@x.example\n", "two.csv")
    erase_person(workspace, email="a@x.example", by="ann", at=AT)
    undo_import(workspace, second.import_id, by="ann", at=AT)
    assert [p.last_name for p in current_persons(workspace.register)] == ["B"]
    third = bring("last name,email\nAgain,A@x.example\nC,c@x.example\n", "three.csv")
    assert [(f.line, f.kind) for f in third.faults] == [(2, "suppressed")]


def test_import_contacts_gives_up_when_somebody_is_suppressed_meanwhile(
    workspace: Workspace, tmp_path: Path, options: ImportOptions
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(TEXT.replace(",Acme\n", ",\n"))

    def meanwhile(doing: str, n_rows: int) -> None:
        if doing == "writing":
            suppress(
                workspace,
                kind=SuppressionKind.EMAIL,
                value="bo@bolt.example",
                reason="asked",
                by="ann",
                at=AT,
            )

    with pytest.raises(DataError, match="suppression list changed"):
        import_file(workspace, path, options=options, on_progress=meanwhile)
    assert import_file(workspace, path, options=options).n_published == 1


def test_import_contacts_all_suppressed_is_no_error(bring: Bring, workspace: Workspace) -> None:
    suppress(
        workspace,
        kind=SuppressionKind.DOMAIN,
        value="x.example",
        reason="asked",
        by="ann",
        at=AT,
    )
    receipt = bring("last name,email\nA,a@x.example\n")
    assert (receipt.n_published, receipt.n_rejected) == (0, 1)
