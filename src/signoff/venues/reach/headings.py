"""Which column of a file of venues holds what, in English, French and as studies name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from signoff.store.formats.format import fold

__all__ = ["MATRIX_PREFIX", "Heading", "read_heading", "without_percent"]

MATRIX_PREFIX = "dup "
"""Columns of a square matrix of duplications are called dup_ and the venue."""

VENUE = (
    *("venue", "vehicle", "title", "media", "medium", "name", "support", "soporte", "soportes"),
    *("titre", "nom", "canal", "channel", "site", "magazine"),
)
REACH = (
    *("reach", "reach share", "r1", "first reach share", "audience share", "couverture", "portee"),
    *("average issue readership", "readership", "air", "penetration", "part d audience"),
    *("taux de couverture", "soportes"),
)
SECOND = (
    *("second reach", "second reach share", "r2", "reach of two", "couverture 2", "portee 2"),
    *("deuxieme couverture", "reach 2"),
)
NUMBERS = {
    "n_insertions": (
        *("insertions", "n insertions", "k insertions", "k", "inserciones", "parutions"),
        *("n parutions", "nombre d insertions", "nombre de parutions"),
    ),
    "universe_people": (
        *("universe", "universe people", "universe n", "population", "univers", "universe size"),
        *("people",),
    ),
    "n_respondents": (
        *("n", "base", "respondents", "n respondents", "sample", "sample size", "interviews"),
        *("effectif", "echantillon", "repondants"),
    ),
}
LATER = re.compile(r"(?:r|reach(?: of)?|reach share|couverture|portee) ?(\d{1,4})(?: \D*)?")
"""Reach of so many insertions: r4, reach_of_8, Couverture 3 insertions."""
PERCENT = ("pct", "percent", "percentage", "pourcentage", "pour cent")


@dataclass(frozen=True)
class Heading:
    """Where the fields of a file stand.

    Attributes:
        places: Column of each field that was found.
        percent: Fields and venues of a matrix whose column says percent.
        matrix: Column of each venue of a square matrix, by its folded name.
        later: Column of the reach of three and more insertions, by their number.
        later_percent: Those of them whose column says percent.
        unused: Headings that say nothing about reach.
    """

    places: dict[str, int] = field(default_factory=dict)
    percent: frozenset[str] = frozenset()
    matrix: dict[str, int] = field(default_factory=dict)
    later: dict[int, int] = field(default_factory=dict)
    later_percent: frozenset[int] = frozenset()
    unused: tuple[str, ...] = ()


def read_heading(cells: Sequence[str]) -> Heading:
    """Find out which column holds what.

    Args:
        cells: The first line of the file.

    Returns:
        What was found; the first column of a field counts.

    >>> found = read_heading(["vehicle", "R1", "average_issue_readership_pct", "price"])
    >>> found.places, found.unused
    ({'venue': 0, 'reach_share': 1}, ('average_issue_readership_pct', 'price'))
    """
    places: dict[str, int] = {}
    percent: set[str] = set()
    matrix: dict[str, int] = {}
    later: dict[int, int] = {}
    later_percent: set[int] = set()
    unused = []
    for place, cell in enumerate(cells):
        name, is_percent = without_percent(cell)
        target = _target(name, is_percent=is_percent)
        n_insertions = _later_insertions(name)
        if name.startswith(MATRIX_PREFIX):
            matrix[name.removeprefix(MATRIX_PREFIX)] = place
        elif target and target not in places:
            places[target] = place
        elif n_insertions and n_insertions not in later:
            later[n_insertions] = place
            later_percent |= {n_insertions} if is_percent else set()
        else:
            unused += [cell.strip()] if cell.strip() else []
            continue
        if is_percent:
            percent.add(target or name)
    return Heading(
        places, frozenset(percent), matrix, later, frozenset(later_percent), tuple(unused)
    )


def without_percent(cell: str) -> tuple[str, bool]:
    """Give a heading without the word for percent, and whether it had one.

    Args:
        cell: As the file writes it.

    >>> without_percent("Reach_pct"), without_percent("reach")
    (('reach', True), ('reach', False))
    """
    name = fold(cell)
    if "%" in cell:
        return name, True
    for word in PERCENT:
        if name.endswith(f" {word}") or name.startswith(f"{word} "):
            return name.removesuffix(word).removeprefix(word).strip(), True
    return name, False


def _later_insertions(name: str) -> int | None:
    found = LATER.fullmatch(name)
    return int(found[1]) if found and int(found[1]) > 2 else None


def _target(name: str, *, is_percent: bool) -> str | None:
    # "soportes_%" is the share of the venue that stands beside "soportes", its name
    if name in VENUE and not is_percent:
        return "venue"
    if name in REACH:
        return "reach_share" if is_percent or name not in VENUE else None
    if name in SECOND:
        return "second_reach_share"
    return next((target for target, names in NUMBERS.items() if name in names), None)
