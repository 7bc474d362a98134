from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from signoff.venues.cards.prices import Ladder, PriceStep

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


STEPPED = Ladder((PriceStep(1, Decimal(100)), PriceStep(10, Decimal(50))), 1, 10)


def test_most_units_skips_a_step_that_costs_too_little() -> None:
    # ten cost 500, less than the least to be spent; nine cost 900
    assert STEPPED.most_units(90_000) == 10
    assert STEPPED.most_units(90_000, at_least_cents=60_000) == 9


def test_fewest_units_keeps_what_may_be_spent() -> None:
    assert STEPPED.fewest_units(45_000) == 5
    assert STEPPED.fewest_units(45_001, at_most_cents=50_000) == 5
    assert STEPPED.fewest_units(50_001, at_most_cents=59_999) is None
    assert STEPPED.fewest_units(100_000) is None


def test_cheapest_spend_takes_the_later_step_where_it_costs_less() -> None:
    stepped = Ladder((PriceStep(1, Decimal(100)), PriceStep(4, Decimal(70))), 1, 9)
    assert (stepped.fewest_units(25_000), stepped.cheapest_spend(25_000)) == (3, 4)
    assert stepped.cheapest_spend(0) == 0
    assert stepped.cheapest_spend(10**9) is None


def test_units_for_money_equal_a_plain_search() -> None:
    rng = np.random.default_rng(5)
    for _ in range(300):
        prices = [Decimal(int(n)) / 1000 for n in rng.integers(40_000, 200_000, 3)]
        low = int(rng.integers(1, 4))
        ladder = Ladder(tuple(map(PriceStep, (1, 3, 6), prices)), low, int(rng.integers(low, 9)))
        least, most = sorted(rng.integers(1, 120_000, 2).tolist())
        fitting = [
            n for n in range(low, ladder.maximum_units + 1) if least <= ladder.cost_cents(n) <= most
        ]
        assert ladder.most_units(most, at_least_cents=least) == max(fitting, default=0)
        assert ladder.fewest_units(least, at_most_cents=most) == min(fitting, default=None)
        cheapest = ladder.cheapest_spend(least, at_most_cents=most)
        assert cheapest == min(fitting, key=ladder.cost_cents, default=None)
