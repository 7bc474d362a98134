import numpy as np
import pytest
from sklearn.metrics import log_loss as reference_log_loss
from sklearn.metrics import roc_auc_score

from signoff.errors import ModelError
from signoff.stats.discrimination import area_under_curve, bootstrap_area, log_loss


def cells(seed: int, n: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    score = chance.integers(0, 12, n) / 12
    return score, chance.integers(0, 5, n).astype(float), chance.integers(0, 5, n).astype(float)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_area_under_curve_with_ties_equals_scikit_learn(seed: int) -> None:
    score, won, lost = cells(seed)
    outcome = np.concatenate([np.ones_like(score), np.zeros_like(score)])
    expected = roc_auc_score(
        outcome, np.concatenate([score, score]), sample_weight=np.concatenate([won, lost])
    )
    assert area_under_curve(score, n_won=won, n_lost=lost) == pytest.approx(expected, abs=1e-12)


def test_area_under_curve_of_equal_scores_is_one_half() -> None:
    assert area_under_curve(np.zeros(3), n_won=np.ones(3), n_lost=np.ones(3)) == 0.5


@pytest.mark.parametrize(("won", "lost"), [(0.0, 1.0), (1.0, 0.0)])
def test_area_under_curve_of_one_outcome_is_refused(won: float, lost: float) -> None:
    with pytest.raises(ModelError, match="no cases of one outcome"):
        area_under_curve(np.zeros(2), n_won=np.full(2, won), n_lost=np.full(2, lost))


def test_bootstrap_area_brackets_the_value_and_repeats() -> None:
    score, won, lost = cells(4, n=300)
    blocks = np.arange(300) % 30
    found = [
        bootstrap_area(
            score,
            n_won=won,
            n_lost=lost,
            cluster=blocks,
            rng=np.random.default_rng(5),
            n_draws=200,
        )
        for _ in range(2)
    ]
    assert found[0] == found[1]
    assert found[0].low < found[0].value < found[0].high
    assert found[0].level_share == 0.95


def test_bootstrap_area_is_wider_when_whole_accounts_agree() -> None:
    chance = np.random.default_rng(6)
    score = np.repeat(chance.random(40), 25)
    won = np.repeat((chance.random(40) < 0.5).astype(float), 25)
    options = {"n_won": won, "n_lost": 1 - won, "n_draws": 300}
    by_deal = bootstrap_area(
        score, **options, cluster=np.arange(1000), rng=np.random.default_rng(7)
    )
    by_account = bootstrap_area(
        score, **options, cluster=np.repeat(np.arange(40), 25), rng=np.random.default_rng(7)
    )
    assert by_account.high - by_account.low > 3 * (by_deal.high - by_deal.low)


def test_log_loss_equals_scikit_learn() -> None:
    chance_share = np.array([0.2, 0.6, 0.9])
    won, lost = np.array([1.0, 4.0, 2.0]), np.array([3.0, 1.0, 0.0])
    expected = reference_log_loss(
        [1, 1, 1, 0, 0, 0],
        [*chance_share, *chance_share],
        sample_weight=np.concatenate([won, lost]),
    )
    assert log_loss(chance_share, n_won=won, n_lost=lost) == pytest.approx(expected, rel=1e-12)


def test_log_loss_of_a_sure_mistake_is_large_but_finite() -> None:
    told = log_loss(np.array([0.0]), n_won=np.ones(1), n_lost=np.zeros(1))
    assert 20 < told < 30


def test_log_loss_without_cases_is_refused() -> None:
    with pytest.raises(ModelError, match="there are no cases"):
        log_loss(np.array([0.5]), n_won=np.zeros(1), n_lost=np.zeros(1))
