"""What is wrong with the venues of a problem: names, rate cards, terms, dates, money."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from signoff.errors import Fault
from signoff.venues.cards.availability import Availability
from signoff.venues.exposures.file_model import ProblemFile, VenuePart
from signoff.venues.solver.problem import VenueOption

__all__ = ["date_faults", "minimum_faults", "name_faults", "price_faults", "term_faults"]


def name_faults(file: ProblemFile) -> list[Fault]:
    """Find missing venues, doubled names, a period that ends too early, prices of no venue."""
    faults = []
    if not file.venues:
        faults.append(
            Fault(
                "the problem has no venues",
                "there is nothing to buy",
                "write [[venues]], or name a file under [tables]",
                "venues",
            )
        )
    for venue, count in Counter(venue.venue for venue in file.venues).items():
        if count > 1:
            faults.append(
                Fault(
                    f"{count} venues are called {venue}",
                    "names tell them apart",
                    "give each a name of its own",
                    "venues.venue",
                )
            )
    if file.period is not None and file.period.ends_on < file.period.starts_on:
        faults.append(
            Fault(
                f"the period ends on {file.period.ends_on}, before it starts",
                f"it starts on {file.period.starts_on}",
                "mend one of the two days",
                "period",
            )
        )
    return [*faults, *_stray_prices(file)]


def _stray_prices(file: ProblemFile) -> list[Fault]:
    names = {venue.venue for venue in file.venues}
    unknown = sorted({price.venue for price in file.prices} - names)
    if not unknown:
        return []
    return [
        Fault(
            f"prices name no venue of the problem: {', '.join(unknown[:8])}",
            "a price belongs to a venue",
            f"use: {', '.join(sorted(names)[:12]) or 'none'}",
            "prices.venue",
        )
    ]


def price_faults(
    venue: VenuePart, steps: Sequence[tuple[int, Decimal]], *, is_whole: bool
) -> list[Fault]:
    """Find gaps and doubles in a venue's prices, and steps where units may be broken."""
    where = f"prices of {venue.venue}"
    starts = [units for units, _ in steps]
    faults = []
    if not steps:
        faults.append(
            Fault(
                f"{venue.venue} has no price",
                "what it costs is not known",
                "give unit_price, or a row under prices",
                where,
            )
        )
    elif starts[0] > venue.minimum:
        faults.append(
            Fault(
                f"the rate card of {venue.venue} has a gap: it sells from {venue.minimum} on, and "
                f"its first price holds from {starts[0]}",
                "what lies between has no price",
                f"add a price from {venue.minimum} on, or raise the minimum",
                where,
            )
        )
    for units, count in Counter(starts).items():
        if count > 1:
            faults.append(
                Fault(
                    f"{venue.venue} has {count} prices from {units} units on",
                    "one number of units has one price",
                    "keep one of them",
                    where,
                )
            )
    has_steps = len(steps) > 1 or venue.minimum > 1 or venue.setup_cost > 0
    if not is_whole and has_steps:
        faults.append(
            Fault(
                f"{venue.venue} has price steps, a minimum buy or a set-up cost",
                "they are for whole units, and here units may be broken",
                "set whole_units = true under [money], or give one price",
                where,
            )
        )
    return faults


def term_faults(venue: VenuePart, *, is_whole: bool) -> list[Fault]:
    """Find what is agreed with a venue and contradicts itself."""
    faults = []
    where = f"venues.{venue.venue}"
    if venue.exclude and (venue.fixed_units or venue.floor):
        faults.append(
            Fault(
                f"{venue.venue} is excluded, and something is to be bought there",
                "both cannot be kept",
                "drop exclude, or drop fixed_units and floor",
                where,
            )
        )
    if venue.floor is not None and venue.ceiling is not None and venue.floor > venue.ceiling:
        faults.append(
            Fault(
                f"{venue.venue}: at least {venue.floor} and at most {venue.ceiling}",
                "no amount keeps both",
                "mend floor or ceiling",
                where,
            )
        )
    if not is_whole and venue.maximum is not None and (venue.fixed_units or 0) > venue.maximum:
        faults.append(
            Fault(
                f"{venue.venue}: {venue.fixed_units:g} units are fixed, and at most "
                f"{venue.maximum:g} are to be had",
                "so many cannot be had",
                "mend fixed_units or maximum",
                where,
            )
        )
    if is_whole and venue.maximum and venue.minimum > venue.maximum:
        faults.append(
            Fault(
                f"{venue.venue} sells at least {venue.minimum} units and at most {venue.maximum:g}",
                "no number of units is both",
                "mend minimum or maximum, or exclude the venue",
                where,
            )
        )
    broken = [
        name
        for name in ("maximum", "fixed_units", "present_units")
        if (getattr(venue, name) or 0) % 1
    ]
    if is_whole and broken:
        faults.append(
            Fault(
                f"{venue.venue}: {', '.join(broken)} is a broken number",
                "units are whole here",
                "write a whole number, or set whole_units = false",
                where,
            )
        )
    return faults


def date_faults(venue: VenuePart, available: Availability | None) -> list[Fault]:
    """Find a venue that cannot appear within the period, or not as often as it must be bought."""
    if available is None or available.most_units is None or venue.exclude:
        return []
    if not available.most_units:
        near = ", ".join(day.isoformat() for day in available.nearest)
        return [
            Fault(
                f"{venue.venue} cannot appear within the period",
                f"its nearest issues are of {near}" if near else "its lead time ends after it",
                "move the period, order earlier, or exclude the venue",
                f"venues.{venue.venue}.issues",
            )
        ]
    if available.most_units < venue.minimum:
        return [
            Fault(
                f"{venue.venue} has room for {available.most_units} units within the period, and "
                f"sells at least {venue.minimum}",
                "so few cannot be bought",
                "move or prolong the period, or exclude the venue",
                f"venues.{venue.venue}.minimum",
            )
        ]
    return []


def minimum_faults(file: ProblemFile, options: Sequence[VenueOption]) -> list[Fault]:
    """Find a budget under the smallest buy of every venue."""
    budget = file.money.budget
    if budget is None or not file.money.whole_units:
        return []
    if any(option.fixed_cents or option.floor_cents for option in options):
        return []
    open_ones = [option for option in options if option.is_open]
    least = {
        option.venue_id: Decimal(option.cost_cents(option.ladder.cheapest_units(1))) / 100
        for option in open_ones
    }
    if not least or min(least.values()) <= budget:
        return []
    cheapest = min(least, key=lambda name: least[name])
    return [
        Fault(
            f"the budget of {budget} is under the smallest buy of every venue",
            f"the cheapest is {least[cheapest]} at {cheapest}",
            f"raise the budget to {least[cheapest]} or more, or lower a minimum or a set-up cost",
            "money.budget",
        )
    ]
