"""Did it work: holdouts now, models later."""

from signoff.measure.design import HoldoutDesign, HoldoutOptions, StageReading, StageShare
from signoff.measure.holdout import design_holdout, draw_holdout

__all__ = [
    "HoldoutDesign",
    "HoldoutOptions",
    "StageReading",
    "StageShare",
    "design_holdout",
    "draw_holdout",
]
