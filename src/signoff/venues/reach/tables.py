"""Files of venues and of pairs, read; everything that cannot be read is told at once."""

from collections.abc import Iterable, Iterator, Sequence

from signoff.errors import DataError
from signoff.store.formats.format import fold
from signoff.venues.reach.cells import CellReader
from signoff.venues.reach.headings import MATRIX_PREFIX, Heading, read_heading, without_percent
from signoff.venues.reach.lines import ReachPair, ReachTable, ReachVenue

__all__ = ["read_pair_rows", "read_venue_rows"]

Line = tuple[int, Sequence[str]]

PAIR_COLUMNS = {
    "venue": ("venue", "vehicle", "title", "media", "venue id", "venue a", "support", "titre"),
    "other_venue": (
        *("other venue", "other vehicle", "other", "other venue id", "venue b", "other title"),
        *("autre support", "autre titre", "autre"),
    ),
    "both_share": (
        *("both share", "both", "duplication", "duplication share", "dup", "les deux"),
        *("part commune",),
    ),
}
TOTALS = ("total", "totals", "totaux", "sum", "somme", "net", "net reach", "couverture nette")


def read_venue_rows(lines: Iterable[Line], *, where: str) -> ReachTable:
    """Read a file of venues: venue, reach, second reach, insertions, universe, respondents.

    Args:
        lines: Line number and cells, the heading first. Shares from 0 to 1; percent only where
            the column's name or the cell says so. Columns dup_ and a venue's name are a square
            matrix of duplications; r4, r8 … are the reach of so many insertions.
        where: The file, for messages.

    Returns:
        The venues, the pairs of the matrix, the columns that were not used, and what may be meant
        otherwise. A last line of totals is left out and told.

    Raises:
        DataError: no column with venues or with reach, no rows, or cells that are no numbers.

    >>> rows = [(1, ["title", "reach_pct"]), (2, ["Trade Weekly", "12,5"])]
    >>> read_venue_rows(rows, where="v.csv").venues[0].reach_share
    0.125
    """
    filled = _filled(lines)
    _, cells = _first(filled, where=where)
    heading = read_heading(cells)
    lacking = [name for name in ("venue", "reach_share") if name not in heading.places]
    if lacking:
        raise _no_columns(lacking, cells, fix="venue, reach_share", where=where)
    reader = CellReader(where)
    venues: list[ReachVenue] = []
    rows: list[tuple[str, int, Sequence[str]]] = []
    doubts = []
    for line, cells in filled:
        place = heading.places["venue"]
        if place < len(cells) and fold(cells[place]) in TOTALS:
            doubts.append(f"Line {line} is a total and no venue: left out.")
            continue
        venue = _venue(reader, heading, line, cells)
        if venue is not None:
            venues.append(venue)
            rows.append((venue.venue, line, cells))
    pairs = tuple(_matrix_pairs(reader, heading.matrix, rows, percent=heading.percent))
    reader.refuse()
    if not venues:
        raise DataError(
            "the file has a heading and no venues",
            why="net reach is that of at least one venue",
            fix="give a line for each venue",
            where=where,
        )
    doubts += _percent_doubts(heading, venues)
    return ReachTable(tuple(venues), pairs, heading.unused, tuple(doubts))


def read_pair_rows(lines: Iterable[Line], *, where: str) -> tuple[ReachPair, ...]:
    """Read pairs: venue, other_venue, both_share; or a square matrix with venues on both sides.

    Args:
        lines: Line number and cells, the heading first.
        where: The file, for messages.

    Returns:
        Pairs in the order of the file; of a matrix each filled cell off the diagonal.

    Raises:
        DataError: columns lack, or cells are no numbers.

    >>> rows = [(1, ["venue", "A", "B"]), (2, ["A", "1", "0.02"]), (3, ["B", "", "1"])]
    >>> read_pair_rows(rows, where="p.csv")
    (ReachPair(venue='A', other_venue='B', both_share=0.02),)
    """
    filled = _filled(lines)
    _, heading = _first(filled, where=where)
    named = [without_percent(cell) for cell in heading]
    folded = [name for name, _ in named]
    places = {
        name: next((folded.index(one) for one in known if one in folded), None)
        for name, known in PAIR_COLUMNS.items()
    }
    reader = CellReader(where)
    if all(place is not None for place in places.values()):
        found = list(_listed_pairs(reader, {k: v or 0 for k, v in places.items()}, filled, heading))
    else:
        rows = [(cells[0].strip(), line, cells) for line, cells in filled]
        names = {fold(name) for name, _, _ in rows}
        matrix = {
            name.removeprefix(MATRIX_PREFIX): place
            for place, name in enumerate(folded)
            if place and name.removeprefix(MATRIX_PREFIX) in names
        }
        if not matrix:
            lacking = [name for name, place in places.items() if place is None]
            fix = "venue, other_venue, both_share"
            raise _no_columns(lacking, heading, fix=fix, where=where)
        percent = frozenset(
            MATRIX_PREFIX + name for name, place in matrix.items() if named[place][1]
        )
        found = list(_matrix_pairs(reader, matrix, rows, percent=percent))
    reader.refuse()
    return tuple(found)


def _venue(
    reader: CellReader, heading: Heading, line: int, cells: Sequence[str]
) -> ReachVenue | None:
    texts = {
        name: cells[place].strip() if place < len(cells) else ""
        for name, place in heading.places.items()
    }
    if not texts["venue"]:
        reader.fault("the venue has no name", line=line, column="venue")
        return None
    shares = {
        name: reader.number(
            texts.get(name, ""), line=line, column=name, is_percent=name in heading.percent
        )
        for name in ("reach_share", "second_reach_share")
    }
    universe = reader.people(texts.get("universe_people", ""), line=line, column="universe_people")
    counts = {
        name: reader.whole(texts.get(name, ""), line=line, column=name)
        for name in ("n_insertions", "n_respondents")
    }
    reach = shares["reach_share"]
    if reach is None:
        if not texts["reach_share"]:
            reader.fault(f"{texts['venue']} has no reach", line=line, column="reach_share")
        return None
    number = counts["n_insertions"]
    return ReachVenue(
        texts["venue"],
        reach,
        shares["second_reach_share"],
        1 if number is None else number,
        universe,
        counts["n_respondents"],
        tuple(_later(reader, heading, line, cells)),
    )


def _later(
    reader: CellReader, heading: Heading, line: int, cells: Sequence[str]
) -> Iterator[tuple[int, float]]:
    for n_insertions, place in sorted(heading.later.items()):
        share = reader.number(
            cells[place] if place < len(cells) else "",
            line=line,
            column=f"reach_{n_insertions}",
            is_percent=n_insertions in heading.later_percent,
        )
        if share is not None:
            yield n_insertions, share


def _percent_doubts(heading: Heading, venues: Sequence[ReachVenue]) -> Iterator[str]:
    """Say where a column of percent looks like one of shares, as spreadsheets format them."""
    most = max(line.reach_share for line in venues)
    if "reach_share" in heading.percent and most <= 0.01:
        yield (
            f"The column of reach says percent and holds at most {100 * most:.4g} %; "
            "if these are shares, name it reach_share."
        )


def _listed_pairs(
    reader: CellReader, places: dict[str, int], lines: Iterable[Line], heading: Sequence[str]
) -> Iterator[ReachPair]:
    _, is_percent = without_percent(heading[places["both_share"]])
    for line, cells in lines:
        texts = {
            name: cells[place].strip() if place < len(cells) else ""
            for name, place in places.items()
        }
        share = reader.number(
            texts["both_share"], line=line, column="both_share", is_percent=is_percent
        )
        if not (texts["venue"] and texts["other_venue"]):
            reader.fault("a pair names two venues", line=line, column="venue, other_venue")
            continue
        if share is not None:
            yield ReachPair(texts["venue"], texts["other_venue"], share)
        elif not texts["both_share"]:
            reader.fault("the pair has no duplication", line=line, column="both_share")


def _matrix_pairs(
    reader: CellReader,
    matrix: dict[str, int],
    rows: Sequence[tuple[str, int, Sequence[str]]],
    *,
    percent: frozenset[str],
) -> Iterator[ReachPair]:
    names = {fold(name): name for name, _, _ in rows}
    for name, line, cells in rows:
        for other, place in matrix.items():
            text = cells[place].strip() if place < len(cells) else ""
            if other != fold(name) and text:
                share = reader.number(
                    text,
                    line=line,
                    column=f"dup_{other}",
                    is_percent=MATRIX_PREFIX + other in percent,
                )
                if share is not None:
                    yield ReachPair(name, names.get(other, other), share)


def _filled(lines: Iterable[Line]) -> Iterator[Line]:
    return ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))


def _first(lines: Iterator[Line], *, where: str) -> Line:
    for line in lines:
        return line
    raise DataError(
        "the file is empty",
        why="the first line names the columns",
        fix="give a file with a heading and at least one row",
        where=where,
    )


def _no_columns(lacking: Sequence[str], found: Sequence[str], *, fix: str, where: str) -> DataError:
    return DataError(
        f"no column for {', '.join(lacking)}; the file has: {', '.join(found) or 'none'}",
        why="reach is read by the names of columns",
        fix=f"name the columns {fix}",
        where=where,
    )
