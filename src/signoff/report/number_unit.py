"""The unit of each number of a plan, in words."""

import re

from signoff.plan import CampaignPlan
from signoff.report.trace import look_up
from signoff.report.wording import Catalog

__all__ = ["unit_of"]

MONEY = "money"
RESULT = "result"
GAIN = "gain"
# by path without places in lists; what is not here ends in a name that tells
UNITS = {
    "audience.accounts.value_weight": "weight",
    "audience.committees.gaps.approval_level": "steps",
    "audience.committees.gaps.n_people": "people",
    "audience.committees.n_generated": "people",
    "audience.committees.n_people": "people",
    "audience.committees.n_unread": "people",
    "audience.fit.auc": "share",
    "audience.fit.n_test": "deals",
    "audience.fit.n_train": "deals",
    "audience.fit.reason.n_deals": "deals",
    "audience.fit.reason.n_lost": "deals",
    "audience.fit.reason.n_won": "deals",
    "brief.committee.quorum_roles": "roles",
    "brief.money.budget": MONEY,
    "brief.objective.target": RESULT,
    "holdout.alpha": "share",
    "holdout.expected_difference_share": "rise",
    "holdout.earlier_stage.smallest_visible_difference_share": "rise",
    "holdout.n_needed_by_difference.first": "rise",
    "holdout.power": "share",
    "holdout.smallest_visible_difference_share": "rise",
    "holdout.smallest_visible_even_share": "rise",
    "owners.firms": "firms",
    "owners.share": "share",
    "study.learning.everything": RESULT,
    "study.learning.n_schedules": "schedules",
    "study.learning.values.budget_worth": MONEY,
    "study.learning.values.deal_worth": MONEY,
    "study.learning.values.gain": RESULT,
    "study.limits.limits.amount": MONEY,
    "study.limits.limits.gain": RESULT,
    "study.limits.limits.gain_estimate": RESULT,
    "study.limits.limits.per_1000": GAIN,
    "study.limits.limits.spend": MONEY,
    "study.limits.n_unpriced": "venues",
    "study.present.difference": RESULT,
    "study.present.lines.plan_spend": MONEY,
    "study.present.lines.plan_units": "units",
    "study.present.lines.spend": MONEY,
    "study.present.lines.units": "units",
    "study.present.n_draws": "draws",
    "study.present.plan_result": RESULT,
    "study.present.plan_spend": MONEY,
    "study.present.present_result": RESULT,
    "study.present.spend": MONEY,
    "study.present.unplaced_spend": MONEY,
    "venues.bound": RESULT,
    "venues.caution.bound": RESULT,
    "venues.caution.cost": RESULT,
    "venues.caution.expected_plan_result": RESULT,
    "venues.caution.expected_plan_worst": RESULT,
    "venues.caution.n_draws": "draws",
    "venues.caution.result": RESULT,
    "venues.curve.budget": MONEY,
    "venues.curve.high": RESULT,
    "venues.curve.low": RESULT,
    "venues.curve.result": RESULT,
    "venues.exposures_needed": "exposures",
    "venues.lines.exposures_per_person": "exposures",
    "venues.lines.in_plan": "venues",
    "venues.lines.marginal_result_per_1000": GAIN,
    "venues.lines.spend": MONEY,
    "venues.lines.unit_price": MONEY,
    "venues.limits.least": MONEY,
    "venues.limits.most": MONEY,
    "venues.limits.spent": MONEY,
    "venues.packages.alone_price": MONEY,
    "venues.packages.package_price": MONEY,
    "venues.packages.packages": "packages",
    "venues.packages.spend": MONEY,
    "venues.reach_by_role.n_people": "people",
    "venues.reach_by_role.reach": "share",
    "venues.reach_by_role_venue.reach": "share",
    "venues.result": RESULT,
    "venues.timing.after_period": RESULT,
    "venues.timing.half_weeks": "weeks",
    "venues.timing.lags.peak_week": "weeks",
    "venues.timing.later": RESULT,
    "venues.timing.most_weeks": "weeks",
    "venues.timing.weeks.result": RESULT,
    "venues.timing.weeks.so_far": RESULT,
    "venues.timing.within_period": RESULT,
    "venues.timings.level": "steps",
    "venues.timings.median_days": "days",
    "venues.timings.sure_days": "days",
    "venues.total_spend": MONEY,
    "venues.weeks": "entries",
    "venues.weeks.spend": MONEY,
}


def unit_of(plan: CampaignPlan, path: str, *, generic: str, catalog: Catalog) -> str:
    """Give the unit of a number in words.

    Args:
        plan: The plan.
        path: Where the number stands in it.
        generic: The same without places in lists.
        catalog: Words of the reader's language.

    Call it so: `unit_of(plan, "venues.lines[0].spend", generic="venues.lines.spend",
    catalog=read_catalog("en"))`.
    """
    if path.endswith("level_share"):
        return catalog.term("number_unit", "share")
    if generic in {"venues.lines.units", "venues.lines.packaged_units"}:
        return catalog.term("unit", _beside(plan, path, "unit"))
    if generic in {"venues.weeks.units", "venues.packages.units.units"}:
        return catalog.term("unit", _unit_of_venue(plan, _beside(plan, path, "venue_id")))
    if generic.startswith("messages.messages.parts."):
        return catalog.term("length_unit", _beside(plan, path, "unit"))
    unit = UNITS.get(generic, "share" if generic.endswith("_share") else "accounts")
    if unit == MONEY:
        return plan.brief.money.currency
    if unit == GAIN:
        filled = catalog.word("number_unit.gain")
        return filled.format(unit=_result(plan, catalog), currency=plan.brief.money.currency)
    if generic == "brief.objective.target":
        return catalog.term("number_unit", str(plan.brief.objective.aim))
    return _result(plan, catalog) if unit == RESULT else catalog.term("number_unit", unit)


def _result(plan: CampaignPlan, catalog: Catalog) -> str:
    """Give the unit of the plan's result: visits, or accounts by their weight."""
    unit = plan.venues.result_unit
    return catalog.term("number_unit", "traffic" if unit == "people" else unit)


def _unit_of_venue(plan: CampaignPlan, venue_id: str) -> str:
    return next((line.unit for line in plan.venues.lines if line.venue_id == venue_id), "")


def _beside(plan: CampaignPlan, path: str, key: str) -> str:
    return str(look_up(plan, re.sub(r"[^.]+$", key, path)))
