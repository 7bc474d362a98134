import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.canex import canex_count_shares
from signoff.stats.reach import Array

# Danaher's canonical expansion as Kim (2005), "A Canonical Sequential Aggregation Media Model",
# University of Texas at Austin, Appendix B, prints it (column CANX, percent with 0 to 4 contacts,
# two web sites with two insertions each, comScore 2003). Inputs and columns as transcribed in
# majesus/mediaPlanR, tests/testthat/fixtures/kim2005_appB_models.csv; the thesis prints no
# duplications, so these are the ones that reproduce the column: consistency, not proof.
KIM = [
    ((0.0311, 0.048), (0.0237, 0.0393), 0.0007972, (91.47, 6.21, 2.24, 0.08, 0.01)),
    ((0.099, 0.1517), (0.0311, 0.048), 0.0041007, (80.89, 12.76, 5.88, 0.37, 0.1)),
    ((0.4902, 0.5805), (0.1312, 0.1986), 0.0719172, (34.38, 19.76, 36.01, 6.9, 2.95)),
    ((0.1312, 0.1986), (0.099, 0.1517), 0.0217151, (69.06, 18.83, 9.7, 1.83, 0.58)),
    ((0.4433, 0.4763), (0.0207, 0.036), 0.0097014, (50.55, 7.92, 39.96, 1.34, 0.24)),
    ((0.3816, 0.4517), (0.0426, 0.066), 0.0221062, (51.86, 15.26, 29.93, 2.07, 0.87)),
]


def matrix(*both: float) -> Array:
    size = 2 if len(both) == 1 else 3
    found = np.eye(size)
    found[np.triu_indices(size, 1)] = both
    return found + np.triu(found, 1).T


@pytest.mark.parametrize(("one", "other", "both", "published"), KIM)
def test_canex_reproduces_published_distributions(
    one: tuple[float, float],
    other: tuple[float, float],
    both: float,
    published: tuple[float, ...],
) -> None:
    first, second = np.array([one, other]).T
    found = canex_count_shares(
        first, second_share=second, n_insertions=np.array([2, 2]), both_share=matrix(both)
    )
    assert 100 * found.shares == pytest.approx(published, abs=0.02)


def test_canex_of_three_venues_keeps_the_mean_where_nothing_is_negative() -> None:
    first, second = np.array([0.3, 0.2, 0.15]), np.array([0.42, 0.3, 0.22])
    found = canex_count_shares(
        first,
        second_share=second,
        n_insertions=np.array([2, 1, 3]),
        both_share=matrix(0.07, 0.05, 0.035),
    )
    assert found.negative_share == pytest.approx(0, abs=1e-12)
    assert found.shares.sum() == pytest.approx(1)
    assert found.shares @ np.arange(7) == pytest.approx(2 * 0.3 + 0.2 + 3 * 0.15)


def test_canex_negative_cells_are_set_to_nothing_and_told() -> None:
    # R documentation of mediaPlanR::calc_canex: negative mass 0.0076
    found = canex_count_shares(
        np.array([0.3, 0.2]),
        second_share=np.array([0.4, 0.3]),
        n_insertions=np.array([2, 2]),
        both_share=matrix(0.0),
    )
    assert found.negative_share == pytest.approx(0.0076, abs=5e-5)
    assert found.shares @ np.arange(5) == pytest.approx(1.0227, abs=5e-5)


def test_canex_with_too_many_cells_is_refused() -> None:
    many = np.full(5, 0.3)
    with pytest.raises(ModelError, match="two million"):
        canex_count_shares(
            many, second_share=many + 0.1, n_insertions=np.full(5, 20), both_share=np.eye(5)
        )
