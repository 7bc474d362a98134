"""The brief's money of months, and the weeks in which each venue can appear."""

import numpy as np

from signoff.brief import Brief
from signoff.venues.book import VenueBook
from signoff.venues.cards.availability import appearance_dates
from signoff.venues.terms.limits import SpendLimit
from signoff.venues.weeks.flighting import CashLimit, VenueWeeks, cash_limits

__all__ = ["month_cash", "month_limits", "venue_weeks"]


def month_limits(book: VenueBook, *, brief: Brief) -> tuple[SpendLimit, ...]:
    """Give what the brief's money of months means for whole venues.

    Args:
        book: Venues.
        brief: Period and months.

    Returns:
        Limits that every plan must keep; the placing in weeks is checked besides.
    """
    cash = month_cash(brief)
    if not cash:
        return ()
    weeks = [venue_weeks(book, v, brief=brief) for v in range(len(book.venues))]
    return cash_limits(weeks, cash, places=range(len(weeks)), where="money.months")


def month_cash(brief: Brief) -> list[CashLimit]:
    """Give the most to spend in each month that the brief names."""
    return [CashLimit(month.month, float(month.ceiling * 100)) for month in brief.money.months]


def venue_weeks(book: VenueBook, v: int, *, brief: Brief) -> VenueWeeks:
    """Give the weeks of the period in which a venue can appear, without units.

    Args:
        book: Venues.
        v: Place of the venue.
        brief: Period.
    """
    venue = book.venues[v]
    weeks = appearance_dates(venue, brief.period, as_of=book.as_of)
    most = [np.inf if week.most_units is None else float(week.most_units) for week in weeks]
    starts = tuple(week.starts_on for week in weeks)
    return VenueWeeks(venue.venue_id, 0, starts, np.array(most), 0.0, np.ones(len(weeks)))
