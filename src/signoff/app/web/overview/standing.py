"""Where the campaign stands: the expected result with its interval, beside the target."""

from dataclasses import dataclass

from signoff.plan import CampaignPlan

__all__ = ["Standing", "stand"]

WIDTH, MARGIN = 640, 24


@dataclass(frozen=True)
class Standing:
    """The expected result of a plan beside the target, and where each lies on a drawing.

    Attributes:
        place: Where the target lies: below, inside or above the interval.
        low_x: Place of the lower end of the interval, in units of the drawing.
        value_x: Place of the value.
        high_x: Place of the upper end.
        target_x: Place of the target.
        span: Length of the interval on the drawing.
        start_x: Place of zero.
        end_x: End of the scale.
    """

    place: str
    low_x: int
    value_x: int
    high_x: int
    target_x: int
    span: int
    start_x: int = MARGIN
    end_x: int = WIDTH - MARGIN


def stand(plan: CampaignPlan) -> Standing:
    """Place a plan's result and its target on one scale.

    Args:
        plan: The plan.
    """
    result, target = plan.venues.result, plan.brief.objective.target
    largest = max(result.high, float(target), 1e-9)
    low, value, high, aim = (
        round(MARGIN + (WIDTH - 2 * MARGIN) * number / largest)
        for number in (result.low, result.value, result.high, float(target))
    )
    place = "below" if target < result.low else "above" if target > result.high else "inside"
    return Standing(place, low, value, high, aim, span=max(2, high - low))
