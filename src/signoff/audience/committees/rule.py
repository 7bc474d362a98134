"""One committee: how well each of its roles is known, and whom to find next."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from signoff.audience.committees.playing import (
    LIKELY_SHARE,
    may_play_role,
    plays_role,
    role_shares,
)
from signoff.brief import ApprovalRule, BuyingRole, Committee
from signoff.stats.poisson_binomial import count_shares
from signoff.units import CommitteeRole

__all__ = ["CommitteeCover", "RoleCover", "approval_chance", "cover_committee"]

Shares = Mapping[CommitteeRole, float]


@dataclass(frozen=True)
class RoleCover:
    """How well one role is known at one account.

    Attributes:
        role: The role.
        approval_level: Step of approval at which it speaks, 1 first.
        amount_above: Amount above which it has to sign; empty for every amount.
        n_people: People who count as playing it.
        covered_share: Probability that somebody known there plays it, 0 to 1.
    """

    role: CommitteeRole
    approval_level: int
    amount_above: Decimal | None
    n_people: int
    covered_share: float

    @property
    def state(self) -> str:
        """Whether the role is known, likely or unknown, as in the table of coverage."""
        if self.n_people:
            return "known"
        return "likely" if self.covered_share >= LIKELY_SHARE else "unknown"


@dataclass(frozen=True)
class CommitteeCover:
    """How well the committee of one account is known.

    Attributes:
        roles: Its roles, in the brief's order.
        chance_share: Chance that the known people satisfy the approval rule, 0 to 1.
        next_role: Role of the person to find next; empty where every role is known.
        next_gain_share: What finding that person for certain adds to the chance.
    """

    roles: tuple[RoleCover, ...]
    chance_share: float
    next_role: CommitteeRole | None
    next_gain_share: float | None


def cover_committee(
    people: Iterable[tuple[str, str, int]], *, committee: Committee
) -> CommitteeCover:
    """Say how well a committee is known by the people of one account, as the table of coverage.

    Args:
        people: Department and level (or ? for unknown), and how many people have them.
        committee: The brief's committee.

    Returns:
        The roles, the chance of approval and the person to find next.

    >>> from signoff.audience.committees.playing import any_committee
    >>> found = cover_committee([("finance", "executive", 1)], committee=any_committee())
    >>> [(role.role.value, role.covered_share) for role in found.roles if role.n_people]
    [('decider', 0.55), ('approver', 0.9)]
    """
    cells = list(people)
    roles = tuple(_cover(part, cells) for part in committee.roles)
    shares = {role.role: role.covered_share for role in roles}
    missing = [part for part, role in zip(committee.roles, roles, strict=True) if not role.n_people]
    chance = approval_chance(shares, committee=committee)
    gains = {
        part.role: approval_chance({**shares, part.role: 1.0}, committee=committee) - chance
        for part in missing
    }
    best = max(
        missing,
        key=lambda part: (
            round(gains[part.role], 6),
            round(_shortfall(part, shares, committee), 5),
            -part.approval_level,
            -committee.roles.index(part),
        ),
        default=None,
    )
    return CommitteeCover(
        roles=roles,
        chance_share=chance,
        next_role=best.role if best else None,
        next_gain_share=gains[best.role] if best else None,
    )


def approval_chance(shares: Shares, *, committee: Committee) -> float:
    """Give the chance that an approval rule is satisfied by the people known.

    Args:
        shares: For each role of the committee the probability that somebody known plays it.
        committee: The brief's committee, with its rule.

    Returns:
        any: that one role is known; mean: the mean; every_level: that each level is; quorum: that
        enough roles are; uplift: the base raised by each role as far as it is known. 0 to 1.

    >>> from signoff.audience.committees.playing import any_committee
    >>> roles = any_committee().roles
    >>> approval_chance({part.role: 0.0 for part in roles}, committee=any_committee())
    0.0
    """
    if committee.approval_rule is ApprovalRule.MEAN:
        return sum(shares.values()) / len(shares)
    if committee.approval_rule is ApprovalRule.ANY:
        return 1 - _missed(shares, committee.roles)
    if committee.approval_rule is ApprovalRule.QUORUM:
        chances = [np.array(share) for share in shares.values()]
        return float(count_shares(chances, n_counts=committee.quorum_roles or 1)[1])
    if committee.approval_rule is ApprovalRule.UPLIFT:
        rises = [1 + part.uplift * shares[part.role] for part in committee.roles]
        return (committee.base_share or 0.0) * math.prod(rises)
    levels = sorted({part.approval_level for part in committee.roles})
    return math.prod(1 - _missed(shares, _of_level(committee, level)) for level in levels)


def _cover(part: BuyingRole, cells: Collection[tuple[str, str, int]]) -> RoleCover:
    missed = math.prod(
        (1 - role_shares(function, level)[part.role]) ** n
        for function, level, n in cells
        if may_play_role(function, level, wanted=part)
    )
    return RoleCover(
        role=part.role,
        approval_level=part.approval_level,
        amount_above=part.amount_above,
        n_people=sum(n for f, level, n in cells if plays_role(f, level, wanted=part)),
        covered_share=round(1 - missed, 6),
    )


def _shortfall(part: BuyingRole, shares: Shares, committee: Committee) -> float:
    """Give how far a role, or with every_level its level, is from being covered."""
    if committee.approval_rule is ApprovalRule.EVERY_LEVEL:
        return _missed(shares, _of_level(committee, part.approval_level))
    return 1 - shares[part.role]


def _missed(shares: Shares, parts: Iterable[BuyingRole]) -> float:
    return math.prod(1 - shares[part.role] for part in parts)


def _of_level(committee: Committee, level: int) -> list[BuyingRole]:
    return [part for part in committee.roles if part.approval_level == level]
