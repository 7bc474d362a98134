from decimal import Decimal
from itertools import pairwise

import pytest

from signoff.venues.prices import Ladder, PriceStep

# One page at 1x, 2x, 4x and 8x: enterprisingwomen.com/print-advertising (rate_card file)
PAGES = Ladder(
    tuple(PriceStep(n, Decimal(p)) for n, p in ((1, 5145), (2, 4950), (4, 4785), (8, 4270))), 1, 12
)


def test_cost_cents_published_card_holds_for_all_units() -> None:
    assert PAGES.cost_cents(4) == 1_914_000  # 4 pages 19,140
    assert PAGES.cost_cents(8) == 3_416_000  # 8 pages 34,160


def test_cheapest_units_seven_pages_stay_seven_when_eight_cost_more() -> None:
    assert PAGES.cost_cents(7) == 3_349_500
    assert PAGES.cheapest_units(7) == 7


def test_cheapest_units_later_step_cheaper_in_all_is_taken() -> None:
    ladder = Ladder((PriceStep(1, Decimal(100)), PriceStep(5, Decimal(70))), 1, 9)
    assert ladder.cheapest_units(4) == 5  # 5 x 70 = 350 < 4 x 100 = 400


def test_cost_cents_half_cents_round_to_even() -> None:
    ladder = Ladder((PriceStep(1, Decimal("0.005")),), 1, 9)
    assert [ladder.cost_cents(n) for n in (1, 2, 3, 5)] == [0, 1, 2, 2]


@pytest.mark.parametrize("cents", range(0, 6_000_000, 123_457))
def test_most_units_any_money_is_the_most_that_it_pays(cents: int) -> None:
    affordable = [n for n in range(1, 13) if PAGES.cost_cents(n) <= cents]
    assert PAGES.most_units(cents) == max(affordable, default=0)


@pytest.mark.parametrize("cents", range(1, 6_000_000, 123_457))
def test_fewest_units_any_floor_is_the_fewest_that_reach_it(cents: int) -> None:
    enough = [n for n in range(1, 13) if PAGES.cost_cents(n) >= cents]
    assert PAGES.fewest_units(cents) == min(enough, default=None)


def test_minimum_buy_is_never_undercut() -> None:
    ladder = Ladder((PriceStep(1, Decimal(10)),), 5, 9)
    assert ladder.most_units(4_999) == 0
    assert ladder.cheapest_units(1) == 5


def test_spans_never_overlap() -> None:
    assert all(high < low for (_, high, _), (low, _, _) in pairwise(PAGES.spans))
