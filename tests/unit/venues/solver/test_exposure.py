from dataclasses import replace

import numpy as np
import pytest

from signoff.brief import Brief
from signoff.units import CommitteeRole, Objective
from signoff.venues.book import AudienceRow, Duplication, VenueBook, list_venues
from signoff.venues.market.cells import MarketCells
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.solver.exposure import appetite_shape, make_problem, match_audience

CELLS = MarketCells(
    groups=(("FR", "6201"), ("FR", "25"), ("GB", "6201")),
    group=np.array([0, 1, 2]),
    people=np.array([[2, 1, 1]] * 3),
    weight_billionths=np.array([10**9] * 3),
    n_accounts=np.array([1, 1, 1]),
)


def sample_book() -> VenueBook:
    with sample_engine() as engine:
        return list_venues(engine, brief=sample_brief())


def row(country: str, segment: str, role: str, share: float) -> AudienceRow:
    return AudienceRow(country, segment, role, share, share, share, "prior", "")


def reach_of(*rows: AudienceRow, brief: Brief | None = None, **venue: object) -> np.ndarray:
    book = sample_book()
    title = replace(next(v for v in book.venues if v.venue_id == "title"), audience=rows, **venue)
    found = match_audience(replace(book, venues=(title,)), CELLS, brief=brief or sample_brief())
    kinds = found.cells.profile
    order = np.argsort(np.argsort(kinds, kind="stable"), kind="stable")
    assert len(order) <= 3
    return found.reach[0]


def test_match_audience_role_by_name_beats_any_role() -> None:
    reach = reach_of(row("*", "*", "*", 0.1), row("*", "*", "decider", 0.4))
    assert reach.tolist() == [[0.1, 0.4, 0.1]]


def test_match_audience_first_digits_of_industry_fit() -> None:
    reach = reach_of(row("*", "62", "*", 0.3), row("*", "*", "*", 0.1))
    assert sorted(reach[:, 0].tolist()) == [0.1, 0.3]


def test_match_audience_country_by_name_beats_everywhere() -> None:
    reach = reach_of(row("GB", "*", "*", 0.3), row("*", "*", "*", 0.1))
    assert sorted(reach[:, 0].tolist()) == [0.1, 0.3]


def test_match_audience_venue_of_one_country_reaches_no_other() -> None:
    reach = reach_of(row("*", "*", "*", 0.3), country="GB")
    assert sorted(reach[:, 0].tolist()) == [0.0, 0.3]


def test_match_audience_terms_confine_to_segments() -> None:
    brief = sample_brief().model_dump()
    terms = [{"venue": "title", "segments": ["62"]}]
    reach = reach_of(
        row("*", "*", "*", 0.3), brief=Brief.model_validate({**brief, "venues": terms})
    )
    assert sorted(reach[:, 0].tolist()) == [0.0, 0.3]


def test_make_problem_contacts_are_spread_over_people_within_reach() -> None:
    book, brief = sample_book(), sample_brief()
    audience = match_audience(book, CELLS, brief=brief)
    problem = make_problem(audience, book, brief=brief)
    network = next(o for o in problem.options if o.venue_id == "network")
    # 1,000 contacts x 0.01 on target over 6 users x 0.5 reach, no other role reached
    assert network.exposures_per_unit == pytest.approx(10 / 3)
    assert audience.roles == (CommitteeRole.USER, CommitteeRole.DECIDER, CommitteeRole.APPROVER)


def test_appetite_shape_measured_duplication_replaces_the_default() -> None:
    book = sample_book()
    title, network = book.venues[1], book.venues[0]
    everyone = tuple(
        replace(venue, audience=(row("*", "*", "*", share),))
        for venue, share in ((title, 0.3), (network, 0.2))
    )
    pair = Duplication("title", "network", 0.3 * 0.2 * 1.3)
    measured = replace(book, venues=everyone, duplications=(pair,))
    assert appetite_shape(measured) > 1.0
    assert appetite_shape(book) == 0.6


def test_make_problem_frequency_cap_holds_for_the_whole_period() -> None:
    book, brief = sample_book(), sample_brief()
    capped = replace(book.venues[1], frequency_cap=3, frequency_cap_days=7)
    changed = replace(book, venues=(book.venues[0], capped))
    audience = match_audience(changed, CELLS, brief=brief)
    free, held = make_problem(audience, changed, brief=brief).options
    n_days = (brief.period.ends_on - brief.period.starts_on).days + 1
    assert (free.frequency_cap, held.frequency_cap) == (None, 3 * -(-n_days // 7))


def answers_by_exposure(aim: Objective, **tables: list[dict[str, object]]) -> list[float]:
    brief = sample_brief()
    brief = brief.model_copy(update={"objective": brief.objective.model_copy(update={"aim": aim})})
    with sample_engine(**tables) as engine:
        book = list_venues(engine, brief=brief)
    audience = match_audience(book, CELLS, brief=brief)
    return [option.response_share for option in make_problem(audience, book, brief=brief).options]


def test_make_problem_leads_count_raised_hands_and_traffic_visits() -> None:
    # kind_priors.csv: 0.038 of visits from a social network, 0.03 of those from a trade title
    hands = answers_by_exposure(Objective.LEADS)
    assert hands == pytest.approx([0.01 * 0.038, 0.01 * 0.03])
    assert answers_by_exposure(Objective.TRAFFIC) == [0.01, 0.01]


def test_make_problem_leads_believe_campaigns_before_assumptions() -> None:
    shown = {"scope": "venue", "item": "title", "measure": "hands_per_visit", "value": 0.2}
    shown |= {"low": 0.18, "high": 0.22, "grounds": "data_and_prior", "source": "spring"}
    network, title = answers_by_exposure(Objective.LEADS, posterior=[shown])
    assert (network, title) == pytest.approx((0.01 * 0.038, 0.01 * 0.2))
