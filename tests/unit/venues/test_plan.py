import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

from signoff.brief import ApprovalRule, Brief
from signoff.errors import BriefError, DataError
from signoff.units import Objective
from signoff.venues import VenueLine, VenuePlan, plan_venues
from signoff.venues.sample import sample_brief, sample_engine, sample_tables


def changed(brief: Brief, **changes: object) -> Brief:
    return Brief.model_validate({**brief.model_dump(), **changes})


def with_terms(*terms: dict[str, object]) -> Brief:
    return changed(sample_brief(), venues=terms)


def with_money(**money: object) -> Brief:
    return changed(sample_brief(), money={**sample_brief().money.model_dump(), **money})


def plan(brief: Brief, **tables: list[dict[str, object]]) -> VenuePlan:
    with sample_engine(**tables) as engine:
        return plan_venues(engine, brief=brief, seed=1)


def rows_of_users() -> list[dict[str, object]]:
    """Let both venues say that they reach users and nobody else."""
    network = [row for row in sample_tables()["venue_audience"] if row["venue_id"] == "network"]
    return [*network, *({**row, "venue_id": "title"} for row in network)]


def line_of(found: VenuePlan, venue_id: str) -> VenueLine:
    return next(line for line in found.lines if line.venue_id == venue_id)


def test_plan_venues_same_seed_gives_equal_plans() -> None:
    assert plan(sample_brief()) == plan(sample_brief())


def with_rule(rule: str, *, uplift: float = 0.0, **terms: object) -> Brief:
    """Give the sample's brief another rule, and each of its roles an uplift."""
    data = sample_brief().model_dump()
    data["committee"] |= {"approval_rule": rule, **terms}
    for role in data["committee"]["roles"]:
        role["uplift"] = uplift
    return Brief.model_validate(data)


def test_plan_venues_sample_keeps_budget_and_sums_lines() -> None:
    found = plan(sample_brief())
    assert found.total_spend == sum(line.spend for line in found.lines) <= found.budget
    assert found.result.low <= found.result.value <= found.result.high
    assert found.result.value <= found.bound
    assert 0 <= found.gap_share <= 1
    assert found.n_accounts == 3  # the fourth is the holdout
    assert all(line.reason for line in found.lines)


@pytest.mark.parametrize("aim", list(Objective))
@pytest.mark.parametrize("rule", list(ApprovalRule))
def test_plan_venues_every_objective_and_rule_brings_something(
    aim: Objective, rule: ApprovalRule
) -> None:
    brief = with_rule(rule, quorum_roles=2, base_share=0.1, uplift=0.5)
    found = plan(changed(brief, objective={"aim": aim, "target": 5}))
    assert found.result.value > 0
    assert found.rule == rule
    assert found.covered_accounts.value <= found.n_accounts
    assert [point.result for point in found.curve] == sorted(p.result for p in found.curve)


def test_plan_venues_excluded_venue_stays_with_reason() -> None:
    found = plan(with_terms({"venue": "title", "exclude": True}))
    line = line_of(found, "title")
    assert (line.in_plan, line.units, line.reason_kind) == (False, 0, "excluded")


def test_plan_venues_venue_outside_market_stays_with_reason() -> None:
    found = plan(with_terms({"venue": "title", "countries": ["US"]}))
    assert line_of(found, "title").reason_kind == "reaches_nobody"


def test_plan_venues_fixed_spend_is_spent_to_the_cent() -> None:
    found = plan(with_terms({"venue": "title", "fixed_spend": Decimal("11000.50")}))
    line = line_of(found, "title")
    assert (line.units, line.spend, line.reason_kind) == (2, Decimal("11000.50"), "committed")
    assert found.total_spend <= found.budget


def test_plan_venues_floor_and_ceiling_are_kept() -> None:
    terms = [{"venue": "title", "floor": 12000}, {"venue": "network", "ceiling": 5000}]
    found = plan(with_terms(*terms))
    assert line_of(found, "title").spend >= 12000
    assert line_of(found, "network").spend <= 5000


def test_plan_venues_four_at_lower_step_beat_three_at_higher_price() -> None:
    brief = with_terms({"venue": "title", "floor": 15000})
    visits = {**brief.objective.model_dump(), "aim": "traffic"}
    found = plan(changed(brief, objective=visits))
    assert line_of(found, "title").units >= 4  # 4 x 4,785 = 19,140 (Enterprising Women's card)


def test_plan_venues_budget_below_every_minimum_is_refused() -> None:
    with pytest.raises(BriefError, match="below every minimum buy"):
        plan(with_money(budget=45))


def test_plan_venues_faulty_tables_report_all_faults_at_once() -> None:
    tables = sample_tables()
    rates = [{**rate, "unit_price": Decimal(0)} for rate in tables["rate"][:1]]
    audience = [{**tables["venue_audience"][0], "reach_share": 1.2, "reach_high_share": 1.3}]
    with pytest.raises(DataError) as caught:
        plan(
            sample_brief(),
            rate=[*rates, {**rates[0], "venue_id": "ghost"}],
            venue_audience=audience,
        )
    text = caught.value.text()
    for part in (
        "costs nothing",
        "over 100 %",
        "network has no price",
        "ghost",
    ):
        assert part in text
    assert all(fault.why and fault.fix for fault in caught.value.faults)


def test_plan_venues_currency_without_rate_is_refused() -> None:
    with pytest.raises(DataError, match=r"exchange_rates\.GBP"):
        plan(with_money(exchange_rates={}))


def test_plan_venues_level_nobody_reaches_is_named() -> None:
    brief = sample_brief()
    committee = {**brief.committee.model_dump(), "approval_rule": "every_level"}
    with pytest.raises(DataError) as caught:
        plan(changed(brief, committee=committee), venue_audience=rows_of_users())
    assert "no venue reaches decider" in caught.value.text()
    assert "no venue reaches approver" in caught.value.text()


def test_plan_venues_uplift_counts_what_reached_roles_add() -> None:
    """Three roles of uplift .5 raise .1 to at most .3375: no account adds more than .2375."""
    conversions = {"aim": Objective.CONVERSIONS, "target": 5}
    brief = with_rule("uplift", base_share=0.1, uplift=0.5)
    found = plan(changed(brief, objective=conversions))
    assert 0 < found.covered_accounts.value <= found.covered_accounts.high <= 3 * 0.2375
    assert found.bound <= 0.13 * 0.2375 * (1 + 1e-8)  # weights .05, .05 and .03
    assert "accounts approved beyond those that would be anyway" in found.text()


def test_plan_venues_quorum_covers_between_every_level_and_any() -> None:
    conversions = {"aim": Objective.CONVERSIONS, "target": 5}
    every, quorum, one = (
        plan(changed(with_rule(rule, quorum_roles=2), objective=conversions)).result.value
        for rule in ("every_level", "quorum", "any")
    )
    assert every < quorum < one


def test_plan_venues_quorum_of_more_roles_than_venues_reach_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        plan(with_rule("quorum", quorum_roles=2), venue_audience=rows_of_users())
    assert "the approval rule needs 2 roles reached, and venues reach 1" in caught.value.text()
    assert "no venue reaches decider, approver" in caught.value.text()


def test_plan_venues_uplift_of_a_role_that_no_venue_reaches_is_refused() -> None:
    data = with_rule("uplift", base_share=0.1).model_dump()
    data["committee"]["roles"][1]["uplift"] = 0.5
    with pytest.raises(DataError, match="no venue reaches decider"):
        plan(Brief.model_validate(data), venue_audience=rows_of_users())


def test_plan_venues_contradicting_terms_are_reported_together() -> None:
    terms = [
        {"venue": "title", "floor": 50000, "ceiling": 6000},
        {"venue": "network", "fixed_spend": 30000},
        {"venue": "nobody"},
    ]
    with sample_engine() as engine, pytest.raises(BriefError) as caught:
        plan_venues(engine, brief=Brief.model_construct(**_loose(with_terms(), terms)), seed=1)
    assert len(caught.value.faults) == 3


def _loose(brief: Brief, terms: list[dict[str, object]]) -> dict[str, object]:
    """Take terms past the brief's own checks, as an older stored brief might."""
    from signoff.brief import VenueTerms

    fields = {name: getattr(brief, name) for name in Brief.model_fields}
    return {**fields, "venues": tuple(VenueTerms(**entry) for entry in terms)}


def test_plan_text_never_says_less_than_the_gap() -> None:
    found = replace(plan(sample_brief()), gap_share=0.0003)
    assert "at most 0.1 %" in found.text()
    assert "at most 0.0 %" in replace(found, gap_share=0.0).text()


def test_plan_venues_order_of_rows_and_hash_seed_change_nothing() -> None:
    script = """
import random, sys
from signoff.venues import plan_venues
from signoff.venues.sample import sample_brief, sample_engine, sample_tables
tables, chance = sample_tables(), random.Random(int(sys.argv[1]))
for rows in tables.values():
    chance.shuffle(rows)
with sample_engine(**tables) as engine:
    print(repr(plan_venues(engine, brief=sample_brief(), seed=1)))
"""
    plans = {
        subprocess.run(
            [sys.executable, "-c", script, seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert plans == {repr(plan(sample_brief())) + "\n"}


def test_plan_venues_measured_duplication_near_independence_gives_a_plan() -> None:
    tables = sample_tables()
    audience = [{**row, "role": "*"} for row in tables["venue_audience"]]
    pair = {"venue_id": "network", "other_venue_id": "title", "both_share": 0.1}  # .5 x .2
    found = plan(sample_brief(), venue_audience=audience, venue_duplication=[pair])
    assert found.appetite_shape > 20
    assert found.result.value > 0


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("network", "title", 0.3), "more than the smaller audience"),
        (("network", "ghost", 0.1), "ghost"),
        (("title", "title", 0.1), "with itself"),
    ],
)
def test_plan_venues_impossible_duplication_is_refused(
    pair: tuple[str, str, float], words: str
) -> None:
    names = ("venue_id", "other_venue_id", "both_share")
    row: dict[str, object] = dict(zip(names, pair, strict=True))
    audience = [{**line, "role": "*"} for line in sample_tables()["venue_audience"][:2]]
    with pytest.raises(DataError, match=words):
        plan(sample_brief(), venue_audience=audience, venue_duplication=[row])
