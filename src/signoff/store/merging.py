"""Which accounts are one, from pairs said to be the same and pairs said to be different."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Clash", "group_accounts"]

Pair = tuple[str, str]


@dataclass(frozen=True)
class Clash:
    """Two accounts that are said to be different and, through others, the same.

    Attributes:
        chain: The accounts from one to the other, each the same as the next.
    """

    chain: tuple[str, ...]


def group_accounts(
    same: Iterable[Pair],
    *,
    apart: Iterable[Pair],
    fullness: Mapping[str, tuple[int, ...]],
    kept: Mapping[str, str],
) -> dict[str, str] | Clash:
    """Say for each account that is another one, which one is kept.

    Args:
        same: Pairs of accounts that are one.
        apart: Pairs that are not.
        fullness: Rank of each account's record, higher is fuller; the fullest is kept.
        kept: By account, the one that it was merged into until now; that one stays kept.

    Returns:
        By account, the one that is kept; those that are kept or alone are not among them. Or the
        first contradiction.

    >>> group_accounts([("a", "b"), ("b", "c")], apart=[], fullness={"b": (2,)}, kept={})
    {'a': 'b', 'c': 'b'}
    >>> group_accounts([("a", "b"), ("b", "c")], apart=[("a", "c")], fullness={}, kept={})
    Clash(chain=('a', 'b', 'c'))
    """
    neighbours: dict[str, list[str]] = {}
    for one, other in same:
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    group_of: dict[str, int] = {}
    groups: list[list[str]] = []
    for account in sorted(neighbours):
        if account not in group_of:
            members = _reachable(account, neighbours)
            group_of |= dict.fromkeys(members, len(groups))
            groups.append(members)
    for one, other in apart:
        if one in group_of and group_of[one] == group_of.get(other):
            return Clash(_chain(one, other, neighbours))
    still = set(kept.values())
    result: dict[str, str] = {}
    for members in groups:
        chosen = min(members, key=lambda m: (m not in still, _emptiness(fullness.get(m)), m))
        result |= {member: chosen for member in members if member != chosen}
    return dict(sorted(result.items()))


def _emptiness(rank: tuple[int, ...] | None) -> tuple[float, ...]:
    """Turn a rank round, so that the fullest record comes first; one without a rank last."""
    return (float("inf"),) if rank is None else tuple(-part for part in rank)


def _reachable(start: str, neighbours: Mapping[str, list[str]]) -> list[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for account in neighbours[waiting.pop()]:
            if account not in seen:
                seen.add(account)
                waiting.append(account)
    return sorted(seen)


def _chain(start: str, end: str, neighbours: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Give the shortest chain from one account to another in the same group."""
    before: dict[str, str] = {start: start}
    waiting = deque([start])
    while end not in before:
        account = waiting.popleft()
        for other in neighbours[account]:
            if other not in before:
                before[other] = account
                waiting.append(other)
    chain = [end]
    while chain[-1] != start:
        chain.append(before[chain[-1]])
    return tuple(reversed(chain))
