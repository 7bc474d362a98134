from dataclasses import replace

import numpy as np
import pytest

from signoff.venues import VenueBook, list_venues
from signoff.venues.draws import draw_normals
from signoff.venues.sample import sample_brief, sample_engine


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
