"""Where to reach them for the money."""

from signoff.venues.advice import (
    Learning,
    LearningValue,
    LimitCost,
    LimitCosts,
    LimitKind,
    PresentComparison,
    PresentLine,
    PresentSpend,
    Research,
    VenueStudy,
    compare_present,
    list_present_spend,
    price_limits,
    read_present_spend,
    study_venues,
    value_learning,
)
from signoff.venues.book import Duplication, VenueBook, list_venues
from signoff.venues.budget_curve import CurvePoint
from signoff.venues.budgets.curve import (
    BudgetAnswer,
    BudgetPoint,
    IntervalBasis,
    RoleShare,
    VenueUnits,
)
from signoff.venues.budgets.fitted import FittedVenues
from signoff.venues.budgets.fitting import fit_facts, fit_venues
from signoff.venues.budgets.packing import pack_cells, pack_venues, unpack_cells, unpack_venues
from signoff.venues.budgets.wanted import WantedResult, find_budget
from signoff.venues.cards.availability import (
    Appearance,
    Availability,
    Issue,
    SupplyLimit,
    appearance_dates,
    units_available,
)
from signoff.venues.cards.card import (
    CardAudience,
    CardIssue,
    CardPrice,
    VenueCard,
    card_from_rows,
    card_rows,
)
from signoff.venues.cards.card_checks import find_venue_faults
from signoff.venues.cards.card_record import (
    KeptCard,
    keep_card,
    look_up_card,
    look_up_package,
)
from signoff.venues.cards.package_card import (
    PackageCard,
    PackagePart,
    find_package_card_faults,
    package_from_rows,
    package_rows,
)
from signoff.venues.cards.packages import Package
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.caution.cautious_plan import CautiousResult
from signoff.venues.curves.allocation import Allocation, VenueShare, allocate_budget
from signoff.venues.curves.response_curve import CurveShape, ResponseCurve
from signoff.venues.exposures.answer import (
    ExposureLine,
    ExposurePlan,
    FlightLine,
    LearningLine,
    RoleLine,
)
from signoff.venues.exposures.plan import plan_problem
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.forecast import RoleReach, RoleVenueReach
from signoff.venues.lines import VenueLine
from signoff.venues.market.carry_over import (
    CarryOver,
    WeeklyResponse,
    draw_carry_over,
    find_carry_over,
    weekly_response,
)
from signoff.venues.market.cells import MarketCells
from signoff.venues.market.evidence import AudienceNote, AudienceSource, EvidenceRow
from signoff.venues.market.priors import (
    KindPrior,
    KindPriors,
    PriorMeasure,
    PriorOrigin,
    find_kind_prior,
    list_kind_priors,
)
from signoff.venues.market.response import Response
from signoff.venues.market.survey import SurveyShare, SurveyShares, weigh_survey
from signoff.venues.package_lines import PackagedUnits, PackageLine
from signoff.venues.plan import (
    DrawnPlan,
    VenuePlan,
    draw_results,
    plan_facts,
    plan_venues,
)
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule, solve_plan
from signoff.venues.terms.limit_lines import LimitLine
from signoff.venues.venue import AudienceRow, ExcludedVenue, Venue
from signoff.venues.weeks.plan_weeks import WeekLine
from signoff.venues.weeks.whom_when import LevelTiming, LevelWindow

__all__ = [
    "Allocation",
    "Appearance",
    "AudienceNote",
    "AudienceRow",
    "AudienceSource",
    "Availability",
    "BudgetAnswer",
    "BudgetPoint",
    "CardAudience",
    "CardIssue",
    "CardPrice",
    "CarryOver",
    "CautiousResult",
    "CurvePoint",
    "CurveShape",
    "DrawnPlan",
    "Duplication",
    "EvidenceRow",
    "ExcludedVenue",
    "ExposureLine",
    "ExposurePlan",
    "FittedVenues",
    "FlightLine",
    "IntervalBasis",
    "Issue",
    "KeptCard",
    "KindPrior",
    "KindPriors",
    "Ladder",
    "Learning",
    "LearningLine",
    "LearningValue",
    "LevelTiming",
    "LevelWindow",
    "LimitCost",
    "LimitCosts",
    "LimitKind",
    "LimitLine",
    "MarketCells",
    "Package",
    "PackageCard",
    "PackageLine",
    "PackagePart",
    "PackagedUnits",
    "PlanProblem",
    "PresentComparison",
    "PresentLine",
    "PresentSpend",
    "PriceStep",
    "PriorMeasure",
    "PriorOrigin",
    "Research",
    "Response",
    "ResponseCurve",
    "RoleLine",
    "RoleReach",
    "RoleShare",
    "RoleVenueReach",
    "Schedule",
    "SupplyLimit",
    "SurveyShare",
    "SurveyShares",
    "Venue",
    "VenueBook",
    "VenueCard",
    "VenueFacts",
    "VenueLine",
    "VenuePlan",
    "VenueShare",
    "VenueStudy",
    "VenueUnits",
    "WantedResult",
    "WeekLine",
    "WeeklyResponse",
    "allocate_budget",
    "appearance_dates",
    "card_from_rows",
    "card_rows",
    "compare_present",
    "draw_carry_over",
    "draw_results",
    "find_budget",
    "find_carry_over",
    "find_kind_prior",
    "find_package_card_faults",
    "find_venue_faults",
    "fit_facts",
    "fit_venues",
    "keep_card",
    "list_facts",
    "list_kind_priors",
    "list_present_spend",
    "list_venues",
    "look_up_card",
    "look_up_package",
    "pack_cells",
    "pack_venues",
    "package_from_rows",
    "package_rows",
    "plan_facts",
    "plan_problem",
    "plan_venues",
    "price_limits",
    "read_present_spend",
    "solve_plan",
    "study_venues",
    "units_available",
    "unpack_cells",
    "unpack_venues",
    "value_learning",
    "weekly_response",
    "weigh_survey",
]
