"""The chance of approval by those known, and what one more adds to it; in the shared SQL.

Each rule works on `<role>_q`, the probability that nobody known plays a role of the committee, 1
for a role that is not asked for, and on `m1` to `m9`, the same for the levels of approval. For a
quorum the seven roles are counted in two parts: n0 to n3 is the probability that so many of the
first three are covered, o0 to o4 that so many of the other four are.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from signoff.units import CommitteeRole

__all__ = ["CHANCE", "QUORUM_COUNTS", "gain_of"]

ROLES = tuple(role.value for role in CommitteeRole)
LEVELS = range(1, 10)
FIRST, OTHERS = ROLES[:3], ROLES[3:]
ZERO, ONE = "CAST(0 AS DOUBLE)", "CAST(1 AS DOUBLE)"
BASE = "CAST(:base_share AS DOUBLE)"


def _counts(roles: Sequence[str]) -> list[str]:
    """Give, for 0, 1 …, the probability that so many of some roles are covered."""
    found: list[list[str]] = [[] for _ in range(len(roles) + 1)]
    for covered in product((False, True), repeat=len(roles)):
        factors = [
            f"({ONE} - {role}_q)" if is_in else f"{role}_q"
            for role, is_in in zip(roles, covered, strict=True)
        ]
        found[sum(covered)].append(" * ".join(factors))
    return [f"({' + '.join(terms)})" for terms in found]


def _sum(terms: Iterable[str]) -> str:
    return f"({' + '.join(terms)})"


QUORUM_COUNTS = ", ".join(
    f"{counts} AS {name}{n}"
    for name, roles in (("n", FIRST), ("o", OTHERS))
    for n, counts in enumerate(_counts(roles))
)
"""Columns n0 to n3 and o0 to o4."""

_QUORUM = _sum(
    f"CASE WHEN {i + j} >= :quorum_roles THEN n{i} * o{j} ELSE {ZERO} END"
    for i in range(len(FIRST) + 1)
    for j in range(len(OTHERS) + 1)
)
_LIFTED = " * ".join(
    f"({ONE} + CAST(:{role}_uplift AS DOUBLE) * ({ONE} - {role}_q))" for role in ROLES
)
_MEAN = _sum(f"({ONE} - {role}_q)" for role in ROLES)

CHANCE = f"""CASE :rule WHEN 'any' THEN {ONE} - miss_all
            WHEN 'mean' THEN {_MEAN} / CAST(:n_roles AS DOUBLE)
            WHEN 'quorum' THEN {_QUORUM}
            WHEN 'uplift' THEN {BASE} * {_LIFTED}
            ELSE {" * ".join(f"({ONE} - m{level})" for level in LEVELS)} END AS chance_share"""
"""The chance that the known people satisfy the approval rule."""


def gain_of(role: str) -> str:
    """Give what finding somebody in a role for certain adds to the chance.

    Args:
        role: Name of the role.

    Returns:
        A column of SQL: under a quorum that exactly one fewer than needed of the others are
        covered, times the probability that the role is not.

    >>> gain_of("user").endswith("AS user_gain")
    True
    """
    each = " * ".join(
        f"CASE WHEN :{role}_level = {level} THEN m{level} ELSE {ONE} - m{level} END"
        for level in LEVELS
    )
    uplift = f"CAST(:{role}_uplift AS DOUBLE)"
    lifted = f"{BASE} * {_LIFTED} * {uplift} / ({ONE} + {uplift} * ({ONE} - {role}_q))"
    return (
        f"CASE :rule WHEN 'any' THEN miss_all "
        f"WHEN 'mean' THEN {role}_miss / CAST(:n_roles AS DOUBLE) "
        f"WHEN 'quorum' THEN {role}_miss * {_pivotal(role)} "
        f"WHEN 'uplift' THEN {role}_miss * {lifted} ELSE {each} END AS {role}_gain"
    )


def _pivotal(role: str) -> str:
    """Give the probability that of the others exactly one fewer than needed are covered."""
    is_first = role in FIRST
    beside = [other for other in (FIRST if is_first else OTHERS) if other != role]
    whole, n_whole = ("o", len(OTHERS)) if is_first else ("n", len(FIRST))
    terms = []
    for n, counts in enumerate(_counts(beside)):
        cases = " ".join(f"WHEN {n + i} THEN {whole}{i}" for i in range(n_whole + 1))
        terms.append(f"{counts} * (CASE :quorum_roles - 1 {cases} ELSE {ZERO} END)")
    return _sum(terms)
