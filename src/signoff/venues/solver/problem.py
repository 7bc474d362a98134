"""The planning problem as arrays: cells of equal committees, venues, money."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from signoff.brief import ApprovalRule
from signoff.stats.frailty import FrailtyNodes
from signoff.stats.reach import Array
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder
from signoff.venues.solver.uplift import is_uplift_concave, most_uplift
from signoff.venues.terms.limits import SpendLimit, spare_cents

__all__ = [
    "FREQUENCY_SHAPE",
    "Cells",
    "Combination",
    "Measure",
    "PackageOption",
    "PlanProblem",
    "VenueOption",
]

FREQUENCY_SHAPE = 2.0
"""Shape of the exposures of people in one venue's audience: an assumption. One insertion then
reaches 56 % of them, two 75 %, four 89 %."""

Combination = Literal["any", "mean", "every_level", "quorum", "uplift", "people"]


@dataclass(frozen=True, eq=False)
class Cells:
    """Accounts that no venue tells apart and whose committees are equal, counted together.

    Attributes:
        profile: Audience profile of each cell, rising.
        people: People by cell and role.
        weight: Sum of the accounts' value weights.
        n_accounts: Number of accounts.
    """

    profile: NDArray[np.int64]
    people: Array
    weight: Array
    n_accounts: Array


@dataclass(frozen=True, eq=False)
class VenueOption:
    """What can be bought at one venue.

    Attributes:
        venue_id: Venue.
        ladder: Its prices.
        exposures_per_unit: Mean exposures of a person in its audience by one unit.
        response_share: Answers per exposure, 0 to 1: visits, or raised hands for leads.
        fixed_cents: Money committed there; None: free.
        floor_cents: Least to spend there.
        ceiling_cents: Most to spend there; None: no limit but the budget.
        is_open: False: it may not be bought (it is excluded, or reaches nobody).
        frequency_cap: Most exposures of one person that happen and are paid for; None: no cap.
        granted_units: Units had through packages already, beside those that are bought here.
        granted_cents: This venue's part of the price of those packages; floor and ceiling count it.
    """

    venue_id: str
    ladder: Ladder
    exposures_per_unit: float
    response_share: float
    fixed_cents: int | None = None
    floor_cents: int = 0
    ceiling_cents: int | None = None
    is_open: bool = True
    frequency_cap: int | None = None
    granted_units: int = 0
    granted_cents: int = 0

    @property
    def own_floor_cents(self) -> int:
        """Least to spend there beside what packages cost."""
        return max(self.floor_cents - self.granted_cents, 0)

    @property
    def own_ceiling_cents(self) -> int | None:
        """Most to spend there beside what packages cost; None: no limit but the budget."""
        return None if self.ceiling_cents is None else self.ceiling_cents - self.granted_cents

    @property
    def fixed_units(self) -> int:
        """Units that the committed money buys; 0 where none is committed."""
        return 0 if self.fixed_cents is None else self.ladder.most_units(self.fixed_cents)

    def cost_cents(self, units: int) -> int:
        """Money that so many units take beside those granted, and what these cost.

        Committed money is spent whatever it buys.
        """
        own = self.ladder.cost_cents(units) if self.fixed_cents is None else self.fixed_cents
        return own + self.granted_cents

    def fits(self, units: int) -> bool:
        """Whether so many units keep minimum, maximum, floor and ceiling."""
        if self.fixed_cents is not None or not self.is_open:
            return units == self.fixed_units
        is_sold = self.ladder.minimum_units <= units <= self.ladder.maximum_units
        if units and not is_sold:
            return False
        cost = self.cost_cents(units)
        return cost >= self.floor_cents and (
            self.ceiling_cents is None or cost <= self.ceiling_cents
        )

    def most_units(self, cents: int) -> int:
        """Most units for so much money, within the ceiling; 0 when none fit."""
        if self.fixed_cents is not None or not self.is_open:
            return self.fixed_units
        most = cents if self.ceiling_cents is None else min(cents, self.ceiling_cents)
        own = most - self.granted_cents
        return self.ladder.most_units(own, at_least_cents=self.own_floor_cents)

    def fewest_units(self) -> int:
        """Fewest units that keep the floor, and the ceiling where any do."""
        if self.fixed_cents is not None or not self.is_open:
            return self.fixed_units
        least, most = self.own_floor_cents, self.own_ceiling_cents
        return self.ladder.fewest_units(least, at_most_cents=most) or 0

    def cheapest_units(self) -> int:
        """Units that keep the floor for the least money: a later step may cost less in all."""
        if self.fixed_cents is not None or not self.is_open:
            return self.fixed_units
        least, most = self.own_floor_cents, self.own_ceiling_cents
        return self.ladder.cheapest_spend(least, at_most_cents=most) or 0


@dataclass(frozen=True, eq=False)
class PackageOption:
    """Units of several venues that can be bought together at one price.

    Attributes:
        package_id: Package.
        ladder: Price of whole packages.
        units: Units of each venue in one package; 0 where it holds none.
        price_shares: Part of its price that counts as spent at each venue, 1 in all.
    """

    package_id: str
    ladder: Ladder
    units: NDArray[np.int64]
    price_shares: Array


@dataclass(frozen=True, eq=False)
class Measure:
    """What is counted when a schedule is judged.

    Attributes:
        combination: any, mean, every_level, quorum or uplift of the roles; people: persons one by
            one.
        exposures_needed: Exposures that make a person count; 1 where answers are counted.
        counts_answers: True: a person counts who answers; False: who is exposed often enough.
        weight: Weight of each cell.
        quorum_roles: Fewest reached roles, for quorum.
        base_share: Chance of approval without any reached role, for uplift.
        uplifts: By role, by which share of itself a reached role raises that chance, for uplift.
    """

    combination: Combination
    exposures_needed: int
    counts_answers: bool
    weight: Array
    quorum_roles: int = 1
    base_share: float = 0.0
    uplifts: tuple[float, ...] = ()

    @property
    def is_concave(self) -> bool:
        """Whether more of everything always adds less: then the optimum found is proven."""
        if self.exposures_needed > 1 or self.combination == "every_level":
            return False
        if self.combination == "quorum":
            return self.quorum_roles == 1
        return self.combination != "uplift" or is_uplift_concave(self.uplifts)

    @property
    def most_share(self) -> float:
        """Most that one account can count for."""
        is_uplift = self.combination == "uplift"
        return most_uplift(self.base_share, self.uplifts) if is_uplift else 1.0


@dataclass(frozen=True, eq=False)
class PlanProblem:
    """Everything a schedule is found from.

    Attributes:
        objective: The one objective.
        rule: How reached roles add up to a covered account.
        exposures_needed: Exposures that make a person count as reached.
        role_levels: Level of approval of each role, as an index from 0.
        membership: Chance of being in a venue's audience, by venue, profile, role and appetite.
        nodes: Points of appetite.
        cells: Accounts.
        options: Venues.
        budget_cents: Most to spend, committed money included.
        quorum_roles: Fewest roles that must be reached, under the rule quorum.
        base_share: Chance of approval without any reached role, under the rule uplift.
        uplifts: By role, by which share of itself a reached role raises that chance, under the
            rule uplift.
        limits: Least and most to spend on groups of venues.
        packages: Units of several venues that can be bought together.
    """

    objective: Objective
    rule: ApprovalRule
    exposures_needed: int
    role_levels: tuple[int, ...]
    membership: Array
    nodes: FrailtyNodes
    cells: Cells
    options: tuple[VenueOption, ...]
    budget_cents: int
    quorum_roles: int = 1
    base_share: float = 0.0
    uplifts: tuple[float, ...] = ()
    limits: tuple[SpendLimit, ...] = ()
    packages: tuple[PackageOption, ...] = ()

    def measure(self) -> Measure:
        """What the objective counts: raised hands, visits, or approval for conversions."""
        if self.objective is Objective.CONVERSIONS:
            return self._approval(self.cells.weight)
        if self.objective is Objective.LEADS:
            return Measure("any", 1, counts_answers=True, weight=self.cells.weight)
        matters = np.where(self.cells.weight > 0, self.cells.n_accounts, 0.0)
        return Measure("people", 1, counts_answers=True, weight=matters)

    def coverage(self) -> Measure:
        """Accounts whose committee is covered by the rule, each counted once.

        Under the rule uplift: accounts approved beyond those that would be anyway.
        """
        return self._approval(self.cells.n_accounts)

    def _approval(self, weight: Array) -> Measure:
        return Measure(
            self.rule.value,
            self.exposures_needed,
            counts_answers=False,
            weight=weight,
            quorum_roles=self.quorum_roles,
            base_share=self.base_share,
            uplifts=self.uplifts,
        )

    def cost_cents(self, units: NDArray[np.int64]) -> int:
        """Money that a schedule takes, in cents."""
        return int(self.spend_cents(units).sum())

    def spend_cents(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Money that a schedule takes at each venue, in cents."""
        return np.array(
            [option.cost_cents(int(n)) for option, n in zip(self.options, units, strict=True)],
            dtype=np.int64,
        )

    def spare_cents(self, units: NDArray[np.int64]) -> NDArray[np.float64]:
        """Money that each venue by itself may take more, within the budget and its groups."""
        spend = self.spend_cents(units)
        within = spare_cents(self.limits, spend)
        return np.minimum(within, float(self.budget_cents - spend.sum()))

    def part(self, kept: Sequence[int]) -> "PlanProblem":
        """Give the problem with some of its venues alone, without packages.

        Args:
            kept: Places of these venues; nothing is bought at the others.
        """
        place = {venue: new for new, venue in enumerate(kept)}
        limits = [
            replace(limit, venues=tuple(place[v] for v in limit.venues if v in place))
            for limit in self.limits
        ]
        return replace(
            self,
            membership=self.membership[list(kept)],
            options=tuple(self.options[v] for v in kept),
            limits=tuple(limits),
            packages=(),
        )
