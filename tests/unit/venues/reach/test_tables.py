import pytest

from signoff.errors import DataError
from signoff.venues.reach import ReachPair, ReachVenue, read_pair_rows, read_venue_rows
from signoff.venues.reach.headings import read_heading

KIM = ["vehicle", "k_insertions", "R1", "R2", "dup_v1", "dup_v2", "source"]


def test_read_venue_rows_with_a_matrix_beside_them_gives_pairs() -> None:
    rows = [
        (1, KIM),
        (2, ["v1", "2", "0.4902", "0.5805", "1.000", "0.0157", "x"]),
        (3, ["v2", "2", "0.0330", "0.0502", "0.0157", "1.000", "x"]),
    ]
    found = read_venue_rows(rows, where="canex.csv")
    assert found.venues[0] == ReachVenue("v1", 0.4902, 0.5805, 2)
    assert found.pairs == (ReachPair("v1", "v2", 0.0157), ReachPair("v2", "v1", 0.0157))
    assert found.unused_columns == ("source",)


def test_read_venue_rows_takes_percent_only_where_it_says_so() -> None:
    rows = [
        (1, ["title", "average_issue_readership_pct", "universe_n", "n"]),
        (2, ["Financial Times", "14.7", "455 947", "1000"]),
        (4, ["Time", "7,0", "", ""]),
    ]
    found = read_venue_rows(rows, where="be.csv").venues
    assert found[0] == ReachVenue("Financial Times", 0.147, None, 1, 455947, 1000)
    assert found[1].reach_share == pytest.approx(0.07)
    plain = read_venue_rows([(1, ["venue", "reach"]), (2, ["A", "12 %"])], where="a.csv")
    assert plain.venues[0].reach_share == pytest.approx(0.12)


def test_read_heading_of_a_spanish_list_tells_name_from_share() -> None:
    found = read_heading(["soportes", "soportes_%", "audiencias", "inserciones", "duplicacion"])
    assert found.places == {"venue": 0, "reach_share": 1, "n_insertions": 3}
    assert found.percent == {"reach_share"}
    assert found.unused == ("audiencias", "duplicacion")


def test_read_venue_rows_tells_every_cell_that_is_no_number() -> None:
    rows = [
        (1, ["venue", "reach", "insertions"]),
        (2, ["A", "much", "1.5"]),
        (3, ["", "0.1", "1"]),
        (4, ["B", "", "1"]),
    ]
    with pytest.raises(DataError) as caught:
        read_venue_rows(rows, where="v.csv")
    told = [fault.what for fault in caught.value.faults]
    assert set(told) == {
        "'1.5' is no whole number",
        "'much' is no number",
        "the venue has no name",
        "B has no reach",
    }
    assert caught.value.faults[0].where.startswith("v.csv, line 2")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(1, ["venue", "reach"])],
        [(1, ["venue", "price"]), (2, ["A", "3"])],
        [(1, ["reach"]), (2, ["0.3"])],
    ],
)
def test_read_venue_rows_without_venues_or_reach_is_refused(
    rows: list[tuple[int, list[str]]],
) -> None:
    with pytest.raises(DataError):
        read_venue_rows(rows, where="v.csv")


def test_read_pair_rows_reads_lists_and_matrices() -> None:
    listed = [(1, ["Venue", "Other venue", "Both_pct"]), (2, ["A", "B", "2"])]
    assert read_pair_rows(listed, where="p.csv") == (ReachPair("A", "B", 0.02),)
    matrix = [(1, ["", "dup_A", "dup_B"]), (2, ["A", "", "0.02"]), (3, ["B", "0.02", "0.5"])]
    assert read_pair_rows(matrix, where="p.csv")[0] == ReachPair("A", "B", 0.02)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(1, ["venue", "other_venue"]), (2, ["A", "B"])],
        [(1, ["venue", "other_venue", "both_share"]), (2, ["A", "B", ""])],
        [(1, ["venue", "other_venue", "both_share"]), (2, ["A", "B", "half"])],
    ],
)
def test_read_pair_rows_that_are_none_are_refused(rows: list[tuple[int, list[str]]]) -> None:
    with pytest.raises(DataError):
        read_pair_rows(rows, where="p.csv")
