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


def test_read_venue_rows_takes_percent_of_a_matrix_where_it_says_so() -> None:
    rows = [
        (1, ["Support", "Couverture (%)", "Dup_A (%)", "dup B pct"]),
        (2, ["A", "12,5", "", "3,1"]),
        (3, ["B", "8", "3,1", ""]),
    ]
    found = read_venue_rows(rows, where="v.csv")
    assert [pair.both_share for pair in found.pairs] == pytest.approx([0.031, 0.031])
    matrix = [(1, ["", "A (%)", "B (%)"]), (2, ["A", "", "3,1"]), (3, ["B", "3,1", ""])]
    assert read_pair_rows(matrix, where="p.csv")[0].both_share == pytest.approx(0.031)


def test_read_venue_rows_reads_the_reach_of_more_insertions() -> None:
    rows = [
        (1, ["venue", "R1", "R2", "R4", "reach_of_8_pct", "Couverture 12 insertions"]),
        (2, ["A", "0.2", "0.28", "0.36", "43", ""]),
    ]
    found = read_venue_rows(rows, where="v.csv")
    assert found.venues[0].later_reach_shares == ((4, 0.36), (8, 0.43))
    assert found.unused_columns == ()


@pytest.mark.parametrize(
    ("said", "read"), [("1,000", 1000), ("1.000", 1000), ("1\u202f000", 1000), ("1'250", 1250)]
)
def test_read_venue_rows_takes_counts_with_grouped_thousands(said: str, read: int) -> None:
    rows = [(1, ["venue", "reach", "n", "universe"]), (2, ["A", "0.2", said, "455,947"])]
    line = read_venue_rows(rows, where="v.csv").venues[0]
    assert (line.n_respondents, line.universe_people) == (read, 455947)


def test_read_venue_rows_leaves_totals_out_and_doubts_percent_that_look_like_shares() -> None:
    rows = [
        (1, ["venue", "reach_pct"]),
        (2, ["A", "0.125"]),
        (3, ["B", "0.08"]),
        (4, ["Total", "0.205"]),
    ]
    found = read_venue_rows(rows, where="v.csv")
    assert [line.venue for line in found.venues] == ["A", "B"]
    assert found.doubts == (
        "Line 4 is a total and no venue: left out.",
        (
            "The column of reach says percent and holds at most 0.125 %; if these are shares, "
            "name it reach_share."
        ),
    )


@pytest.mark.parametrize("said", ["1e400", "nan", "inf", "1.234,5", "0,1,2"])
def test_read_venue_rows_refuses_what_is_no_number(said: str) -> None:
    with pytest.raises(DataError, match="cells cannot be read"):
        read_venue_rows([(1, ["venue", "reach", "n"]), (2, ["A", "0.2", said])], where="v.csv")


def test_read_pair_rows_without_a_name_tells_the_line() -> None:
    rows = [(1, ["venue", "other_venue", "both_share"]), (2, ["A", "", "0.1"])]
    with pytest.raises(DataError) as caught:
        read_pair_rows(rows, where="p.csv")
    assert caught.value.faults[0].what == "a pair names two venues"
    assert caught.value.faults[0].where == "p.csv, line 2, venue, other_venue"
