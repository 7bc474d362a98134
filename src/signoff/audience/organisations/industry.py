"""Industries across schemes, and the place in the supply chain that they suggest."""

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from signoff.audience.industries import read_industry
from signoff.errors import DataError
from signoff.units import SupplyChainPlace

__all__ = ["IndustryMatch", "PlaceGuess", "guess_place", "match_industry"]

SCHEMES = ("naics", "nace", "naf")
DIVISION = 2
SAME = "same classes"
HAND = "compared by hand"


@dataclass(frozen=True)
class IndustryMatch:
    """An industry of another scheme that may be the same.

    Attributes:
        industry: "scheme:code", as a brief writes it.
        share: How sure, 0 to 1; of several candidates the shares add up to at most 1.
        how: What it rests on.
    """

    industry: str
    share: float
    how: str


@dataclass(frozen=True)
class PlaceGuess:
    """Where a firm probably stands between raw material and end user.

    Attributes:
        place: The place.
        confidence_share: How sure, 0 to 1; a judgement, not measured.
        evidence: The industry it rests on.
    """

    place: SupplyChainPlace
    confidence_share: float
    evidence: str


@dataclass(frozen=True)
class Line:
    """One line of the comparison: a beginning of NAICS codes and divisions of NACE."""

    naics: str
    divisions: tuple[str, ...]
    share: float
    place: SupplyChainPlace
    place_share: float

    def divided(self) -> Iterator[tuple[str, float]]:
        """Give each division with its part: the first one its share, the others the rest."""
        rest = (1 - self.share) / len(self.divisions)
        for n, division in enumerate(self.divisions):
            yield division, self.share if n == 0 else rest


def match_industry(industry: str, *, to: str) -> tuple[IndustryMatch, ...]:
    """Name the industries of another scheme that may be the same, the surest first.

    NACE and NAF share their divisions, groups and classes. Between NAICS and NACE no official
    table is at hand: subsectors and divisions were compared by hand, so a match is no finer than
    a division of two digits, and no surer than 0.95.

    Args:
        industry: "scheme:code" with scheme naics, nace or naf.
        to: Scheme wanted: naics, nace or naf.

    Returns:
        The candidates; none where nothing is known of the code, as for a NAICS sector alone.

    Raises:
        DataError: a scheme that is not one of the three.

    >>> match_industry("naics:3344", to="naf")
    (IndustryMatch(industry='naf:26', share=0.95, how='compared by hand'),)
    >>> match_industry("naf:6201Z", to="nace")[0].industry
    'nace:6201'
    """
    scheme = industry.partition(":")[0].strip().lower()
    for name in (scheme, to):
        if name not in SCHEMES:
            raise DataError(
                f"there is no industry scheme {name!r}",
                why="only official schemes can be compared",
                fix=f"use one of: {', '.join(SCHEMES)}",
            )
    family, begins = read_industry(industry)
    if scheme == to or "naics" not in (scheme, to):
        return tuple(IndustryMatch(f"{to}:{code}", 1.0 / len(begins), SAME) for code in begins)
    found = _to_divisions(begins) if family == "naics" else _to_subsectors(begins)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(IndustryMatch(f"{to}:{code}", round(share, 3), HAND) for code, share in ranked)


def guess_place(industry: str) -> PlaceGuess | None:
    """Say where firms of an industry mostly stand in the supply chain, and how sure that is.

    Args:
        industry: "scheme:code" with scheme naics, nace or naf; a label of one's own tells nothing.

    Returns:
        The place; empty where the industry is not known.

    Source: judgement by subsector, see industry_places.csv.

    >>> guess_place("naics:3344").place.value, guess_place("nace:46").place.value
    ('components', 'distribution')
    >>> guess_place("own:steel")
    """
    family, begins = read_industry(industry)
    weights: dict[SupplyChainPlace, float] = {}
    for code in begins:
        for line, share in _lines_of(family, code):
            told = share * line.place_share / len(begins)
            weights[line.place] = weights.get(line.place, 0.0) + told
    if not weights:
        return None
    place = max(weights, key=lambda found: (weights[found], found.value))
    return PlaceGuess(place, round(weights[place], 3), industry)


def _to_divisions(begins: tuple[str, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for code in begins:
        for line, share in _lines_of("naics", code):
            for division, part in line.divided():
                found[division] = found.get(division, 0.0) + share * part / len(begins)
    return found


def _to_subsectors(begins: tuple[str, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for code in begins:
        for line, share in _lines_of("nace", code):
            found[line.naics] = found.get(line.naics, 0.0) + share / len(begins)
    return found


def _lines_of(family: str, code: str) -> list[tuple[Line, float]]:
    """Give the lines that speak of a code, with how much each of them weighs."""
    if family == "naics":
        fitting = [line for line in _lines() if code.startswith(line.naics)]
        return [(max(fitting, key=lambda line: len(line.naics)), 1.0)] if fitting else []
    told = [
        (line, part)
        for line in _lines()
        for division, part in line.divided()
        if family == "nace" and division == code[:DIVISION] and len(line.naics) == 3
    ]
    whole = max(1.0, sum(part for _, part in told))
    return [(line, part / whole) for line, part in told]


@functools.cache
def _lines() -> tuple[Line, ...]:
    path = resources.files("signoff.audience").joinpath("data/industry_places.csv")
    with path.open(encoding="utf-8") as lines:
        return tuple(
            Line(
                naics=row["naics"],
                divisions=tuple(row["nace"].split()),
                share=float(row["share"]),
                place=SupplyChainPlace(row["place"]),
                place_share=float(row["place_share"]),
            )
            for row in csv.DictReader(lines)
        )
