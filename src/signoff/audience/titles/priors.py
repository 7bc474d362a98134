"""What is assumed of the roles and of an industry before a title is read."""

import functools
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from signoff.audience.titles.lexicon import data_rows
from signoff.units import CommitteeRole, Function, Level

__all__ = ["assumed_level", "assumed_roles", "industry_lift", "role_priors"]

ASSUMED_LEVEL = Level.SPECIALIST
"""Level of a title that names a department alone."""
DAMPING = 0.5
"""Power on an industry's lift: hirings by occupation are no headcount by department."""


@functools.cache
def role_priors() -> Mapping[tuple[str, str], Mapping[CommitteeRole, float]]:
    """Give the assumed probability of each role, by department and level.

    Returns:
        One entry per department and level, and ("?", "?") for titles that say nothing.

    Source: judgement, after the roles of Webster and Wind (1972); role_priors.csv.

    >>> role_priors()["finance", "executive"][CommitteeRole.APPROVER]
    0.9
    """
    listed = {
        (row["function"], row["level"]): {role: float(row[role]) for role in CommitteeRole}
        for row in data_rows("role_priors.csv")
    }
    return {
        ("?", "?"): listed["?", "?"],
        **{
            (function, level): listed.get((function, level), listed["*", level])
            for function in Function
            for level in Level
        },
    }


def assumed_roles(function: Function | None, level: Level | None) -> Mapping[CommitteeRole, float]:
    """Give the assumed probability of each role where department or level may be unknown.

    >>> assumed_roles(None, None) == role_priors()["?", "?"]
    True
    """
    if level is None and function in (None, Function.OTHER):
        return role_priors()["?", "?"]
    return role_priors()[function or Function.OTHER, level or assumed_level(function)]


def assumed_level(function: Function | None) -> Level:
    """Give the level of a title that tells none.

    >>> assumed_level(Function.FINANCE).value
    'specialist'
    """
    return Level.STAFF if function in (None, Function.OTHER) else ASSUMED_LEVEL


def industry_lift(industry: str) -> NDArray[np.float64]:
    """Say how much likelier each department is in an industry than anywhere.

    Args:
        industry: A NACE or NAF code of at least two digits ("62.01Z", "26"); anything else tells
            nothing.

    Returns:
        A factor per department, in the order of Function; 1 where nothing is known.

    Source: hirings by occupation and industry in France, 2021 (ROME x NAF), damped by a square
    root, since hirings are no headcount.

    >>> bool(industry_lift("62.01Z")[list(Function).index(Function.INFORMATION_TECHNOLOGY)] > 2)
    True
    >>> industry_lift("bakery").tolist() == [1.0] * 14
    True
    """
    digits = "".join(char for char in industry[:8] if char.isdigit())[:2]
    lifts: NDArray[np.float64] = _lifts().get(digits, np.ones(len(Function)))
    return lifts


@functools.cache
def _lifts() -> Mapping[str, NDArray[np.float64]]:
    return {
        row["division"]: np.array([float(row[function]) for function in Function]) ** DAMPING
        for row in data_rows("industry_functions.csv")
    }
