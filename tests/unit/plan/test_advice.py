"""Advice on kept plans: the study that is kept, one made anew, and the present."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.plan import (
    CampaignPlan,
    PlanOptions,
    compare_plan_with_present,
    load_plan,
    make_plan,
    present_of_plan,
    study_plan,
)
from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace, open_workspace
from signoff.venues import PresentSpend

Base = tuple[Workspace, CampaignPlan]


@pytest.fixture(scope="module")
def base(
    workspace: Workspace,
    brief_path: Path,
    options: PlanOptions,
    tmp_path_factory: pytest.TempPathFactory,
) -> Base:
    """Make one plan in a copy of the workspace."""
    copy = tmp_path_factory.mktemp("advice") / "w"
    shutil.copytree(workspace.path, copy)
    own = open_workspace(copy)
    return own, make_plan(own, brief=brief_path, options=options)


def test_study_plan_gives_what_is_kept(base: Base) -> None:
    own, plan = base
    assert study_plan(own) == plan.study == study_plan(own, run_id=plan.run_id[:10])


def test_study_plan_of_a_plan_without_one_makes_the_same(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, plan = base
    told: list[str] = []
    bare = replace(plan, study=None)
    monkeypatch.setattr("signoff.plan.advice.load_plan", lambda _own, **_: bare)
    made = study_plan(own, on_progress=lambda step, _done, _total: told.append(step))
    assert (made, told) == (plan.study, ["study"])


def test_compare_plan_with_present_without_spend_says_what_to_import(base: Base) -> None:
    with pytest.raises(DataError, match="nothing is known of what is bought") as raised:
        compare_plan_with_present(base[0])
    assert "signoff import" in raised.value.fault.fix


def test_compare_plan_with_present_of_itself_is_even(base: Base) -> None:
    own, plan = base
    found = compare_plan_with_present(own, present=present_of_plan(plan))
    assert (found.plan_id, found.difference.value) == (plan.run_id, 0)
    assert (found.spend, found.chance_share) == (plan.venues.total_spend, 0)


def test_compare_plan_with_present_of_unknown_venues_names_those_known(base: Base) -> None:
    with pytest.raises(DataError, match="none of the 1 venues") as raised:
        compare_plan_with_present(base[0], present=PresentSpend({"Elsewhere": Decimal(5)}))
    assert "Elsewhere" in raised.value.fault.why
    assert "trade" in raised.value.fault.why


def test_compare_plan_with_present_counts_spend_imported_since(
    base: Base, options: PlanOptions, tmp_path: Path
) -> None:
    own = open_workspace(Path(shutil.copytree(base[0].path, tmp_path / "w")))
    plan = load_plan(own)
    on = plan.brief.period.starts_on.replace(year=plan.brief.period.starts_on.year - 1)
    file = tmp_path / "spend.csv"
    rows = f"venue,campaign,starts_on,ends_on,spend,currency\nTrade Monthly,c,{on},{on},1500,EUR\n"
    file.write_text(rows, "utf-8")
    import_file(own, file, options=ImportOptions(by="tester", at=options.at, table="spend"))
    found = compare_plan_with_present(own)
    assert (found.spend, found.ends_on) == (Decimal("1500.00"), date.fromisoformat(str(on)))
