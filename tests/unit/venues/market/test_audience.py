from dataclasses import replace

import numpy as np
import pytest

from signoff.brief import Brief
from signoff.units import CommitteeRole
from signoff.venues.book import VenueBook, list_venues
from signoff.venues.market.audience import MarketAudience, match_audience, with_notes
from signoff.venues.market.cells import MarketCells
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.venue import AudienceRow

CELLS = MarketCells(
    groups=(("FR", "6201"), ("FR", "25"), ("GB", "6201")),
    group=np.array([0, 1, 2]),
    people=np.array([[2, 1, 1]] * 3),
    weight_billionths=np.array([10**9] * 3),
    n_accounts=np.array([1, 1, 2]),
)


def book_with(*rows: AudienceRow) -> VenueBook:
    aim = {**sample_brief().objective.model_dump(), "aim": "traffic"}  # no hands are assumed
    brief = Brief.model_validate({**sample_brief().model_dump(), "objective": aim})
    with sample_engine() as engine:
        book = list_venues(engine, brief=brief)
    title = next(venue for venue in book.venues if venue.venue_id == "title")
    return replace(book, venues=(replace(title, audience=rows),))


def matched(book: VenueBook) -> MarketAudience:
    return match_audience(book, CELLS, brief=sample_brief())


def row(role: str, *, segment: str = "*", share: float = 0.2) -> AudienceRow:
    return AudienceRow("*", segment, role, share, share, share, "measured", "media kit")


def test_match_audience_notes_say_of_how_many_people_nothing_is_known() -> None:
    found = matched(book_with(row("user", segment="62"), row("decider")))
    notes = {note.role: note for note in found.bases}
    assert notes[CommitteeRole.USER].assumed_share == pytest.approx(2 / 8)  # industry 25
    assert notes[CommitteeRole.DECIDER].assumed_share == 0
    assert notes[CommitteeRole.APPROVER].assumed_share == 1
    assert [notes[role].basis for role in notes] == ["prior", "measured", "prior"]
    assert (found.reach > 0).all()


def test_match_audience_segment_nobody_speaks_of_is_a_profile_of_its_own() -> None:
    found = matched(book_with(row("*", segment="62")))
    assert sorted(found.reach[0, :, 0].tolist()) == [0.045, 0.2]
    assert found.people.sum() == 16


def test_with_notes_basis_is_that_of_the_market() -> None:
    book = book_with(row("user"), row("decider"), row("approver"))
    known = with_notes(book, matched(book)).venues[0]
    assert (known.weaker_basis, known.assumed_roles) == ("measured", ())
    book = book_with(row("user"), row("decider"))
    assumed = with_notes(book, matched(book)).venues[0]
    assert (assumed.weaker_basis, assumed.assumed_roles) == ("prior", (CommitteeRole.APPROVER,))
