"""Refuse, before anything is solved, a committee that no plan could get to approve."""

import numpy as np
from numpy.typing import NDArray

from signoff.brief import ApprovalRule, Brief
from signoff.errors import DataError, Fault
from signoff.venues.solver.exposure import MarketAudience

__all__ = ["refuse_unreached"]


def refuse_unreached(audience: MarketAudience, *, brief: Brief) -> None:
    """Refuse a market where roles that must be reached cannot be.

    Args:
        audience: Whom the venues reach.
        brief: Committee and approval rule.

    Raises:
        DataError: a level that nobody of can be reached, fewer reachable roles than the quorum, or
            no reachable role with an uplift; all faults at once.
    """
    reached = (audience.reach * audience.people).sum(axis=(0, 1)) > 0
    faults = [_fault(audience, members) for members in _needed(reached, brief=brief)]
    if faults:
        raise DataError(
            what=f"{len(faults)} parts of the committee cannot be reached",
            why="no venue has an audience there",
            fix="see each part below",
            faults=faults,
        )
    n_reached = int(reached.sum())
    needed = brief.committee.quorum_roles or 1
    if brief.committee.approval_rule is ApprovalRule.QUORUM and n_reached < needed:
        raise DataError(
            what=f"the approval rule needs {needed:,} roles reached, and venues reach "
            f"{n_reached:,}",
            why="no venue reaches "
            + ", ".join(audience.roles[i].value for i in np.flatnonzero(~reached)),
            fix="add venues or audience rows for these roles in the brief's countries and "
            "industries, or lower quorum_roles",
            where="venue_audience",
        )


def _needed(reached: NDArray[np.bool_], *, brief: Brief) -> list[list[int]]:
    """Give groups of roles of each of which one has to be reached, and none can be."""
    rule, roles = brief.committee.approval_rule, brief.committee.roles
    groups = {0: list(range(len(reached)))}
    if rule is ApprovalRule.UPLIFT:
        groups = {0: [i for i, role in enumerate(roles) if role.uplift > 0]}
    elif rule is ApprovalRule.EVERY_LEVEL and reached.any():
        groups = {}
        for i, role in enumerate(roles):
            groups.setdefault(role.approval_level, []).append(i)
    return [members for members in groups.values() if not reached[members].any()]


def _fault(audience: MarketAudience, members: list[int]) -> Fault:
    return Fault(
        what="no venue reaches " + " or ".join(audience.roles[i].value for i in members),
        why="the approval rule needs one of them reached, and no plan could do it",
        fix="add venues or audience rows for these roles in the brief's countries and "
        "industries, or change the committee",
        where="venue_audience",
    )
