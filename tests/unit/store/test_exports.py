"""Matched audiences: who leaves, who does not, and that it fails closed."""

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.exports import ExportReceipt, export_matched_audience
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake.session import open_lake
from signoff.store.register.audit import list_audit
from signoff.store.register.suppression import SuppressionKind, SuppressionLedger, suppress
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

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
        workspace, platform=platform, account_ids=ids, by="ann", at=AT, hashed=hashed
    )


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
