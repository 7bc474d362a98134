"""Groups hold together by their mean likeness, and answers hold always."""

import numpy as np

from signoff.audience.matching.clusters import join_pairs

CHAIN = np.array([[0, 1], [1, 2], [2, 3], [0, 2], [0, 3], [1, 3]])


def test_join_pairs_chain_of_contradicting_ends_is_cut() -> None:
    shares = np.array([0.9, 0.6, 0.9, 0.0, 0.0, 0.0])
    found = join_pairs(CHAIN, shares, size=4, threshold_share=0.5)
    assert found.tolist() == [0, 0, 2, 2]


def test_join_pairs_all_alike_is_one_group() -> None:
    found = join_pairs(CHAIN, np.full(6, 0.8), size=4, threshold_share=0.5)
    assert found.tolist() == [0, 0, 0, 0]


def test_join_pairs_confirmed_stands_together_whatever_the_likeness() -> None:
    found = join_pairs(CHAIN, np.zeros(6), size=4, threshold_share=0.5, confirmed=[(0, 3)])
    assert found.tolist() == [0, 1, 2, 0]


def test_join_pairs_rejected_parts_a_group_that_all_else_joins() -> None:
    found = join_pairs(CHAIN, np.full(6, 0.9), size=4, threshold_share=0.5, rejected=[(0, 1)])
    assert found[0] != found[1]
    assert found[2] == found[3]
