from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from signoff.brief import Brief, Language
from signoff.errors import BriefError
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.market.cells import count_cells
from signoff.venues.plan import VenuePlan, plan_facts
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.solver.exposure import make_problem, match_audience
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.frequency_caps import cap_units, is_shut_by_cap, refuse_capped_floors

LADDER = Ladder((PriceStep(1, Decimal(100)),), 2, 50)


def visits_brief() -> Brief:
    """Count visits: they run into diminishing returns, so that the title is bought too."""
    brief = sample_brief()
    aim = brief.objective.model_copy(update={"aim": Objective.TRAFFIC})
    return brief.model_copy(update={"objective": aim})


def capped_facts(brief: Brief, **venue: object) -> VenueFacts:
    """Give the sample's facts with terms of the title changed."""
    with sample_engine() as engine:
        facts = list_facts(engine, brief=brief)
    venues = tuple(
        replace(found, **venue) if found.venue_id == "title" else found
        for found in facts.book.venues
    )
    return replace(facts, book=replace(facts.book, venues=venues))


def capped_plan(brief: Brief | None = None, **venue: object) -> VenuePlan:
    used = brief or visits_brief()
    return plan_facts(capped_facts(used, **venue), brief=used, seed=1).plan


@pytest.mark.parametrize(
    ("exposures", "cap", "most"), [(0.5, 4, 8), (3.0, 4, 1), (0.1, 3, 30), (1.0, None, 50)]
)
def test_cap_units_mean_exposures_stay_within_the_cap(
    exposures: float, cap: int | None, most: int
) -> None:
    capped = cap_units(LADDER, exposures_per_unit=exposures, frequency_cap=cap)
    assert capped.maximum_units == most


def test_cap_units_a_wide_cap_leaves_the_card_alone() -> None:
    assert cap_units(LADDER, exposures_per_unit=0.5, frequency_cap=100) is LADDER


def test_is_shut_by_cap_minimum_buy_above_it() -> None:
    shut = VenueOption("v", replace(LADDER, maximum_units=1), 3.0, 0.1, frequency_cap=4)
    assert is_shut_by_cap(shut)
    assert not is_shut_by_cap(replace(shut, ladder=LADDER))
    assert not is_shut_by_cap(replace(shut, frequency_cap=None))


def test_make_problem_capped_venue_sells_no_more_than_its_cap() -> None:
    brief = visits_brief()
    facts = capped_facts(brief, frequency_cap=2)
    audience = match_audience(facts.book, facts.cells, brief=brief)
    options = {o.venue_id: o for o in make_problem(audience, facts.book, brief=brief).options}
    title = options["title"]
    assert title.ladder.maximum_units == int(2 / title.exposures_per_unit)
    assert not title.fits(title.ladder.maximum_units + 1)


def test_plan_facts_capped_venue_stops_at_its_cap_and_says_so() -> None:
    free = next(line for line in capped_plan().lines if line.venue_id == "title")
    assert free.exposures_per_person > 2
    title = next(x for x in capped_plan(frequency_cap=2).lines if x.venue_id == "title")
    assert (title.units, title.exposures_per_person) == (2, 2.0)
    assert title.reason_kind == "at_cap"
    assert "its frequency cap of 2 exposures per person allows" in title.reason
    french = visits_brief().model_copy(update={"language": Language.FR})
    plan = capped_plan(french, frequency_cap=2)
    said = next(x for x in plan.lines if x.venue_id == "title").reason
    assert "que permet son plafond de 2 expositions par personne" in said


def test_plan_facts_venue_whose_minimum_is_above_its_cap_is_left_out() -> None:
    plan = capped_plan(frequency_cap=1, exposures_per_unit=1.5)
    title = next(line for line in plan.lines if line.venue_id == "title")
    assert (title.units, title.in_plan, title.reason_kind) == (0, False, "cap_below_minimum")
    assert "more often than its frequency cap of 1 exposures per person allows" in title.reason


def test_plan_facts_cap_never_raises_bound_or_result() -> None:
    free, capped = capped_plan(), capped_plan(frequency_cap=2)
    assert capped.result.value < free.result.value
    assert capped.result.value <= capped.bound


def test_refuse_capped_floors_floor_that_cannot_be_spent_is_named() -> None:
    option = VenueOption(
        "title", replace(LADDER, maximum_units=4), 1.0, 0.1, floor_cents=90_000, frequency_cap=4
    )
    with pytest.raises(BriefError, match="the floors of title cannot be spent"):
        refuse_capped_floors((option,))
    refuse_capped_floors((replace(option, floor_cents=40_000),))


def test_plan_facts_cap_of_a_month_holds_once_for_each() -> None:
    brief = visits_brief()
    facts = capped_facts(brief, frequency_cap=1, frequency_cap_days=30)
    title = next(v for v in facts.book.venues if v.venue_id == "title")
    cap = title.cap_within(brief.period)
    with sample_engine() as engine:
        roles = tuple(role.role for role in brief.committee.roles)
        audience = match_audience(facts.book, count_cells(engine, roles=roles), brief=brief)
    problem = make_problem(audience, facts.book, brief=brief)
    most = [o.ladder.maximum_units for o in problem.options if o.venue_id == "title"]
    assert cap is not None
    assert np.array(most).tolist() == [min(cap, title.ladder.maximum_units)]
