"""All advice on a plan of venues at once, as it stands beside the plan."""

from dataclasses import dataclass
from datetime import date

from signoff.brief import Brief
from signoff.errors import SignoffError
from signoff.store.engines.engine import Engine
from signoff.venues.advice.learning import Learning, value_learning
from signoff.venues.advice.limit_costs import LimitCosts, lift_exclusions, price_limits
from signoff.venues.advice.present import (
    PresentComparison,
    PresentSpend,
    compare_present,
    list_present_spend,
)
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.plan import VenuePlan

__all__ = ["VenueStudy", "study_venues"]


@dataclass(frozen=True)
class VenueStudy:
    """What to know about a plan besides its units.

    Attributes:
        limits: What each limit costs.
        learning: What is worth learning before the money is spent.
        present: The plan against what is bought at present; None where that is not known.
    """

    limits: LimitCosts
    learning: Learning
    present: PresentComparison | None


def study_venues(
    engine: Engine,
    facts: VenueFacts,
    *,
    brief: Brief,
    plan: VenuePlan,
    as_of: date | None = None,
    present: PresentSpend | None = None,
) -> VenueStudy:
    """Study a plan: what limits cost, what to learn next, and whether it beats the present.

    Args:
        engine: Holds what the plan was made from, and spend.
        facts: What the plan was made from.
        brief: The brief that it was made from.
        plan: The plan.
        as_of: The day that counts as today, for lead times.
        present: What is bought at present; None: what was spent in the last period.

    Returns:
        The study; the same facts, brief and plan give the same one, to the last digit.

    Call it so: `study_venues(engine, list_facts(engine, brief=brief), brief=brief, plan=plan)`.
    """
    now = present or list_present_spend(engine, brief=brief)
    opened = _opened(engine, facts, brief=brief, as_of=as_of)
    return VenueStudy(
        limits=price_limits(facts, brief=brief, plan=plan, opened=opened),
        learning=value_learning(facts, brief=brief, plan=plan),
        present=compare_present(facts, brief=brief, plan=plan, present=now) if now else None,
    )


def _opened(
    engine: Engine, facts: VenueFacts, *, brief: Brief, as_of: date | None
) -> VenueFacts | None:
    """List the facts with no venue excluded; cards of excluded venues may be at fault."""
    if not facts.book.excluded:
        return None
    try:
        return list_facts(engine, brief=lift_exclusions(brief), cells=facts.cells, as_of=as_of)
    except SignoffError:
        return None
