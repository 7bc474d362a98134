"""The plan of a problem read from a file: what is bought, what it brings, how far it is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from signoff.results import Estimate, Result, Row, shorten

__all__ = ["ExposureLine", "ExposurePlan", "FlightLine", "LearningLine", "LimitLine", "RoleLine"]

_PROOF_WORDS = {
    "enumerated": "every plan was tried",
    "concave": "by a tangent plane",
    "branched": "by planes over each cell, split {n} times",
    "planes": "by planes over all cells",
    "ceiling": "every role of every account reached",
}


@dataclass(frozen=True)
class ExposureLine:
    """One venue of the plan.

    Attributes:
        venue: Its name.
        group: Its group; empty for none.
        units: Units bought; broken where units may be.
        spend: Money.
        in_plan: Whether anything is bought.
        loss_without: What the result would lose without these units, the money unspent.
        marginal_per_1000: What 1,000 more would add here, if units could be broken.
        present_units: Units of the present plan; None: none is given.
        reason: Why it is in or out.
    """

    venue: str
    group: str
    units: float
    spend: Decimal
    in_plan: bool
    loss_without: float
    marginal_per_1000: float
    present_units: float | None
    reason: str


@dataclass(frozen=True)
class RoleLine:
    """How far one role is reached.

    Attributes:
        role: Its name.
        reach_share: Share of the accounts that have the role in which somebody of it is reached,
            each account by its part of the cell's weight.
    """

    role: str
    reach_share: float


@dataclass(frozen=True)
class LimitLine:
    """One limit on money.

    Attributes:
        limit: Its name.
        spend: What the plan spends under it.
        least: Least to spend; None: no floor.
        most: Most to spend; None: no ceiling.
        binds: most, least or nothing.
        per_1000: What loosening it by 1,000 would add, if units could be broken.
    """

    limit: str
    spend: Decimal
    least: Decimal | None
    most: Decimal | None
    binds: str
    per_1000: float


@dataclass(frozen=True)
class LearningLine:
    """What it would be worth to know one venue's exposures before spending.

    Attributes:
        venue: Its name.
        value: What the plan would bring more on average, in the unit of the result.
    """

    venue: str
    value: float


@dataclass(frozen=True)
class FlightLine:
    """Units of one venue in one week.

    Attributes:
        starts_on: First day on which they can appear, year-month-day.
        venue: Its name.
        units: How many.
        spend: What they cost.
    """

    starts_on: str
    venue: str
    units: int
    spend: Decimal


@dataclass(frozen=True)
class ExposurePlan(Result):
    """The plan of a problem.

    Attributes:
        lines: One entry for each venue, those in the plan first.
        total_spend: Sum of the spend.
        budget: Most that may be spent; None: only a target is given.
        currency: Currency of every amount.
        rule: How reached roles add up.
        exposures_needed: Exposures that make a person count.
        result: Expected weight of the accounts that count; under uplift, what advertising adds.
        total_weight: Weight of all accounts.
        bound: What no plan within the limits exceeds, by proof.
        gap_share: How much more than the plan the best one could bring, as a share of the plan;
            None: the plan brings nothing, and a better one is not ruled out.
        proof: How that is known: enumerated, concave, branched, planes or ceiling.
        n_splits: Splits of the proof.
        n_starts: Starts that were climbed.
        n_ends: Different ends among them.
        target: Result to reach; None: none is given.
        budget_bound: With a target: no plan for less money reaches it, by proof.
        roles: Reach of each role.
        limits: Each limit on money.
        flights: Units by week; empty without a period.
        n_draws: Draws of the exposures; 0: they are taken as known.
        interval: Result over the draws, with 90 % of them; None without draws.
        cautious_result: Mean over the worst tenth of the draws; None without draws.
        present_result: What the present plan brings; None: none is given.
        better_share: Share of the draws in which the plan brings more than the present one.
        learning: What it would be worth to learn, most first.
        seconds: Time it took, by the clock.
        seed: Seed of the starts.
        cautions: What the reader must know.
    """

    lines: tuple[ExposureLine, ...]
    total_spend: Decimal
    budget: Decimal | None
    currency: str
    rule: str
    exposures_needed: int
    result: float
    total_weight: float
    bound: float
    gap_share: float | None
    proof: str
    n_splits: int
    n_starts: int
    n_ends: int
    target: float | None
    budget_bound: Decimal | None
    roles: tuple[RoleLine, ...]
    limits: tuple[LimitLine, ...]
    flights: tuple[FlightLine, ...]
    n_draws: int
    interval: Estimate | None
    cautious_result: float | None
    present_result: float | None
    better_share: float | None
    learning: tuple[LearningLine, ...]
    seconds: float
    seed: int
    cautions: tuple[str, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue, those in the plan first."""
        return [
            {
                "venue": line.venue,
                "units": int(line.units) if line.units % 1 == 0 else round(line.units, 4),
                "spend": line.spend,
                "loss_without": round(line.loss_without, 6),
                "marginal_per_1000": round(line.marginal_per_1000, 6),
                "reason": line.reason,
            }
            for line in self.lines
        ]

    def text(self) -> str:
        """Say what is bought, what it brings, and how far the best plan could be."""
        n_bought = sum(line.in_plan for line in self.lines)
        budget = "" if self.budget is None else f" of {self.budget:,}"
        proof = _PROOF_WORDS[self.proof].format(n=self.n_splits)
        bought = (
            f"{n_bought} of {len(self.lines)} venues for {self.total_spend:,} {self.currency}"
            f"{budget}. Expected result {shorten(self.result, digits=6)} of "
            f"{shorten(self.total_weight, digits=6)} (rule {self.rule})."
        )
        above = "" if self.gap_share is None else f", {100 * self.gap_share:.2f} % above this one"
        proven = (
            f"No plan within the limits brings more than {shorten(self.bound, digits=6)}{above} "
            f"({proof})."
        )
        parts = [bought, proven]
        if self.target is not None and self.budget_bound is not None:
            parts.append(
                f"The target {self.target:g} is reached; no plan for less than "
                f"{self.budget_bound:,} {self.currency} reaches it."
            )
        if self.interval is not None and self.cautious_result is not None:
            parts.append(
                f"Over {self.n_draws} draws: {self.interval.text(digits=4)}; "
                f"{shorten(self.cautious_result, digits=4)} in the worst tenth of them."
            )
        if self.present_result is not None:
            parts.append(self._against_present(self.present_result))
        parts += [
            f"What limits it: {line.limit}; 1,000 {self.currency} "
            f"{'more' if line.binds == 'most' else 'less'} would add {shorten(line.per_1000)}."
            for line in self.limits
            if line.binds != "nothing"
        ]
        return "\n".join([*parts, *self.cautions])

    def _against_present(self, result: float) -> str:
        words = f"The present plan brings {shorten(result, digits=6)}"
        if self.n_draws and self.better_share is not None:
            return f"{words}; this one brings more in {100 * self.better_share:.0f} % of the draws."
        return f"{words}."
