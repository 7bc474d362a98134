import pytest

from signoff.brief import estimate_in_market_share
from signoff.errors import BriefError


def test_estimate_in_market_share_is_the_window_by_the_cycle() -> None:
    # Dawes (2021): replaced every five years, 5 % are in the market in a quarter, 20 % in a year
    assert estimate_in_market_share(window_months=3, replacement_months=60) == 0.05
    assert estimate_in_market_share(window_months=12, replacement_months=60) == 0.2


def test_estimate_in_market_share_is_at_most_everybody() -> None:
    assert estimate_in_market_share(window_months=12, replacement_months=1) == 1.0


@pytest.mark.parametrize(("window", "cycle"), [(0, 12), (3, 0), (3, -1), (float("nan"), 12)])
def test_estimate_in_market_share_of_nothing_is_refused(window: float, cycle: float) -> None:
    with pytest.raises(BriefError, match="a window of"):
        estimate_in_market_share(window_months=window, replacement_months=cycle)
