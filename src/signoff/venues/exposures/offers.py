"""What a problem's venues sell, and the money that may be spent on them."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from signoff.brief import Period
from signoff.errors import Fault
from signoff.units import DiscountKind
from signoff.venues.availability import Availability, Issue, units_available
from signoff.venues.exposures.file_model import LimitPart, ProblemFile, VenuePart
from signoff.venues.exposures.file_venue import DatedVenue
from signoff.venues.limits import SpendLimit
from signoff.venues.prices import Ladder, PriceStep
from signoff.venues.problem import VenueOption

__all__ = ["list_options", "read_limits"]

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
    faults += _stray_prices(file)
    return tuple(_option(file, venue, faults) for venue in file.venues)


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
    most = _NOTHING if budget is None else _cents(budget, is_whole=is_whole)
    limits = [SpendLimit("budget", everything, most_cents=most)]
    for number, part in enumerate(file.limits, start=1):
        places = _members(file, part, number, faults)
        name = part.name or part.group or ", ".join(part.venues)
        limits.append(
            SpendLimit(
                name,
                places,
                _cents(part.least, is_whole=is_whole),
                _NOTHING if part.most is None else _cents(part.most, is_whole=is_whole),
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
    found = []
    for place, venue in enumerate(file.venues):
        if venue.fixed_units is not None and venue.unit_price is not None:
            cents = float(venue.unit_price) * 100 * venue.fixed_units
            found.append(SpendLimit(f"{venue.venue}: fixed", (place,), cents, cents))
        elif venue.floor is not None or venue.ceiling is not None:
            least = 0.0 if venue.floor is None else float(venue.floor) * 100
            most = float(_NOTHING) if venue.ceiling is None else float(venue.ceiling) * 100
            found.append(SpendLimit(f"{venue.venue}: floor and ceiling", (place,), least, most))
    return found


def _cents(amount: Decimal, *, is_whole: bool) -> float:
    if not is_whole:
        return float(amount) * 100
    return int((amount * 100).to_integral_value(rounding=ROUND_HALF_EVEN))


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


def _option(file: ProblemFile, venue: VenuePart, faults: list[Fault]) -> VenueOption:
    steps = sorted(
        (price.units_from, price.unit_price) for price in file.prices if price.venue == venue.venue
    )
    if venue.unit_price is not None:
        steps = [(1, venue.unit_price), *steps]
    found = _price_faults(venue, steps, is_whole=file.money.whole_units)
    available = _available(file, venue)
    if available is not None and not available.most_units and not venue.exclude:
        found.append(_dateless(venue, available))
    found += _term_faults(venue, is_whole=file.money.whole_units)
    faults += found
    if found or not steps:
        return VenueOption(venue.venue, Ladder((PriceStep(1, Decimal(1)),), 1, 1), 1.0, 0.0)
    ladder = Ladder(
        tuple(PriceStep(units, price) for units, price in steps),
        venue.minimum,
        _most(venue, available),
        DiscountKind(venue.discount_kind),
        venue.setup_cost,
    )
    return _agreed(venue, ladder, faults)


def _agreed(venue: VenuePart, ladder: Ladder, faults: list[Fault]) -> VenueOption:
    fixed = None
    if venue.fixed_units:
        fixed = ladder.cost_cents(int(venue.fixed_units))
        if not ladder.minimum_units <= venue.fixed_units <= ladder.maximum_units:
            faults.append(
                Fault(
                    f"{venue.venue}: {venue.fixed_units:g} units are fixed, and it sells from "
                    f"{ladder.minimum_units} to {ladder.maximum_units}",
                    "so many cannot be had",
                    "mend fixed_units, minimum or maximum",
                    f"venues.{venue.venue}.fixed_units",
                )
            )
    floor = 0 if venue.floor is None else int(venue.floor * 100)
    ceiling = None if venue.ceiling is None else int(venue.ceiling * 100)
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
    return VenueOption(
        venue.venue,
        ladder,
        1.0,
        0.0,
        fixed_cents=fixed,
        floor_cents=0 if venue.exclude else floor,
        ceiling_cents=ceiling,
        is_open=not venue.exclude,
    )


def _price_faults(
    venue: VenuePart, steps: list[tuple[int, Decimal]], *, is_whole: bool
) -> list[Fault]:
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
                f"the rate card of {venue.venue} has a gap: at least {venue.minimum} units are "
                f"sold, the first price holds from {starts[0]} on",
                f"{venue.minimum} units have no price",
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


def _term_faults(venue: VenuePart, *, is_whole: bool) -> list[Fault]:
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


def _available(file: ProblemFile, venue: VenuePart) -> Availability | None:
    if file.period is None:
        return None
    period = Period(starts_on=file.period.starts_on, ends_on=file.period.ends_on)
    dated = DatedVenue(
        lead_days=venue.lead_days,
        issues=tuple(Issue(day, capacity_units=venue.per_issue) for day in sorted(venue.issues)),
        capacity_per_week=None if venue.issues else venue.per_issue,
        maximum_units=None if venue.maximum is None else int(venue.maximum),
    )
    return units_available(dated, period, as_of=file.period.ordered_on)


def _dateless(venue: VenuePart, available: Availability) -> Fault:
    near = ", ".join(day.isoformat() for day in available.nearest)
    return Fault(
        f"{venue.venue} cannot appear within the period",
        f"its nearest issues are of {near}" if near else "its lead time ends after the period",
        "move the period, order earlier, or exclude the venue",
        f"venues.{venue.venue}.issues",
    )


def _most(venue: VenuePart, available: Availability | None) -> int:
    limits = [_NO_LIMIT if venue.maximum is None else max(int(venue.maximum), 1)]
    if available is not None and available.most_units is not None:
        limits.append(max(available.most_units, 1))
    return min(limits)
