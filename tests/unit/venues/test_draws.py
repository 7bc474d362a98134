from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from signoff.stats.reach import Array
from signoff.stats.shares import draw_share, logit_spread
from signoff.venues import VenueBook, list_venues
from signoff.venues.draws import MarketDraws, draw_normals
from signoff.venues.facts import list_facts
from signoff.venues.market.kinds import PersonKinds
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.solver.dense_kinds import DenseKinds
from signoff.venues.solver.exposure import make_problem, match_audience
from signoff.venues.solver.lined_kinds import LinedKinds, find_lines
from signoff.venues.solver.objective import ResultModel


@pytest.fixture
def book() -> VenueBook:
    with sample_engine() as engine:
        return list_venues(engine, brief=sample_brief())


def test_draw_normals_venue_keeps_its_draws_in_every_book(book: VenueBook) -> None:
    whole = draw_normals(book, rng=np.random.default_rng(4))
    alone = replace(book, venues=book.venues[1:])
    assert np.array_equal(draw_normals(alone, rng=np.random.default_rng(4)), whole[:, :, 1:])


def test_draw_normals_differ_by_venue_and_by_seed(book: VenueBook) -> None:
    first, second = (draw_normals(book, rng=np.random.default_rng(seed)) for seed in (4, 5))
    assert not np.array_equal(first, second)
    assert abs(np.corrcoef(first[:, 0].T)[0, 1]) < 0.25


def test_draw_normals_are_standard_normal(book: VenueBook) -> None:
    drawn = draw_normals(book, rng=np.random.default_rng(4), n_draws=4000)
    assert drawn.mean() == pytest.approx(0.0, abs=0.03)
    assert drawn.std() == pytest.approx(1.0, abs=0.03)


def test_market_draws_equal_problems_made_from_drawn_reach_and_responses() -> None:
    brief = sample_brief()
    with sample_engine() as engine:
        facts = list_facts(engine, brief=brief)
    audience = match_audience(facts.book, facts.cells, brief=brief)
    problem = make_problem(audience, facts.book, brief=brief)
    draws = MarketDraws(audience, facts.book, problem=problem)
    venues = facts.book.venues
    answers = [venue.answers(brief.objective.aim) for venue in venues]
    share, low, high = (
        np.array([getattr(answer, f"{part}share") for answer in answers])
        for part in ("", "low_", "high_")
    )
    units = np.array([2.0, 30.0])
    for normal in draw_normals(facts.book, rng=np.random.default_rng(2), n_draws=5):
        reach = draw_share(audience.reach, spread=audience.spread, normal=normal[0][:, None, None])
        responses = draw_share(
            share, spread=logit_spread(share, low=low, high=high), normal=normal[1]
        )
        anew = make_problem(
            audience, facts.book, brief=brief, reach=reach, response_shares=responses
        )
        drawn = draws.at(normal)
        model = ResultModel(drawn.problem, kinds=drawn.kinds)
        assert model.value(units) == pytest.approx(ResultModel(anew).value(units), rel=1e-12)
        assert drawn.reached == pytest.approx((reach * audience.people).sum(axis=1), rel=1e-12)
    best = draws.best()
    assert ResultModel(best.problem, kinds=best.kinds).value(units) == ResultModel(problem).value(
        units
    )


@pytest.mark.parametrize("made", [DenseKinds, lambda m: LinedKinds(*find_lines(m))])
def test_redrawn_kinds_forget_the_chances_of_their_twin(
    made: Callable[[Array], PersonKinds],
) -> None:
    chances = np.random.default_rng(3).random((6, 4))
    line_of = np.arange(6).reshape(2, 3, 1)
    kinds = made(chances[line_of])
    shares = np.array([[0.5, 0.4], [0.3, 0.2]])
    kinds.replaced(kinds.counts(shares), 0, old=shares[:, 0], new=np.array([1.0, 0.0]))
    twin = kinds.redrawn(kinds.lines(line_of), chances / 2)
    same = made(chances[line_of] / 2)
    counts = [
        k.replaced(k.counts(shares), 0, old=shares[:, 0], new=np.array([0.1, 0.2]))
        for k in (twin, same)
    ]
    assert counts[0] == pytest.approx(counts[1], rel=1e-12)
