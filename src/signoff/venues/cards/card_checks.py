"""What is wrong with the card of a venue, as somebody fills it in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from signoff.brief import find_model_faults
from signoff.errors import Fault
from signoff.venues.cards.card import CardAudience, CardPrice, VenueCard

__all__ = ["find_gap", "find_half_interval", "find_venue_faults"]


def find_venue_faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Find everything that is wrong with a card: its fields, and whether they agree.

    Args:
        data: The card as tables and values.

    Returns:
        One fault for each thing to mend.

    >>> [fault.where for fault in find_venue_faults({"name": "Trade Weekly"})][:2]
    ['kind', 'unit']
    """
    faults = find_model_faults(data, model=VenueCard)
    if faults:
        return faults
    card = VenueCard.model_validate(data)
    return (
        *_response_faults(card),
        *_price_faults(card),
        *_audience_faults(card.audiences),
        *_issue_faults(card),
    )


def _response_faults(card: VenueCard) -> Iterator[Fault]:
    ends = (card.response_low_share, card.response_share, card.response_high_share)
    yield from _ends_faults(*ends, name="response_share")
    ends = (card.raised_hand_low_share, card.raised_hand_share, card.raised_hand_high_share)
    yield from _ends_faults(*ends, name="raised_hand_share")
    if card.contacts_per_unit is not None and card.on_target_share is None:
        yield Fault(
            "contacts are bought, but no share of them on target is given",
            "contacts that fall outside the market reach none of its people",
            "give the share of the contacts that falls on people of the market; all of them for "
            "a matched list",
            "on_target_share",
        )
    if card.basis == "measured" and not card.source:
        yield _unsourced("source")


def _ends_faults(
    low: float | None, share: float | None, high: float | None, *, name: str
) -> Iterator[Fault]:
    if low is not None and share is not None and high is not None:
        yield from _interval_faults(low, share, high, where=name)
    elif not low is share is high is None:
        yield find_half_interval(name, where=name)


def find_half_interval(name: str, *, where: str) -> Fault:
    """Say that a share is given without its interval, or an interval without it.

    Args:
        name: Name of the share.
        where: Place of the card.

    >>> find_half_interval("response_share", where="venue tw").why
    'a share is as good as it is sure'
    """
    return Fault(
        f"{name} is given without both ends of its interval, or the ends without it",
        "a share is as good as it is sure",
        "fill all three, or leave all three empty: then it is assumed of the kind of venue",
        where,
    )


def _price_faults(card: VenueCard) -> Iterator[Fault]:
    steps = [price.units_from for price in card.prices]
    for step, count in Counter(steps).items():
        if count > 1:
            yield Fault(
                f"{count} prices hold from {step} units on",
                "one number of units has one price",
                "keep one of them",
                "prices",
            )
    if min(steps) > card.minimum_units:
        yield Fault(
            f"the rate card has a gap: the minimum buy is {card.minimum_units} units, the first "
            f"price holds from {min(steps)} on",
            f"{card.minimum_units} units have no price",
            f"add a price from {card.minimum_units} on, or raise the fewest units sold",
            "prices",
        )
    yield from _gap_faults(card.prices)
    if card.maximum_units is not None and card.maximum_units < card.minimum_units:
        yield Fault(
            f"at most {card.maximum_units} units are to be had, but at least "
            f"{card.minimum_units} must be bought",
            "no number of units keeps both",
            "correct one of the two",
            "maximum_units",
        )


def _gap_faults(prices: Sequence[CardPrice]) -> Iterator[Fault]:
    steps = sorted(prices, key=lambda price: price.units_from)
    for price in steps:
        if price.units_to is not None and price.units_to < price.units_from:
            yield Fault(
                f"a price holds from {price.units_from} to {price.units_to} units",
                "a step ends where it begins, or later",
                "correct one of the two",
                "prices",
            )
    for step, following in pairwise(steps):
        if step.units_to is not None and step.units_to + 1 != following.units_from:
            yield find_gap(step.units_to, following.units_from, where="prices")


def find_gap(units_to: int, units_from: int, *, where: str) -> Fault:
    """Say that two steps of a rate card do not follow each other.

    Args:
        units_to: Last unit of the one step.
        units_from: First unit of the next.
        where: Place of the card.

    >>> find_gap(3, 6, where="prices").what
    'the rate card has a gap: one price ends with 3 units, the next begins with 6'
    """
    if units_from <= units_to:
        return Fault(
            f"two prices overlap: one ends with {units_to} units, the next begins with "
            f"{units_from}",
            "one number of units has one price",
            f"end the one step with {units_from - 1}, or leave its end empty",
            where,
        )
    return Fault(
        f"the rate card has a gap: one price ends with {units_to} units, the next begins with "
        f"{units_from}",
        f"{units_to + 1} units have no price",
        f"end the one step with {units_from - 1}, or leave its end empty",
        where,
    )


def _issue_faults(card: VenueCard) -> Iterator[Fault]:
    for day, count in Counter(issue.issue_on for issue in card.issues).items():
        if count > 1:
            yield Fault(
                f"{count} dates are the same day: {day}",
                "only one of them would count",
                "keep one of them, with the units to be had in all",
                "issues",
            )
    for number, issue in enumerate(card.issues, 1):
        if issue.closes_on is not None and issue.closes_on > issue.issue_on:
            yield Fault(
                f"the last day to order, {issue.closes_on}, is after the day of issue, "
                f"{issue.issue_on}",
                "what has appeared cannot be ordered",
                "correct one of the two",
                f"issues[{number}].closes_on",
            )
    if card.frequency_cap_days is not None and card.frequency_cap is None:
        yield Fault(
            f"exposures are to be counted in {card.frequency_cap_days} days, but no cap is given",
            "without a cap there is nothing to count",
            "give the most exposures of one person in so many days, or leave the days empty",
            "frequency_cap",
        )


def _audience_faults(audiences: Sequence[CardAudience]) -> Iterator[Fault]:
    keys = Counter((one.country, one.segment, one.role) for one in audiences)
    for (country, segment, role), count in keys.items():
        if count > 1:
            yield Fault(
                f"{count} audiences are of the same people: {role}, {country}, {segment}",
                "only one of them would count",
                "keep one of them",
                "audiences",
            )
    for number, one in enumerate(audiences, 1):
        where = f"audiences[{number}]"
        low, share, high = one.reach_low_share, one.reach_share, one.reach_high_share
        yield from _interval_faults(low, share, high, where=f"{where}.reach_share")
        if one.basis == "measured" and not one.source:
            yield _unsourced(f"{where}.source")


def _interval_faults(low: float, share: float, high: float, *, where: str) -> Iterator[Fault]:
    if not low <= share <= high:
        yield Fault(
            f"the share {share} does not lie in its interval, {low} to {high}",
            "an interval says between which ends the share lies",
            "write the lower end first, and the share between them",
            where,
        )


def _unsourced(where: str) -> Fault:
    return Fault(
        "it is called measured, and no source is named",
        "whoever reads the plan must be able to look it up",
        "name the source, or call it an assumption",
        where,
    )
