import numpy as np
import pytest

from signoff.audience.fit.win_model import CATEGORIES, Mix, WinModel, encode_traits, fit_encoding
from signoff.stats.calibration import Calibration
from signoff.stats.logistic import LogisticFit

TRAITS = {
    "industry": np.array(["a", "a", "b", "c"], dtype=object),
    "country": np.array(["FR"] * 4, dtype=object),
    "product": np.array(["P", "Q", "P", "Q"], dtype=object),
    "lead_source": np.array(["?"] * 4, dtype=object),
    "employees_band": np.array([2, 4, -1, 6]),
    "revenue_band": np.array([-1] * 4),
    "age_band": np.array([3] * 4),
    "had_bought": np.array([0, 1, 0, 1]),
}
N_DEALS = np.array([30.0, 30.0, 30.0, 5.0])


def test_fit_encoding_pools_rare_values_and_drops_constants() -> None:
    names = [(f.trait, f.item) for f in fit_encoding(TRAITS, n_deals=N_DEALS).features]
    assert names == [
        ("industry", "a"),
        ("industry", "b"),
        ("industry", "(rare)"),
        ("product", "P"),
        ("product", "Q"),
        ("employees_band", ""),
        ("employees_band", "?"),
        ("had_bought", ""),
    ]


def test_encode_traits_standardises_and_puts_unknown_sizes_at_the_mean() -> None:
    encoding = fit_encoding(TRAITS, n_deals=N_DEALS)
    columns = encode_traits(TRAITS, encoding=encoding)
    weight = N_DEALS / N_DEALS.sum()
    assert weight @ columns == pytest.approx(np.zeros(columns.shape[1]), abs=1e-12)
    assert columns[2, 5] == 0.0


def test_encode_traits_of_a_value_never_seen_is_rare() -> None:
    encoding = fit_encoding(TRAITS, n_deals=N_DEALS)
    new = {**TRAITS, "industry": np.array(["zz"] * 4, dtype=object)}
    rare = [f.item for f in encoding.features].index("(rare)")
    assert encode_traits(new, encoding=encoding)[0, rare] > 0


def test_win_share_is_the_mean_over_past_deals() -> None:
    encoding = fit_encoding(TRAITS, n_deals=N_DEALS)
    weights = tuple(0.1 * n for n in range(len(encoding.features)))
    line, calibration = LogisticFit(-0.3, weights), Calibration(0.1, 0.8)
    mixes = (Mix("P", "?", 3), Mix("Q", "?", 1))
    model = WinModel(encoding, line, calibration, mixes, "EUR")
    expected = np.zeros(4)
    for mix, share in zip(mixes, (0.75, 0.25), strict=True):
        asked = {**TRAITS, "product": np.full(4, mix.product, dtype=object)}
        odds = line.log_odds(encode_traits(asked, encoding=encoding))
        expected += share * calibration.chance_share(odds)
    account = {name: values for name, values in TRAITS.items() if name not in CATEGORIES[2:]}
    assert model.win_share(account) == pytest.approx(expected, rel=1e-12)
