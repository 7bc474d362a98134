"""What to know about a plan besides its units: what limits cost, what to learn, what it beats."""

from signoff.venues.advice.learning import Learning, LearningValue, Research, value_learning
from signoff.venues.advice.limit_costs import LimitCost, LimitCosts, LimitKind, price_limits
from signoff.venues.advice.present import (
    PresentComparison,
    PresentLine,
    PresentSpend,
    compare_present,
    list_present_spend,
)
from signoff.venues.advice.present_file import read_present_spend
from signoff.venues.advice.study import VenueStudy, study_venues

__all__ = [
    "Learning",
    "LearningValue",
    "LimitCost",
    "LimitCosts",
    "LimitKind",
    "PresentComparison",
    "PresentLine",
    "PresentSpend",
    "Research",
    "VenueStudy",
    "compare_present",
    "list_present_spend",
    "price_limits",
    "read_present_spend",
    "study_venues",
    "value_learning",
]
