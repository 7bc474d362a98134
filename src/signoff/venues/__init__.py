"""Where to reach them for the money."""

from signoff.venues.book import VenueBook, list_venues
from signoff.venues.forecast import RoleReach, RoleVenueReach
from signoff.venues.lines import VenueLine
from signoff.venues.plan import CurvePoint, VenuePlan, plan_venues
from signoff.venues.problem import PlanProblem
from signoff.venues.schedule import Schedule, solve_plan

__all__ = [
    "CurvePoint",
    "PlanProblem",
    "RoleReach",
    "RoleVenueReach",
    "Schedule",
    "VenueBook",
    "VenueLine",
    "VenuePlan",
    "list_venues",
    "plan_venues",
    "solve_plan",
]
