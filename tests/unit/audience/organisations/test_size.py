"""Size bands at their limits."""

import pytest

from signoff.audience import SIZE_BANDS, size_band


@pytest.mark.parametrize(
    ("employees", "band"),
    [(0, 0), (9, 0), (10, 1), (49, 1), (50, 2), (249, 2), (250, 3), (10**6, 3)],
)
def test_size_band_changes_at_ten_fifty_and_two_hundred_and_fifty(
    employees: int, band: int
) -> None:
    assert size_band(employees) == SIZE_BANDS[band]


def test_size_band_of_an_unknown_head_count_is_unknown() -> None:
    assert size_band(None) is None
