"""Whoever was left alone stays so, whatever a later file, merge or undone import says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signoff.audience import list_suppressed_accounts
from signoff.errors import DataError
from signoff.store.exports import (
    ListOptions,
    Platform,
    Reason,
    export_matched_audience,
    find_barred,
    matched,
)
from signoff.store.exports.rows import gather_audience
from signoff.store.exports.writing import write_list
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.lake import duckdb_engine, export_lake
from signoff.store.lake.session import open_lake
from signoff.store.merges import PairAnswer, answer_pairs
from signoff.store.register import list_suppressions, refuse_consent
from signoff.store.register.suppression import SuppressionKind, SuppressionLedger, suppress
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
Bring = Callable[[str, str], str]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Give what imports a file, each a day after the one before, and names the import."""
    days: list[str] = []

    def bring(name: str, text: str) -> str:
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        at = AT + timedelta(days=len(days))
        receipt = import_file(workspace, path, options=ImportOptions(by="ann", at=at))
        assert receipt.n_rejected == 0, receipt.text()
        days.append(name)
        return receipt.import_id

    return bring


def _forbid(workspace: Workspace, kind: SuppressionKind, value: str) -> None:
    suppress(workspace, kind=kind, value=value, reason="", by="bo", at=AT)


def _account_ids(workspace: Workspace) -> list[str]:
    with open_lake(workspace) as lake:
        return sorted({row[0] for row in lake.rows("SELECT account_id FROM lake.account")})


def _leaving(workspace: Workspace, platform: Platform = Platform.TIKTOK_AUDIENCE) -> list[str]:
    """Give the first cell of each line that would leave."""
    audience = gather_audience(
        workspace,
        platform=platform,
        account_ids=_account_ids(workspace),
        options=ListOptions(),
        ledger=SuppressionLedger.load(workspace),
    )
    return sorted(next(iter(line.values())) for line in audience.lines)


def _suppressed(workspace: Workspace) -> tuple[str, ...]:
    with duckdb_engine(workspace) as engine:
        found = list_suppressed_accounts(engine, ledger=SuppressionLedger.load(workspace))
        there = {row[0] for row in engine.lake.rows("SELECT account_id FROM account")}
    return tuple(account_id for account_id in found if account_id in there)


def _merge(workspace: Workspace) -> None:
    one, other = _account_ids(workspace)
    answer = PairAnswer(one, other, is_same=True, reason="seen", confidence_share=0.9)
    receipt = answer_pairs(workspace, [answer], by="bo", at=AT)
    assert (receipt.n_merged, receipt.n_parted) == (1, 0)


def _part(workspace: Workspace, *names: str) -> None:
    with open_lake(workspace) as lake:
        ids = dict(lake.rows("SELECT name, account_id FROM lake.account"))
    one, other = (ids[name] for name in names)
    answer = PairAnswer(one, other, is_same=False, reason="seen", confidence_share=0.5)
    answer_pairs(workspace, [answer], by="bo", at=AT + timedelta(days=30))


def test_undoing_the_import_of_the_kept_account_revives_nobody(
    workspace: Workspace, bring: Bring, tmp_path: Path
) -> None:
    first = bring("one", "external id,name,domain,relationship\n1,Acme,acme.fr,client\n")
    bring("two", "external id,name,domain\n2,Acme SAS,acme.com\n")
    bring(
        "people",
        "external id,last name,email,account external id\nA1,Lee,ann@x.fr,1\nA2,Ray,bo@y.fr,2\n",
    )
    _merge(workspace)
    assert len(_leaving(workspace)) == 2
    _forbid(workspace, SuppressionKind.DOMAIN, "acme.fr")
    assert _leaving(workspace) == []
    undo_import(workspace, first, by="bo", at=AT)
    with duckdb_engine(workspace) as engine:
        assert len(engine.lake.rows("SELECT * FROM account")) == 1
    assert _leaving(workspace) == []
    assert _leaving(workspace, Platform.LINKEDIN_COMPANIES) == []
    assert len(_suppressed(workspace)) == 1
    bring("others", "external id,name,domain\n8,Bolt,bolt.fr\n9,Zed,zed.fr\n")
    _part(workspace, "Bolt", "Zed")  # works all merges out anew
    assert _leaving(workspace, Platform.LINKEDIN_COMPANIES) == ["Bolt", "Zed"]
    assert len(_suppressed(workspace)) == 1
    manifest = export_lake(workspace, target_dir=tmp_path / "copy")  # one row of each key
    assert {t.table: t.n_rows for t in manifest.tables}["account_merge"] <= 1


def test_account_renamed_by_a_later_file_stays_suppressed(
    workspace: Workspace, bring: Bring
) -> None:
    bring("one", "external id,name,domain\n1,Old Mill SA,mill.fr\n2,Bolt,bolt.fr\n")
    bring("two", "external id,name,domain\n1,New Wind SA,wind.fr\n")
    bring(
        "people",
        "external id,last name,email,account external id\nA1,Lee,ann@x.fr,1\nA2,Ray,bo@y.fr,2\n",
    )
    _forbid(workspace, SuppressionKind.COMPANY, "old mill")
    assert _leaving(workspace) == ["bo@y.fr"]
    assert _leaving(workspace, Platform.LINKEDIN_COMPANIES) == ["Bolt"]
    assert len(_suppressed(workspace)) == 1
    assert len(find_barred(workspace, account_ids=_account_ids(workspace))) == 1


def test_refusal_is_of_the_mailbox_whoever_the_file_says_it_is(
    workspace: Workspace, bring: Bring
) -> None:
    bring("firms", "external id,name,domain\n1,Acme,acme.fr\n2,Bolt,bolt.fr\n")
    head = "external id,first name,last name,email,account external id"
    bring("asked", f"{head},consent\nA1,Ann,Lee,ann@acme.fr,1,no\n")
    bring("later", f"{head}\nQ1,Anna,Roy,ann+news@acme.fr,2\nQ2,Bo,Ray,bo@acme.fr,2\n")
    bring("moved", f"{head}\nQ1,Anna,Roy,anna@bolt.fr,2\n")
    assert _leaving(workspace) == ["bo@acme.fr"]
    barred = find_barred(workspace, account_ids=_account_ids(workspace))
    assert list(barred.values()) == [Reason.REFUSED] * 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SuppressionKind.PHONE, "01 23 45 67 80"),
        (SuppressionKind.PERSON, "Bo Ray, Acme"),
        (SuppressionKind.DOMAIN, "old.fr"),
    ],
)
def test_later_file_revives_nobody_who_was_suppressed_by_an_earlier_one(
    workspace: Workspace, bring: Bring, kind: SuppressionKind, value: str
) -> None:
    bring("firms", "external id,name,domain\n1,Acme,acme.fr\n")
    head = "external id,first name,last name,email,phone,account external id"
    bring("first", f"{head}\nA2,Bo,Ray,bo@old.fr,+33123456780,1\nA3,Cy,Doe,cy@acme.fr,,1\n")
    _forbid(workspace, kind, value)
    assert _leaving(workspace) == ["cy@acme.fr"]
    bring("second", f"{head}\nA2,Bob,Raye,bob@acme.fr,+33999999999,1\n")
    assert _leaving(workspace) == ["cy@acme.fr"]
    barred = find_barred(workspace, account_ids=_account_ids(workspace))
    assert list(barred.values()) == [Reason.SUPPRESSED]


def test_export_takes_the_list_back_when_somebody_refuses_meanwhile(
    workspace: Workspace, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("firms", "external id,name,domain\n1,Acme,acme.fr\n")
    ids = _account_ids(workspace)

    def written(*given: Any, **options: Any) -> Path:
        refuse_consent(
            workspace.register, person_id="p", purpose="news", source="call", by="bo", at=AT
        )
        return write_list(*given, **options)

    monkeypatch.setattr(matched, "write_list", written)
    with pytest.raises(DataError, match="changed while the list was made"):
        export_matched_audience(
            workspace, platform="linkedin_companies", account_ids=ids, by="ann", at=AT
        )
    assert not list((workspace.path / "exports").glob("*.csv"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SuppressionKind.PHONE, "01 23 45 67 80"),
        (SuppressionKind.PERSON, "Bo Ray, Acme"),
        (SuppressionKind.EMAIL, "bo@acme.fr"),
    ],
)
def test_undoing_the_import_that_showed_who_is_suppressed_revives_nobody(
    workspace: Workspace, bring: Bring, kind: SuppressionKind, value: str
) -> None:
    bring("firms", "external id,name,domain\n1,Acme,acme.fr\n")
    head = "external id,first name,last name,email,phone,account external id"
    cy = "A3,Cy,Doe,cy@acme.fr,,1"
    first = bring("first", f"{head}\nA2,Bo,Ray,bo@acme.fr,+33123456780,1\n{cy}\n")
    bring("second", f"{head}\nA2,Bob,Raye,bob@acme.fr,+33999999999,1\n{cy}\n")
    assert _leaving(workspace) == ["bob@acme.fr", "cy@acme.fr"]
    _forbid(workspace, kind, value)
    assert _leaving(workspace) == ["cy@acme.fr"]
    undo_import(workspace, first, by="bo", at=AT)
    assert _leaving(workspace) == ["cy@acme.fr"]
    ledger = SuppressionLedger.load(workspace)
    assert ledger.blocks_mailbox("bob@acme.fr")
    assert not ledger.blocks_mailbox("cy@acme.fr")


def test_undoing_the_import_of_whoever_refused_keeps_the_mailbox_out(
    workspace: Workspace, bring: Bring
) -> None:
    bring("firms", "external id,name,domain\n1,Acme,acme.fr\n")
    head = "external id,last name,email,account external id"
    first = bring("first", f"{head},consent\nA1,Lee,ann@acme.fr,1,no\nA2,Ray,bo@acme.fr,1,\n")
    undo_import(workspace, first, by="bo", at=AT)
    ledger = SuppressionLedger.load(workspace)
    assert ledger.blocks_mailbox("ann+news@acme.fr")
    bring("second", f"{head}\nQ8,Ray,bo@acme.fr,1\n")
    assert _leaving(workspace) == ["bo@acme.fr"]


def test_undoing_an_import_of_a_suppressed_firm_remembers_no_person(
    workspace: Workspace, bring: Bring
) -> None:
    bring("firms", "external id,name,domain\n1,Acme,acme.fr\n")
    people = bring("people", "external id,last name,email,account external id\nA1,Lee,a@x.fr,1\n")
    _forbid(workspace, SuppressionKind.DOMAIN, "acme.fr")
    undo_import(workspace, people, by="bo", at=AT)
    assert len(list_suppressions(workspace.register)) == 1
