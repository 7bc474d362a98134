"""What is wrong with rate cards and audiences, each fault with what, why and how to mend it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from signoff.brief import Brief
from signoff.errors import Fault
from signoff.units import CommitteeRole, VenueKind
from signoff.venues.cards.card_checks import find_gap, find_half_interval

__all__ = ["find_card_faults", "find_duplication_faults"]

Rows = Sequence[Mapping[str, Any]]


_N_OF_AN_INTERVAL = 3


def find_card_faults(
    venues: Rows,
    *,
    rates: Mapping[str, Rows],
    audiences: Mapping[str, Rows],
    brief: Brief,
    known: set[str],
) -> list[Fault]:
    """Find everything that keeps venues from being planned.

    Args:
        venues: Rows of venue that the brief does not exclude.
        rates: Rows of rate by venue, by rising units_from.
        audiences: Rows of venue_audience by venue.
        brief: Its currency and exchange rates.
        known: All venue ids, excluded ones too.

    Returns:
        All faults, venue by venue.
    """
    faults: list[Fault] = []
    if not venues:
        faults.append(
            Fault(
                what="there is no venue to plan with",
                why="the table venue is empty, or the brief excludes every venue in it",
                fix="import venues, rates and audiences: signoff import venues.csv",
                where="venue",
            )
        )
    for row in venues:
        venue_id = row["venue_id"]
        faults += _rate_faults(venue_id, rates.get(venue_id, ()), brief=brief)
        faults += _audience_faults(venue_id, audiences.get(venue_id, ()))
        faults += _venue_faults(row)
    faults += _stray_faults("rate", set(rates) - known)
    faults += _stray_faults("venue_audience", set(audiences) - known)
    return faults


def find_duplication_faults(
    pairs: Rows, *, audiences: Mapping[str, Rows], known: set[str]
) -> Iterator[Fault]:
    """Find measured duplications that no two audiences can have.

    Args:
        pairs: Rows of venue_duplication.
        audiences: Rows of venue_audience by venue.
        known: All venue ids.

    Yields:
        Each fault, pair by pair.
    """
    for pair in pairs:
        names = (pair["venue_id"], pair["other_venue_id"])
        where = f"venue_duplication, {names[0]} and {names[1]}"
        if names[0] == names[1]:
            yield Fault(
                what=f"the venue {names[0]} is paired with itself",
                why="duplication is between two venues",
                fix="drop the row, or mend other_venue_id",
                where=where,
            )
        for name in sorted(set(names) - known):
            yield _unknown("venue", name, known=sorted(known), where=where)
        general = [
            row["reach_share"]
            for name in names
            for row in audiences.get(name, ())
            if row["role"] == row["segment"] == row["country"] == "*"
        ]
        if len(general) == len(names) and pair["both_share"] > min(general):
            yield Fault(
                what=f"{pair['both_share']} of people are in both audiences, "
                f"more than the smaller audience has: {min(general)}",
                why="whoever is in both is in each",
                fix="write both_share as a share of all people, at most the smaller reach_share",
                where=where,
            )


def _rate_faults(venue_id: str, steps: Rows, *, brief: Brief) -> Iterator[Fault]:
    where = f"rate, venue {venue_id}"
    if not steps:
        yield Fault(
            what=f"the venue {venue_id} has no price",
            why="its units cannot be bought",
            fix="add its rate card to the table rate, or exclude it in the brief",
            where=where,
        )
        return
    yield from _price_faults(steps, where=where)
    yield from _quantity_faults(steps, where=where)
    yield from _currency_faults(steps, brief=brief, where=where)


def _price_faults(steps: Rows, *, where: str) -> Iterator[Fault]:
    for units_from, n_rows in Counter(step["units_from"] for step in steps).items():
        if n_rows > 1:
            yield Fault(
                what=f"{n_rows} prices hold from {units_from} units on",
                why="one number of units has one price",
                fix="keep one of them, or mend units_from",
                where=where,
            )
    for step in steps:
        if step["unit_price"] <= 0:
            yield Fault(
                what=f"from {step['units_from']} units on, one costs {step['unit_price']}",
                why="what costs nothing would be bought without end",
                fix="give the price; for a channel of your own, what making and sending one costs",
                where=where,
            )


def _quantity_faults(steps: Rows, *, where: str) -> Iterator[Fault]:
    yield from _step_faults(steps, where=where)
    minimums = sorted({step["minimum_units"] for step in steps})
    maximums = {step["maximum_units"] for step in steps}
    if len(minimums) > 1 or len(maximums) > 1:
        yield Fault(
            what=f"its price steps name different minimum or maximum buys: {minimums}, {maximums}",
            why="a venue has one minimum buy and one limit for the period",
            fix="write the same minimum_units and maximum_units in each of its rows",
            where=where,
        )
    if minimums[0] < 1:
        yield Fault(
            what=f"the minimum buy is {minimums[0]} units",
            why="whoever buys takes one unit at least",
            fix="write minimum_units of 1 or more",
            where=where,
        )
    if steps[0]["units_from"] > minimums[0] >= 1:
        yield Fault(
            what=f"the rate card has a gap: the minimum buy is {minimums[0]} units, the first "
            f"price holds from {steps[0]['units_from']} on",
            why=f"{minimums[0]} units have no price",
            fix=f"add a price from {minimums[0]} on, or raise minimum_units",
            where=where,
        )
    lowest = min((n for n in maximums if n is not None), default=None)
    if lowest is not None and lowest < minimums[0]:
        yield Fault(
            what=f"at most {lowest} units are to be had, but at least {minimums[0]} must be bought",
            why="no number of units keeps both",
            fix="mend minimum_units or maximum_units",
            where=where,
        )


def _step_faults(steps: Rows, *, where: str) -> Iterator[Fault]:
    for name in ("discount_kind", "setup_cost"):
        if len({step[name] for step in steps}) > 1:
            yield Fault(
                what=f"its price steps differ in {name}",
                why="a venue has one kind of discount, and its set-up is paid once",
                fix=f"write the same {name} in each of its rows",
                where=where,
            )
    for step in steps:
        if step["units_to"] is not None and step["units_to"] < step["units_from"]:
            yield Fault(
                what=f"a price holds from {step['units_from']} to {step['units_to']} units",
                why="a step ends where it begins, or later",
                fix="mend units_from or units_to",
                where=where,
            )
    for step, following in pairwise(steps):
        ends = step["units_to"]
        if ends is not None and ends + 1 != following["units_from"]:
            yield find_gap(ends, following["units_from"], where=where)


def _currency_faults(steps: Rows, *, brief: Brief, where: str) -> Iterator[Fault]:
    currencies = sorted({step["currency"] for step in steps})
    if len(currencies) > 1:
        yield Fault(
            what=f"its prices stand in several currencies: {', '.join(currencies)}",
            why="the steps of one rate card are compared with each other",
            fix="write the whole rate card in one currency",
            where=where,
        )
    for currency in currencies:
        if currency != brief.money.currency and currency not in brief.money.exchange_rates:
            yield Fault(
                what=f"prices in {currency}, but the brief names no rate for it",
                why=f"everything is planned in {brief.money.currency}",
                fix=f"write money.exchange_rates.{currency} in the brief: "
                f"{brief.money.currency} for one {currency}",
                where=where,
            )


def _audience_faults(venue_id: str, rows: Rows) -> Iterator[Fault]:
    for row in rows:
        place = f"venue_audience, venue {venue_id}, {row['country']}, {row['segment']}"
        yield from _interval_faults(row, name="reach", where=f"{place}, {row['role']}")
        if row["role"] not in {*CommitteeRole, "*"}:
            yield _unknown("role", row["role"], known=(*CommitteeRole, "*"), where=place)


def _venue_faults(row: Mapping[str, Any]) -> Iterator[Fault]:
    where = f"venue {row['venue_id']}"
    for name in ("response", "raised_hand"):
        n_given = sum(row[f"{name}{end}_share"] is not None for end in ("_low", "", "_high"))
        if n_given == _N_OF_AN_INTERVAL:
            yield from _interval_faults(row, name=name, where=where)
        elif n_given:
            yield find_half_interval(f"{name}_share", where=where)
    if row["kind"] not in set(VenueKind):
        yield _unknown("kind of venue", row["kind"], known=tuple(VenueKind), where=where)
    target = row["on_target_share"]
    if target is not None and not 0 < target <= 1:
        yield Fault(
            what=f"{target} of the contacts fall on people of the market",
            why="that share lies above 0 and at most at 1",
            fix="write on_target_share as a share, not percent: 0.12 for 12 %",
            where=where,
        )
    if row["contacts_per_unit"] is not None and row["on_target_share"] is None:
        yield Fault(
            what="contacts are bought, but no share of them on target is given",
            why="contacts that fall outside the market reach none of its people",
            fix="write on_target_share: the part of the contacts that falls on people of the "
            "market; 1 for a matched list",
            where=where,
        )
    contacts = 1.0 if row["contacts_per_unit"] is None else row["contacts_per_unit"]
    if not contacts > 0 or not row["exposures_per_unit"] > 0:
        yield Fault(
            what=f"one unit gives {row['exposures_per_unit']} exposures, contacts "
            f"{row['contacts_per_unit']}",
            why="a unit that exposes nobody to anything cannot be planned",
            fix="write exposures_per_unit above 0, and contacts_per_unit above 0 or empty",
            where=where,
        )


def _interval_faults(row: Mapping[str, Any], *, name: str, where: str) -> Iterator[Fault]:
    low, share, high = (row[f"{name}{part}_share"] for part in ("_low", "", "_high"))
    if not 0 <= low <= share <= high <= 1:
        over = " (over 100 %)" if max(low, share, high) > 1 else ""
        yield Fault(
            what=f"{name} share {share}, interval {low} to {high}{over}",
            why="shares lie between 0 and 1, and inside their interval",
            fix="write shares, not percent: 0.12 for 12 %, with the lower end first",
            where=where,
        )


def _unknown(noun: str, name: str, *, known: Sequence[str], where: str) -> Fault:
    close = get_close_matches(str(name).casefold(), known, n=1)
    names = ", ".join(str(one) for one in known)
    return Fault(
        what=f"no {noun} is called {name}",
        why="its row would be read by nobody",
        fix=f"did you mean {close[0]}?" if close else f"use one of: {names}",
        where=where,
    )


def _stray_faults(table: str, strays: set[str]) -> Iterator[Fault]:
    for venue_id in sorted(strays):
        yield Fault(
            what=f"rows for the venue {venue_id}, which is not in the table venue",
            why="its unit, kind and response are unknown",
            fix="import the venue too, or mend the venue_id",
            where=table,
        )
