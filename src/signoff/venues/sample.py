"""A market of four accounts and two venues, to try the planner on and to show it in examples."""

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from signoff.brief import Brief, read_brief, starter_brief
from signoff.store.engines import Engine, duckdb_engine_on
from signoff.venues.book import Venue, list_venues
from signoff.venues.budgets.fitted import FittedVenues
from signoff.venues.budgets.fitting import fit_venues
from signoff.venues.plan import plan_venues

__all__ = ["sample_brief", "sample_engine", "sample_fitted", "sample_tables", "sample_venue"]

Tables = dict[str, list[dict[str, Any]]]

_VENUE: dict[str, Any] = {
    "kind": "trade_title",
    "unit": "insertion",
    "currency": "EUR",
    "exposures_per_unit": 1.0,
    "response_share": 0.01,
    "response_low_share": 0.004,
    "response_high_share": 0.02,
    "basis": "measured",
    "source": "made up for an example",
}
_AUDIENCE: dict[str, Any] = {"country": "*", "segment": "*", "basis": "prior"}


def sample_brief() -> Brief:
    """Give the starter brief: leads, three roles, 60,000 euros, Great Britain and France."""
    return read_brief(starter_brief())


def sample_tables() -> Tables:
    """Give the rows: accounts with their committees, a trade title and matched contacts."""
    titles = {"venue_id": "title", "name": "The Title", **_VENUE}
    contacts = {
        **_VENUE,
        "venue_id": "network",
        "name": "The Network",
        "kind": "social",
        "unit": "thousand_impressions",
        "currency": "GBP",
        "contacts_per_unit": 1000.0,
        "on_target_share": 0.01,
        "basis": "prior",
    }
    prices = [("title", 1, 5145, "EUR", 12), ("title", 4, 4785, "EUR", 12)]
    rates = [
        dict(
            zip(
                ("venue_id", "units_from", "unit_price", "currency", "maximum_units"),
                p,
                strict=True,
            )
        )
        for p in [*prices, ("network", 1, 40, "GBP", None)]
    ]
    reaches = [("title", "*", 0.1, 0.2, 0.3), ("network", "user", 0.2, 0.5, 0.7)]
    reaches += [("network", role, 0.0, 0.0, 0.0) for role in ("decider", "approver")]
    names = ("venue_id", "role", "reach_low_share", "reach_share", "reach_high_share")
    accounts = [("a1", "GB", 0.05), ("a2", "GB", 0.05), ("a3", "FR", 0.03), ("a4", "FR", 0.05)]
    return {
        "venue": [titles, contacts],
        "rate": [{"minimum_units": 1, **rate} for rate in rates],
        "venue_audience": [
            {**_AUDIENCE, **dict(zip(names, reach, strict=True))} for reach in reaches
        ],
        "market_account": [
            {"account_id": a, "name": a, "country": c, "segment": "62", "value_weight": w}
            | {"relationship": "prospect", "market_fit_share": 1.0, "is_holdout": a == "a4"}
            for a, c, w in accounts
        ],
        "account_role": [
            {"account_id": a, "role": role, "n_known": 0, "n_planned": n}
            for a, _, _ in accounts
            for role, n in (("user", 3), ("decider", 1), ("approver", 1))
        ],
    }


def sample_engine(**changes: list[dict[str, Any]]) -> AbstractContextManager[Engine]:
    """Open an engine over the sample, with some tables replaced.

    Args:
        changes: Rows by table.
    """
    return duckdb_engine_on({**sample_tables(), **changes})


def sample_venue(**changes: Any) -> Venue:
    """Give the trade title of the sample, with some attributes replaced.

    Args:
        changes: Attributes of a venue.
    """
    with sample_engine() as engine:
        book = list_venues(engine, brief=sample_brief())
    return replace(book.venues[-1], **{"maximum_units": None, **changes})


def sample_fitted() -> FittedVenues:
    """Fit the plan of the sample."""
    brief = sample_brief()
    with sample_engine() as engine:
        return fit_venues(engine, brief=brief, plan=plan_venues(engine, brief=brief, seed=1))
