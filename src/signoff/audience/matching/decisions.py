"""What people said about pairs of records, and what the model learns from it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from signoff.errors import DataError, Fault

__all__ = ["PairDecision", "check_decisions", "learn_from_decisions"]

ENOUGH = 30
PRIOR_WEIGHT = 5.0


@dataclass(frozen=True, slots=True)
class PairDecision:
    """One answer to "are these two records one firm?".

    Attributes:
        id: One record.
        other_id: The other.
        is_same: Whether they are one firm.
    """

    id: str
    other_id: str
    is_same: bool


def check_decisions(decisions: Sequence[PairDecision], *, ids: Sequence[str]) -> None:
    """Refuse answers that contradict each other, at once and by name.

    Args:
        decisions: Answers; those about records that are not in the list are left out.
        ids: The ids of the records.

    Raises:
        DataError: a rejected pair is one firm by way of confirmed ones.

    >>> yes = PairDecision("a", "b", is_same=True)
    >>> check_decisions([yes, PairDecision("b", "a", is_same=False)], ids=["a", "b"])
    Traceback (most recent call last):
    signoff.errors.DataError: 1 rejected pairs are one firm by the confirmed ones. Why: ...
    """
    known = set(ids)
    root = {name: name for name in known}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    mine = [d for d in decisions if d.id in known and d.other_id in known]
    for decision in mine:
        if decision.is_same:
            root[find(decision.id)] = find(decision.other_id)
    clashing = [d for d in mine if not d.is_same and find(d.id) == find(d.other_id)]
    if clashing:
        why = "confirmed pairs join their records, and a rejected pair never stands together"
        fix = "take one of the answers back"
        raise DataError(
            f"{len(clashing):,} rejected pairs are one firm by the confirmed ones",
            why=why,
            fix=fix,
            faults=[
                Fault(f"{d.id} and {d.other_id} are rejected and confirmed", why, fix)
                for d in clashing[:20]
            ],
        )


def learn_from_decisions(
    log_odds: NDArray[np.float64], is_same: NDArray[np.bool_]
) -> tuple[float, float]:
    """Learn from answers how the model's log odds are to be shifted and stretched for this list.

    With fewer than 30 answers, or answers of one kind only, nothing is learned. The penalty equals
    five answers, so that few answers move little.

    Args:
        log_odds: What the model said of the answered pairs.
        is_same: What people said.

    Returns:
        Slope and intercept; (1, 0) when nothing is learned.

    Source: Platt (1999), with a Gaussian prior on (1, 0).

    >>> learn_from_decisions(np.zeros(3), np.array([True, False, True]))
    (1.0, 0.0)
    """
    if len(is_same) < ENOUGH or is_same.all() or not is_same.any():
        return 1.0, 0.0
    sign = np.where(is_same, 1.0, -1.0)

    def loss(line: NDArray[np.float64]) -> float:
        fit = np.logaddexp(0, -sign * (line[0] * log_odds + line[1])).sum()
        return float(fit + PRIOR_WEIGHT * ((line[0] - 1) ** 2 + line[1] ** 2) / 2)

    found = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.1, 10), (-10, 10)]).x
    return float(found[0]), float(found[1])
