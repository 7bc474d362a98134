import pytest

from signoff.errors import DataError
from signoff.venues.reach import ReachPair, ReachVenue, check_reach

TWO = [ReachVenue("A", 0.4), ReachVenue("B", 0.7)]


@pytest.mark.parametrize(
    ("venues", "pairs", "told"),
    [
        ([], [], "no venues"),
        ([ReachVenue("A", 1.2)], [], "A reaches 120 %"),
        ([ReachVenue("A", -0.1)], [], "A reaches -10 %"),
        ([ReachVenue("A", 0.2), ReachVenue("A", 0.3)], [], "A stands twice"),
        ([ReachVenue("A", 0.2, n_insertions=-1)], [], "-1 insertions"),
        ([ReachVenue("A", 0.2, second_reach_share=0.19)], [], "two insertions in A reach 19 %"),
        ([ReachVenue("A", 0.2, second_reach_share=0.37)], [], "at most 36 %"),
        ([ReachVenue("A", 0.2, universe_people=0)], [], "universe of A"),
        ([ReachVenue("A", 0.2, n_respondents=0)], [], "0 people were asked"),
        (TWO, [ReachPair("A", "B", 0.5)], "in common they have 10 % to 40 %"),
        (TWO, [ReachPair("A", "B", 0.05)], "in common they have 10 % to 40 %"),
        (TWO, [ReachPair("A", "C", 0.2)], "names C"),
        (TWO, [ReachPair("A", "A", 0.2)], "is one venue"),
        (TWO, [ReachPair("A", "B", 0.2), ReachPair("B", "A", 0.3)], "stands twice: 20 % and 30 %"),
    ],
)
def test_check_reach_tells_what_cannot_be(
    venues: list[ReachVenue], pairs: list[ReachPair], told: str
) -> None:
    with pytest.raises(DataError) as caught:
        check_reach(venues, pairs)
    assert told in caught.value.text()


def test_check_reach_tells_all_faults_at_once() -> None:
    with pytest.raises(DataError) as caught:
        check_reach([ReachVenue("A", 1.2), ReachVenue("B", 0.5, n_insertions=-2)], [])
    assert len(caught.value.faults) == 2


def test_check_reach_names_the_pairs_that_contradict_each_other() -> None:
    venues = [ReachVenue(name, 0.4) for name in "ABC"] + [ReachVenue("D", 0.1)]
    shares = {"AB": 0.4, "BC": 0.0, "AC": 0.2, "AD": 0.05, "BD": 0.05, "CD": 0.05}
    pairs = [ReachPair(*names, share) for names, share in shares.items()]
    with pytest.raises(DataError) as caught:
        check_reach(venues, pairs)
    told = caught.value.faults[0].what
    assert "A and B 40 %; A and C 20 %; B and C 0 %" in told
    assert "D" not in told


def test_check_reach_takes_the_same_pair_twice_with_one_number() -> None:
    pairs = [ReachPair("A", "B", 0.2), ReachPair("B", "A", 0.2)]
    assert check_reach(TWO, pairs) == {(0, 1): 0.2}
