"""What is wrong with days of issue, and which venues cannot appear within the brief's period."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from signoff.brief import Brief, VenueTerms
from signoff.errors import Fault
from signoff.venues.cards.availability import Availability, SupplyLimit
from signoff.venues.venue import Venue

__all__ = ["find_date_faults", "find_unavailable_faults"]

Rows = Sequence[Mapping[str, Any]]


def find_date_faults(
    issues: Mapping[str, Rows], *, venues: Rows, known: set[str]
) -> Iterator[Fault]:
    """Find days of issue that contradict their deadline, and caps without a number.

    Args:
        issues: Rows of venue_issue by venue.
        venues: Rows of venue that the brief does not exclude.
        known: All venue ids.

    Yields:
        Each fault, venue by venue.
    """
    for row in venues:
        for issue in issues.get(row["venue_id"], ()):
            closes_on, issue_on = issue["closes_on"], issue["issue_on"]
            if closes_on is not None and closes_on > issue_on:
                yield Fault(
                    what=f"the last day to order, {closes_on}, is after the day of issue, "
                    f"{issue_on}",
                    why="what has appeared cannot be ordered",
                    fix="mend closes_on or issue_on",
                    where=f"venue_issue, venue {row['venue_id']}",
                )
        if row["frequency_cap_days"] is not None and row["frequency_cap"] is None:
            yield Fault(
                what=f"exposures are to be counted in {row['frequency_cap_days']} days, but no cap "
                "is given",
                why="without a cap there is nothing to count",
                fix="write frequency_cap too, or leave frequency_cap_days empty",
                where=f"venue {row['venue_id']}",
            )
    for venue_id in sorted(set(issues) - known):
        yield Fault(
            what=f"rows for the venue {venue_id}, which is not in the table venue",
            why="its unit, kind and response are unknown",
            fix="import the venue too, or mend the venue_id",
            where="venue_issue",
        )


def find_unavailable_faults(
    venues: Sequence[Venue], *, brief: Brief, are_all: bool
) -> Iterator[Fault]:
    """Find venues that are needed and cannot appear within the brief's period.

    Args:
        venues: Venues of which fewer units can appear than are sold.
        brief: Its period, and its terms: money may be committed there.
        are_all: Whether no other venue is left.

    Yields:
        One fault for each venue that has money set for it, or for each where none is left.
    """
    terms = {entry.venue: entry for entry in brief.venues}
    for venue in venues:
        own = terms.get(venue.venue_id)
        if venue.availability and (are_all or _has_money(own)):
            where = f"venue {venue.venue_id}"
            yield _fault(venue.availability, venue, brief=brief, where=where)


def _has_money(terms: VenueTerms | None) -> bool:
    return bool(terms and (terms.fixed_spend or terms.floor))


def _fault(found: Availability, venue: Venue, *, brief: Brief, where: str) -> Fault:
    first, last = brief.period.starts_on, brief.period.ends_on
    fix = "move the period of the brief, add dates to venue_issue, or exclude the venue"
    if found.limit is SupplyLimit.DATES:
        nearest = ", ".join(day.isoformat() for day in found.nearest)
        return Fault(
            what=f"the venue {venue.venue_id} has no date between {first} and {last}",
            why=f"it appears on given days alone; the nearest are {nearest}",
            fix=fix,
            where=where,
        )
    why = "the deadlines of its dates, or its lead time, have passed"
    if found.limit is SupplyLimit.CAPACITY:
        why = "the capacity of its dates or weeks leaves no more"
    return Fault(
        what=f"of the venue {venue.venue_id} {found.most_units} units can appear between {first} "
        f"and {last}, and no fewer than {venue.ladder.minimum_units} are sold",
        why=why,
        fix=fix,
        where=where,
    )
