import numpy as np
import pytest

from signoff.venues.curves.response_curve import CurveShape, ResponseCurve

CURVES = [
    ResponseCurve("e", CurveShape.EXPONENTIAL, np.array([2.0, 1.0]), np.array([3.0, 9.0])),
    ResponseCurve("l", CurveShape.LOGISTIC, np.array([2.0, 1.0]), np.array([3.0, 9.0])),
    ResponseCurve("h", CurveShape.HILL, np.ones(2), np.array([3.0, 9.0]), np.array([0.6, 2.5])),
]


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.shape)
def test_slopes_equal_finite_differences(curve: ResponseCurve) -> None:
    for money in (0.5, 4.0, 20.0):
        first, second = curve.slopes(money)
        step = 1e-4
        low, middle, high = (curve.respond(money + d) for d in (-step, 0, step))
        assert first == pytest.approx((high - low) / (2 * step), rel=1e-5)
        assert second == pytest.approx((high - 2 * middle + low) / step**2, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.shape)
def test_steepest_is_never_below_a_slope_between(curve: ResponseCurve) -> None:
    for low, high in ((0.1, 2.0), (1.0, 30.0), (8.0, 9.0)):
        slopes = np.stack([curve.slopes(float(x))[0] for x in np.linspace(low, high, 500)])
        steepest = curve.steepest(low, high)
        assert (steepest >= slopes.max(axis=0) * (1 - 1e-12)).all()
        assert steepest == pytest.approx(slopes.max(axis=0), rel=1e-3)


def test_respond_known_values() -> None:
    """At z = 1: 1 - 1/e; tanh(1/2); one half whatever the exponent."""
    at_scale = [curve.respond(3.0)[0] for curve in CURVES]
    assert at_scale == pytest.approx([2 * 0.6321205588, 2 * 0.4621171573, 0.5])
    assert [curve.is_concave for curve in CURVES] == [True, True, False]
