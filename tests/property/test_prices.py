"""What holds of every rate card: money and units agree with a plain search, to the cent."""

import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib import util
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.brief import ApprovalRule
from signoff.units import DiscountKind
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.schedule import solve_plan

MANY = settings(max_examples=100, deadline=None)
PRICES = st.decimals("0.004", "300", places=3)


@st.composite
def ladders(draw: st.DrawFn, *, kind: DiscountKind | None = None) -> Ladder:
    """Draw a card of one to four steps, dearer or cheaper, with minimum, maximum and set-up."""
    starts = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=4)))
    minimum = draw(st.integers(starts[0], 14))
    return Ladder(
        steps=tuple(PriceStep(start, draw(PRICES)) for start in starts),
        minimum_units=minimum,
        maximum_units=draw(st.integers(minimum, 24)),
        discount_kind=kind or draw(st.sampled_from(DiscountKind)),
        setup_cost=draw(st.just(Decimal(0)) | st.decimals("0.001", "500", places=3)),
    )


def added_up(ladder: Ladder, units: int) -> Fraction:
    """Add up what so many units cost, one by one."""
    held = [
        next((step for step in reversed(ladder.steps) if step.units_from <= n), ladder.steps[0])
        for n in range(1, units + 1)
    ]
    prices = [Fraction(step.unit_price) for step in held]
    if ladder.discount_kind is DiscountKind.ALL_UNITS:
        prices = prices[-1:] * units
    return Fraction(ladder.setup_cost) + sum(prices)


def sold(ladder: Ladder) -> range:
    return range(ladder.minimum_units, ladder.maximum_units + 1)


@MANY
@given(ladder=ladders())
def test_cost_is_the_sum_of_its_units_and_the_setup_to_the_cent(ladder: Ladder) -> None:
    for units in sold(ladder):
        assert ladder.cost_cents(units) == round(added_up(ladder, units) * 100)


@MANY
@given(ladder=ladders(), ends=st.tuples(st.integers(1, 400_000), st.integers(1, 400_000)))
def test_units_for_money_equal_a_plain_search(ladder: Ladder, ends: tuple[int, int]) -> None:
    least, most = sorted(ends)
    fitting = [n for n in sold(ladder) if least <= ladder.cost_cents(n) <= most]
    assert ladder.most_units(most, at_least_cents=least) == max(fitting, default=0)
    assert ladder.fewest_units(least, at_most_cents=most) == min(fitting, default=None)
    cheapest = ladder.cheapest_spend(least, at_most_cents=most)
    assert cheapest == min(fitting, key=ladder.cost_cents, default=None)


@MANY
@given(ladder=ladders(), wanted=st.integers(1, 24))
def test_cheapest_units_equal_a_plain_search(ladder: Ladder, wanted: int) -> None:
    enough = [n for n in sold(ladder) if n >= wanted]
    if enough:
        found = ladder.cheapest_units(wanted)
        assert found in enough
        assert ladder.cost_cents(found) == min(map(ladder.cost_cents, enough))


@MANY
@given(ladder=ladders(), most=st.integers(1, 30))
def test_lowest_price_is_below_every_buy_and_close_to_one(ladder: Ladder, most: int) -> None:
    prices = [added_up(ladder, n) / n for n in sold(ladder) if n <= most]
    if prices:
        lowest = Fraction(ladder.lowest_price(most))
        assert min(prices) - Fraction(1, 10**11) <= lowest <= min(prices)


@MANY
@given(ladder=ladders(kind=DiscountKind.INCREMENTAL))
def test_each_more_unit_of_an_incremental_card_costs_its_own_price(ladder: Ladder) -> None:
    for units in sold(ladder)[1:]:
        more = added_up(ladder, units) - added_up(ladder, units - 1)
        assert more == Fraction(ladder.unit_price(units))


def _drawing() -> Any:
    """Give the module that draws small problems."""
    place = Path(__file__).parents[1] / "unit" / "venues" / "conftest.py"
    spec = util.spec_from_file_location("drawn_for_prices", place)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


DRAWING = _drawing()


@pytest.mark.parametrize("rule", [ApprovalRule.ANY, ApprovalRule.MEAN, ApprovalRule.EVERY_LEVEL])
@pytest.mark.parametrize("seed", range(4))
def test_plan_with_setup_and_increments_equals_enumeration(seed: int, rule: ApprovalRule) -> None:
    rng = np.random.default_rng(seed + 999)
    drawn = DRAWING.draw_problem(seed, rule=rule, n_venues=4)
    options = tuple(
        replace(option, ladder=replace(option.ladder, discount_kind=kind, setup_cost=setup))
        for option in drawn.options
        for kind in [list(DiscountKind)[int(rng.integers(2))]]
        for setup in [Decimal(int(rng.integers(0, 150)))]
    )
    problem = replace(drawn, options=options)
    model = ResultModel(problem)
    schedules = map(np.array, product(*([0, *sold(option.ladder)] for option in options)))
    within = [units for units in schedules if problem.cost_cents(units) <= problem.budget_cents]
    best = max(model.value(units.astype(np.float64)) for units in within)
    found = solve_plan(problem, rng=np.random.default_rng(0))
    assert sum(found.spend_cents) == problem.cost_cents(np.array(found.units))
    assert found.result == pytest.approx(best, rel=1e-9)
    assert found.bound >= best * (1 - 1e-9)
