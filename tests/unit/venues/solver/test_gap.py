from signoff.venues.solver.gap import share_above


def test_share_above_is_a_share_of_the_plan_and_may_exceed_one() -> None:
    assert share_above(2.0, 5.0) == 1.5


def test_share_above_bound_below_the_result_is_no_gap() -> None:
    assert share_above(2.0, 1.999) == 0.0


def test_share_above_nothing_brought_is_told_from_nothing_possible() -> None:
    assert (share_above(0.0, 3.0), share_above(0.0, 0.0)) == (1.0, 0.0)
