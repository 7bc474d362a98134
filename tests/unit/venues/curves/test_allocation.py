"""Splits of a budget over response curves, against every split on a grid and against proofs."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from signoff.errors import DataError
from signoff.venues.curves.allocation import allocate_budget
from signoff.venues.curves.curve_split import CurveSet, split_bound, worst_mean
from signoff.venues.curves.response_curve import CurveShape, ResponseCurve

CONCAVE = [
    (CurveShape.EXPONENTIAL, None),
    (CurveShape.LOGISTIC, None),
    (CurveShape.HILL, None),
    (CurveShape.HILL, (0.4, 1.0)),
]
ANY = [*CONCAVE, (CurveShape.HILL, (1.3, 3.0))]


def drawn_curves(
    shape: CurveShape, exponents: tuple[float, float] | None, *, n_venues: int = 3, n: int = 60
) -> list[ResponseCurve]:
    rng = np.random.default_rng(n_venues)
    return [
        ResponseCurve(
            f"v{v}",
            shape,
            ceiling=rng.lognormal(0, 0.5, n) * rng.uniform(0.5, 2),
            scale=rng.lognormal(0, 0.4, n) * rng.uniform(10, 60),
            exponent=None if exponents is None else rng.uniform(*exponents, n),
        )
        for v in range(n_venues)
    ]


def best_on_grid(curves: list[ResponseCurve], *, budget: float, worst_share: float) -> float:
    steps = np.linspace(0, budget, 41)
    limits = CurveSet(tuple(curves), np.zeros(3), np.full(3, budget), budget)
    return max(
        worst_mean(limits, np.array([x, y, budget - x - y]), worst_share=worst_share)
        for x, y in product(steps, steps)
        if x + y <= budget
    )


@pytest.mark.parametrize("worst_share", [1.0, 0.1])
@pytest.mark.parametrize("curve", ANY, ids=str)
def test_allocate_budget_no_split_on_a_grid_is_better(
    curve: tuple[CurveShape, tuple[float, float] | None], worst_share: float
) -> None:
    curves = drawn_curves(*curve)
    for budget in (20, 100):
        split = allocate_budget(curves, budget=Decimal(budget), worst_share=worst_share)
        best = best_on_grid(curves, budget=budget, worst_share=worst_share)
        assert split.value >= best * (0.9999 if split.is_concave or worst_share == 1 else 0.98)
        assert split.bound >= max(best, split.value)
        assert split.total_spend == budget
        assert split.is_concave == (curve in CONCAVE)


@pytest.mark.parametrize("curve", CONCAVE, ids=str)
def test_allocate_budget_concave_curves_are_proven_to_a_tenth_of_a_percent(
    curve: tuple[CurveShape, tuple[float, float] | None],
) -> None:
    curves = drawn_curves(*curve, n_venues=10, n=500)
    for budget in (50, 400, 5_000):
        assert allocate_budget(curves, budget=Decimal(budget)).gap_share <= 0.001
    assert allocate_budget(curves, budget=Decimal(200), worst_share=0.1).gap_share <= 0.001


def test_allocate_budget_marginal_returns_are_equal_between_limits() -> None:
    curves = drawn_curves(CurveShape.LOGISTIC, None, n_venues=6)
    split = allocate_budget(curves, budget=Decimal(600), ceilings={"v2": Decimal(7)})
    slopes = [line.marginal_response for line in split.lines if line.venue_id != "v2"]
    assert slopes == pytest.approx([slopes[0]] * 5, rel=1e-3)
    assert split.lines[2].spend == 7
    assert split.lines[2].marginal_response > slopes[0]


@pytest.mark.parametrize("curve", ANY, ids=str)
def test_allocate_budget_keeps_floors_and_ceilings_to_the_cent(
    curve: tuple[CurveShape, tuple[float, float] | None],
) -> None:
    curves = drawn_curves(*curve, n_venues=4)
    floors, ceilings = {"v0": Decimal("12.34")}, {"v1": Decimal("5.67"), "v3": Decimal(0)}
    split = allocate_budget(curves, budget=Decimal("50.01"), floors=floors, ceilings=ceilings)
    spend = {line.venue_id: line.spend for line in split.lines}
    assert spend["v0"] >= floors["v0"]
    assert spend["v1"] <= ceilings["v1"]
    assert spend["v3"] == 0
    assert split.total_spend <= Decimal("50.01")


def test_allocate_budget_ceilings_below_the_budget_leave_money_over() -> None:
    curves = drawn_curves(CurveShape.EXPONENTIAL, None)
    ceilings = {curve.venue_id: Decimal(1) for curve in curves}
    assert allocate_budget(curves, budget=Decimal(100), ceilings=ceilings).total_spend == 3


def test_allocate_budget_cautious_split_is_better_in_bad_draws_and_no_better_on_the_mean() -> None:
    safe = ResponseCurve("safe", CurveShape.EXPONENTIAL, np.full(100, 1.0), np.full(100, 50.0))
    risky = ResponseCurve(
        "risky", CurveShape.EXPONENTIAL, np.where(np.arange(100) < 20, 0.0, 1.6), np.full(100, 50.0)
    )
    mean = allocate_budget([safe, risky], budget=Decimal(100))
    cautious = allocate_budget([safe, risky], budget=Decimal(100), worst_share=0.1)
    assert cautious.lines[1].spend < 1 < mean.lines[1].spend
    assert cautious.response.value < mean.response.value


def test_allocate_budget_s_shaped_curves_put_enough_in_one_place() -> None:
    """Two equal curves, z^3 / (1 + z^3), and money for one: half each would bring 2/9."""
    curves = [
        ResponseCurve(name, CurveShape.HILL, np.ones(1), np.full(1, 10.0), np.full(1, 3.0))
        for name in "ab"
    ]
    split = allocate_budget(curves, budget=Decimal(10))
    assert split.value == pytest.approx(0.5)
    assert sorted(line.spend for line in split.lines) == [0, 10]


def test_split_bound_holds_for_any_split_and_any_draw_weights() -> None:
    rng = np.random.default_rng(4)
    for shape, exponents in ANY:
        curves = tuple(drawn_curves(shape, exponents))
        limits = CurveSet(curves, np.zeros(3), np.full(3, 80.0), 80.0)
        weight = rng.dirichlet(np.ones(60))
        for _ in range(10):
            near, other = (rng.dirichlet(np.ones(3)) * 80 for _ in range(2))
            bound = split_bound(limits, near, weight=weight)
            assert bound >= float((limits.responses(other) @ weight).sum()) * (1 - 1e-12)


def test_allocate_budget_faults_come_together() -> None:
    bad = ResponseCurve("a", CurveShape.HILL, np.array([-1.0]), np.array([0.0]))
    with pytest.raises(DataError) as caught:
        allocate_budget([bad, bad], budget=Decimal(1))
    said = str(caught.value)
    assert all(part in said for part in ("ceiling goes from -1", "scale goes from 0", "2 curves"))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"budget": Decimal(0)}, "budget of 0"),
        ({"floors": {"v0": Decimal(11)}}, "floors take 11"),
        (
            {"floors": {"v0": Decimal(5)}, "ceilings": {"v0": Decimal(4)}},
            "5 at least and 4 at most",
        ),
        ({"ceilings": {"x": Decimal(4)}}, "ceilings names x"),
        ({"worst_share": 0.0}, "worst_share is 0"),
    ],
)
def test_allocate_budget_impossible_limits_are_named(change: dict[str, object], what: str) -> None:
    terms = {"budget": Decimal(10), **change}
    with pytest.raises(DataError, match=what):
        allocate_budget(drawn_curves(CurveShape.LOGISTIC, None), **terms)  # type: ignore[arg-type]


def test_allocation_says_what_it_brings_and_how_far_the_best_could_be() -> None:
    split = allocate_budget(drawn_curves(CurveShape.LOGISTIC, None), budget=Decimal(50))
    assert "no split can bring more than" in split.text()
    assert [row["venue_id"] for row in split.rows()] == ["v0", "v1", "v2"]
    assert split.response.low < split.response.value < split.response.high
