"""What one unit of each venue gives the people whom it can reach: the problem as arrays."""

from signoff.brief import Brief, VenueTerms
from signoff.stats.frailty import DEFAULT_CORRELATION_SHARE, frailty_nodes, membership_share
from signoff.stats.reach import Array
from signoff.venues.book import Venue, VenueBook
from signoff.venues.market.audience import MarketAudience, appetite_shape, match_audience
from signoff.venues.solver.package_offers import offer_packages
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.terms.frequency_caps import cap_units
from signoff.venues.terms.group_terms import group_limits
from signoff.venues.terms.month_terms import month_limits
from signoff.venues.terms.terms import to_cents

__all__ = ["MarketAudience", "appetite_shape", "make_problem", "match_audience"]


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
        response_shares: Other answers per exposure by venue.

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
                venue.answers(brief.objective.aim).share
                if response_shares is None
                else response_shares[v]
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
        limits=(*group_limits(book.venues, brief=brief), *month_limits(book, brief=brief)),
        packages=offer_packages(book, options),
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
    ladder = cap_units(venue.ladder, exposures_per_unit=exposures, frequency_cap=frequency_cap)
    can_buy = reachable > 0 and ladder.maximum_units >= ladder.minimum_units
    return VenueOption(
        venue_id=venue.venue_id,
        ladder=ladder,
        exposures_per_unit=exposures,
        response_share=response_share,
        fixed_cents=to_cents(fixed) if fixed else None,
        floor_cents=to_cents(terms.floor) if terms else 0,
        ceiling_cents=to_cents(terms.ceiling) if terms and terms.ceiling is not None else None,
        is_open=can_buy or bool(terms and terms.floor),
        frequency_cap=frequency_cap,
    )
