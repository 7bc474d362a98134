"""The audience of a plan: the market, the fit, the committees and the accounts worth most."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from signoff.audience.committees.committee import CommitteeStudy, define_committees
from signoff.audience.fit.deals import FitReport, fit_accounts, score_accounts
from signoff.audience.market import MarketSelection, select_market
from signoff.audience.study_sql import (
    ACCOUNT_LINES,
    LINE_ROLES,
    MARKET_ACCOUNTS,
    MARKET_TOTALS,
    PLAN_ACCOUNTS,
)
from signoff.brief import Brief
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine, Relation
from signoff.store.schemas.table import Column, ColumnType
from signoff.units import CommitteeRole

__all__ = ["AccountLine", "AudienceStudy", "list_plan_accounts", "study_audience"]

MOST_LISTED = 200
ID_COLUMN = Column("account_id", ColumnType.TEXT, "Account")


@dataclass(frozen=True)
class AccountLine:
    """One account of the market.

    Attributes:
        account_id: Id in the workspace.
        name: Name as the account list has it.
        country: ISO 3166 alpha-2 code, or ? where unknown.
        segment: Industry as in account.industry_code, or ? where unknown.
        relationship: What it is to the advertiser; prospect where unknown.
        market_fit_share: Share of the market's criteria it meets; unknown counts half.
        win_share: Calibrated probability of buying; empty without a usable signal.
        value_weight: What covering its committee is worth to the plan; no money.
        is_holdout: Left out of all advertising, to measure effect.
        roles_known: Roles of the committee that somebody is known to play.
        roles_missing: Roles that nobody is known to play.
    """

    account_id: str
    name: str
    country: str
    segment: str
    relationship: str
    market_fit_share: float
    win_share: float | None
    value_weight: float
    is_holdout: bool
    roles_known: tuple[CommitteeRole, ...]
    roles_missing: tuple[CommitteeRole, ...]


@dataclass(frozen=True)
class AudienceStudy(Result):
    """Which accounts a campaign is for, who is known there and who is missing.

    Attributes:
        selection: The market, counted step by step.
        fit: What past deals tell.
        committees: The roles nobody knows yet.
        accounts: The accounts worth most, at most 200, best first.
        n_accounts: Accounts of the market.
        n_unlisted: Accounts of the market beyond those listed.
        n_holdout: Accounts left out of all advertising.
        n_generated_contacts: People drawn for a demonstration, not real.
    """

    selection: MarketSelection
    fit: FitReport
    committees: CommitteeStudy
    accounts: tuple[AccountLine, ...]
    n_accounts: int
    n_unlisted: int
    n_holdout: int
    n_generated_contacts: int

    def rows(self) -> Sequence[Row]:
        """Give one row per listed account."""
        return [
            {
                "account": line.name,
                "country": line.country,
                "segment": line.segment,
                "relationship": line.relationship,
                "market_fit_share": line.market_fit_share,
                "win_share": line.win_share,
                "value_weight": line.value_weight,
                "is_holdout": line.is_holdout,
                "roles_known": ", ".join(line.roles_known),
                "roles_missing": ", ".join(line.roles_missing),
            }
            for line in self.accounts
        ]

    def text(self) -> str:
        """Say who the campaign is for, how accounts are ranked and who is missing."""
        ranked = (
            "Accounts are ranked by market fit and probability of buying."
            if self.fit.usable
            else "Accounts are ranked by market fit alone."
        )
        held = f"{self.n_holdout:,} are left out of all advertising." if self.n_holdout else ""
        parts = [self.selection.text(), held, self.fit.text(), ranked, self.committees.text()]
        return " ".join(part for part in parts if part)


def study_audience(
    engine: Engine,
    *,
    brief: Brief,
    suppressed_account_ids: Collection[str],
    holdout_account_ids: Collection[str],
    today: date,
    rng: np.random.Generator,
) -> AudienceStudy:
    """Find who a campaign is for, and leave `market_account` and `account_role` in the engine.

    The weight of an account is its market_fit_share, times its win_share where there is a usable
    signal, times the brief's in_market_share: a share of one account, free of money.

    Args:
        engine: An engine with `account`, `opportunity` and `person_fact`.
        brief: The brief.
        suppressed_account_ids: Accounts in the suppression ledger.
        holdout_account_ids: Accounts drawn to get no advertising.
        today: Day of the study.
        rng: Source of chance for the interval of the fit.

    Returns:
        The study; the same for the same tables, brief, day and seed.

    Raises:
        DataError: there is no account, no column that the market asks for, or nobody left.

    >>> from signoff.brief import read_brief, starter_brief
    >>> from signoff.store.engines import duckdb_engine_on
    >>> brief = read_brief(starter_brief())
    >>> acme = {"account_id": "a", "name": "Acme", "country": brief.market.countries[0]}
    >>> with duckdb_engine_on({"account": [acme]}) as engine:
    ...     study = study_audience(engine, brief=brief, suppressed_account_ids=(),
    ...         holdout_account_ids=(), today=date(2026, 1, 1), rng=np.random.default_rng(1))
    >>> study.n_accounts
    1
    """
    selection = select_market(
        engine,
        market=brief.market,
        never=brief.never_contact,
        suppressed_account_ids=suppressed_account_ids,
    )
    fit = fit_accounts(engine, today=today, rng=rng)
    score_accounts(engine, fit=fit, today=today, product=brief.offering.name)
    held = [{"account_id": name} for name in sorted(set(holdout_account_ids))]
    engine.put("holdout_account", (ID_COLUMN,), held)
    engine.define(
        "market_account", MARKET_ACCOUNTS, in_market_share=float(brief.market.in_market_share)
    )
    committees = define_committees(engine, committee=brief.committee, currency=brief.money.currency)
    lines = _list_accounts(engine, wanted=[part.role for part in brief.committee.roles])
    totals = engine.rows(MARKET_TOTALS)[0]
    return AudienceStudy(
        selection=selection,
        fit=fit,
        committees=committees,
        accounts=lines,
        n_accounts=totals["n_accounts"],
        n_unlisted=totals["n_accounts"] - len(lines),
        n_holdout=totals["n_holdout"],
        n_generated_contacts=committees.n_generated,
    )


def list_plan_accounts(engine: Engine, *, plan_id: str) -> Relation:
    """Give every account of the market with its fit and weight, ready for plan_account.

    Args:
        engine: An engine in which `study_audience` has left the market.
        plan_id: The plan, by the id of its run.

    Returns:
        One row per account of the market, by account; nothing is read until it is asked for.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> market = {"account_id": "a", "market_fit_share": 0.5, "value_weight": 0.1}
    >>> with duckdb_engine_on({"market_account": [market]}) as engine:
    ...     list_plan_accounts(engine, plan_id="p").rows()[0]["market_fit_share"]
    0.5
    """
    return Relation(engine, PLAN_ACCOUNTS, {"plan_id": plan_id})


def _list_accounts(engine: Engine, *, wanted: Iterable[CommitteeRole]) -> tuple[AccountLine, ...]:
    listed = engine.rows(ACCOUNT_LINES, n_listed=MOST_LISTED)
    engine.put(
        "listed_account", (ID_COLUMN,), [{"account_id": row["account_id"]} for row in listed]
    )
    known = {
        (row["account_id"], row["role"]) for row in engine.rows(LINE_ROLES) if row["n_known"] > 0
    }
    roles = tuple(wanted)
    return tuple(
        AccountLine(
            **row,
            roles_known=tuple(r for r in roles if (row["account_id"], r.value) in known),
            roles_missing=tuple(r for r in roles if (row["account_id"], r.value) not in known),
        )
        for row in listed
    )
