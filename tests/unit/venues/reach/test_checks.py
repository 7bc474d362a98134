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
        (TWO, [ReachPair("A", "B", 3.1)], "name the column both_pct if it holds percent"),
        ([ReachVenue("A", 0.2, 18)], [], "name it second_reach_pct if it holds percent"),
        ([ReachVenue("A b", 0.2), ReachVenue("a  B ", 0.3)], [], "a  B  stands twice"),
        (
            [ReachVenue("A", 0.5, 0.625, later_reach_shares=((8, 0.5),))],
            [],
            "8 insertions in A reach 50 %. Why: beside the reach of fewer they reach 66.66",
        ),
        (
            [ReachVenue("A", 0.5, later_reach_shares=((4, 0.8), (8, 0.6)))],
            [],
            "beside the reach of fewer they reach 80 %",
        ),
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


def test_check_reach_takes_names_that_differ_in_capitals_or_spaces_as_one() -> None:
    venues = [ReachVenue("Trade Weekly", 0.4), ReachVenue("Daily", 0.3)]
    assert check_reach(venues, [ReachPair("daily ", "trade  weekly", 0.2)]) == {(0, 1): 0.2}


def test_check_reach_of_three_venues_names_what_their_sums_forbid() -> None:
    # Bell's inequality of audiences: AB + AC - BC is at most A, here .3 + .3 - .15 > .4
    venues = [ReachVenue(name, 0.4) for name in "ABC"]
    pairs = [ReachPair("A", "B", 0.3), ReachPair("A", "C", 0.3), ReachPair("B", "C", 0.15)]
    with pytest.raises(DataError) as caught:
        check_reach(venues, pairs)
    assert "A and B 30 %; A and C 30 %; B and C 15 %" in caught.value.faults[0].what
    agreeing = [*pairs[:2], ReachPair("B", "C", 0.2)]
    assert len(check_reach(venues, agreeing)) == 3
