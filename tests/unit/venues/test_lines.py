from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.brief import Brief
from signoff.venues import VenueLine, plan_venues
from signoff.venues.book import list_venues
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.lines import _is_step, write_lines
from signoff.venues.market.cells import count_cells
from signoff.venues.sample import sample_brief, sample_engine, sample_tables
from signoff.venues.solver.exposure import make_problem, match_audience
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule


def lines_of(*terms: dict[str, Any], budget: int = 60000) -> dict[str, VenueLine]:
    brief = sample_brief().model_dump()
    money = {**brief["money"], "budget": budget}
    with sample_engine() as engine:
        changed = Brief.model_validate({**brief, "venues": terms, "money": money})
        plan = plan_venues(engine, brief=changed, seed=1)
    return {line.venue_id: line for line in plan.lines}


def test_write_lines_spend_is_units_at_the_step_they_reach() -> None:
    title = lines_of({"venue": "title", "floor": 19000})["title"]
    assert title.spend == title.units * title.unit_price
    assert title.unit_price == Decimal("4785.00")


def test_write_lines_foreign_price_is_given_in_both_currencies() -> None:
    network = lines_of()["network"]
    assert (network.list_price, network.list_currency) == (Decimal("40.00"), "GBP")
    assert (network.unit_price, network.currency) == (Decimal("46.00"), "EUR")


def test_write_lines_minimum_above_what_is_left_is_said() -> None:
    title = lines_of(budget=5000)["title"]
    assert title.reason_kind == "minimum_above_budget"
    assert "5,145.00 EUR" in title.reason


def test_write_lines_minimum_above_ceiling_is_said() -> None:
    title = lines_of({"venue": "title", "ceiling": 5000})["title"]
    assert title.reason_kind == "minimum_above_ceiling"


def test_write_lines_ceiling_of_nothing_keeps_the_venue_out() -> None:
    assert not lines_of({"venue": "network", "ceiling": 0})["network"].in_plan


def test_write_lines_basis_is_the_weaker_of_response_and_audience() -> None:
    tables = sample_tables()
    bases = {row["venue_id"]: row["basis"] for row in tables["venue"]}
    weak = {row["venue_id"] for row in tables["venue_audience"] if row["basis"] == "prior"}
    found = {venue_id: line.basis for venue_id, line in lines_of().items()}
    assert any(bases[venue_id] == "measured" for venue_id in weak)
    assert found == {
        venue_id: "prior" if venue_id in weak else basis for venue_id, basis in bases.items()
    }


def test_write_lines_committed_line_cannot_grow() -> None:
    title = lines_of({"venue": "title", "fixed_spend": 12000})["title"]
    assert title.marginal_result_per_1000 is None
    assert "committed" in title.reason


def test_write_lines_excluded_line_has_no_price() -> None:
    title = lines_of({"venue": "title", "exclude": True})["title"]
    assert (title.unit_price, title.list_price, title.list_currency) == (None, None, "EUR")


def test_write_lines_exposures_per_person_follow_units() -> None:
    title = lines_of({"venue": "title", "floor": 19000})["title"]
    assert title.exposures_per_person == pytest.approx(title.units * 1.0)


def test_write_lines_most_money_first() -> None:
    spends = [line.spend for line in lines_of().values()]
    assert spends == sorted(spends, reverse=True)


def test_write_lines_every_field_of_the_source_is_kept() -> None:
    source = sample_tables()["venue"][0]["source"]
    assert lines_of()["title"].source == source


def written(units: tuple[int, int], **network: Any) -> tuple[dict[str, VenueLine], PlanProblem]:
    """Write the lines of units chosen by hand: first those of the network, then of the title."""
    brief = sample_brief()
    roles = tuple(role.role for role in brief.committee.roles)
    with sample_engine() as engine:
        book = list_venues(engine, brief=brief)
        audience = match_audience(book, count_cells(engine, roles=roles), brief=brief)
    problem = make_problem(audience, book, brief=brief)
    first, second = problem.options
    changed = replace(problem, options=(replace(first, **network), second))
    spend = tuple(o.cost_cents(n) for o, n in zip(changed.options, units, strict=True))
    schedule = Schedule(units, spend, result=0.0, bound=0.0, n_starts=1, n_ends=1)
    lines = write_lines(book, changed, schedule=schedule, brief=brief)
    return {line.venue_id: line for line in lines}, changed


def test_write_lines_loss_is_the_result_without_the_venue() -> None:
    lines, problem = written((20, 3))
    model = ResultModel(problem)
    loss = model.value(np.array([20.0, 3.0])) - model.value(np.array([20.0, 0.0]))
    assert f"lower by {loss:.3g};" in lines["title"].reason


def test_write_lines_marginal_is_the_gain_by_a_part_of_a_unit() -> None:
    lines, problem = written((20, 3))
    model, part = ResultModel(problem), 1e-4
    gain = model.value(np.array([20.0, 3.0 + part])) - model.value(np.array([20.0, 3.0]))
    by_money = gain / (part * 5145) * 1000
    assert lines["title"].marginal_result_per_1000 == pytest.approx(by_money, rel=1e-3)


def test_write_lines_money_elsewhere_is_said_of_the_better_venue_alone() -> None:
    left_out = [written((0, 3))[0]["network"], written((20, 0))[0]["title"]]
    kept = [written((0, 3))[0]["title"], written((20, 0))[0]["network"]]
    for out, other in zip(left_out, kept, strict=True):
        here, there = out.marginal_result_per_1000, other.marginal_result_per_1000
        assert here is not None
        assert there is not None
        assert out.reason_kind == ("better_elsewhere" if there >= here else "whole_units")


def test_write_lines_venue_that_adds_nothing_is_not_told_of_better_ones() -> None:
    lines, _ = written((0, 3), exposures_per_unit=0.0)
    assert lines["network"].reason_kind == "adds_nothing"


def test_write_lines_ceiling_reached_names_it_and_has_no_marginal() -> None:
    lines, _ = written((10, 3), ceiling_cents=46_500)
    assert lines["network"].reason_kind == "at_ceiling"
    assert lines["network"].marginal_result_per_1000 is None
    assert "would add" not in lines["network"].reason


@pytest.mark.parametrize(("later", "is_said"), [(90, True), (110, False)])
def test_write_lines_price_step_is_said_only_where_units_cost_less(
    later: int, *, is_said: bool
) -> None:
    steps = (PriceStep(1, Decimal(100)), PriceStep(4, Decimal(later)))
    venue = type("Priced", (), {"ladder": Ladder(steps, 1, 9)})()
    assert _is_step(venue, 4) == is_said
    assert not _is_step(venue, 5)


def test_write_lines_setup_and_increments_are_said() -> None:
    rates = [
        {**row, "discount_kind": "incremental", "setup_cost": Decimal(700)}
        if row["venue_id"] == "title"
        else row
        for row in sample_tables()["rate"]
    ]
    with sample_engine(rate=rates) as engine:
        visits = {**sample_brief().objective.model_dump(), "aim": "traffic"}
        brief = Brief.model_validate({**sample_brief().model_dump(), "objective": visits})
        plan = plan_venues(engine, brief=brief, seed=1)
    title = next(line for line in plan.lines if line.venue_id == "title")
    assert title.units >= 4
    assert title.spend == 700 + 3 * 5145 + (title.units - 3) * 4785
    assert "700.00 EUR are paid once" in title.reason
    assert "price of its own step" in title.reason
