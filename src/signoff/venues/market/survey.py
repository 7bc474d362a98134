"""Answers of our own weighted survey, made into what studies say of audiences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from signoff.errors import DataError, Fault
from signoff.results import Result, Row
from signoff.stats.evidence import kish_effective_n
from signoff.store.formats.format import fold
from signoff.units import CommitteeRole

__all__ = ["SurveyShare", "SurveyShares", "weigh_survey"]

Line = tuple[int, Sequence[str]]
Group = tuple[str, str, str]

SEES = "sees "
EVERYBODY = "*"
GROUPS = {
    "country": ("country", "pays", "country code", "code pays"),
    "segment": ("segment", "industry", "secteur"),
    "role": ("role",),
}
WEIGHT = ("weight", "weights", "poids", "ponderation")
YES = frozenset({"1", "yes", "y", "true", "x", "oui", "vrai"})
NO = frozenset({"0", "no", "n", "false", "non", "faux"})
MOST_FAULTS = 50


@dataclass(frozen=True)
class SurveyShare:
    """What a survey says of one venue among the people of one role, segment and country.

    Attributes:
        venue_id: Venue.
        country: ISO 3166 code, or * where the survey did not ask.
        segment: Industry, or * likewise.
        role: Committee role, or * likewise.
        reach_share: Weighted share of these people who see it.
        n_asked: Respondents who answered.
        n_effective: Respondents that the share is worth after weighting.
    """

    venue_id: str
    country: str
    segment: str
    role: str
    reach_share: float
    n_asked: int
    n_effective: float


@dataclass(frozen=True)
class SurveyShares(Result):
    """What a survey says of audiences, as rows of audience_evidence.

    Attributes:
        study: Short name of the survey.
        shares: One entry for each venue and group of people who were asked of it.
    """

    study: str
    shares: tuple[SurveyShare, ...]

    def rows(self) -> Sequence[Row]:
        """Give the rows to import as audience_evidence."""
        return [
            {**vars(share), "method": "survey", "study": self.study, "source": self.study}
            for share in self.shares
        ]

    def text(self) -> str:
        """Say how much weighting costs."""
        asked = sum(share.n_asked for share in self.shares)
        worth = sum(share.n_effective for share in self.shares)
        return (
            f"{len(self.shares)} shares of audiences from {asked:,} answers, worth {worth:,.0f} "
            "after weighting. Import the rows to plan with them."
        )


def weigh_survey(lines: Iterable[Line], *, study: str, where: str = "") -> SurveyShares:
    """Give the share of people who see each venue, and how sure a weighted survey is of it.

    Args:
        lines: Line number and cells, the heading first; one line for each respondent. Columns
            `sees_` and a venue's short name hold yes or no, empty where that was not asked;
            `weight` the respondent's weight, 1 where it is left out; country, segment and role
            say whom the answers are of.
        study: Short name of the survey.
        where: The file, for messages.

    Returns:
        Shares by venue and group. Respondents of unequal weights are worth fewer: the effective
        number of Kish.

    Raises:
        DataError: columns that lack, or cells that cannot be read; all at once.

    >>> lines = [(1, ["role", "weight", "sees_tw"]), (2, ["user", "3", "yes"]),
    ...     (3, ["user", "1", "no"])]
    >>> weigh_survey(lines, study="spring").shares[0]
    SurveyShare(venue_id='tw', country='*', segment='*', role='user', reach_share=0.75, \
n_asked=2, n_effective=1.6)
    """
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    _, heading = next(filled, (0, ()))
    columns = _read_heading(heading, where=where)
    faults: list[Fault] = []
    answers: dict[tuple[str, Group], list[tuple[float, bool]]] = defaultdict(list)
    for line, cells in filled:
        for venue_id, group, answer in _answers(columns, line, cells, faults=faults):
            answers[venue_id, group].append(answer)
    if faults:
        raise DataError(
            f"{len(faults)} answers of the survey cannot be read",
            why="a share of those who could be read would be another one",
            fix="mend the lines named below",
            where=where,
            faults=faults[:MOST_FAULTS],
        )
    shares = [
        _share(venue_id, group, found)
        for (venue_id, group), found in sorted(answers.items())
        if any(weight > 0 for weight, _ in found)
    ]
    if not shares:
        raise DataError(
            "nobody in the survey answered for any venue",
            why="a share is one of people who were asked",
            fix="write yes or no in the columns sees_ and a venue's short name",
            where=where,
        )
    return SurveyShares(study, tuple(shares))


@dataclass(frozen=True)
class _Columns:
    groups: dict[str, int]
    weight: int | None
    venues: dict[str, int]


def _read_heading(cells: Sequence[str], *, where: str) -> _Columns:
    names = [fold(cell) for cell in cells]
    venues = {
        cells[place].strip()[len(SEES) :]: place
        for place, name in enumerate(names)
        if name.startswith(SEES)
    }
    if not venues:
        raise DataError(
            "the survey has no column of a venue",
            why="whether somebody sees a venue stands in a column of its own; columns found: "
            + (", ".join(cell.strip() for cell in cells[:20]) or "none"),
            fix="call the columns sees_ and the venue's short name, such as sees_trade-weekly",
            where=where,
        )
    groups = {
        key: names.index(name)
        for key, spellings in GROUPS.items()
        for name in spellings
        if name in names
    }
    weight = next((names.index(name) for name in WEIGHT if name in names), None)
    return _Columns(groups, weight, venues)


def _answers(
    columns: _Columns, line: int, cells: Sequence[str], *, faults: list[Fault]
) -> Iterator[tuple[str, Group, tuple[float, bool]]]:
    def cell(place: int | None) -> str:
        return "" if place is None or place >= len(cells) else cells[place].strip()

    weight = _weight(cell(columns.weight), line=line, faults=faults)
    country, segment, role = (
        cell(columns.groups.get(key)) or EVERYBODY for key in ("country", "segment", "role")
    )
    role = fold(role) if role != EVERYBODY else role
    if role not in {EVERYBODY, *CommitteeRole}:
        faults.append(
            Fault(
                what=f"no role is called {role}",
                why="its row would be read by nobody",
                fix=f"use one of: {', '.join(CommitteeRole)}",
                where=f"line {line}",
            )
        )
    for venue_id, place in columns.venues.items():
        said = fold(cell(place))
        if said in YES or said in NO:
            yield venue_id, (country.upper(), segment, role), (weight, said in YES)
        elif said:
            faults.append(
                Fault(
                    what=f"'{cell(place)[:40]}' is neither yes nor no",
                    why="somebody sees a venue, does not, or was not asked",
                    fix="write yes or no, or leave it empty where it was not asked",
                    where=f"line {line}, sees_{venue_id}",
                )
            )


def _weight(text: str, *, line: int, faults: list[Fault]) -> float:
    if not text:
        return 1.0
    try:
        weight = float(text.replace(",", "."))
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        faults.append(
            Fault(
                what=f"a weight of '{text[:40]}'",
                why="a respondent counts for nothing or more",
                fix="write a number of 0 or more",
                where=f"line {line}",
            )
        )
        return 1.0
    return weight


def _share(venue_id: str, group: Group, found: Sequence[tuple[float, bool]]) -> SurveyShare:
    weights = np.array([weight for weight, _ in found])
    sees = np.array([yes for _, yes in found])
    return SurveyShare(
        venue_id,
        *group,
        reach_share=float(weights @ sees / weights.sum()),
        n_asked=len(found),
        n_effective=float(np.clip(kish_effective_n(weights), 1.0, len(found))),
    )
