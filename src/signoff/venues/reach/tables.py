"""Files of venues and of pairs, read; everything that cannot be read is told at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from signoff.errors import DataError, Fault
from signoff.store.formats.format import fold
from signoff.venues.reach.headings import MATRIX_PREFIX, Heading, read_heading, without_percent
from signoff.venues.reach.lines import ReachPair, ReachTable, ReachVenue

__all__ = ["read_pair_rows", "read_venue_rows"]

Line = tuple[int, Sequence[str]]

NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
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
MOST_FAULTS = 20


@dataclass
class _Reader:
    """Reads the cells of one file and collects what is wrong with them."""

    where: str
    faults: list[Fault] = field(default_factory=list)

    def number(
        self, text: str, *, line: int, column: str, is_percent: bool = False
    ) -> float | None:
        said = SPACES.sub("", text)
        if not said:
            return None
        bare = said.removesuffix("%")
        if not NUMBER.fullmatch(bare):
            self.fault(f"{text!r} is no number", line=line, column=column)
            return None
        value = float(bare.replace(",", "."))
        return value / 100 if is_percent or said.endswith("%") else value

    def whole(self, text: str, *, line: int, column: str) -> int | None:
        value = self.number(text, line=line, column=column)
        if value is not None and value != int(value):
            self.fault(f"{text!r} is no whole number", line=line, column=column)
            return None
        return None if value is None else int(value)

    def fault(self, what: str, *, line: int, column: str) -> None:
        self.faults.append(
            Fault(
                what,
                why="reach is worked out from numbers",
                fix="write a number, such as 0.12",
                where=f"{self.where}, line {line}, {column}",
            )
        )


def read_venue_rows(lines: Iterable[Line], *, where: str) -> ReachTable:
    """Read a file of venues: venue, reach, second reach, insertions, universe, respondents.

    Args:
        lines: Line number and cells, the heading first. Shares from 0 to 1; percent only where
            the column's name or the cell says so. Columns dup_ and a venue's name are a square
            matrix of duplications.
        where: The file, for messages.

    Returns:
        The venues, the pairs of the matrix, and the columns that were not used.

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
    reader = _Reader(where)
    venues: list[ReachVenue] = []
    rows: list[tuple[str, int, Sequence[str]]] = []
    for line, cells in filled:
        venue = _venue(reader, heading, line, cells)
        if venue is not None:
            venues.append(venue)
            rows.append((venue.venue, line, cells))
    pairs = tuple(_matrix_pairs(reader, heading.matrix, rows))
    _refuse(reader)
    if not venues:
        raise DataError(
            "the file has a heading and no venues",
            why="net reach is that of at least one venue",
            fix="give a line for each venue",
            where=where,
        )
    return ReachTable(tuple(venues), pairs, heading.unused)


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
    folded = [without_percent(cell)[0] for cell in heading]
    places = {
        name: next((folded.index(one) for one in known if one in folded), None)
        for name, known in PAIR_COLUMNS.items()
    }
    reader = _Reader(where)
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
        found = list(_matrix_pairs(reader, matrix, rows))
    _refuse(reader)
    return tuple(found)


def _venue(reader: _Reader, heading: Heading, line: int, cells: Sequence[str]) -> ReachVenue | None:
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
        for name in ("reach_share", "second_reach_share", "universe_people")
    }
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
        shares["universe_people"],
        counts["n_respondents"],
    )


def _listed_pairs(
    reader: _Reader, places: dict[str, int], lines: Iterable[Line], heading: Sequence[str]
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
        if share is not None:
            yield ReachPair(texts["venue"], texts["other_venue"], share)
        elif not texts["both_share"]:
            reader.fault("the pair has no duplication", line=line, column="both_share")


def _matrix_pairs(
    reader: _Reader, matrix: dict[str, int], rows: Sequence[tuple[str, int, Sequence[str]]]
) -> Iterator[ReachPair]:
    names = {fold(name): name for name, _, _ in rows}
    for name, line, cells in rows:
        for other, place in matrix.items():
            text = cells[place].strip() if place < len(cells) else ""
            if other != fold(name) and text:
                share = reader.number(text, line=line, column=f"dup_{other}")
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


def _refuse(reader: _Reader) -> None:
    if reader.faults:
        raise DataError(
            f"{len(reader.faults):,} cells cannot be read",
            why="reach is worked out from numbers",
            fix="write a number, such as 0.12",
            where=reader.where,
            faults=reader.faults[:MOST_FAULTS],
        )
