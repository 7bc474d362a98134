"""What is known of who reads what: measured, assumed, or not known at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from signoff.results import Result, Row
from signoff.stats.evidence import wilson_interval
from signoff.store.engines.engine import Engine, Statement
from signoff.units import CommitteeRole

__all__ = [
    "READING",
    "ReadingGap",
    "ReadingRow",
    "ReadingState",
    "ReadingStudy",
    "list_reading_gaps",
    "study_reading",
]

EVERYBODY = "*"
MEASURED = "measured"

READING = Statement(
    name="every venue with what is known of its audience",
    reads=("venue", "venue_audience", "audience_evidence"),
    sql="""
    SELECT v.venue_id, v.name AS venue, v.kind, a.country, a.segment, a.role, a.reach_share,
        a.reach_low_share, a.reach_high_share, a.basis, a.source, a.source_url, a.n_people
    FROM venue AS v
    LEFT JOIN (
        SELECT venue_id, country, segment, role, reach_share, reach_low_share, reach_high_share,
            basis, source, source_url, CAST(NULL AS DOUBLE) AS n_people
        FROM venue_audience
        UNION ALL
        SELECT venue_id, country, segment, role, reach_share, reach_low_share, reach_high_share,
            CASE WHEN method = 'lookup' THEN 'prior' ELSE 'measured' END AS basis,
            COALESCE(source, study) AS source, source_url,
            COALESCE(n_effective, CAST(n_asked AS DOUBLE)) AS n_people
        FROM audience_evidence
    ) AS a ON a.venue_id = v.venue_id
    ORDER BY v.name, v.venue_id, a.country, a.segment, a.role, a.basis, a.source
    """,
)


class ReadingState(StrEnum):
    """How well it is known whether a role reads a venue, the least first."""

    UNKNOWN = "unknown"
    ASSUMED = "assumed"
    UNDIVIDED = "undivided"
    MEASURED = "measured"


@dataclass(frozen=True)
class ReadingRow:
    """What is known of one venue among the people of one role, segment and country.

    Attributes:
        venue_id: The venue.
        venue: Its name in the trade.
        kind: Its kind.
        country: ISO 3166 alpha-2 code, or * for all; None where nothing is known of the venue.
        segment: Industry, or * for all.
        role: Role of the committee, or * for all.
        reach_share: Share of these people whom one unit can reach, 0 to 1.
        reach_low_share: Lower end of its 90 % interval.
        reach_high_share: Upper end of its 90 % interval.
        basis: measured: stated by the source; prior: a wide assumption.
        source: Where the numbers come from.
        source_url: Address of the source.
    """

    venue_id: str
    venue: str
    kind: str
    country: str | None
    segment: str | None
    role: str | None
    reach_share: float | None
    reach_low_share: float | None
    reach_high_share: float | None
    basis: str | None
    source: str | None
    source_url: str | None


@dataclass(frozen=True)
class ReadingStudy(Result):
    """What is known of who reads what.

    Attributes:
        known: One entry for each audience, by venue; a venue of which nothing is known has one
            entry without role.
    """

    known: tuple[ReadingRow, ...]

    @property
    def n_venues(self) -> int:
        """Number of venues."""
        return len({row.venue_id for row in self.known})

    @property
    def n_audiences(self) -> int:
        """Number of audiences with a reach."""
        return sum(row.role is not None for row in self.known)

    @property
    def n_measured(self) -> int:
        """Number of audiences that a source states."""
        return sum(row.basis == MEASURED for row in self.known)

    def rows(self) -> Sequence[Row]:
        """Give one row for each audience."""
        return [vars(row) for row in self.known if row.role is not None]

    def text(self) -> str:
        """Say how much of it is measured."""
        return (
            f"{self.n_audiences:,} audiences of {self.n_venues:,} venues are known; "
            f"{self.n_measured:,} of them are measured, the others assumed."
        )


@dataclass(frozen=True)
class ReadingGap:
    """One role on one venue of which no measurement says whether it reads it.

    Attributes:
        role: The role.
        venue_id: The venue.
        venue: Its name in the trade.
        state: What is known instead: nothing, an assumption, or a reach of all roles together.
    """

    role: CommitteeRole
    venue_id: str
    venue: str
    state: ReadingState


def study_reading(engine: Engine) -> ReadingStudy:
    """Look up what is known of who reads what.

    Args:
        engine: An engine with `venue`, `venue_audience` and `audience_evidence`.

    Returns:
        Every audience of every venue, with its basis and source: by its card, and by each study.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> venue = {"venue_id": "tw", "name": "Trade Weekly", "kind": "trade_title"}
    >>> with duckdb_engine_on({"venue": [venue]}) as engine:
    ...     study_reading(engine).n_audiences
    0
    """
    return ReadingStudy(tuple(_row(row) for row in engine.rows(READING)))


def list_reading_gaps(
    study: ReadingStudy, *, roles: Sequence[CommitteeRole]
) -> tuple[ReadingGap, ...]:
    """Say of which roles no measurement says whether they read which venues.

    Args:
        study: What is known.
        roles: Roles of the committee.

    Returns:
        One entry for each role and venue without a measurement of its own: what a survey would
        have to ask; the least known first.

    >>> row = ReadingRow("tw", "Trade Weekly", "trade_title", "*", "*", "*", 0.2, 0.1, 0.3,
    ...     "measured", "media kit", None)
    >>> found = list_reading_gaps(ReadingStudy((row,)), roles=[CommitteeRole.USER])
    >>> found[0].state.value
    'undivided'
    """
    venues = {row.venue_id: row.venue for row in study.known}
    gaps = [
        ReadingGap(role, venue_id, name, state)
        for venue_id, name in venues.items()
        for role in roles
        if (state := _state_of(study, venue_id, role)) is not ReadingState.MEASURED
    ]
    order = list(ReadingState)
    return tuple(sorted(gaps, key=lambda gap: order.index(gap.state)))


def _row(row: Mapping[str, Any]) -> ReadingRow:
    """Give a row, its interval worked out from the people asked where the study states none."""
    known = {name: value for name, value in row.items() if name != "n_people"}
    if row["reach_low_share"] is None and row["n_people"] is not None:
        ends = wilson_interval(row["reach_share"], n_effective=row["n_people"])
        known |= dict(zip(("reach_low_share", "reach_high_share"), ends, strict=True))
    return ReadingRow(**known)


def _state_of(study: ReadingStudy, venue_id: str, role: CommitteeRole) -> ReadingState:
    rows = [row for row in study.known if row.venue_id == venue_id and row.role is not None]
    own = [row for row in rows if row.role == role]
    if any(row.basis == MEASURED for row in own):
        return ReadingState.MEASURED
    if any(row.basis == MEASURED and row.role == EVERYBODY for row in rows):
        return ReadingState.UNDIVIDED
    covering = [*own, *(row for row in rows if row.role == EVERYBODY)]
    return ReadingState.ASSUMED if covering else ReadingState.UNKNOWN
