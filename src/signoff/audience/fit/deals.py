"""Whether past deals tell which accounts will buy, and if so how likely each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from signoff.audience.fit.reason import FitCode, FitReason
from signoff.audience.fit.statements import (
    ACCOUNT_TRAITS,
    DEAL_CELLS,
    DEALS_BY_DAY,
    FIRST_WINS,
    RESOLVED_DEALS,
    REVENUE_CURRENCIES,
    SCORE_CELLS,
    SCORED_ACCOUNTS,
    UNUSED_DEALS,
)
from signoff.audience.fit.win_model import WinModel
from signoff.audience.fit.win_trial import Trial, try_cells
from signoff.results import Estimate, Result, Row
from signoff.store.engines.engine import Engine
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["LEAKS", "FitReport", "fit_accounts", "score_accounts"]

LEARN_SHARE, TUNE_SHARE = 0.7, 0.49
FEWEST_DEALS = 200
BLOCK_DEALS = 200_000
LEAKS = (
    "stage: it is the outcome",
    "closed_on and the length of the deal: known only once it is over",
    "value: set when the deal is signed",
    "account.relationship as it stands now: a win makes a client; had_bought is used instead",
    "began_on: seasons of a single year do not repeat; it only splits the periods",
)
"""What the win model never uses, and why."""


@dataclass(frozen=True)
class FitReport(Result):
    """What past deals tell, tried on a later period.

    Attributes:
        usable: Whether the lower end of the interval of auc lies above one half.
        auc: Chance that a won deal of the later period scores above a lost one; 95 % interval from
            redrawing accounts; empty when it could not be tried.
        log_loss: Mean surprise on the later period, before calibration.
        log_loss_constant: The same for the plain share of won deals of the earlier period.
        n_train: Resolved deals of the earlier period.
        n_test: Resolved deals of the later one.
        n_unused: Deals that are open, or have no first day or no known account.
        split_on: First day of the later period.
        features: What the model could use.
        leaks: What it never uses, and why.
        reason: Why there is a usable signal or none.
        model: The model; empty without a usable signal.
    """

    usable: bool
    auc: Estimate | None
    log_loss: float | None
    log_loss_constant: float | None
    n_train: int
    n_test: int
    n_unused: int
    split_on: date | None
    features: tuple[str, ...]
    leaks: tuple[str, ...]
    reason: FitReason
    model: WinModel | None

    def rows(self) -> Sequence[Row]:
        """Give one row per feature with its weight; one row without any when nothing is usable."""
        if self.model is None:
            return [{"trait": "(no usable signal)", "item": "", "weight": None}]
        weights = zip(self.model.encoding.features, self.model.line.weights, strict=True)
        return [{"trait": f.trait, "item": f.item, "weight": weight} for f, weight in weights]

    def text(self) -> str:
        """Say whether past deals tell who will buy, and how that was tried."""
        tried = ""
        if self.auc is not None:
            tried = (
                f" Learned from {self.n_train:,} deals and tried on {self.n_test:,} that began on "
                f"{self.split_on} or later: area under the curve {self.auc.text(digits=3)}; log "
                f"loss {self.log_loss:.3f}, against {self.log_loss_constant:.3f} for a constant."
            )
        verdict = "Past deals tell which accounts buy" if self.usable else "No usable signal"
        return f"{verdict}: {self.reason.text()}.{tried}"


def fit_accounts(engine: Engine, *, today: date, rng: np.random.Generator) -> FitReport:
    """Learn from won and lost deals which accounts buy, and try it on a later period.

    Only what was known on the day a deal began is used. The 70 % of the deals that began first are
    learned from, the rest is the trial; accounts are redrawn for the interval, because deals of
    one account are alike.

    Args:
        engine: An engine with `account` and `opportunity`.
        today: Deals that began or closed after it are left out.
        rng: Source of chance for the interval.

    Returns:
        The report; it is usable only when the interval lies above one half.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> with duckdb_engine_on({"account": [{"account_id": "a", "name": "Acme"}]}) as engine:
    ...     report = fit_accounts(engine, today=date(2026, 1, 1), rng=np.random.default_rng(1))
    >>> report.text()
    'No usable signal: there are 0 resolved deals, and at least 200 are needed.'
    """
    currency = _define_deals(engine, today=today)
    by_day = engine.rows(DEALS_BY_DAY)
    n_unused = int(engine.rows(UNUSED_DEALS)[0]["n_unused"])
    n_deals = sum(row["n_deals"] for row in by_day)
    if n_deals < FEWEST_DEALS:
        reason = FitReason(FitCode.FEW_DEALS, n_deals=n_deals, n_needed=FEWEST_DEALS)
        return _report(Trial(n_train=n_deals, n_test=0, lack=reason), n_unused=n_unused)
    split_on = _day_after_share(by_day, share=LEARN_SHARE)
    cells = engine.arrays(
        DEAL_CELLS,
        tune_on=_day_after_share(by_day, share=TUNE_SHARE),
        split_on=split_on,
        blocks=int(n_deals > BLOCK_DEALS),
    )
    trial = try_cells(cells, revenue_currency=currency, rng=rng)
    return _report(trial, split_on=split_on, n_unused=n_unused)


def score_accounts(
    engine: Engine, *, fit: FitReport, today: date, product: str | None = None
) -> None:
    """Leave `account_score` in the engine: the probability of buying of each account.

    Args:
        engine: An engine in which `fit_accounts` and `select_market` have run.
        fit: The report; without a usable signal the table stays empty.
        today: Day of the scores.
        product: Product on offer; where past deals know it, only they make up the mean.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> with duckdb_engine_on({"account": [{"account_id": "a", "name": "Acme"}]}) as engine:
    ...     report = fit_accounts(engine, today=date(2026, 1, 1), rng=np.random.default_rng(1))
    ...     score_accounts(engine, fit=report, today=date(2026, 1, 1))
    """
    if fit.model is None:
        engine.put("account_score", (ID_COLUMN, SHARE_COLUMN), [])
        return
    cells = engine.arrays(SCORE_CELLS, year=today.year)
    share = fit.model.about(product).win_share(cells)
    names = [column.name for column in TRAIT_COLUMNS]
    lists = [cells[name].tolist() for name in names]
    rows = [
        {**dict(zip(names, traits, strict=True)), "win_share": told}
        for *traits, told in zip(*lists, share.tolist(), strict=True)
    ]
    engine.put("win_cell", (*TRAIT_COLUMNS, SHARE_COLUMN), rows)
    engine.define("account_score", SCORED_ACCOUNTS, year=today.year)


ID_COLUMN = Column("account_id", ColumnType.TEXT, "Account")
SHARE_COLUMN = Column("win_share", ColumnType.REAL, "Calibrated probability of buying")
TRAIT_COLUMNS = (
    Column("industry", ColumnType.TEXT, "Industry, or ?"),
    Column("country", ColumnType.TEXT, "Country, or ?"),
    Column("employees_band", ColumnType.INTEGER, "Half logarithms of employees, -1 unknown"),
    Column("revenue_band", ColumnType.INTEGER, "Half logarithms of revenue, -1 unknown"),
    Column("age_band", ColumnType.INTEGER, "Half logarithms of age, -1 unknown"),
    Column("had_bought", ColumnType.INTEGER, "1 when it has bought before"),
)


def _define_deals(engine: Engine, *, today: date) -> str:
    currencies = engine.rows(REVENUE_CURRENCIES)
    currency = str(currencies[0]["currency"]) if currencies else "?"
    engine.define("first_win", FIRST_WINS, today=today)
    engine.define("account_trait", ACCOUNT_TRAITS, revenue_currency=currency)
    engine.define("resolved_deal", RESOLVED_DEALS, today=today)
    return currency


def _report(trial: Trial, *, n_unused: int, split_on: date | None = None) -> FitReport:
    usable = trial.auc is not None and trial.auc.low > 0.5
    judged = FitCode.BETTER_THAN_CHANCE if usable else FitCode.LIKE_CHANCE
    return FitReport(
        usable=usable,
        auc=trial.auc,
        log_loss=trial.log_loss,
        log_loss_constant=trial.log_loss_constant,
        n_train=trial.n_train,
        n_test=trial.n_test,
        n_unused=n_unused,
        split_on=split_on,
        features=trial.features,
        leaks=LEAKS,
        reason=trial.lack or FitReason(judged),
        model=trial.model if usable else None,
    )


def _day_after_share(by_day: Sequence[Mapping[str, Any]], *, share: float) -> date:
    """Give the first day before which at least this share of the deals began."""
    wanted, seen = share * sum(row["n_deals"] for row in by_day), 0
    for row in by_day:
        if seen >= wanted:
            break
        seen += row["n_deals"]
    found: date = row["began_on"]
    return found
