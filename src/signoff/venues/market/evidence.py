"""What surveys, look-ups and lists say of audiences, beside the venues' own cards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.errors import Fault
from signoff.stats.evidence import cluster_effective_n, share_logit
from signoff.stats.shares import logit_spread
from signoff.store.engines.engine import Engine
from signoff.units import CommitteeRole
from signoff.venues.market.evidence_sql import EVIDENCE_ROWS, OWN_PEOPLE

__all__ = [
    "OWN_STUDY",
    "AudienceNote",
    "AudienceSource",
    "EvidenceRow",
    "find_evidence_faults",
    "list_evidence",
]

OWN_STUDY = "events"
"""Study of the matched list that is made of the workspace's own events."""

EVERYBODY = "*"
INDIRECT_SPREAD = 0.5
"""Standard deviation, on the logit scale, added to what says nothing of the very people: a look-up
of people like them, or a study that does not divide by role. An assumption."""


@dataclass(frozen=True)
class EvidenceRow:
    """What one study says of one venue among the people of one role, segment and country.

    Attributes:
        country: ISO 3166 code, or * for all.
        segment: Industry code, or * for all.
        role: Committee role, or * for all.
        method: survey, lookup or matched_list.
        study: Survey, table or list, by a short name.
        reach_share: Share of these people in the audience.
        n_effective: People it is worth; None where its interval is given instead.
        logit: Its logit.
        spread: Standard deviation of that.
        source: Where it comes from.
    """

    country: str
    segment: str
    role: str
    method: str
    study: str
    reach_share: float
    n_effective: float | None
    logit: float
    spread: float
    source: str


@dataclass(frozen=True)
class AudienceSource:
    """One thing that an audience rests on.

    Attributes:
        method: card, survey, lookup, matched_list, or kind: assumed of the kind of venue.
        name: Source of the card, name of the study, or kind of venue.
        basis: measured or prior.
    """

    method: str
    name: str
    basis: str


@dataclass(frozen=True)
class AudienceNote:
    """What the reach of one venue among one role of the market rests on.

    Attributes:
        venue_id: Venue.
        role: Committee role.
        sources: Everything that it rests on anywhere in the market.
        assumed_share: Share of the role's people within the venue's places of whom nothing is
            known, 0 to 1: their reach is assumed of the kind of venue.
        basis: measured, or prior where nothing was measured for some of them.
    """

    venue_id: str
    role: CommitteeRole
    sources: tuple[AudienceSource, ...]
    assumed_share: float
    basis: str


def list_evidence(engine: Engine) -> dict[str, tuple[EvidenceRow, ...]]:
    """Give what studies and our own people's events say of each venue's audience.

    Args:
        engine: Holds audience_evidence, event, person_fact, account and venue.

    Returns:
        Rows by venue. Events say what share of the people we know at accounts a venue has touched:
        counted are letters, mails and impressions, visits of own channels and meetings at events,
        since clicks would tell who answered, not who was reached. Rows that say not how sure they
        are have no part.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> row = {"venue_id": "tw", "country": "*", "segment": "*", "role": "user", "n_asked": 200}
    >>> study = {**row, "method": "survey", "study": "spring", "reach_share": 0.25}
    >>> with duckdb_engine_on({"audience_evidence": [study]}) as engine:
    ...     found = list_evidence(engine)["tw"][0]
    >>> found.n_effective, round(found.spread, 3)
    (200.0, 0.163)
    """
    found: dict[str, list[EvidenceRow]] = defaultdict(list)
    for row in engine.rows(EVIDENCE_ROWS):
        if _is_sure(row):
            found[row["venue_id"]].append(_studied(row))
    for row in engine.rows(OWN_PEOPLE):
        found[row["venue_id"]].append(_own(row))
    return {venue_id: tuple(rows) for venue_id, rows in found.items()}


def find_evidence_faults(rows: Sequence[Mapping[str, Any]], *, known: set[str]) -> Iterator[Fault]:
    """Find studies of audiences that cannot be used.

    Args:
        rows: Rows of audience_evidence.
        known: All venue ids.

    Yields:
        Each fault, row by row.
    """
    for row in rows:
        where = f"audience_evidence, venue {row['venue_id']}, {row['method']} {row['study']}"
        if row["venue_id"] not in known:
            yield Fault(
                what=f"rows for the venue {row['venue_id']}, which is not in the table venue",
                why="its unit, kind and response are unknown",
                fix="import the venue too, or mend the venue_id",
                where=where,
            )
        if not _is_sure(row):
            yield Fault(
                what="nothing says how sure its reach is",
                why="sources are weighed by how sure they are",
                fix="write n_asked, or n_effective where people were weighted, or both ends of the "
                "90 % interval",
                where=where,
            )
        yield from _number_faults(row, where=where)


def _number_faults(row: Mapping[str, Any], *, where: str) -> Iterator[Fault]:
    low, share, high = row["reach_low_share"], row["reach_share"], row["reach_high_share"]
    least = 0.0 if low is None else low
    most = 1.0 if high is None else high
    if not 0 <= least <= share <= most <= 1:
        yield Fault(
            what=f"reach share {share}, interval {low} to {high}",
            why="shares lie between 0 and 1, and inside their interval",
            fix="write shares, not percent: 0.12 for 12 %, with the lower end first",
            where=where,
        )
    asked, worth = row["n_asked"], row["n_effective"]
    if asked is not None and worth is not None and worth > asked:
        yield Fault(
            what=f"{asked} people were asked, and they are said to be worth {worth}",
            why="weighting makes a sample worth less, never more",
            fix="write n_effective as the sum of the weights squared over the sum of their squares",
            where=where,
        )


def _is_sure(row: Mapping[str, Any]) -> bool:
    has_interval = row["reach_low_share"] is not None and row["reach_high_share"] is not None
    return has_interval or row["n_asked"] is not None or row["n_effective"] is not None


def _studied(row: Mapping[str, Any]) -> EvidenceRow:
    share = float(row["reach_share"])
    worth = row["n_asked"] if row["n_effective"] is None else row["n_effective"]
    low, high = row["reach_low_share"], row["reach_high_share"]
    if low is not None and high is not None:
        ends = logit_spread(np.array(share), low=np.array(low), high=np.array(high))
        bounded = min(max(share, 1e-4), 1 - 1e-4)
        logit, spread, worth = float(np.log(bounded / (1 - bounded))), float(ends.mean()), None
    else:
        logit, spread = share_logit(share, n_effective=float(worth))
    is_direct = row["role"] != EVERYBODY and row["method"] != "lookup"
    return EvidenceRow(
        country=row["country"],
        segment=row["segment"],
        role=row["role"],
        method=row["method"],
        study=row["study"],
        reach_share=share,
        n_effective=None if worth is None else float(worth),
        logit=logit,
        spread=max(spread, 0.02) if is_direct else float(np.hypot(spread, INDIRECT_SPREAD)),
        source=row["source"] or "",
    )


def _own(row: Mapping[str, Any]) -> EvidenceRow:
    share = row["n_hits"] / row["n_people"]
    worth = cluster_effective_n(
        n=row["n_people"],
        hits=row["n_hits"],
        n_clusters=row["n_accounts"],
        hits_squared=row["hits_squared"],
        products=row["products"],
        n_squared=row["n_squared"],
    )
    logit, spread = share_logit(share, n_effective=worth)
    return EvidenceRow(
        country=row["country"],
        segment=EVERYBODY,
        role=EVERYBODY,
        method="matched_list",
        study=OWN_STUDY,
        reach_share=share,
        n_effective=worth,
        logit=logit,
        spread=float(np.hypot(spread, INDIRECT_SPREAD)),
        source="",
    )
