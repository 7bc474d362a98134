"""Whom each venue can reach: audience rows matched to the market, and what one unit gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from signoff.brief import Brief, VenueTerms
from signoff.stats.frailty import (
    DEFAULT_CORRELATION_SHARE,
    DEFAULT_SHAPE,
    fit_frailty_shape,
    frailty_nodes,
    membership_share,
)
from signoff.stats.reach import Array
from signoff.stats.shares import logit_spread
from signoff.units import CommitteeRole
from signoff.venues.book import AudienceRow, Venue, VenueBook
from signoff.venues.cells import MarketCells
from signoff.venues.problem import Cells, PlanProblem, VenueOption
from signoff.venues.terms import to_cents

__all__ = ["MarketAudience", "appetite_shape", "make_problem", "match_audience"]


@dataclass(frozen=True, eq=False)
class MarketAudience:
    """The market as the venues see it.

    Attributes:
        roles: Roles of the brief's committee.
        reach: Share of people each venue can reach, by venue, profile and role.
        spread: Its standard deviations on the logit scale, below and above: one more axis in front.
        cells: Accounts by profile and committee.
        shape: Shape of the appetite, from measured duplication or by default.
    """

    roles: tuple[CommitteeRole, ...]
    reach: Array
    spread: Array
    cells: Cells
    shape: float

    @property
    def people(self) -> Array:
        """People by profile and role."""
        counts = self.cells.people * self.cells.n_accounts[:, None]
        total = np.zeros(self.reach.shape[1:])
        np.add.at(total, self.cells.profile, counts)
        return total


def match_audience(book: VenueBook, cells: MarketCells, *, brief: Brief) -> MarketAudience:
    """Find, for each venue, group of accounts and role, the audience row that fits most closely.

    Args:
        book: Venues.
        cells: Accounts.
        brief: Committee, and terms that say which part of the market a venue can reach.

    Returns:
        Reach by profile: groups of accounts that no venue tells apart share one.

    A row fits a role, an industry or a country by name or by `*`; an industry also by the first
    digits of its code. Closest is the row whose role is named, then whose industry is the longest,
    then whose country is named.
    """
    roles = tuple(role.role for role in brief.committee.roles)
    terms = {entry.venue: entry for entry in brief.venues}
    shape = (len(book.venues), len(cells.groups), len(roles))
    reach, spread = np.zeros(shape), np.zeros((2, *shape))
    for v, venue in enumerate(book.venues):
        lines = _by_key(venue.audience)
        scope = terms.get(venue.venue_id)
        for g, group in enumerate(cells.groups):
            if _in_scope(venue, scope, group):
                for r, role in enumerate(roles):
                    row = _closest(lines, group, role)
                    if row is not None:
                        reach[v, g, r], spread[:, v, g, r] = row.reach_share, _spread(row)
    kinds = np.concatenate([reach, *spread]).transpose(1, 0, 2).reshape(shape[1], -1)
    _, first, kind = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
    profile, people, weight, n_accounts = cells.merged(kind.ravel().astype(np.int64))
    return MarketAudience(
        roles=roles,
        reach=reach[:, first],
        spread=spread[:, :, first],
        cells=Cells(
            profile=profile,
            people=people.astype(np.float64),
            weight=weight / 1e9,
            n_accounts=n_accounts.astype(np.float64),
        ),
        shape=appetite_shape(book),
    )


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


def make_problem(
    audience: MarketAudience,
    book: VenueBook,
    *,
    brief: Brief,
    reach: Array | None = None,
    response_shares: Array | None = None,
) -> PlanProblem:
    """Put market, venues and brief together as a problem of arrays.

    Args:
        audience: Reach and accounts.
        book: Venues.
        brief: Objective, rule, budget and terms.
        reach: Other reach shares, shaped as `audience.reach`; None: the best single values.
        response_shares: Other response shares by venue.

    Returns:
        The problem. Contacts that a venue sells are spread evenly over the people of the market
        whom it can reach, so that their exposures grow with money and their number does not.
    """
    shares = audience.reach if reach is None else reach
    nodes = frailty_nodes(shape=audience.shape, correlation_share=DEFAULT_CORRELATION_SHARE)
    reachable = (shares * audience.people).sum(axis=(1, 2))
    terms = {entry.venue: entry for entry in brief.venues}
    levels = sorted({role.approval_level for role in brief.committee.roles})
    options = tuple(
        _option(
            venue,
            terms.get(venue.venue_id),
            reachable=float(reachable[v]),
            frequency_cap=venue.cap_within(brief.period),
            response_share=float(
                venue.response_share if response_shares is None else response_shares[v]
            ),
        )
        for v, venue in enumerate(book.venues)
    )
    return PlanProblem(
        objective=brief.objective.aim,
        rule=brief.committee.approval_rule,
        exposures_needed=brief.committee.exposures_needed,
        role_levels=tuple(levels.index(role.approval_level) for role in brief.committee.roles),
        membership=membership_share(shares, nodes),
        nodes=nodes,
        cells=audience.cells,
        options=options,
        budget_cents=to_cents(brief.money.budget),
        quorum_roles=brief.committee.quorum_roles or 1,
        base_share=brief.committee.base_share or 0.0,
        uplifts=tuple(role.uplift for role in brief.committee.roles),
    )


def _option(
    venue: Venue,
    terms: VenueTerms | None,
    *,
    reachable: float,
    frequency_cap: int | None,
    response_share: float,
) -> VenueOption:
    exposures = venue.exposures_per_unit
    if venue.contacts_per_unit is not None:
        contacts = venue.contacts_per_unit * venue.on_target_share
        exposures *= contacts / reachable if reachable > 0 else 0.0
    fixed = terms.fixed_spend if terms else None
    return VenueOption(
        venue_id=venue.venue_id,
        ladder=venue.ladder,
        exposures_per_unit=exposures,
        response_share=response_share,
        fixed_cents=to_cents(fixed) if fixed else None,
        floor_cents=to_cents(terms.floor) if terms else 0,
        ceiling_cents=to_cents(terms.ceiling) if terms and terms.ceiling is not None else None,
        is_open=reachable > 0 or bool(terms and terms.floor),
        frequency_cap=frequency_cap,
    )


def _by_key(rows: Sequence[AudienceRow]) -> dict[tuple[str, str, str], AudienceRow]:
    return {(row.role, row.segment, row.country): row for row in rows}


def _closest(
    lines: Mapping[tuple[str, str, str], AudienceRow], group: tuple[str, str], role: str
) -> AudienceRow | None:
    country, segment = group
    prefixes = [segment[:n] for n in range(len(segment), 1, -1)] if segment[:2].isdigit() else []
    for role_name in (role, "*"):
        for segment_name in (*(prefixes or [segment]), "*"):
            for country_name in (country, "*"):
                row = lines.get((role_name, segment_name, country_name))
                if row is not None:
                    return row
    return None


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


def _spread(row: AudienceRow) -> Array:
    low, high = np.array(row.reach_low_share), np.array(row.reach_high_share)
    return logit_spread(np.array(row.reach_share), low=low, high=high)
