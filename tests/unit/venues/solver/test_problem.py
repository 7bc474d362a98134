from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.problem import VenueOption

LADDER = Ladder((PriceStep(1, Decimal(100)), PriceStep(5, Decimal(80))), 2, 10)
FREE = VenueOption("v", LADDER, 1.0, 0.1)


@pytest.mark.parametrize(("units", "fits"), [(0, True), (1, False), (2, True), (11, False)])
def test_fits_keeps_minimum_and_maximum(units: int, *, fits: bool) -> None:
    assert FREE.fits(units) is fits


def test_fits_floor_forbids_nothing_and_too_little() -> None:
    option = replace(FREE, floor_cents=30_000)
    assert [n for n in range(11) if option.fits(n)] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert option.fewest_units() == 3


def test_fits_ceiling_forbids_too_much() -> None:
    option = replace(FREE, ceiling_cents=40_000)
    assert [n for n in range(11) if option.fits(n)] == [0, 2, 3, 4, 5]
    assert option.most_units(10**9) == 5


def test_most_units_budget_below_minimum_is_none() -> None:
    assert FREE.most_units(19_999) == 0


def test_committed_money_is_spent_whatever_it_buys() -> None:
    option = replace(FREE, fixed_cents=35_050)
    assert (option.fixed_units, option.cost_cents(option.fixed_units)) == (3, 35_050)
    assert option.most_units(0) == option.fewest_units() == 3
    assert not option.fits(4)


def test_closed_venue_takes_nothing() -> None:
    option = replace(FREE, is_open=False)
    assert (option.most_units(10**9), option.fits(0), option.fits(2)) == (0, True, False)


def test_measure_conversions_follow_the_rule(drawn: Any) -> None:
    measure = drawn(1, rule=ApprovalRule.MEAN, exposures_needed=2).measure()
    assert (measure.combination, measure.exposures_needed) == ("mean", 2)
    assert not measure.counts_answers
    assert not measure.is_concave


def test_measure_leads_count_any_answer_from_the_first_exposure(drawn: Any) -> None:
    measure = drawn(1, objective=Objective.LEADS, exposures_needed=3).measure()
    assert (measure.combination, measure.exposures_needed) == ("any", 1)
    assert measure.counts_answers
    assert measure.is_concave


def test_measure_traffic_counts_people_of_accounts_with_weight(drawn: Any) -> None:
    problem = drawn(1, objective=Objective.TRAFFIC)
    worthless = replace(problem.cells, weight=np.zeros(len(problem.cells.weight)))
    assert problem.measure().weight.sum() == problem.cells.n_accounts.sum()
    assert replace(problem, cells=worthless).measure().weight.sum() == 0


def test_cost_cents_sums_committed_and_free(drawn: Any) -> None:
    problem = drawn(1, n_venues=2)
    fixed = replace(problem.options[0], fixed_cents=12_345)
    both = replace(problem, options=(fixed, problem.options[1]))
    bought = problem.options[1].ladder.cost_cents(2)
    assert both.cost_cents(np.array([fixed.fixed_units, 2])) == 12_345 + bought
