"""Which limits contradict each other: the smallest set of them that no plan keeps."""

from collections.abc import Sequence

from signoff.errors import BriefError, Fault
from signoff.stats.reach import Array
from signoff.venues.solver.problem import PackageOption, VenueOption
from signoff.venues.terms.limits import SpendLimit
from signoff.venues.terms.programme import Offers, find_purchase, venue_limits

__all__ = ["refuse_contradictions"]

_FREE_CENTS = 1e15


def refuse_contradictions(
    options: Sequence[VenueOption],
    limits: Sequence[SpendLimit],
    *,
    caps: Array | None = None,
    packages: Sequence[PackageOption] = (),
) -> None:
    """Refuse limits that no plan keeps together, before anything is solved.

    Args:
        options: What can be bought.
        limits: Least and most to spend; the first one is the budget.
        caps: Most units of each venue, where units may be broken.
        packages: What can be bought together.

    Raises:
        BriefError: a smallest set of limits that contradict each other; without any one of them
            there would be a plan.
    """
    offers = Offers(options, packages, caps)
    rules = [*_limit_rules(limits), *venue_limits(options)]
    if _has_plan(offers, rules):
        return
    needed = list(rules)
    for rule in rules:
        rest = [other for other in needed if other is not rule]
        if not _has_plan(offers, rest):
            needed = rest
    shown = "; ".join(rule.name for rule in needed)
    raise BriefError(
        f"{len(needed)} limits contradict each other: {shown}"
        if needed
        else "no plan can be bought",
        why="no plan keeps them together, and without any one of them there would be one",
        fix="loosen one of them",
        faults=[
            Fault(
                rule.name,
                "it is one of those that contradict each other",
                "loosen it, or another",
                rule.where,
            )
            for rule in needed
        ],
    )


def _limit_rules(limits: Sequence[SpendLimit]) -> list[SpendLimit]:
    """Give each end of a limit as a rule of its own, named for the reader."""
    rules = []
    for place, limit in enumerate(limits):
        where = limit.where or ("money.budget" if place == 0 else limit.name)
        if limit.most_cents < _FREE_CENTS:
            name = f"{limit.name}: at most {limit.most_cents / 100:,.2f}"
            rules.append(SpendLimit(name, limit.venues, 0, limit.most_cents, where))
        if limit.least_cents > 0:
            name = f"{limit.name}: at least {limit.least_cents / 100:,.2f}"
            rules.append(SpendLimit(name, limit.venues, limit.least_cents, where=where))
    return rules


def _has_plan(offers: Offers, rules: Sequence[SpendLimit]) -> bool:
    """Say whether some purchase keeps the rules; where costs are rounded, to the cent."""
    return find_purchase(offers, rules, margin_cents=-1.0) is not None
