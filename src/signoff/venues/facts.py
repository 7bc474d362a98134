"""What a plan of venues is made from besides the brief: venues with prices, accounts as cells."""

from dataclasses import dataclass
from datetime import date

from signoff.brief import Brief
from signoff.store.engines.engine import Engine
from signoff.venues.book import VenueBook, list_venues
from signoff.venues.market.cells import MarketCells, count_cells

__all__ = ["VenueFacts", "list_facts"]


@dataclass(frozen=True, eq=False)
class VenueFacts:
    """Everything that a plan of venues asks of the tables.

    Attributes:
        book: Venues with prices and audiences, in the brief's currency.
        cells: Accounts by country, industry and committee; they stay the same as long as market,
            holdout and roles do.
    """

    book: VenueBook
    cells: MarketCells


def list_facts(
    engine: Engine,
    *,
    brief: Brief,
    cells: MarketCells | None = None,
    as_of: date | None = None,
) -> VenueFacts:
    """Ask the tables once for all that a plan of venues needs.

    Args:
        engine: Holds venue, rate, venue_audience, venue_duplication, venue_issue, venue_package;
            and market_account and account_role unless cells are given.
        brief: Objective, committee, money and terms with venues.
        cells: Cells counted before for the same market, holdout and roles.
        as_of: The day that counts as today, for lead times; None: orders are early enough.

    Returns:
        The facts.

    Raises:
        DataError: venues, prices, audiences or the market cannot be planned from.
        BriefError: terms that contradict each other.

    Call it before planning more than once: `facts = list_facts(engine, brief=brief)`.
    """
    roles = tuple(role.role for role in brief.committee.roles)
    book = list_venues(engine, brief=brief, as_of=as_of)
    return VenueFacts(book, count_cells(engine, roles=roles) if cells is None else cells)
