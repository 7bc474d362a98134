"""Who may do what: the rights, the roles that have them, and nothing else anywhere."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

__all__ = ["GRANTS", "Right", "Role", "has_right", "rights_of"]


class Role(StrEnum):
    """What somebody is in a workspace; each may all that the one before may."""

    VIEWER = "viewer"
    PLANNER = "planner"
    OWNER = "owner"


class Right(StrEnum):
    """One thing that an address needs its visitor to be allowed to do."""

    ANYBODY = "anybody"
    """Open without signing in: the sign-in page itself, an invitation, a shared plan."""
    MEMBER = "member"
    """Whoever is signed in: their own name, password and language."""
    SEE = "see"
    """Read plans, accounts, venues and studies."""
    SEE_PERSONS = "see_persons"
    """Read names and addresses of contacts."""
    PLAN = "plan"
    """Write documents, make plans and scenarios."""
    IMPORT = "import"
    """Bring files in and take them back."""
    EXPORT_PERSONS = "export_persons"
    """Take lists of contacts out of the workspace."""
    SHARE = "share"
    """Give a plan to people outside, by link."""
    MANAGE = "manage"
    """People, tokens, settings, erasure, backups."""


GRANTS: Mapping[Right, frozenset[Role]] = MappingProxyType(
    {
        Right.ANYBODY: frozenset(Role),
        Right.MEMBER: frozenset(Role),
        Right.SEE: frozenset(Role),
        Right.SEE_PERSONS: frozenset({Role.PLANNER, Role.OWNER}),
        Right.PLAN: frozenset({Role.PLANNER, Role.OWNER}),
        Right.IMPORT: frozenset({Role.PLANNER, Role.OWNER}),
        Right.EXPORT_PERSONS: frozenset({Role.PLANNER, Role.OWNER}),
        Right.SHARE: frozenset({Role.PLANNER, Role.OWNER}),
        Right.MANAGE: frozenset({Role.OWNER}),
    }
)


def has_right(role: Role | None, right: Right) -> bool:
    """Say whether a role has a right; nobody (None) has only what anybody has.

    Args:
        role: The visitor's role; None for whoever is not signed in.
        right: What is asked for.

    >>> has_right(Role.VIEWER, Right.SEE), has_right(Role.VIEWER, Right.PLAN)
    (True, False)
    >>> has_right(None, Right.ANYBODY), has_right(None, Right.MEMBER)
    (True, False)
    """
    if role is None:
        return right is Right.ANYBODY
    return role in GRANTS[right]


def rights_of(role: Role | None) -> frozenset[Right]:
    """Give all the rights of a role.

    >>> sorted(rights_of(None))
    [<Right.ANYBODY: 'anybody'>]
    """
    return frozenset(right for right in Right if has_right(role, right))
