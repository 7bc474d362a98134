"""Published and independently computed numbers of reach; each names its source."""

import csv
from pathlib import Path

import numpy as np
import pytest

from signoff.stats.frailty import (
    DEFAULT_SHAPE,
    frailty_duplication_share,
    frailty_reach_share,
)
from signoff.stats.frequency import beta_binomial_count_shares
from signoff.stats.reach import nbd_reach_share, sainsbury_reach_share


def be_europe_titles(folder: Path) -> np.ndarray:
    path = folder / "reach" / "be_europe_2009_titles.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return np.array(
            [float(row["average_issue_readership_pct"]) / 100 for row in csv.DictReader(lines)]
        )


def test_nbd_reach_share_equals_r() -> None:
    # R: pnbinom(0, size = 2, mu = 1.5, lower.tail = FALSE) = 0.6734694
    assert float(nbd_reach_share(np.array(1.5), shape=2.0)) == pytest.approx(0.6734694, abs=1e-7)
    # by hand: geometric (size 1, mu 4), three or more: (4 / 5) ** 3 = 0.512
    thrice = nbd_reach_share(np.array(4.0), shape=1.0, exposures_needed=3)
    assert float(thrice) == pytest.approx(0.512)


def test_beta_binomial_reach_keeps_the_published_second_insertion(shared_data: Path) -> None:
    # canex_worked_inputs.csv: mediaPlanR man/calc_canex.Rd, example 2 (R1 and R2 of three vehicles)
    path = shared_data / "reach" / "canex_worked_inputs.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        pairs = [(float(row["R1"]), float(row["R2"])) for row in csv.DictReader(lines)]
    assert pairs[0] == (0.4902, 0.5805)
    for first, second in pairs:
        reach = [
            1 - beta_binomial_count_shares(first, second_share=second, n_insertions=n)[0]
            for n in (1, 2, 3, 8)
        ]
        assert reach[:2] == pytest.approx([first, second])
        assert second < reach[2] < reach[3] < 1 - (1 - first) ** 8


def test_sainsbury_net_reach_of_be_europe_titles(shared_data: Path) -> None:
    # 13 titles of BE:Europe 2009 (malltomall.com/article/.../947441): 1 - prod(1 - r) = 0.5379
    assert sainsbury_reach_share(be_europe_titles(shared_data)) == pytest.approx(0.5379, abs=1e-4)


def test_default_shape_gives_the_published_net_reach_of_executives(shared_data: Path) -> None:
    # Ipsos, BE:Europe 2008: 40 % of European business leaders read international titles
    # (ipsos.com/en-uk/business-leaders-readership-international-titles-increases); titles of 2009
    titles = be_europe_titles(shared_data)
    net = frailty_reach_share(titles, shape=DEFAULT_SHAPE)
    assert net == pytest.approx(0.40, abs=0.015)
    # independence overstates it by 12 points or more
    assert sainsbury_reach_share(titles) - net > 0.12


def test_frailty_duplication_is_the_negative_multinomial_one() -> None:
    # by hand, shape 1: rates .3/.7 and .2/.8, neither = 1 / (1 + .428571 + .25) = .595745,
    # both = .3 + .2 - (1 - .595745) = .095745, where independence gives .06
    both = frailty_duplication_share(np.array(0.3), np.array(0.2), shape=1.0)
    assert float(both) == pytest.approx(0.095745, abs=1e-6)
