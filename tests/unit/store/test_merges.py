"""Answers about pairs of accounts: what is merged, what comes back, what is refused."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signoff.audience import find_duplicates, list_suppressed_accounts
from signoff.audience.matching import PairDecision, match_accounts
from signoff.errors import DataError
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.lake import LakePool, duckdb_engine, export_lake
from signoff.store.merges import (
    PairAnswer,
    answer_pairs,
    keep_pairs,
    list_pair_answers,
    pair_of,
    take_answers_back,
)
from signoff.store.register.audit import list_audit
from signoff.store.register.suppression import SuppressionKind, SuppressionLedger, suppress
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
ACCOUNTS = """external id,name,domain,country,industry,employees,relationship
1,Acme,acme.example,FR,,,
2,ACME S.A.S.,,FR,steel,120,client
3,Acme Holding,acme-holding.example,,,,
4,Bolt,bolt.example,DE,,,
"""
CONTACTS = "external id,last name,email,account external id,title\n" + "".join(
    f"c{n},N{n},n{n}@x.example,{n},Buyer\n" for n in (1, 2, 3, 4)
)
DEALS = "deal id,account external id,stage,began on,closed on,value,currency\n" + "".join(
    f"d{n},{n},won,2026-01-0{n},2026-02-01,100,EUR\n" for n in (1, 2, 3, 4)
)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merges")
    made = create_workspace(folder / "w", settings=Settings(name="Acme"), at=AT)
    for name, text in (("accounts", ACCOUNTS), ("contacts", CONTACTS), ("deals", DEALS)):
        (folder / f"{name}.csv").write_text(text)
        receipt = import_file(made, folder / f"{name}.csv", options=ImportOptions(by="ann", at=AT))
        assert receipt.n_rejected == 0, receipt.text()
    return folder / "w"


@pytest.fixture
def workspace(imported: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(imported, tmp_path / "w")
    return open_workspace(tmp_path / "w")


def _read(workspace: Workspace, sql: str, *reads: str) -> list[dict[str, Any]]:
    with duckdb_engine(workspace) as engine:
        return engine.rows(Statement("read", sql, reads=reads or ("account",)))


def _ids(workspace: Workspace) -> dict[str, str]:
    """Give the id of each account by its name, before anything was merged."""
    found = _read(workspace, "SELECT name, account_id FROM account ORDER BY name")
    return {row["name"]: row["account_id"] for row in found}


def _same(ids: dict[str, str], one: str, other: str, *, is_same: bool = True) -> PairAnswer:
    return PairAnswer(ids[one], ids[other], is_same, "seen on the site", 0.8)


def _everything(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    tables = ("account", "person_fact", "opportunity", "account_merge")
    return {name: _read(workspace, f"SELECT * FROM {name} ORDER BY ALL", name) for name in tables}


def test_answer_pairs_merges_and_carries_people_and_deals_over(workspace: Workspace) -> None:
    ids = _ids(workspace)
    receipt = answer_pairs(workspace, [_same(ids, "Acme", "ACME S.A.S.")], by="bo", at=AT)
    assert (receipt.n_answers, receipt.n_merged, receipt.n_parted) == (1, 1, 0)
    kept = ids["ACME S.A.S."]  # a client, and the fuller record
    accounts = {row["account_id"]: row for row in _read(workspace, "SELECT * FROM account")}
    assert set(accounts) == {kept, ids["Acme Holding"], ids["Bolt"]}
    told = accounts[kept]
    assert (told["name"], told["domain"], told["employees"], told["relationship"]) == (
        "ACME S.A.S.",
        "acme.example",
        120,
        "client",
    )
    for table in ("person_fact", "opportunity"):
        counted = _read(
            workspace,
            f"SELECT account_id, COUNT(*) AS n FROM {table} GROUP BY account_id",
            table,
        )
        assert {row["account_id"]: row["n"] for row in counted} == {
            kept: 2,
            ids["Acme Holding"]: 1,
            ids["Bolt"]: 1,
        }
    merged = _read(workspace, "SELECT * FROM account_merge", "account_merge")
    assert [(row["name"], row["reason"]) for row in merged] == [("Acme", "seen on the site")]
    acts = [row.act.action for row in list_audit(workspace.register)]
    assert "decided" in acts


def test_take_answers_back_brings_all_back_as_it_was(workspace: Workspace) -> None:
    ids, before = _ids(workspace), _everything(workspace)
    answers = [_same(ids, "Acme", "ACME S.A.S."), _same(ids, "Acme", "Acme Holding")]
    answer_pairs(workspace, answers, by="bo", at=AT)
    assert _everything(workspace) != before
    numbers = [decision.decision_id for decision in list_pair_answers(workspace)]
    receipt = take_answers_back(workspace, numbers, by="bo", at=AT + timedelta(hours=1))
    assert (receipt.n_merged, receipt.n_parted) == (0, 2)
    assert _everything(workspace) == before
    assert list_pair_answers(workspace) == []
    # and once more, as if never answered
    answer_pairs(workspace, answers, by="bo", at=AT + timedelta(hours=2))
    assert len(_read(workspace, "SELECT * FROM account")) == 2


def test_answer_pairs_parts_what_an_earlier_answer_merged(workspace: Workspace) -> None:
    ids, before = _ids(workspace), _everything(workspace)
    answer_pairs(workspace, [_same(ids, "Acme", "Acme Holding")], by="bo", at=AT)
    changed = _same(ids, "Acme Holding", "Acme", is_same=False)
    answer_pairs(workspace, [changed], by="cy", at=AT + timedelta(hours=1))
    assert _everything(workspace) == before
    assert [(d.answer, d.by) for d in list_pair_answers(workspace)] == [("different", "cy")]


def test_answer_pairs_that_contradict_each_other_keeps_nothing(workspace: Workspace) -> None:
    ids, before = _ids(workspace), _everything(workspace)
    answers = [
        _same(ids, "Acme", "ACME S.A.S."),
        _same(ids, "ACME S.A.S.", "Acme Holding"),
        _same(ids, "Acme", "Acme Holding", is_same=False),
    ]
    with pytest.raises(DataError, match=r"Acme = ACME S\.A\.S\. = Acme Holding"):
        answer_pairs(workspace, answers, by="bo", at=AT)
    assert _everything(workspace) == before
    assert list_pair_answers(workspace) == []


@pytest.mark.parametrize(("one", "other"), [("nobody", "none"), ("nobody", "nobody")])
def test_answer_pairs_of_unknown_accounts_is_refused(
    workspace: Workspace, one: str, other: str
) -> None:
    with pytest.raises(DataError, match=r"no account|with itself"):
        answer_pairs(workspace, [PairAnswer(one, other, is_same=True, reason="x")], by="bo", at=AT)


def test_import_after_a_merge_finds_the_account_under_either_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    ids = _ids(workspace)
    answer_pairs(workspace, [_same(ids, "Acme", "ACME S.A.S.")], by="bo", at=AT)
    path = tmp_path / "more.csv"
    path.write_text(
        "external id,last name,email,account name\nc8,N8,n8@x.example,Acme\n"
        "c9,N9,n9@x.example,ACME S.A.S.\n"
    )
    receipt = import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    assert receipt.n_rejected == 0
    counted = _read(
        workspace,
        "SELECT account_id, COUNT(*) AS n FROM person_fact GROUP BY account_id",
        "person_fact",
    )
    assert {row["account_id"]: row["n"] for row in counted}[ids["ACME S.A.S."]] == 4


def test_merged_account_stays_suppressed_under_the_name_that_is_gone(workspace: Workspace) -> None:
    ids = _ids(workspace)
    suppress(
        workspace,
        kind=SuppressionKind.DOMAIN,
        value="acme-holding.example",
        reason="asked",
        by="bo",
        at=AT,
    )
    answer_pairs(workspace, [_same(ids, "ACME S.A.S.", "Acme Holding")], by="bo", at=AT)
    ledger = SuppressionLedger.load(workspace)
    with duckdb_engine(workspace) as engine:
        assert list_suppressed_accounts(engine, ledger=ledger) == (ids["ACME S.A.S."],)


def test_pool_shows_a_merge_at_once(workspace: Workspace) -> None:
    from signoff.audience import list_accounts
    from signoff.store.browse import TableRequest

    ids = _ids(workspace)
    wanted = TableRequest(columns=("name", "n_people"))
    with LakePool(workspace) as pool:
        with pool.engine() as engine:
            assert len(list_accounts(engine, wanted).rows()) == 4
        answer_pairs(workspace, [_same(ids, "Acme", "ACME S.A.S.")], by="bo", at=AT)
        with pool.engine() as engine:
            listed = {row["name"]: row["n_people"] for row in list_accounts(engine, wanted).rows()}
    assert listed == {"ACME S.A.S.": 2, "Acme Holding": 1, "Bolt": 1}


def test_exported_lake_holds_the_merged_rows(workspace: Workspace, tmp_path: Path) -> None:
    ids = _ids(workspace)
    answer_pairs(workspace, [_same(ids, "Acme", "ACME S.A.S.")], by="bo", at=AT)
    manifest = export_lake(workspace, tmp_path / "copy")
    n_rows = {table.table: table.n_rows for table in manifest.tables}
    assert (n_rows["account"], n_rows["account_merge"], n_rows["person_fact"]) == (3, 1, 4)


def test_keep_pairs_shows_those_of_the_newest_search_alone(workspace: Workspace) -> None:
    ids = sorted(_ids(workspace).values())
    told = {"confidence_share": 0.6, "reason": "same words"}
    for at, (one, other) in enumerate([(0, 1), (1, 2), (1, 2), (0, 1)]):
        pair = {"account_id": ids[one], "other_account_id": ids[other], **told}
        assert keep_pairs(workspace, [pair], by="bo", at=AT + timedelta(hours=at)) == 1
        listed = _read(workspace, "SELECT * FROM account_pair", "account_pair")
        assert listed == [pair]
    assert keep_pairs(workspace, [], by="bo", at=AT + timedelta(days=1)) == 0
    assert _read(workspace, "SELECT * FROM account_pair", "account_pair") == []


def test_answers_about_accounts_that_are_gone_rest_and_block_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "more.csv"
    path.write_text("external id,name\n9,Acme Three\n")
    later = import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    ids = _ids(workspace)
    answer_pairs(workspace, [_same(ids, "Acme", "Acme Three")], by="bo", at=AT)
    undo_import(workspace, later.import_id, by="ann", at=AT)
    answer_pairs(workspace, [_same(ids, "Acme", "ACME S.A.S.")], by="bo", at=AT)
    assert len(_read(workspace, "SELECT * FROM account")) == 3
    numbers = [decision.decision_id for decision in list_pair_answers(workspace)]
    take_answers_back(workspace, numbers, by="bo", at=AT)
    assert len(_read(workspace, "SELECT * FROM account")) == 4


def test_undo_import_of_merges_is_refused_and_says_what_to_do(workspace: Workspace) -> None:
    ids = _ids(workspace)
    receipt = answer_pairs(workspace, [_same(ids, "Acme", "ACME S.A.S.")], by="bo", at=AT)
    with pytest.raises(DataError, match="take the answers back"):
        undo_import(workspace, receipt.import_id, by="bo", at=AT)
    assert len(_read(workspace, "SELECT * FROM account")) == 3


def test_answer_pairs_that_may_leave_clashing_keeps_the_others(workspace: Workspace) -> None:
    ids = _ids(workspace)
    apart = _same(ids, "Acme", "Acme Holding", is_same=False)
    answer_pairs(workspace, [apart], by="bo", at=AT)
    given = [
        _same(ids, "Acme", "ACME S.A.S."),
        _same(ids, "ACME S.A.S.", "Acme Holding"),
    ]
    receipt = answer_pairs(workspace, given, by="bo", at=AT, leave_clashing=True)
    assert (receipt.n_answers, receipt.n_merged) == (0, 0)
    given.append(_same(ids, "Bolt", "Acme Holding"))
    receipt = answer_pairs(workspace, given, by="bo", at=AT, leave_clashing=True)
    assert (receipt.n_answers, receipt.n_merged) == (1, 1)


def test_answers_of_both_kinds_teach_the_next_search(workspace: Workspace, tmp_path: Path) -> None:
    names = [f"Firm{chr(65 + n % 26)}{n} Works" for n in range(40)]
    rows = [f"p{n},{name}\nq{n},{name} Ltd" for n, name in enumerate(names)]
    rows += [f"r{n},Zeta Plant {n}\ns{n},Zeta Plants {n}" for n in range(20)]
    path = tmp_path / "many.csv"
    path.write_text("external id,name\n" + "\n".join(rows) + "\n")
    import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    ids = _ids(workspace)
    answers = [_same(ids, name, f"{name} Ltd") for name in names]
    answers += [_same(ids, f"Zeta Plant {n}", f"Zeta Plants {n}", is_same=False) for n in range(20)]
    answer_pairs(workspace, answers, by="bo", at=AT)
    told = [pair_of(decision) for decision in list_pair_answers(workspace)]
    decisions = [PairDecision(t.account_id, t.other_account_id, is_same=t.is_same) for t in told]
    seen: list[int] = []

    def watch(records: Any, *, decisions: Any) -> Any:
        found = match_accounts(records, decisions=decisions)
        seen.append(found.n_learned)
        return found

    with pytest.MonkeyPatch.context() as patch, duckdb_engine(workspace) as engine:
        patch.setattr("signoff.audience.duplicates.match_accounts", watch)
        pairs = find_duplicates(engine, decisions=decisions)
    assert seen == [60]
    answered = {frozenset((t.account_id, t.other_account_id)) for t in told}
    assert not [p for p in pairs if {p["account_id"], p["other_account_id"]} in answered]
