"""The brief's terms with groups of venues and with months, as limits on money."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Protocol

from signoff.brief import Brief, GroupTerms
from signoff.errors import Fault
from signoff.venues.terms.limits import SpendLimit

__all__ = ["NO_LIMIT_CENTS", "find_group_faults", "group_limits"]

NO_LIMIT_CENTS = 10**15
"""Stands for no ceiling."""


class _Grouped(Protocol):
    @property
    def venue_id(self) -> str: ...
    @property
    def venue_group(self) -> str: ...
    @property
    def purpose(self) -> str: ...


def group_limits(venues: Sequence[_Grouped], *, brief: Brief) -> tuple[SpendLimit, ...]:
    """Give the least and most to spend on each group of the brief.

    Args:
        venues: Venues in the planner's order.
        brief: Budget and groups.

    Returns:
        One limit for each group, in the brief's order; shares are of the budget, in whole cents.

    >>> from signoff.venues.sample import sample_brief
    >>> group_limits((), brief=sample_brief())
    ()
    """
    budget = int(brief.money.budget * 100)
    limits = []
    for number, terms in enumerate(brief.money.groups, start=1):
        places = tuple(v for v, venue in enumerate(venues) if _counts(terms, venue))
        least, most = _cents(terms, budget)
        where = f"money.groups[{number}]"
        limits.append(SpendLimit(terms.title, places, least, most, where))
    return tuple(limits)


def find_group_faults(venues: Sequence[_Grouped], *, brief: Brief) -> Iterator[Fault]:
    """Find terms with groups that name nobody, or contradict themselves or the budget.

    Args:
        venues: Venues that the brief does not exclude.
        brief: Budget and groups.

    Yields:
        Each fault, with its place in the brief.
    """
    budget = int(brief.money.budget * 100)
    for place, terms in enumerate(brief.money.groups, start=1):
        where = f"money.groups[{place}]"
        n_ways = sum((bool(terms.venue_group), terms.purpose is not None, bool(terms.venues)))
        if n_ways != 1:
            yield Fault(
                "a group of venues is named in no way, or in several",
                "it must be clear whose money it counts",
                "write one of venue_group, purpose and venues",
                where,
            )
            continue
        yield from _unknown(terms, venues, where=where)
        least, most = _cents(terms, budget)
        if least > min(most, budget):
            yield Fault(
                f"at least {least / 100:,.2f} is to be spent on {terms.title}, and at most "
                f"{min(most, budget) / 100:,.2f}",
                "no amount keeps both",
                "mend floor, ceiling or the budget",
                where,
            )
    months = [terms.month for terms in brief.money.months]
    for month in sorted({month for month in months if months.count(month) > 1}):
        yield Fault(
            f"the month {month} is named more than once",
            "only one ceiling could hold",
            "keep one of them",
            "money.months",
        )


def _counts(terms: GroupTerms, venue: _Grouped) -> bool:
    if terms.venue_group:
        return venue.venue_group == terms.venue_group
    if terms.purpose is not None:
        return venue.purpose == terms.purpose
    return venue.venue_id in terms.venues


def _cents(terms: GroupTerms, budget: int) -> tuple[int, int]:
    floors = [int((terms.floor or 0) * 100), int(budget * (terms.floor_share or 0.0))]
    ceilings = [NO_LIMIT_CENTS if terms.ceiling is None else int(terms.ceiling * 100)]
    if terms.ceiling_share is not None:
        ceilings.append(int(budget * terms.ceiling_share))
    return max(floors), min(ceilings)


def _unknown(terms: GroupTerms, venues: Sequence[_Grouped], *, where: str) -> Iterator[Fault]:
    known = {venue.venue_id for venue in venues}
    stray = [name for name in terms.venues if name not in known]
    kinds = {"venue_group": {v.venue_group for v in venues}, "purpose": {v.purpose for v in venues}}
    if terms.venue_group and terms.venue_group not in kinds["venue_group"]:
        stray, known = [terms.venue_group], kinds["venue_group"] - {""}
    if terms.purpose is not None and terms.purpose not in kinds["purpose"]:
        stray, known = [terms.purpose], kinds["purpose"] - {""}
    if stray:
        near = get_close_matches(stray[0], sorted(known), n=1)
        yield Fault(
            f"terms with a group name what no venue is: {', '.join(stray)}",
            "groups are matched by the names and groups in the venue list",
            f"did you mean {near[0]}?"
            if near
            else f"use one of: {', '.join(sorted(known)[:12]) or 'none is given to any venue'}",
            where,
        )
