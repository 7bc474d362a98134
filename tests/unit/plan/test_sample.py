"""The sample campaign: loaded into an empty workspace, planned from, taken back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.plan import (
    SAMPLE_BRIEF,
    PlanOptions,
    load_sample,
    make_plan,
    sample_imports,
    undo_sample,
)
from signoff.store.imports import ImportOptions, import_file
from signoff.store.register import document_history
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "empty", settings=Settings(name="Acme"), at=AT)


def test_load_sample_fills_the_workspace_and_can_be_planned_from(empty: Workspace) -> None:
    told: list[tuple[int, int]] = []
    receipt = load_sample(empty, by="ann", at=AT, on_file=lambda *done: told.append(done))
    assert (receipt.n_imports, told[0], told[-1]) == (7, (0, 7), (6, 7))
    assert [entry.counts.n_rejected for entry in sample_imports(empty)] == [0] * 7
    options = PlanOptions(seed=1, as_of=date(2026, 11, 26), by="ann", at=AT)
    plan = make_plan(empty, brief=SAMPLE_BRIEF, options=options)
    assert plan.venues.total_spend > 0
    assert plan.audience.n_generated_contacts > 0
    assert any("generated" in caution for caution in plan.cautions)


def test_load_sample_again_adds_nothing(empty: Workspace) -> None:
    load_sample(empty, by="ann", at=AT)
    again = load_sample(empty, by="ann", at=AT)
    assert again.n_rows == 0
    assert len(document_history(empty.register, kind="brief", name=SAMPLE_BRIEF)) == 1


def test_undo_sample_takes_every_row_back(empty: Workspace) -> None:
    loaded = load_sample(empty, by="ann", at=AT)
    undone = undo_sample(empty, by="ann", at=AT)
    assert (undone.n_imports, undone.n_rows) == (loaded.n_imports, loaded.n_rows)
    assert sample_imports(empty) == []


def test_load_sample_beside_facts_of_ones_own_is_refused(empty: Workspace, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,country\nAcme,FR\n", encoding="utf-8")
    import_file(empty, own, options=ImportOptions(by="ann", at=AT))
    with pytest.raises(DataError, match=r"own\.csv"):
        load_sample(empty, by="ann", at=AT)
