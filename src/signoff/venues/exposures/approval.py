"""How reached roles add up to an approval, for arrays whose last axis is the role."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from signoff.errors import BriefError, Fault
from signoff.stats.reach import Array
from signoff.venues.solver.quorum import quorum_chance, quorum_slopes
from signoff.venues.solver.uplift import uplift_gain, uplift_slopes

__all__ = ["Approval", "RuleName"]

RuleName = Literal["any", "mean", "quorum", "every_level", "uplift"]
Held = NDArray[np.bool_]
RULES: tuple[RuleName, ...] = ("any", "mean", "quorum", "every_level", "uplift")


@dataclass(frozen=True)
class Approval:
    """The rule by which reached roles make an account approve.

    Attributes:
        rule: any: one reached role is enough; mean: each reached role adds its part; quorum: at
            least `quorum` roles; every_level: one reached role at each level; uplift: base_share
            times the product of 1 + lift over reached roles, less base_share.
        quorum: Roles needed, of which an account with fewer never has enough; looked at under
            quorum alone.
        levels: Level of each role, any whole numbers; looked at under every_level alone.
        base_share: Chance of approval with no role reached; looked at under uplift alone.
        lifts: What reaching each role adds, as a share of the chance; under uplift alone.
    """

    rule: RuleName
    quorum: int = 0
    levels: tuple[int, ...] = ()
    base_share: float = 0.0
    lifts: tuple[float, ...] = ()

    def faults(self, *, n_roles: int) -> list[Fault]:
        """Find what keeps the rule from being used with so many roles.

        >>> [fault.where for fault in Approval("quorum", quorum=4).faults(n_roles=3)]
        ['approval.quorum']
        """
        faults = []
        if self.rule not in RULES:
            faults.append(
                Fault(
                    f"there is no approval rule '{self.rule}'",
                    "a plan must know when an account counts",
                    f"use one of: {', '.join(RULES)}",
                    "approval.rule",
                )
            )
        if self.rule == "quorum" and not 1 <= self.quorum <= n_roles:
            faults.append(
                Fault(
                    f"the quorum is {self.quorum}, and there are {n_roles} roles",
                    "so many roles can never be reached, or none needs to be",
                    f"give a quorum from 1 to {n_roles}",
                    "approval.quorum",
                )
            )
        if self.rule == "every_level" and len(self.levels) != n_roles:
            faults.append(
                Fault(
                    f"{len(self.levels)} levels are given for {n_roles} roles",
                    "each role speaks at one level of approval",
                    "give one level for each role, or none to make each role a level of its own",
                    "approval.levels",
                )
            )
        if self.rule == "uplift":
            faults += self._uplift_faults(n_roles)
        return faults

    def _uplift_faults(self, n_roles: int) -> list[Fault]:
        faults = []
        if len(self.lifts) != n_roles or min(self.lifts, default=0.0) < 0 or not any(self.lifts):
            faults.append(
                Fault(
                    f"the lifts are {list(self.lifts)} for {n_roles} roles",
                    "reaching a role multiplies the chance of approval by 1 + its lift",
                    "give one number of 0 or more for each role, one of them above 0",
                    "approval.lifts",
                )
            )
        highest = self.base_share * float(np.prod([1.0 + lift for lift in self.lifts]))
        if not 0 < self.base_share < 1 or highest > 1:
            faults.append(
                Fault(
                    f"base_share is {self.base_share}, and {highest:.4g} once every role is "
                    "reached",
                    "a chance lies between 0 and 1",
                    "lower base_share or the lifts",
                    "approval.base_share",
                )
            )
        return faults

    def check(self, *, n_roles: int) -> None:
        """Refuse a rule that cannot be used with so many roles.

        Raises:
            BriefError: all that is wrong with it.
        """
        faults = self.faults(n_roles=n_roles)
        if faults:
            raise BriefError(
                f"{len(faults)} faults in the approval rule",
                why="no plan can be judged by it",
                fix="mend the entries below",
                faults=faults,
            )

    @property
    def level_rows(self) -> list[list[int]]:
        """Places of the roles at each level, by rising level.

        >>> Approval("every_level", levels=(1, 2, 1)).level_rows
        [[0, 2], [1]]
        """
        return [
            [role for role, level in enumerate(self.levels) if level == wanted]
            for wanted in sorted(set(self.levels))
        ]

    def share(self, reached: Array, held: Held) -> Array:
        """Give the chance of approval from the chance that each role is reached.

        Args:
            reached: Chance that each role is reached, 0 to 1, roles last; roles are independent.
            held: Which roles the account has; same shape or fewer axes. A role it lacks counts for
                nothing, and a level without roles is passed; a quorum is never lowered.

        Returns:
            Chances (under uplift: what advertising adds to base_share), without the last axis.

        >>> rule = Approval("quorum", quorum=2)
        >>> round(float(rule.share(np.full(3, 0.5), np.ones(3, dtype=bool))), 6)
        0.5
        """
        held = np.broadcast_to(held, reached.shape)
        hit = np.where(held, reached, 0.0)
        if self.rule == "any":
            return np.asarray(1.0 - np.prod(1.0 - hit, axis=-1))
        if self.rule == "mean":
            return np.asarray(hit.sum(axis=-1) / np.maximum(held.sum(axis=-1), 1))
        if self.rule == "quorum":
            return quorum_chance(np.moveaxis(hit, -1, 0), needed=self.quorum)
        if self.rule == "uplift":
            by_role = np.moveaxis(hit, -1, 0)
            return uplift_gain(by_role, base_share=self.base_share, uplifts=self.lifts)
        levels = self._levels(hit, held)
        total = levels[0]
        for level in levels[1:]:
            total = total * level
        return np.where(held.any(axis=-1), total, 0.0)

    def slopes(self, reached: Array, held: Held) -> Array:
        """Give how the chance of approval changes with the reach of each role.

        Args:
            reached: As in `share`.
            held: As in `share`.

        Returns:
            Derivatives, shaped as `reached`. The chance is linear in each role by itself, so they
            are the chance with the role reached less the chance without.

        >>> Approval("any").slopes(np.array([0.5, 0.2]), np.ones(2, dtype=bool))
        array([0.8, 0.5])
        """
        held = np.broadcast_to(held, reached.shape)
        hit = np.where(held, reached, 0.0)
        if self.rule == "any":
            return np.where(held, _others(1.0 - hit), 0.0)
        if self.rule == "mean":
            return np.asarray(
                held / np.maximum(held.sum(axis=-1, keepdims=True), 1), dtype=np.float64
            )
        if self.rule == "every_level":
            return self._level_slopes(hit, held)
        by_role = np.moveaxis(hit, -1, 0)
        if self.rule == "quorum":
            slopes = quorum_slopes(by_role, needed=self.quorum)
        else:
            slopes = uplift_slopes(by_role, base_share=self.base_share, uplifts=self.lifts)
        return np.where(held, np.moveaxis(slopes, 0, -1), 0.0)

    def _level_slopes(self, hit: Array, held: Held) -> Array:
        others = _others(np.moveaxis(np.stack(self._levels(hit, held)), 0, -1))
        found = np.zeros_like(hit)
        for place, roles in enumerate(self.level_rows):
            if len(roles) == 1:
                found[..., roles[0]] = others[..., place]
            else:
                found[..., roles] = _others(1.0 - hit[..., roles]) * others[..., place, None]
        return np.where(held, found, 0.0)

    def _levels(self, hit: Array, held: Held) -> list[Array]:
        """Give the chance of each level; 1 where an account has no role of it."""
        return [
            np.where(held[..., roles[0]], hit[..., roles[0]], 1.0)
            if len(roles) == 1
            else np.where(
                held[..., roles].any(axis=-1), 1.0 - np.prod(1.0 - hit[..., roles], axis=-1), 1.0
            )
            for roles in self.level_rows
        ]


def _others(factors: Array) -> Array:
    """Give for each place the product of all others along the last axis."""
    found = np.ones_like(factors)
    before, after = np.ones(factors.shape[:-1]), np.ones(factors.shape[:-1])
    n_factors = factors.shape[-1]
    for place in range(n_factors):
        found[..., place] *= before
        before = before * factors[..., place]
        found[..., n_factors - 1 - place] *= after
        after = after * factors[..., n_factors - 1 - place]
    return found


def own_levels(n_roles: int) -> tuple[int, ...]:
    """Give each role a level of its own, so that every role must be reached.

    >>> own_levels(3)
    (0, 1, 2)
    """
    return tuple(range(n_roles))
