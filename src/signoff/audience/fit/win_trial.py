"""The trial of the win model: learned from earlier deals, tried on later ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.reason import FitCode, FitReason
from signoff.audience.fit.win_model import Mix, WinModel, encode_traits, fit_encoding
from signoff.results import Estimate
from signoff.stats.calibration import fit_calibration
from signoff.stats.discrimination import bootstrap_area, log_loss
from signoff.stats.logistic import LogisticFit, fit_logistic, logistic

__all__ = ["Trial", "try_cells"]

Floats = NDArray[np.float64]
Cells = Mapping[str, NDArray[Any]]

FEWEST_OF_EACH, FEWEST_ACCOUNTS = 20, 10
PENALTIES = (0.001, 0.01, 0.1, 1.0)
MOST_MIXES = 50


@dataclass(frozen=True)
class Trial:
    """What came out of the trial.

    Attributes:
        n_train: Deals of the earlier period.
        n_test: Deals of the later one.
        lack: What there is too little of to try at all; None when it was tried.
        auc: Area under the curve on the later period, with its interval.
        log_loss: Mean surprise there, before calibration.
        log_loss_constant: The same for the share of won deals of the earlier period.
        features: Traits that vary, and so could be used.
        model: The model, calibrated on the later period.
    """

    n_train: int
    n_test: int
    lack: FitReason | None = None
    auc: Estimate | None = None
    log_loss: float | None = None
    log_loss_constant: float | None = None
    features: tuple[str, ...] = ()
    model: WinModel | None = None


def try_cells(cells: Cells, *, revenue_currency: str, rng: np.random.Generator) -> Trial:
    """Learn from the earlier deals and try the model on the later ones.

    Args:
        cells: Arrays of equal length: part (0 and 1 earlier, 2 later), account_block, the traits,
            n_won and n_lost.
        revenue_currency: Currency whose revenues are compared.
        rng: Source of chance for the interval.

    Returns:
        The trial; without an area where there is too little to try.

    >>> cells = {"part": np.array([0, 2]), "account_block": np.array(["a", "b"])}
    >>> cells |= {"n_won": np.array([30, 5]), "n_lost": np.array([40, 9])}
    >>> trial = try_cells(cells, revenue_currency="EUR", rng=np.random.default_rng(1))
    >>> trial.lack.text() if trial.lack else ""
    'the later period has 5 won and 9 lost deals, and at least 20 of each are needed'
    """
    won, lost = (cells[name].astype(np.float64) for name in ("n_won", "n_lost"))
    early, late = cells["part"] < 2, cells["part"] == 2
    n_train, n_test = int((won + lost)[early].sum()), int((won + lost)[late].sum())
    lack = _too_few(cells, won=won, lost=lost)
    if lack:
        return Trial(n_train, n_test, lack)
    past = {name: column[early] for name, column in cells.items()}
    encoding = fit_encoding(past, n_deals=(won + lost)[early])
    if not encoding.features:
        return Trial(n_train, n_test, FitReason(FitCode.NOTHING_VARIES))
    columns = encode_traits(cells, encoding=encoding)
    line = _fit_line(columns, won=won, lost=lost, part=cells["part"])
    said, met = line.log_odds(columns[late]), {"n_won": won[late], "n_lost": lost[late]}
    blocks = np.unique(cells["account_block"][late].astype(str), return_inverse=True)[1]
    usual = np.full(len(said), won[early].sum() / n_train)
    mixes = _mixes(past, n_deals=(won + lost)[early])
    return Trial(
        n_train=n_train,
        n_test=n_test,
        auc=bootstrap_area(said, **met, cluster=blocks, rng=rng),
        log_loss=log_loss(logistic(said), **met),
        log_loss_constant=log_loss(usual, **met),
        features=tuple(dict.fromkeys(feature.trait for feature in encoding.features)),
        model=WinModel(encoding, line, fit_calibration(said, **met), mixes, revenue_currency),
    )


def _too_few(cells: Cells, *, won: Floats, lost: Floats) -> FitReason | None:
    late = cells["part"] == 2
    for code, period in ((FitCode.FEW_EARLIER, ~late), (FitCode.FEW_LATER, late)):
        n_won, n_lost = int(won[period].sum()), int(lost[period].sum())
        if min(n_won, n_lost) < FEWEST_OF_EACH:
            return FitReason(code, n_won=n_won, n_lost=n_lost, n_needed=FEWEST_OF_EACH)
    n_accounts = len(set(cells["account_block"][late].tolist()))
    if n_accounts < FEWEST_ACCOUNTS:
        return FitReason(FitCode.FEW_ACCOUNTS, n_accounts=n_accounts, n_needed=FEWEST_ACCOUNTS)
    return None


def _fit_line(columns: Floats, *, won: Floats, lost: Floats, part: NDArray[Any]) -> LogisticFit:
    """Choose the penalty on the last part of the earlier period, then fit on the whole of it."""
    learn, tune, early = part == 0, part == 1, part < 2
    chosen = PENALTIES[0]
    pieces = [won[learn].sum(), lost[learn].sum(), won[tune].sum() + lost[tune].sum()]
    if min(pieces) > 0:
        surprise = {}
        for penalty in PENALTIES:
            line = fit_logistic(
                columns[learn], n_won=won[learn], n_lost=lost[learn], inverse_penalty=penalty
            )
            chance = logistic(line.log_odds(columns[tune]))
            surprise[penalty] = log_loss(chance, n_won=won[tune], n_lost=lost[tune])
        chosen = min(surprise, key=surprise.__getitem__)
    return fit_logistic(
        columns[early], n_won=won[early], n_lost=lost[early], inverse_penalty=chosen
    )


def _mixes(cells: Cells, *, n_deals: Floats) -> tuple[Mix, ...]:
    counts: dict[tuple[str, str], int] = {}
    kinds = zip(cells["product"].tolist(), cells["lead_source"].tolist(), strict=True)
    for kind, n in zip(kinds, n_deals.tolist(), strict=True):
        counts[kind] = counts.get(kind, 0) + int(n)
    common = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_MIXES]
    return tuple(Mix(product, source, n) for (product, source), n in common)
