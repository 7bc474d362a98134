"""Whether the plan beats the present one: both judged in the same draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from signoff.brief import Brief
from signoff.errors import BriefError
from signoff.results import Estimate, Result, Row
from signoff.stats.shares import middle_interval
from signoff.store.engines.engine import Engine, Statement
from signoff.venues.advice.market import PlanMarket, judge_schedules, open_market
from signoff.venues.facts import VenueFacts
from signoff.venues.plan import VenuePlan
from signoff.venues.solver.objective import ResultModel
from signoff.venues.terms.terms import to_cents

__all__ = [
    "LAST_SPEND_DAY",
    "PRESENT_SPEND",
    "PresentComparison",
    "PresentLine",
    "PresentSpend",
    "compare_present",
    "list_present_spend",
]

LAST_SPEND_DAY = Statement(
    "last day before a day on which money was spent",
    """
    SELECT MAX(starts_on) AS last_on
    FROM spend
    WHERE spend > 0 AND starts_on < :before
    """,
    ("spend",),
)
PRESENT_SPEND = Statement(
    "money spent by venue between two days",
    """
    SELECT venue, currency, SUM(spend) AS spend, COUNT(*) AS n_rows
    FROM spend
    WHERE spend > 0 AND starts_on >= :starts_on AND starts_on <= :ends_on
    GROUP BY venue, currency
    ORDER BY venue, currency
    """,
    ("spend",),
)


@dataclass(frozen=True)
class PresentSpend:
    """What is bought at present.

    Attributes:
        spend: Money by venue, as the source names it, in the brief's currency.
        starts_on: First day that it tells of; None where it is a plan's.
        ends_on: Last day.
        plan_id: The plan that it is, by the id of its run; empty where it was spent.
        n_unpriced: Rows in a currency that the brief has no rate for; they are not counted.
    """

    spend: Mapping[str, Decimal]
    starts_on: date | None = None
    ends_on: date | None = None
    plan_id: str = ""
    n_unpriced: int = 0


@dataclass(frozen=True)
class PresentLine:
    """One venue at present and in the plan.

    Attributes:
        venue_id: Venue.
        name: Its name.
        spend: Money at present.
        units: Whole units that this money buys at the prices of the plan.
        plan_spend: Money in the plan.
        plan_units: Units in the plan.
    """

    venue_id: str
    name: str
    spend: Decimal
    units: int
    plan_spend: Decimal
    plan_units: int


@dataclass(frozen=True)
class PresentComparison(Result):
    """The plan against what is bought at present.

    Attributes:
        lines: One entry for each venue of either, dearest at present first.
        starts_on: First day of the spend; None where the present is a plan.
        ends_on: Last day of it.
        plan_id: The plan that is the present one, by the id of its run; empty where it was spent.
        spend: Money at present that venues of the list take.
        plan_spend: Money of the plan.
        unplaced: Venues with spend that the list does not know; they are not counted.
        unplaced_spend: Money spent there.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        present_result: What the present schedule would bring in the plan's period.
        plan_result: What the plan brings.
        difference: The plan's result less that of the present, draw by draw.
        chance_share: Share of the draws in which the plan brings more.
        n_draws: Draws in which both were judged.
    """

    lines: tuple[PresentLine, ...]
    starts_on: date | None
    ends_on: date | None
    plan_id: str
    spend: Decimal
    plan_spend: Decimal
    unplaced: tuple[str, ...]
    unplaced_spend: Decimal
    currency: str
    objective: str
    result_unit: str
    present_result: Estimate
    plan_result: Estimate
    difference: Estimate
    chance_share: float
    n_draws: int

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue of either."""
        return [
            {
                "venue_id": line.venue_id,
                "name": line.name,
                "spend": line.spend,
                "units": line.units,
                "plan_spend": line.plan_spend,
                "plan_units": line.plan_units,
                "currency": self.currency,
            }
            for line in self.lines
        ]

    def text(self) -> str:
        """Say how likely the plan is to bring more than the present."""
        left = (
            f" {len(self.unplaced)} venues with {self.unplaced_spend:,} {self.currency} are not in "
            "the list and not counted."
            if self.unplaced
            else ""
        )
        return (
            f"The plan ({self.plan_spend:,} {self.currency}) brings more {self.objective} than the "
            f"present ({self.spend:,} {self.currency}) in {self.chance_share:.0%} of "
            f"{self.n_draws} draws: {self.plan_result.text(digits=3)} against "
            f"{self.present_result.text(digits=3)}, difference "
            f"{self.difference.text(digits=3)}.{left}"
        )


def list_present_spend(engine: Engine, *, brief: Brief) -> PresentSpend | None:
    """Give what was spent by venue in the last period before the brief's, as long as that.

    Args:
        engine: Holds spend.
        brief: Period, currency and exchange rates.

    Returns:
        Money by venue in the brief's currency; None where none is known.

    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     list_present_spend(engine, brief=sample_brief()) is None
    True
    """
    before = brief.period.starts_on
    (last,) = engine.rows(LAST_SPEND_DAY, before=before)
    if last["last_on"] is None:
        return None
    length = brief.period.ends_on - brief.period.starts_on
    ends_on: date = last["last_on"]
    starts_on = ends_on - length
    spend: dict[str, Decimal] = {}
    n_unpriced = 0
    rows = engine.rows(PRESENT_SPEND, starts_on=starts_on, ends_on=ends_on)
    for row in rows:
        currency = row["currency"] or brief.money.currency
        try:
            amount = brief.money.in_own_currency(Decimal(row["spend"]), currency=currency)
        except BriefError:
            n_unpriced += row["n_rows"]
            continue
        spend[row["venue"]] = spend.get(row["venue"], Decimal(0)) + amount
    if not spend:
        return None
    return PresentSpend(spend, starts_on=starts_on, ends_on=ends_on, n_unpriced=n_unpriced)


def compare_present(
    facts: VenueFacts, *, brief: Brief, plan: VenuePlan, present: PresentSpend
) -> PresentComparison | None:
    """Say how likely the plan is to bring more than what is bought at present.

    Args:
        facts: What the plan was made from.
        brief: The brief that it was made from.
        plan: The plan; its draws are used again.
        present: Money by venue, under the venue's id or name, whatever the case of the letters.

    Returns:
        Both results and their difference, draw by draw; None where no venue of the present is in
        the list. Money buys whole units at the prices of the plan, within what can appear.

    >>> from signoff.venues.facts import list_facts
    >>> from signoff.venues.plan import plan_facts
    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     facts = list_facts(engine, brief=sample_brief())
    >>> made = plan_facts(facts, brief=sample_brief(), seed=1)
    >>> spent = PresentSpend({"the title": Decimal(11_000), "Elsewhere": Decimal(500)})
    >>> found = compare_present(facts, brief=sample_brief(), plan=made.plan, present=spent)
    >>> found.chance_share, found.unplaced
    (1.0, ('Elsewhere',))
    """
    market = open_market(facts, brief=brief, plan=plan, holds_packages=False)
    placed, unplaced = _place(market, present.spend)
    if not placed:
        return None
    lines = _lines(market, placed, plan=plan)
    units = market.units_of({line.venue_id: line.units for line in lines})
    ours, theirs = judge_schedules(market, [market.units, units])
    best = ResultModel(market.problem).value(units.astype(np.float64))
    difference = plan.result.value - best
    low, high = middle_interval(ours - theirs)
    present_low, present_high = middle_interval(theirs)
    return PresentComparison(
        lines=lines,
        starts_on=present.starts_on,
        ends_on=present.ends_on,
        plan_id=present.plan_id,
        spend=sum((line.spend for line in lines), Decimal("0.00")),
        plan_spend=plan.total_spend,
        unplaced=tuple(sorted(unplaced)),
        unplaced_spend=_cents(sum(unplaced.values(), Decimal(0))),
        currency=plan.currency,
        objective=plan.objective,
        result_unit=plan.result_unit,
        present_result=Estimate(best, min(present_low, best), max(present_high, best)),
        plan_result=plan.result,
        difference=Estimate(difference, min(low, difference), max(high, difference)),
        chance_share=float(np.mean(ours > theirs)),
        n_draws=len(ours),
    )


def _place(
    market: PlanMarket, spend: Mapping[str, Decimal]
) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Give money by venue of the list, and money by name that the list does not know."""
    ids = {venue.name.casefold(): venue.venue_id for venue in market.book.venues}
    ids |= {venue.venue_id.casefold(): venue.venue_id for venue in market.book.venues}
    placed: dict[str, Decimal] = {}
    unplaced: dict[str, Decimal] = {}
    for name, amount in spend.items():
        venue_id = ids.get(name.strip().casefold())
        kept, key = (unplaced, name) if venue_id is None else (placed, venue_id)
        kept[key] = kept.get(key, Decimal(0)) + amount
    return placed, unplaced


def _lines(
    market: PlanMarket, placed: Mapping[str, Decimal], *, plan: VenuePlan
) -> tuple[PresentLine, ...]:
    planned = {line.venue_id: line for line in plan.lines}
    lines = []
    for venue, option in zip(market.book.venues, market.problem.options, strict=True):
        spend, line = placed.get(venue.venue_id, Decimal(0)), planned.get(venue.venue_id)
        units = line.units if line else 0
        if spend or units:
            lines.append(
                PresentLine(
                    venue_id=venue.venue_id,
                    name=venue.name,
                    spend=_cents(spend),
                    units=option.ladder.most_units(to_cents(spend)),
                    plan_spend=line.spend if line else Decimal("0.00"),
                    plan_units=units,
                )
            )
    return tuple(sorted(lines, key=lambda line: (-line.spend, -line.plan_spend, line.venue_id)))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
