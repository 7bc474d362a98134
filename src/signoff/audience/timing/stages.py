"""How long deals take: to a win, at each stage, and what makes them quicker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.audience.timing.statements import DEAL_TIME_CELLS, STAGE_TIME_CELLS
from signoff.errors import DataError
from signoff.results import Estimate, Result, Row
from signoff.stats.hazards import HazardFit, count_cells, fit_hazards
from signoff.store.engines.engine import Engine
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["StageStudy", "StageTime", "TraitEffect", "fit_stages"]

Floats = NDArray[np.float64]
Arrays = dict[str, NDArray[Any]]
TRAITS = ("product", "lead_source", "kind")
MOST_ITEMS = 20
"""Rarer values of a trait count as one."""
RIDGE = 0.5
HALF_DAY = 0.5
"""A deal won on the day it began took half a day on the mean; so every time is half a day more."""
BANDS = (
    *range(7),
    *(7, 10),
    *range(14, 182, 7),
    *range(182, 364, 14),
    *range(364, 728, 28),
    *range(728, 3650, 182),
)
Z = 1.6448536269514722
WON, LOST = 0, 1


@dataclass(frozen=True)
class StageTime:
    """How long deals take from one point on.

    Attributes:
        stage: Stage they have entered, as the source writes it; empty for all from the first day.
        n_deals: How many entered it.
        n_won: Won of them so far.
        n_lost: Lost of them.
        n_open: Still open.
        median_days: Days from there to the win within which half of the wins come.
        p90_days: Within which nine in ten come.
        won_share: Share won by the age of the oldest deal that closed, those still open judged by
            the others.
        stage_days: Median days until they leave the stage other than by being lost; None for all.
    """

    stage: str
    n_deals: int
    n_won: int
    n_lost: int
    n_open: int
    median_days: float | None
    p90_days: float | None
    won_share: float | None
    stage_days: float | None


@dataclass(frozen=True)
class TraitEffect:
    """How much quicker deals with one trait are won, and lost, than those of the commonest value.

    Attributes:
        trait: product, lead_source, or kind of the account.
        item: Its value.
        won_ratio: Wins a day at equal age, against the commonest value; 90 % interval.
        lost_ratio: Losses a day, likewise.
        won_weight: Logarithm of won_ratio.
        won_error: Its standard error.
    """

    trait: str
    item: str
    won_ratio: Estimate
    lost_ratio: Estimate
    won_weight: float
    won_error: float


@dataclass(frozen=True)
class StageStudy(Result):
    """How long deals take from their first day and from each stage on.

    Attributes:
        stages: All deals first, then by stage.
        effects: What makes deals quicker; of all deals from their first day on.
    """

    stages: tuple[StageTime, ...]
    effects: tuple[TraitEffect, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for all deals and one per stage."""
        return [
            {
                "from": time.stage or "(first day)",
                "n": time.n_deals,
                "won": time.n_won,
                "lost": time.n_lost,
                "open": time.n_open,
                "median_days": _rounded(time.median_days, 1),
                "p90_days": _rounded(time.p90_days, 1),
                "won_share": _rounded(time.won_share, 4),
                "stage_days": _rounded(time.stage_days, 1),
            }
            for time in self.stages
        ]

    def text(self) -> str:
        """Say how long deals take to a win, and how many are won."""
        whole = self.stages[0]
        counted = f"{whole.n_won:,} won, {whole.n_lost:,} lost, {whole.n_open:,} open"
        if whole.median_days is None or whole.p90_days is None or whole.won_share is None:
            return f"No deal was won yet: {counted}."
        return (
            f"Half of the wins come within {whole.median_days:,.0f} days of the first day, nine in "
            f"ten within {whole.p90_days:,.0f}; {100 * whole.won_share:.0f} % of the deals are won "
            f"at last ({counted}; open deals count for as long as they have lasted)."
        )


def fit_stages(engine: Engine, *, today: date) -> StageStudy:
    """Learn how long deals take to a win, from their first day and from each stage on.

    Won and lost compete; open deals count for as long as they have lasted. Deals are counted in
    the engine by what they have in common and by interval, so a million are as quick as a few.

    Args:
        engine: An engine with `opportunity`, `account` and `stage_change`.
        today: What began later is left out; what closed later counts as open.

    Returns:
        The study.

    Raises:
        DataError: no deal has a first day, or none was won or lost.
    """
    below = (*BANDS[1:], 10**9)
    bands = [
        {"band": n, "from_day": low, "below_day": high}
        for n, (low, high) in enumerate(zip(BANDS, below, strict=True))
    ]
    columns = [Column(name, ColumnType.INTEGER, "interval of days") for name in bands[0]]
    engine.put("day_band", columns, bands)
    deals = engine.arrays(DEAL_TIME_CELLS, today=today)
    if not np.any(deals["outcome"] >= 0):
        n_open = int(deals["n_spells"].sum()) if len(deals["n_spells"]) else 0
        raise DataError(
            f"no deal with a first day was won or lost; {n_open:,} are open",
            why="how long deals take is learned from those that closed",
            fix="import opportunities with the days they began and closed",
        )
    features, names, pattern = _encode(deals)
    effects = _effects(_fit(deals, features, pattern), names)
    stages = engine.arrays(STAGE_TIME_CELLS, today=today)
    times = [_time("", deals, None)]
    for stage in sorted(set(stages["stage"].tolist())):
        here = stages["stage"] == stage
        to_close, within = (_only(stages, here & (stages["span"] == s)) for s in ("close", "stage"))
        times.append(_time(str(stage), to_close, within))
    return StageStudy(tuple(times), tuple(effects))


def _only(cells: Arrays, chosen: NDArray[np.bool_]) -> Arrays:
    return {name: values[chosen] for name, values in cells.items()}


def _encode(cells: Arrays) -> tuple[Floats, list[tuple[str, str]], NDArray[np.intp]]:
    """Give features by pattern, what each is, and the pattern of each cell.

    The commonest value of each trait is what the others are measured against.
    """
    columns: list[NDArray[np.bool_]] = []
    names: list[tuple[str, str]] = []
    for trait in TRAITS:
        items, place = np.unique(cells[trait].astype(str), return_inverse=True)
        count = np.bincount(place.ravel(), weights=cells["n_spells"])
        ranked = np.argsort(-count, kind="stable")
        for item in ranked[1:MOST_ITEMS]:
            columns.append(place.ravel() == item)
            names.append((trait, str(items[item])))
        if len(ranked) > MOST_ITEMS:
            columns.append(np.isin(place.ravel(), ranked[MOST_ITEMS:]))
            names.append((trait, "(others)"))
    whole = np.array(columns, dtype=np.float64).reshape(len(columns), len(cells["band"])).T
    if not columns:
        return np.zeros((1, 0)), names, np.zeros(len(whole), dtype=np.intp)
    features, pattern = np.unique(whole, axis=0, return_inverse=True)
    return features, names, pattern.ravel()


def _fit(cells: Arrays, features: Floats, pattern: NDArray[np.intp]) -> HazardFit:
    n_spells = cells["n_spells"].astype(np.float64)
    band = cells["band"].astype(np.intp)
    last = int(band.max()) + 1
    starts = np.array([0.0, *(day for day in BANDS[1:last])])
    found = count_cells(
        features,
        pattern=pattern,
        interval=band,
        outcome=cells["outcome"].astype(np.intp),
        n_spells=n_spells,
        days_within=cells["days_within"] + HALF_DAY * n_spells,
        starts=starts.tolist(),
        n_outcomes=2,
    )
    return fit_hazards(found, ridge=RIDGE)


def _effects(fit: HazardFit, names: Sequence[tuple[str, str]]) -> list[TraitEffect]:
    return [
        TraitEffect(
            trait,
            item,
            _ratio(fit, WON, place),
            _ratio(fit, LOST, place),
            float(fit.weights[WON, place]),
            float(fit.errors[WON, place]),
        )
        for place, (trait, item) in enumerate(names)
    ]


def _ratio(fit: HazardFit, outcome: int, place: int) -> Estimate:
    weight, error = fit.weights[outcome, place], fit.errors[outcome, place]
    low, value, high = np.exp(np.clip([weight - Z * error, weight, weight + Z * error], -50, 50))
    return Estimate(float(value), float(low), float(high))


def _time(stage: str, to_close: Arrays, within: Arrays | None) -> StageTime:
    counts = [int(to_close["n_spells"][to_close["outcome"] == k].sum()) for k in (WON, LOST, -1)]
    median = p90 = share = left = None
    if counts[WON]:
        share, (median, p90) = _seen(to_close, shares=(0.5, 0.9))
    if within is not None and np.any(within["outcome"] == WON):
        _, (left,) = _seen(within, shares=(0.5,))
    n_won, n_lost, n_open = counts
    return StageTime(stage, sum(counts), n_won, n_lost, n_open, median, p90, share, left)


def _seen(cells: Arrays, *, shares: Sequence[float]) -> tuple[float, list[float]]:
    """Give the share won by the end of the longest deal that closed, and days of shares of it.

    What happens after that is not known: deals that stay open for ever would stretch it without
    end.
    """
    nothing = np.zeros((1, 0))
    fit = _fit(cells, nothing, np.zeros(len(cells["band"]), dtype=np.intp))
    last = int(cells["band"][cells["outcome"] >= 0].max())
    horizon = np.array([float((*BANDS, 2 * BANDS[-1])[last + 1])])
    won = float(fit.shares_ended(nothing, days=horizon)[0, 0, WON])
    scale = won / float(fit.final_shares(nothing)[0, WON])
    days = fit.quantiles(nothing, outcome=WON, shares=[scale * share for share in shares])
    return won, days[0].tolist()


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
