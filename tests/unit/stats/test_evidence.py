import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.evidence import (
    cluster_effective_n,
    kish_effective_n,
    pool_logits,
    share_logit,
    wilson_interval,
)


def test_kish_effective_n_equal_weights_lose_nobody() -> None:
    assert kish_effective_n(np.full(50, 3.0)) == pytest.approx(50)


@pytest.mark.parametrize("weights", [[-1.0, 2.0], [0.0, 0.0]])
def test_kish_effective_n_impossible_weights_are_refused(weights: list[float]) -> None:
    with pytest.raises(ModelError, match="weights that sum to"):
        kish_effective_n(np.array(weights))


def test_wilson_interval_as_published() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81/263 and 0/20 at 95 %, score method
    low, high = wilson_interval(81 / 263, n_effective=263, level_share=0.95)
    assert (low, high) == (pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))
    low, high = wilson_interval(0.0, n_effective=20, level_share=0.95)
    assert (low, high) == (pytest.approx(0.0, abs=1e-4), pytest.approx(0.1611, abs=1e-4))


def test_share_logit_nobody_found_is_no_certainty() -> None:
    logit, error = share_logit(0.0, n_effective=20)
    assert np.isfinite(logit)
    assert error > 1


def test_cluster_effective_n_accounts_that_agree_inside_count_once() -> None:
    # 10 accounts of 4 people, all or none of them hits: 10 accounts' worth, by 9 for the mean
    alike = cluster_effective_n(
        n=40, hits=20, n_clusters=10, hits_squared=80, products=80, n_squared=160
    )
    assert alike == pytest.approx(9.0)


def test_cluster_effective_n_never_above_the_people() -> None:
    # 10 accounts of 4 people, 2 hits in each
    mixed = cluster_effective_n(
        n=40, hits=20, n_clusters=10, hits_squared=40, products=80, n_squared=160
    )
    assert mixed == 40


@pytest.mark.parametrize("hits", [0, 40])
def test_cluster_effective_n_none_or_all_count_by_account(hits: int) -> None:
    square = hits * hits // 10
    found = cluster_effective_n(
        n=40, hits=hits, n_clusters=10, hits_squared=square, products=4 * hits, n_squared=160
    )
    assert found == 10


def test_pool_logits_precise_source_weighs_more() -> None:
    pooled = pool_logits(np.array([-2.0, 0.0]), np.array([0.2, 1.0]))
    assert pooled.weights[0] > 0.75
    assert -2.0 < pooled.logit < -1.4


def test_pool_logits_agreeing_sources_narrow_and_apart_ones_widen() -> None:
    errors = np.array([0.4, 0.4])
    agree = pool_logits(np.array([-1.0, -1.0]), errors)
    apart = pool_logits(np.array([-2.0, 0.0]), errors)
    assert agree.spread < 0.4 < apart.spread * 1.2
    assert apart.spread > agree.spread
    assert apart.disagreement > agree.disagreement


def test_pool_logits_prior_pulls_a_small_sample() -> None:
    alone = pool_logits(np.array([0.0]), np.array([1.0]))
    pulled = pool_logits(np.array([0.0]), np.array([1.0]), prior=(-3.0, 1.0))
    assert alone.logit == 0.0
    assert -2.0 < pulled.logit < -1.0
    assert pulled.spread < alone.spread
    assert sum(pulled.weights) == pytest.approx(1.0)


@pytest.mark.parametrize(("logits", "spreads"), [([], []), ([0.0], [0.0])])
def test_pool_logits_without_sources_or_errors_is_refused(
    logits: list[float], spreads: list[float]
) -> None:
    with pytest.raises(ModelError, match="sources with errors"):
        pool_logits(np.array(logits), np.array(spreads))
