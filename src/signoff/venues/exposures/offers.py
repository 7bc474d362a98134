"""What a problem's venues sell, and the money that may be spent on them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from signoff.brief import Period
from signoff.errors import Fault
from signoff.units import DiscountKind
from signoff.venues.cards.availability import Availability, Issue, units_available
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.exposures.file_model import LimitPart, ProblemFile, VenuePart
from signoff.venues.exposures.file_venue import DatedVenue
from signoff.venues.exposures.offer_faults import (
    date_faults,
    minimum_faults,
    name_faults,
    price_faults,
    term_faults,
)
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["available_units", "list_options", "read_limits"]

_NO_LIMIT = 1_000_000_000
_NOTHING = 10**15


def list_options(file: ProblemFile, faults: list[Fault]) -> tuple[VenueOption, ...]:
    """Give what can be bought at each venue, and add what is wrong with the venues to the faults.

    Args:
        file: The problem.
        faults: Grows by all that is wrong.

    Returns:
        Options in the order of the venues; meaningless where faults were found.
    """
    faults += name_faults(file)
    options = tuple(_option(file, venue, faults) for venue in file.venues)
    if not faults:
        faults += minimum_faults(file, options)
    return options


def read_limits(
    file: ProblemFile, options: Sequence[VenueOption], faults: list[Fault]
) -> tuple[SpendLimit, ...]:
    """Give the limits on money, the budget first, and add what is wrong with them to the faults.

    Args:
        file: The problem.
        options: Its options.
        faults: Grows by all that is wrong.

    Returns:
        Limits. Where units may be broken, terms with single venues are limits too.
    """
    everything = tuple(range(len(options)))
    is_whole = file.money.whole_units
    budget = file.money.budget
    if budget is None and file.money.target is None:
        faults.append(
            Fault(
                "the problem has neither a budget nor a target",
                "either most is made of a budget, or a target is reached for the least money",
                "write budget or target under [money]",
                "money",
            )
        )
    most = _NOTHING if budget is None else _at_most(budget, is_whole=is_whole)
    limits = [SpendLimit("budget", everything, most_cents=most)]
    for number, part in enumerate(file.limits, start=1):
        places = _members(file, part, number, faults)
        name = part.name or part.group or ", ".join(part.venues)
        limits.append(
            SpendLimit(
                name,
                places,
                _at_least(part.least, is_whole=is_whole),
                _NOTHING if part.most is None else _at_most(part.most, is_whole=is_whole),
                f"limits[{number}]",
            )
        )
        if part.most is not None and part.most < part.least:
            faults.append(
                Fault(
                    f"{name}: at least {part.least} and at most {part.most}",
                    "no amount keeps both",
                    "mend least or most",
                    f"limits[{number}]",
                )
            )
    if not is_whole:
        limits += _single_limits(file)
    return tuple(limits)


def _single_limits(file: ProblemFile) -> list[SpendLimit]:
    prices = {price.venue: price.unit_price for price in file.prices}
    found = []
    for place, venue in enumerate(file.venues):
        price = prices.get(venue.venue, venue.unit_price)
        where = f"venues.{venue.venue}"
        if venue.fixed_units is not None and price is not None:
            cents = float(price) * 100 * venue.fixed_units
            found.append(SpendLimit(f"{venue.venue}: fixed", (place,), cents, cents, where))
        elif venue.floor is not None or venue.ceiling is not None:
            least = 0.0 if venue.floor is None else float(venue.floor) * 100
            most = float(_NOTHING) if venue.ceiling is None else float(venue.ceiling) * 100
            name = f"{venue.venue}: floor and ceiling"
            found.append(SpendLimit(name, (place,), least, most, where))
    return found


def _at_most(amount: Decimal, *, is_whole: bool) -> float:
    """Give cents that are not above an amount, whole where units are."""
    return int((amount * 100).to_integral_value(ROUND_FLOOR)) if is_whole else float(amount) * 100


def _at_least(amount: Decimal, *, is_whole: bool) -> float:
    """Give cents that are not below an amount, whole where units are."""
    return int((amount * 100).to_integral_value(ROUND_CEILING)) if is_whole else float(amount) * 100


def _members(
    file: ProblemFile, part: LimitPart, number: int, faults: list[Fault]
) -> tuple[int, ...]:
    names = [venue.venue for venue in file.venues]
    groups = [venue.group for venue in file.venues]
    if bool(part.group) == bool(part.venues):
        faults.append(
            Fault(
                "a limit names either a group or venues",
                "it must be clear whose money it counts",
                "write group, or venues",
                f"limits[{number}]",
            )
        )
    unknown = [name for name in part.venues if name not in names]
    if part.group and part.group not in groups:
        unknown.append(part.group)
    if unknown:
        known = [*dict.fromkeys(group for group in groups if group)] if part.group else names
        faults.append(
            Fault(
                f"a limit names what is not there: {', '.join(unknown)}",
                "limits are matched by the names of venues and groups",
                f"use: {', '.join(known[:12]) or 'none'}",
                f"limits[{number}]",
            )
        )
    return tuple(
        place
        for place, (name, group) in enumerate(zip(names, groups, strict=True))
        if name in part.venues or (part.group and group == part.group)
    )


def _option(file: ProblemFile, venue: VenuePart, faults: list[Fault]) -> VenueOption:
    is_whole = file.money.whole_units
    steps = sorted(
        (price.units_from, price.unit_price) for price in file.prices if price.venue == venue.venue
    )
    if venue.unit_price is not None:
        steps = [(1, venue.unit_price), *steps]
    available = available_units(file, venue)
    found = price_faults(venue, steps, is_whole=is_whole)
    found += term_faults(venue, is_whole=is_whole)
    found += date_faults(venue, available)
    faults += found
    is_open = not venue.exclude and venue.maximum != 0 and venue.fixed_units != 0
    if found or not steps:
        return VenueOption(venue.venue, Ladder((PriceStep(1, Decimal(1)),), 1, 1), 1.0, 0.0)
    ladder = Ladder(
        tuple(PriceStep(units, price) for units, price in steps),
        venue.minimum,
        _most(venue, available),
        DiscountKind(venue.discount_kind),
        venue.setup_cost,
    )
    option = VenueOption(venue.venue, ladder, 1.0, 0.0, is_open=is_open)
    return _agreed(option, venue, faults) if is_whole else option


def _agreed(option: VenueOption, venue: VenuePart, faults: list[Fault]) -> VenueOption:
    """Add what is agreed with a venue whose units are whole."""
    ladder, floor = option.ladder, 0
    if venue.fixed_units and not ladder.minimum_units <= venue.fixed_units <= ladder.maximum_units:
        faults.append(
            Fault(
                f"{venue.venue}: {venue.fixed_units:g} units are fixed, and it sells from "
                f"{ladder.minimum_units} to {ladder.maximum_units}",
                "so many cannot be had",
                "mend fixed_units, minimum or maximum",
                f"venues.{venue.venue}.fixed_units",
            )
        )
    if venue.floor is not None and option.is_open:
        floor = int(_at_least(venue.floor, is_whole=True))
    ceiling = None if venue.ceiling is None else int(_at_most(venue.ceiling, is_whole=True))
    if floor and ladder.fewest_units(floor, at_most_cents=ceiling) is None:
        faults.append(
            Fault(
                f"{venue.venue}: no number of units costs at least {venue.floor}"
                + ("" if venue.ceiling is None else f" and at most {venue.ceiling}"),
                "units are whole, and it sells no more than its maximum",
                "lower the floor, or raise the ceiling or the maximum",
                f"venues.{venue.venue}.floor",
            )
        )
    fixed = ladder.cost_cents(int(venue.fixed_units)) if venue.fixed_units else None
    return replace(option, fixed_cents=fixed, floor_cents=floor, ceiling_cents=ceiling)


def available_units(file: ProblemFile, venue: VenuePart) -> Availability | None:
    """Give how many units of a venue the period holds; None where no period can be used."""
    if file.period is None or file.period.ends_on < file.period.starts_on:
        return None
    period = Period(starts_on=file.period.starts_on, ends_on=file.period.ends_on)
    dated = DatedVenue(
        lead_days=venue.lead_days,
        issues=tuple(Issue(day, capacity_units=venue.per_issue) for day in sorted(venue.issues)),
        capacity_per_week=None if venue.issues else venue.per_issue,
        maximum_units=None,
    )
    return units_available(dated, period, as_of=file.period.ordered_on)


def _most(venue: VenuePart, available: Availability | None) -> int:
    limits = [_NO_LIMIT if venue.maximum is None else max(int(venue.maximum), 1)]
    if available is not None and available.most_units is not None:
        limits.append(max(available.most_units, 1))
    return min(limits)
