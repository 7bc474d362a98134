"""The share of a role's people whom a venue can reach: what its card says, and what studies say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from signoff.stats.evidence import pool_logits
from signoff.stats.shares import logit_spread
from signoff.venues.market.evidence import AudienceSource, EvidenceRow
from signoff.venues.market.priors import KindPrior, PriorMeasure, find_kind_prior
from signoff.venues.venue import PRIOR, AudienceRow, Venue

__all__ = ["AudienceShare", "ShareFinder"]

MEASURED = "measured"
CARD, KIND = "card", "kind"
MEASURING = frozenset({"survey", "matched_list"})
SUREST, SMALLEST = 0.02, 5e-4

Group = tuple[str, str]
Key = tuple[str, str, str]
RowT = TypeVar("RowT", AudienceRow, EvidenceRow)


@dataclass(frozen=True)
class AudienceShare:
    """The reach of a venue among people of one role, industry and country.

    Attributes:
        reach_share: Best single value, 0 to 1.
        below: Standard deviation on the logit scale, below it.
        above: The same above it.
        sources: What it rests on; empty where the venue does not go there.
    """

    reach_share: float
    below: float
    above: float
    sources: tuple[AudienceSource, ...]

    @property
    def is_assumed(self) -> bool:
        """Whether nothing at all is known: it is assumed of the kind of venue."""
        return bool(self.sources) and all(one.method == KIND for one in self.sources)

    @property
    def basis(self) -> str:
        """Say whether anything of it was measured."""
        return MEASURED if any(one.basis == MEASURED for one in self.sources) else PRIOR


@dataclass(frozen=True, eq=False)
class ShareFinder:
    """Finds what is known of one venue's audience, each combination worked out once.

    Attributes:
        venue: The venue, with its card and what studies say.
    """

    venue: Venue

    def find(self, group: Group, *, roles: Sequence[str]) -> tuple[AudienceShare, ...]:
        """Give the reach by role among accounts of one country and industry.

        Args:
            group: Country and industry.
            roles: Committee roles.

        Returns:
            One share for each role. The card's closest row stands as it is; the closest row of each
            study is put together with it. Where neither says anything, the reach is what is assumed
            of such a venue, but no more than the card says of the role that it reaches least.
        """
        country, segment = group
        seen = (
            country if country in self._named[0] else "",
            tuple(name for name in _segments(segment) if name in self._named[1]),
        )
        if seen not in self._found:
            self._found[seen] = tuple(self._share(group, role) for role in roles)
        return self._found[seen]

    @cached_property
    def _found(self) -> dict[tuple[str, tuple[str, ...]], tuple[AudienceShare, ...]]:
        return {}

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        rows: list[AudienceRow | EvidenceRow] = [*self.venue.audience, *self.venue.evidence]
        return frozenset(row.country for row in rows), frozenset(row.segment for row in rows)

    @cached_property
    def _card(self) -> Mapping[Key, AudienceRow]:
        return {(row.role, row.segment, row.country): row for row in self.venue.audience}

    @cached_property
    def _studies(self) -> Mapping[tuple[str, str], Mapping[Key, EvidenceRow]]:
        found: dict[tuple[str, str], dict[Key, EvidenceRow]] = {}
        for row in self.venue.evidence:
            study = found.setdefault((row.method, row.study), {})
            study[row.role, row.segment, row.country] = row
        return found

    def _share(self, group: Group, role: str) -> AudienceShare:
        card = _closest(self._card, group, role)
        if card is not None and card.reach_high_share <= 0:
            return AudienceShare(0.0, 0.0, 0.0, (_card_source(card),))
        rows = [_closest(study, group, role) for study in self._studies.values()]
        studies = [row for row in rows if row is not None]
        if studies:
            return self._pooled(card, studies)
        if card is not None:
            below, above = _ends(card.reach_share, card.reach_low_share, card.reach_high_share)
            return AudienceShare(card.reach_share, below, above, (_card_source(card),))
        share, below, above = self._assumed
        return AudienceShare(share, below, above, (self._kind_source,))

    def _pooled(self, card: AudienceRow | None, studies: Sequence[EvidenceRow]) -> AudienceShare:
        logits, spreads = [row.logit for row in studies], [row.spread for row in studies]
        prior = None
        if card is None:
            share, below, above = self._assumed
            prior = _logit(share), (below + above) / 2
            first = self._kind_source
        else:
            ends = _ends(card.reach_share, card.reach_low_share, card.reach_high_share)
            logits.insert(0, _logit(card.reach_share))
            spreads.insert(0, max(sum(ends) / 2, SUREST))
            first = _card_source(card)
        pooled = pool_logits(np.array(logits), np.array(spreads), prior=prior)
        reach = float(1 / (1 + np.exp(-pooled.logit)))
        return AudienceShare(
            reach, pooled.spread, pooled.spread, (first, *(_study_source(row) for row in studies))
        )

    @cached_property
    def _assumed(self) -> tuple[float, float, float]:
        """What is assumed of it: its value, and its spreads below and above."""
        prior = self._prior
        below, above = _ends(prior.value, prior.low, prior.high)
        stated = [row.reach_share for row in self.venue.audience if row.reach_share > 0]
        return min([prior.value, *stated]), below, above

    @cached_property
    def _prior(self) -> KindPrior:
        return find_kind_prior(self.venue.kind, measure=PriorMeasure.REACH)

    @cached_property
    def _kind_source(self) -> AudienceSource:
        return AudienceSource(KIND, self.venue.kind.value, PRIOR)


def _closest(lines: Mapping[Key, RowT], group: Group, role: str) -> RowT | None:
    country, segment = group
    for role_name in (role, "*"):
        for segment_name in _segments(segment):
            for country_name in (country, "*"):
                row = lines.get((role_name, segment_name, country_name))
                if row is not None:
                    return row
    return None


def _segments(segment: str) -> Iterator[str]:
    """Give the names under which rows may speak of an industry, the closest first."""
    if segment[:2].isdigit():
        yield from (segment[:n] for n in range(len(segment), 1, -1))
    else:
        yield segment
    yield "*"


def _card_source(row: AudienceRow) -> AudienceSource:
    return AudienceSource(CARD, row.source, row.basis)


def _study_source(row: EvidenceRow) -> AudienceSource:
    return AudienceSource(row.method, row.study, MEASURED if row.method in MEASURING else PRIOR)


def _ends(share: float, low: float, high: float) -> tuple[float, float]:
    below, above = logit_spread(np.array(share), low=np.array(low), high=np.array(high))
    return float(below), float(above)


def _logit(share: float) -> float:
    bounded = min(max(share, SMALLEST), 1 - SMALLEST)
    return float(np.log(bounded / (1 - bounded)))
