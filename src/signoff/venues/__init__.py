"""Where to reach them for the money."""

from signoff.venues.book import VenueBook, list_venues
from signoff.venues.curve import BudgetAnswer, BudgetPoint, IntervalBasis, RoleShare, VenueUnits
from signoff.venues.fitted import FittedVenues
from signoff.venues.fitting import fit_venues
from signoff.venues.forecast import RoleReach, RoleVenueReach
from signoff.venues.lines import VenueLine
from signoff.venues.packing import pack_venues, unpack_venues
from signoff.venues.plan import CurvePoint, VenuePlan, plan_venues
from signoff.venues.problem import PlanProblem
from signoff.venues.schedule import Schedule, solve_plan

__all__ = [
    "BudgetAnswer",
    "BudgetPoint",
    "CurvePoint",
    "FittedVenues",
    "IntervalBasis",
    "PlanProblem",
    "RoleReach",
    "RoleShare",
    "RoleVenueReach",
    "Schedule",
    "VenueBook",
    "VenueLine",
    "VenuePlan",
    "VenueUnits",
    "fit_venues",
    "list_venues",
    "pack_venues",
    "plan_venues",
    "solve_plan",
    "unpack_venues",
]
