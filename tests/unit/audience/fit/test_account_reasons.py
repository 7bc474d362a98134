"""Why an account scores as it does."""

import numpy as np
import pytest

from signoff.audience.fit.account_reasons import explain_traits
from signoff.audience.fit.win_model import Encoding, Feature, Mix, WinModel
from signoff.stats.calibration import Calibration
from signoff.stats.logistic import LogisticFit

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
