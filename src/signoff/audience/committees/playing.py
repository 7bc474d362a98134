"""Who plays a role of the brief, and with which probability a person may play it."""

from collections.abc import Mapping

from signoff.audience.titles.reading import assumed_roles, role_priors
from signoff.brief import ApprovalRule, BuyingRole, Committee
from signoff.units import CommitteeRole, Function, Level

__all__ = [
    "LIKELY_SHARE",
    "UNREAD",
    "any_committee",
    "may_play_role",
    "plays_role",
    "role_shares",
]

UNREAD = "?"
"""Department or level that neither the source nor the title tells."""
LIKELY_SHARE = 0.5
"""From this probability on a person counts as playing a role that the brief does not place."""


def plays_role(function: str, level: str, *, wanted: BuyingRole) -> bool:
    """Say whether a department and level (or ? for unknown) play a role of the brief.

    >>> plays_role("finance", "?", wanted=BuyingRole(role="approver", functions=("finance",)))
    True
    """
    if not wanted.functions and not wanted.levels:
        return role_shares(function, level)[wanted.role] >= LIKELY_SHARE
    is_placed = not wanted.functions or function in wanted.functions
    return is_placed and (not wanted.levels or level in wanted.levels)


def may_play_role(function: str, level: str, *, wanted: BuyingRole) -> bool:
    """Say whether nothing that is known of a person speaks against a role of the brief.

    >>> part = BuyingRole(role="approver", functions=("finance",), levels=("director",))
    >>> may_play_role("finance", "?", wanted=part), may_play_role("finance", "staff", wanted=part)
    (True, False)
    """
    is_placed = not wanted.functions or function in (*wanted.functions, UNREAD)
    return is_placed and (not wanted.levels or level in (*wanted.levels, UNREAD))


def role_shares(function: str, level: str) -> Mapping[CommitteeRole, float]:
    """Give the probability of each role for a department and level, or ? for unknown.

    >>> role_shares("finance", "executive")[CommitteeRole.APPROVER]
    0.9
    """
    if UNREAD in (function, level):
        return assumed_roles(
            None if function == UNREAD else Function(function),
            None if level == UNREAD else Level(level),
        )
    return role_priors()[function, level]


def any_committee() -> Committee:
    """Give the committee that is asked for where there is no brief: all roles, any is enough.

    >>> len(any_committee().roles)
    7
    """
    roles = tuple(BuyingRole(role=role) for role in CommitteeRole)
    return Committee(approval_rule=ApprovalRule.ANY, purchase_months=1, roles=roles)
