"""Why an account scores as it does."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from signoff.audience import explain_account, fit_accounts
from signoff.audience.fit.account_reasons import explain_traits
from signoff.audience.fit.win_model import Encoding, Feature, Mix, WinModel
from signoff.errors import MissingError
from signoff.stats.calibration import Calibration
from signoff.stats.logistic import LogisticFit
from signoff.store.engines import duckdb_engine_on

FEATURES = (Feature("industry", "P85", 0.5, 0.5), Feature("employees_band", "", 8.0, 2.0))
MODEL = WinModel(
    Encoding(FEATURES, kept={"industry": ("P85",)}),
    LogisticFit(0.0, (0.2, 0.8)),
    Calibration(0.0, 0.5),
    (Mix("?", "?", 1),),
    "EUR",
)
TRAITS = {
    "industry": np.array(["P85", "C26"], dtype=object),
    "country": np.array(["FR", "FR"], dtype=object),
    "employees_band": np.array([10, 8]),
    "revenue_band": np.array([-1, -1]),
    "age_band": np.array([-1, -1]),
    "had_bought": np.array([0, 0]),
}


def test_explain_traits_puts_the_strongest_first_and_leaves_the_usual_out() -> None:
    large, usual = explain_traits(MODEL, TRAITS)
    assert [reason.trait for reason in large] == ["employees_band", "industry"]
    assert [reason.text() for reason in usual] == ["industry C26 lowers the odds by 10 %"]


def test_explain_traits_factors_multiply_to_the_odds_of_the_score() -> None:
    share = MODEL.win_share(TRAITS)
    for place, reasons in enumerate(explain_traits(MODEL, TRAITS)):
        odds = share[place] / (1 - share[place])
        assert np.prod([reason.odds_factor for reason in reasons]) == pytest.approx(odds)


def test_explain_account_says_what_its_own_traits_do(drawn_deals: Callable[..., Any]) -> None:
    today = date(2025, 12, 31)
    tables = drawn_deals(slope=1.0)
    large = max(tables["account"], key=lambda account: account["employees"])
    with duckdb_engine_on(tables) as engine:
        fit = fit_accounts(engine, today=today, rng=np.random.default_rng(1))
        told = explain_account(engine, fit=fit, account_id=large["account_id"], today=today)
        with pytest.raises(MissingError, match="no account"):
            explain_account(engine, fit=fit, account_id="nobody", today=today)
    assert told[0].trait == "employees_band"
    assert told[0].odds_factor > 1.5


def test_explain_account_without_a_signal_gives_nothing(drawn_deals: Callable[..., Any]) -> None:
    today = date(2025, 12, 31)
    with duckdb_engine_on(drawn_deals(slope=0.0)) as engine:
        fit = fit_accounts(engine, today=today, rng=np.random.default_rng(1))
        assert explain_account(engine, fit=fit, account_id="a001", today=today) == ()
