"""Whom each venue can reach in the market, and what is known of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from signoff.brief import Brief, VenueTerms
from signoff.stats.frailty import DEFAULT_SHAPE, fit_frailty_shape
from signoff.stats.reach import Array
from signoff.units import CommitteeRole
from signoff.venues.book import VenueBook
from signoff.venues.market.audience_share import AudienceShare, ShareFinder
from signoff.venues.market.cells import MarketCells
from signoff.venues.market.evidence import AudienceNote
from signoff.venues.solver.committees import sum_by_profile
from signoff.venues.solver.problem import Cells
from signoff.venues.venue import PRIOR, Venue

__all__ = ["MarketAudience", "appetite_shape", "match_audience", "with_notes"]


@dataclass(frozen=True, eq=False)
class MarketAudience:
    """The market as the venues see it.

    Attributes:
        roles: Roles of the brief's committee.
        reach: Share of people each venue can reach, by venue, profile and role.
        spread: Its standard deviations on the logit scale, below and above: one more axis in front.
        cells: Accounts by profile and committee.
        shape: Shape of the appetite, from measured duplication or by default.
        bases: What each reach rests on, by venue and role; none where a venue goes nowhere.
    """

    roles: tuple[CommitteeRole, ...]
    reach: Array
    spread: Array
    cells: Cells
    shape: float
    bases: tuple[AudienceNote, ...] = ()

    @cached_property
    def people(self) -> Array:
        """People by profile and role."""
        counts = self.cells.people * self.cells.n_accounts[:, None]
        return sum_by_profile(counts, self.cells, n_profiles=self.reach.shape[1])


def match_audience(book: VenueBook, cells: MarketCells, *, brief: Brief) -> MarketAudience:
    """Find, for each venue, group of accounts and role, what is known of its reach.

    Args:
        book: Venues, with what their cards and studies say.
        cells: Accounts.
        brief: Committee, and terms that say which part of the market a venue can reach.

    Returns:
        Reach by profile: groups of accounts that no venue tells apart share one.

    A row fits a role, an industry or a country by name or by `*`; an industry also by the first
    digits of its code. Closest is the row whose role is named, then whose industry is the longest,
    then whose country is named. Where neither card nor study has a row, the reach is what is
    assumed of the kind of venue; a card that says 0 means it.
    """
    roles = tuple(role.role for role in brief.committee.roles)
    terms = {entry.venue: entry for entry in brief.venues}
    shape = (len(book.venues), len(cells.groups), len(roles))
    values, rests = np.zeros((3, *shape)), list[AudienceNote]()
    people = _people(cells)
    for v, venue in enumerate(book.venues):
        scope, finder = terms.get(venue.venue_id), ShareFinder(venue)
        shares = {
            g: finder.find(group, roles=roles)
            for g, group in enumerate(cells.groups)
            if _in_scope(venue, scope, group)
        }
        for g, by_role in shares.items():
            values[:, v, g] = [
                [share.reach_share for share in by_role],
                [share.below for share in by_role],
                [share.above for share in by_role],
            ]
        rests += _rests(venue, roles, shares=shares, people=people)
    kinds = np.concatenate(values).transpose(1, 0, 2).reshape(shape[1], -1)
    _, first, kind = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
    profile, counts, weight, n_accounts = cells.merged(kind.ravel().astype(np.int64))
    return MarketAudience(
        roles=roles,
        reach=values[0][:, first],
        spread=values[1:][:, :, first],
        cells=Cells(
            profile=profile,
            people=counts.astype(np.float64),
            weight=weight / 1e9,
            n_accounts=n_accounts.astype(np.float64),
        ),
        shape=appetite_shape(book),
        bases=tuple(rests),
    )


def with_notes(book: VenueBook, audience: MarketAudience) -> VenueBook:
    """Give the book with what each venue's reach in the market rests on.

    Args:
        book: Venues.
        audience: The market as they see it.

    Returns:
        The same venues; the basis of each is that of its reach in this market.
    """
    venues = [
        replace(venue, bases=tuple(n for n in audience.bases if n.venue_id == venue.venue_id))
        for venue in book.venues
    ]
    return replace(book, venues=tuple(venues))


def appetite_shape(book: VenueBook) -> float:
    """Give the shape of appetite: fitted where duplication was measured, else the default.

    Args:
        book: Venues with their audiences and measured duplications.

    Returns:
        Shape, above 0. Only pairs of venues that have a row for every role, industry and country
        are used, since a duplication is measured among everybody.
    """
    general = {
        venue.venue_id: row.reach_share
        for venue in book.venues
        for row in venue.audience
        if row.role == row.segment == row.country == "*" and 0 < row.reach_share < 1
    }
    pairs = [
        (general[pair.venue_id], general[pair.other_venue_id], pair.both_share)
        for pair in book.duplications
        if pair.venue_id in general and pair.other_venue_id in general
    ]
    if not pairs:
        return DEFAULT_SHAPE
    first, second, both = np.array(pairs).T
    return fit_frailty_shape(first, second, both_share=both)


def _people(cells: MarketCells) -> NDArray[np.int64]:
    """Count people by group and role."""
    total = np.zeros((len(cells.groups), cells.people.shape[1]), dtype=np.int64)
    np.add.at(total, cells.group, cells.people * cells.n_accounts[:, None])
    return total


def _rests(
    venue: Venue,
    roles: Sequence[CommitteeRole],
    *,
    shares: dict[int, tuple[AudienceShare, ...]],
    people: NDArray[np.int64],
) -> Iterator[AudienceNote]:
    groups: dict[int, list[int]] = {}  # a venue says the same of many groups
    for g, by_role in shares.items():
        groups.setdefault(id(by_role), []).append(g)
    for r, role in enumerate(roles):
        met = {g: people[among, r] for among in groups.values() for g in among[:1]}
        parts = [(shares[g][r], int(counts.sum())) for g, counts in met.items() if counts.any()]
        total = sum(n for _, n in parts)
        if total:
            assumed = sum(n for share, n in parts if share.is_assumed)
            sources = dict.fromkeys(one for share, _ in parts for one in share.sources)
            bases = {share.basis for share, _ in parts}
            basis = PRIOR if PRIOR in bases else bases.pop()
            yield AudienceNote(venue.venue_id, role, tuple(sources), assumed / total, basis)


def _in_scope(venue: Venue, terms: VenueTerms | None, group: tuple[str, str]) -> bool:
    country, segment = group
    if venue.country and venue.country != country:
        return False
    if terms is None:
        return True
    if terms.countries and country not in terms.countries:
        return False
    return not terms.segments or any(
        segment == named or (named.isdigit() and segment.startswith(named))
        for named in terms.segments
    )
