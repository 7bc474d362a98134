"""Every objective and every approval rule ends in a plan; what cannot be planned says why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from signoff.brief import ApprovalRule
from signoff.errors import BriefError, DataError
from signoff.plan import CampaignPlan, PlanOptions, make_plan
from signoff.store.workspace import Workspace

Plan = Callable[..., CampaignPlan]


@pytest.fixture
def plan_with(workspace: Workspace, brief_path: Path, options: PlanOptions, tmp_path: Path) -> Plan:
    """Give a function that plans from the brief with some of its words replaced."""

    def plan(*changes: tuple[str, str]) -> CampaignPlan:
        text = brief_path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        changed = tmp_path / "changed.toml"
        changed.write_text(text, "utf-8")
        return make_plan(workspace, brief=changed, options=options)

    return plan


@pytest.mark.parametrize("aim", ["leads", "conversions", "traffic"])
@pytest.mark.parametrize("rule", list(ApprovalRule))
def test_make_plan_each_objective_under_each_rule(
    plan_with: Plan, aim: str, rule: ApprovalRule
) -> None:
    numbers = {"quorum": "\nquorum_roles = 2", "uplift": "\nbase_share = 0.1"}.get(rule, "")
    plan = plan_with(
        ('aim = "conversions"', f'aim = "{aim}"'),
        ('approval_rule = "mean"', f'approval_rule = "{rule}"{numbers}'),
        ('role = "purchaser"', 'role = "purchaser"\nuplift = 2'),
    )
    venues = plan.venues
    assert 0 < venues.total_spend <= plan.brief.money.budget
    assert 0 < venues.result.low <= venues.result.high
    assert venues.result.value <= venues.bound * (1 + 1e-9)
    assert 0 <= venues.gap_share < 1


def test_make_plan_covers_no_more_when_every_level_must_sign(plan_with: Plan) -> None:
    every = plan_with(('approval_rule = "mean"', 'approval_rule = "every_level"')).venues.bound
    any_role = plan_with(('approval_rule = "mean"', 'approval_rule = "any"')).venues.result.value
    assert every <= any_role * (1 + 1e-6)


def test_make_plan_budget_below_every_minimum_says_the_cheapest(plan_with: Plan) -> None:
    with pytest.raises(BriefError) as told:
        plan_with(("budget = 9000", "budget = 10"))
    assert told.value.fault.what.startswith("1 fault in")
    assert "1,000.00" in told.value.text() or "1000.00" in told.value.text()


def test_make_plan_market_without_accounts_says_what_left_them_out(plan_with: Plan) -> None:
    with pytest.raises((BriefError, DataError)) as told:
        plan_with(('countries = ["FR", "DE"]', 'countries = ["JP"]'))
    assert "countr" in told.value.text()
    assert told.value.fault.fix


def test_make_plan_french_brief_is_french_throughout(plan_with: Plan) -> None:
    plan = plan_with(("[advertiser]\n", 'language = "fr"\n[advertiser]\n'))
    english = (" the ", " and ", " of ")
    assert plan.cautions
    assert not [c for c in plan.cautions if any(word in c for word in english)]
