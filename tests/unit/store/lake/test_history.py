"""Whatever the order of imports, undoings and compactions, the lake is what a list would be."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from signoff.store.engines import Statement
from signoff.store.lake import check_lake, compact_lake, current_snapshot, duckdb_engine, retract
from signoff.store.register.ledger import ImportState, set_import_state
from signoff.store.workspace import Workspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
LATER = datetime.now(UTC).date() + timedelta(days=30)
ALL = Statement(
    "all", "SELECT account_id, name FROM account ORDER BY account_id", reads=("account",)
)
Imports = dict[str, dict[str, str]]


def _current(imports: Imports) -> dict[str, str]:
    """The reference: imports in order, a later one over an earlier one, key by key."""
    current: dict[str, str] = {}
    for rows in imports.values():
        current.update(rows)
    return current


def _read(workspace: Workspace, snapshot: int | None = None) -> dict[str, str]:
    with duckdb_engine(workspace, snapshot=snapshot) as engine:
        return {row["account_id"]: row["name"] for row in engine.rows(ALL)}


def _undo(workspace: Workspace, import_id: str) -> None:
    for state in (ImportState.UNDOING, ImportState.UNDONE):
        if state == ImportState.UNDONE:
            retract(workspace, import_id)
        set_import_state(workspace.register, import_id, state=state, by="ann", at=AT)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_lake_agrees_with_a_list_of_imports(
    workspace: Workspace, bring: Callable[..., str], seed: int
) -> None:
    chance = random.Random(seed)
    imports: Imports = {}
    for step in range(12):
        act = chance.choice(["bring", "bring", "bring", "undo", "compact"])
        if act == "bring":
            rows = {key: f"{key}{step}" for key in chance.sample("abcdef", k=chance.randint(1, 4))}
            made = bring("account", [{"account_id": k, "name": v} for k, v in rows.items()])
            imports[made] = rows
        elif act == "undo" and imports:
            gone = chance.choice(list(imports))
            _undo(workspace, gone)
            del imports[gone]
        else:
            compact_lake(workspace, today=LATER)
        assert _read(workspace) == _current(imports), f"after step {step}, {act}"
    assert check_lake(workspace, repair=False).findings == ()
    assert _read(workspace, snapshot=current_snapshot(workspace)) == _current(imports)
