"""Matched audiences: who leaves, who does not, and that it fails closed."""

import csv
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.exports import (
    RULES,
    ExportReceipt,
    ListOptions,
    Platform,
    Reason,
    export_matched_audience,
    list_client_accounts,
    preview_matched_audience,
)
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake.session import open_lake
from signoff.store.merges import PairAnswer, answer_pairs
from signoff.store.register import (
    ADVERTISING,
    Basis,
    Consent,
    current_persons,
    give_consent,
    refuse_consent,
    withdraw_consent,
)
from signoff.store.register.audit import list_audit
from signoff.store.register.suppression import SuppressionKind, SuppressionLedger, suppress
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace
from signoff.units import Relationship

AT = datetime(2026, 11, 23, tzinfo=UTC)
N_CONTACTS = 305


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace with two accounts and 305 contacts, one without address, one generated."""
    folder = tmp_path_factory.mktemp("exports")
    made = create_workspace(folder / "w", settings=Settings(name="Acme"), at=AT)
    accounts, contacts = folder / "accounts.csv", folder / "contacts.csv"
    accounts.write_text(
        "name,domain,country,city\nAcme,acme.example,FR,Paris\n=Bolt(),bolt.example,DE,Bonn\n"
    )
    rows = [
        f"I{n},N{n},F{n},n{n}@acme.example,acme.example,measured,+33 1 00 00 {n:04d}"
        for n in range(N_CONTACTS - 2)
    ]
    rows += [
        "I-none,Nobody,No,,acme.example,measured,",
        "I-made,M,G,m@x.example,acme.example,generated,",
    ]
    contacts.write_text(
        "external id,last name,first name,email,account domain,origin,phone\n" + "\n".join(rows)
    )
    for path in (accounts, contacts):
        import_file(made, path, options=ImportOptions(by="ann", at=AT))
    return folder / "w"


@pytest.fixture
def workspace(filled: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(filled, tmp_path / "w")
    return open_workspace(tmp_path / "w")


def _export(workspace: Workspace, platform: str, *, hashed: bool = False) -> ExportReceipt:
    with open_lake(workspace) as lake:
        ids = [row[0] for row in lake.rows("SELECT account_id FROM lake.account")]
    return export_matched_audience(
        workspace,
        platform=platform,
        account_ids=ids,
        by="ann",
        at=AT,
        options=ListOptions(hashed=hashed),
    )


def _account_ids(workspace: Workspace) -> dict[str, str]:
    with open_lake(workspace) as lake:
        return dict(lake.rows("SELECT name, account_id FROM lake.account"))


def _suppress(workspace: Workspace, kind: SuppressionKind, value: str) -> None:
    suppress(workspace, kind=kind, value=value, reason="asked", by="ann", at=AT)


def _lines(receipt: ExportReceipt) -> list[dict[str, str]]:
    with receipt.path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_export_linkedin_companies_keeps_the_template(workspace: Workspace) -> None:
    receipt = _export(workspace, "linkedin_companies")
    lines = _lines(receipt)
    assert receipt.path.read_text().startswith("companyname,companywebsite,companyemaildomain,")
    assert sorted(line["companyname"] for line in lines) == ["'=Bolt()", "Acme"]
    assert {line["companycountry"] for line in lines} == {"FR", "DE"}
    assert receipt.path.stat().st_mode & 0o077 == 0


def test_export_linkedin_contacts_leaves_out_by_reason(workspace: Workspace) -> None:
    _suppress(workspace, SuppressionKind.EMAIL, "N7@acme.example")
    receipt = _export(workspace, "linkedin_contacts")
    assert receipt.n_rows == N_CONTACTS - 3
    assert dict(receipt.left_out) == {
        "generated for a demonstration, no real person": 1,
        "no e-mail address, so the suppression list cannot be checked": 1,
        "on the suppression list": 1,
    }
    text = receipt.path.read_text()
    assert "n7@acme.example" not in text
    assert "Left out: 1 generated" in receipt.text()
    assert len(receipt.rows()) == 4


def test_export_under_the_minimum_says_how_many_are_missing(workspace: Workspace) -> None:
    for n in range(5):
        _suppress(workspace, SuppressionKind.EMAIL, f"n{n}@acme.example")
    with pytest.raises(DataError, match="needs 300: 2 are missing"):
        _export(workspace, "linkedin_contacts")
    assert list(workspace.exports_dir.iterdir()) == []


def test_export_suppressed_domain_lets_nobody_of_it_leave(workspace: Workspace) -> None:
    _suppress(workspace, SuppressionKind.DOMAIN, "acme.example")
    with pytest.raises(DataError, match="has 0 rows"):
        _export(workspace, "google_customer_match")
    assert [line["companyname"] for line in _lines(_export(workspace, "linkedin_companies"))] == [
        "'=Bolt()"
    ]


def test_export_fails_closed_when_the_list_cannot_be_loaded(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Workspace) -> SuppressionLedger:
        raise OSError

    monkeypatch.setattr(SuppressionLedger, "load", broken)
    with pytest.raises(OSError, match=r"^$"):
        _export(workspace, "linkedin_companies")
    assert list(workspace.exports_dir.iterdir()) == []


def test_export_google_hashed_shows_no_address(workspace: Workspace) -> None:
    receipt = _export(workspace, "google_customer_match", hashed=True)
    lines = _lines(receipt)
    assert tuple(lines[0]) == ("Email", "Phone", "First Name", "Last Name", "Country", "Zip")
    assert all(len(line["Email"]) == 64 and line["Country"] == "FR" for line in lines)
    assert "@" not in receipt.path.read_text()


def test_export_leaves_an_audit_row_without_names(workspace: Workspace) -> None:
    _export(workspace, "linkedin_contacts")
    act = list_audit(workspace.register, object_kind="audience")[0].act
    assert (act.action, act.detail["n_rows"]) == ("exported", N_CONTACTS - 2)


def test_export_unknown_platform_is_refused(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="there is no list for 'meta'"):
        _export(workspace, "meta")


def test_export_accounts_nobody_knows_write_nothing(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="has 0 rows"):
        export_matched_audience(
            workspace, platform="linkedin_companies", account_ids=["x"], by="ann", at=AT
        )


def test_export_suppressed_mailbox_is_known_with_and_without_its_tag(
    workspace: Workspace,
) -> None:
    _suppress(workspace, SuppressionKind.EMAIL, "N7+fair@ACME.example")
    receipt = _export(workspace, "google_customer_match")
    assert "n7@acme.example" not in receipt.path.read_text()
    assert dict(receipt.left_out)["on the suppression list"] == 1


def test_export_person_suppressed_by_the_account_s_name_or_page(workspace: Workspace) -> None:
    _suppress(workspace, SuppressionKind.PERSON, "F1 N1, ACME SA")
    _suppress(workspace, SuppressionKind.PERSON, "F2 N2, https://www.acme.example/team")
    text = _export(workspace, "google_customer_match").path.read_text()
    assert "n1@acme.example" not in text
    assert "n2@acme.example" not in text
    assert "n3@acme.example" in text


def test_export_suppressed_old_name_of_a_merged_account_stays_in(
    workspace: Workspace,
) -> None:
    ids = _account_ids(workspace)
    same = PairAnswer(ids["Acme"], ids["=Bolt()"], is_same=True, reason="", confidence_share=1.0)
    answer_pairs(workspace, [same], by="ann", at=AT)
    _suppress(workspace, SuppressionKind.COMPANY, "Bolt()")
    with pytest.raises(DataError, match="has 0 rows"):
        _export(workspace, "linkedin_companies")


def test_export_meta_takes_hashed_lists_only(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="cannot leave in plain text"):
        _export(workspace, "meta_custom_audience")
    receipt = _export(workspace, "meta_custom_audience", hashed=True)
    assert tuple(_lines(receipt)[0]) == RULES[Platform.META_CUSTOM_AUDIENCE].columns
    assert receipt.notes == ()


def test_export_tiktok_says_how_many_of_a_thousand_are_missing(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="needs 1,000: 697 are missing"):
        _export(workspace, "tiktok_audience", hashed=True)


@pytest.mark.parametrize(("kind", "words"), [("hospital", "health care")])
def test_export_meta_refuses_a_list_of_health(
    workspace: Workspace, tmp_path: Path, kind: str, words: str
) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text(f"name,domain,country,city,kind\nAcme,acme.example,FR,Paris,{kind}\n")
    import_file(workspace, path, options=ImportOptions(by="ann", at=AT, table="account"))
    with pytest.raises(DataError, match=f"303 of 303 people on the list work in {words}"):
        _export(workspace, "meta_custom_audience", hashed=True)
    assert _export(workspace, "google_customer_match").n_rows == N_CONTACTS - 2
    shown = preview_matched_audience(
        workspace,
        platform="meta_custom_audience",
        account_ids=_account_ids(workspace).values(),
        options=ListOptions(hashed=True),
    )
    assert "September 2025" in str(shown.refusal)
    assert len(shown.notes) == 1


def test_export_relationship_keeps_clients_and_prospects_apart(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("name,domain,country,city,relationship\nAcme,acme.example,FR,Paris,client\n")
    import_file(workspace, path, options=ImportOptions(by="ann", at=AT, table="account"))
    ids = _account_ids(workspace)
    assert list_client_accounts(workspace) == (ids["Acme"],)
    for options, n_rows in (
        (ListOptions(), 2),
        (ListOptions(relationships=(Relationship.CLIENT,)), 1),
        (ListOptions(relationships=(Relationship.PROSPECT, Relationship.LOST)), 0),
        (ListOptions(is_exclusion=True, relationships=(Relationship.LOST,)), 1),
    ):
        shown = preview_matched_audience(
            workspace, platform="linkedin_companies", account_ids=ids.values(), options=options
        )
        assert shown.n_rows == n_rows
        assert shown.n_missing == max(0, 1 - n_rows)
    receipt = export_matched_audience(
        workspace,
        platform="linkedin_companies",
        account_ids=ids.values(),
        by="ann",
        at=AT,
        options=ListOptions(is_exclusion=True),
    )
    assert receipt.path.name.startswith("linkedin_companies-exclude-clients-")
    assert dict(receipt.left_out) == {"accounts of another relationship, or of an unknown one": 1}


def test_preview_writes_nothing_and_counts_what_is_missing(workspace: Workspace) -> None:
    shown = preview_matched_audience(
        workspace,
        platform="tiktok_audience",
        account_ids=_account_ids(workspace).values(),
        options=ListOptions(hashed=True),
    )
    assert (shown.n_rows, shown.n_missing) == (303, 697)
    assert "Refused" in shown.text()
    assert shown.rows()[-1] == {"outcome": "missing for the platform", "n": 697}
    assert list(workspace.exports_dir.iterdir()) == []


def test_export_leaves_out_whoever_refused_and_counts_the_basis(workspace: Workspace) -> None:
    ids = {p.email: p.person_id for p in current_persons(workspace.register)}
    register = workspace.register
    refuse_consent(
        register, person_id=ids["n1@acme.example"], purpose="news", source="call", by="ann", at=AT
    )
    for name in ("n2", "n3"):
        given = Consent(ids[f"{name}@acme.example"], ADVERTISING, Basis.CONSENT, "form", AT)
        give_consent(register, given, by="ann", at=AT)
    withdraw_consent(
        register,
        person_id=ids["n3@acme.example"],
        purpose=ADVERTISING,
        by="ann",
        at=AT + timedelta(days=1),
        source="mail",
    )
    receipt = _export(workspace, "google_customer_match")
    assert dict(receipt.left_out)["consent refused or withdrawn"] == 2
    shown = preview_matched_audience(
        workspace,
        platform="google_customer_match",
        account_ids=_account_ids(workspace).values(),
        options=ListOptions(only_consented=True),
    )
    assert shown.n_rows == 1
    assert dict(shown.left_out)[Reason.NO_BASIS] == 300
