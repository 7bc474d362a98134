"""Accounts counted together where country, industry and committee are equal, in the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.errors import DataError
from signoff.store.engines.engine import Engine
from signoff.venues.market.cells_sql import (
    BITS,
    CELL_COUNT,
    DRAWN_CELLS,
    MARKET_CELLS,
    MOST_ROLES,
    ROLES_PER_WORD,
    WHOLE_CELLS,
)

__all__ = ["MarketCells", "count_cells"]

N_KEPT, N_STRIPS = 50_000, 50_000


@dataclass(frozen=True, eq=False)
class MarketCells:
    """Accounts of the market by group (country and industry) and committee.

    Attributes:
        groups: Country and industry of each group.
        group: Group of each cell.
        people: People by cell and role of the brief.
        weight_billionths: Sum of the value weights, in billionths, so that sums are exact.
        n_accounts: Accounts of each cell.
        drawn_share: Share of the accounts whose committee another one stands for, 0 to 1; above 0
            only in markets of more than 100,000 cells.
        error_share: Standard error of a result that comes from that, as a share of what all
            accounts together could bring; at most that, whatever the plan.
    """

    groups: tuple[tuple[str, str], ...]
    group: NDArray[np.int64]
    people: NDArray[np.int64]
    weight_billionths: NDArray[np.int64]
    n_accounts: NDArray[np.int64]
    drawn_share: float = 0.0
    error_share: float = 0.0

    def merged(self, kind: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Sum cells over groups of one kind.

        Args:
            kind: Kind of each group.

        Returns:
            Kind, people, weight_billionths and n_accounts by merged cell, by rising kind.
        """
        keys = np.column_stack([kind[self.group], self.people])
        order = np.lexsort(keys.T[::-1])
        keys = keys[order]
        is_new = np.concatenate([[True], (keys[1:] != keys[:-1]).any(axis=1)])
        starts = np.flatnonzero(is_new)
        weight = np.add.reduceat(self.weight_billionths[order], starts)
        n_accounts = np.add.reduceat(self.n_accounts[order], starts)
        return keys[starts, 0], keys[starts, 1:], weight, n_accounts


def count_cells(
    engine: Engine,
    *,
    roles: Sequence[str],
    n_kept: int = N_KEPT,
    n_strips: int = N_STRIPS,
) -> MarketCells:
    """Count the accounts to advertise to, without the holdout, by what the planner tells apart.

    Args:
        engine: Holds market_account and account_role.
        roles: Roles of the brief's committee, 8 at most; people in other roles are not counted.
        n_kept: Largest cells that are kept as they are where there are more than both together.
        n_strips: Strips that the smaller cells are then cut into (one more per group at most).

    Returns:
        Cells by country, industry and people in each role; more than 32,767 people of one account
        in one role count as so many.

    Raises:
        DataError: no account is left to advertise to, or more roles than 8.

    >>> from signoff.units import CommitteeRole
    >>> from signoff.venues.sample import sample_engine
    >>> with sample_engine() as engine:
    ...     cells = count_cells(engine, roles=(CommitteeRole.USER, CommitteeRole.DECIDER))
    >>> cells.groups, cells.people.tolist(), cells.n_accounts.tolist()
    ((('FR', '62'), ('GB', '62')), [[3, 1], [3, 1]], [1, 2])
    """
    if len(roles) > MOST_ROLES:
        raise DataError(
            what=f"the committee has {len(roles)} roles",
            why=f"accounts are counted by {MOST_ROLES} roles at most",
            fix="join roles that read the same venues",
            where="committee.roles",
        )
    named = [*roles, *[""] * (MOST_ROLES - len(roles))]
    engine.define("market_cell", MARKET_CELLS, **{f"role_{i + 1}": r for i, r in enumerate(named)})
    n_cells = engine.rows(CELL_COUNT)[0]["n_cells"]
    if not n_cells:
        raise DataError(
            what="no account is left to advertise to",
            why="the market is empty, or every account of it is in the holdout",
            fix="widen the market in the brief, or lower measurement.holdout_share",
            where="market_account",
        )
    if n_cells <= n_kept + n_strips:
        return _cells(engine.arrays(WHOLE_CELLS), n_roles=len(roles))
    found = engine.arrays(DRAWN_CELLS, n_kept=n_kept, n_strips=n_strips)
    return _cells(found, n_roles=len(roles))


def _cells(found: Mapping[str, NDArray[Any]], *, n_roles: int) -> MarketCells:
    labels = [(str(c), str(s)) for c, s in zip(found["country"], found["segment"], strict=True)]
    groups = tuple(dict.fromkeys(labels))
    number = {label: i for i, label in enumerate(groups)}
    weight = found["weight_billionths"].astype(np.int64)
    n_accounts = found["n_accounts"].astype(np.int64)
    is_drawn = found["n_cells"].astype(np.int64) > 1
    return MarketCells(
        groups=groups,
        group=np.array([number[label] for label in labels], dtype=np.int64),
        people=_unpacked(found, n_roles=n_roles),
        weight_billionths=weight,
        n_accounts=n_accounts,
        drawn_share=float(n_accounts[is_drawn].sum() / n_accounts.sum()),
        error_share=max(_error_share(part, is_drawn) for part in (weight, n_accounts)),
    )


def _unpacked(found: Mapping[str, NDArray[Any]], *, n_roles: int) -> NDArray[np.int64]:
    words = [found[name].astype(np.int64) for name in ("first_roles", "last_roles")]
    places = [divmod(role, ROLES_PER_WORD) for role in range(n_roles)]
    columns = [words[w] >> (BITS * i) & (2**BITS - 1) for w, i in places]
    return np.column_stack(columns)


def _error_share(size: NDArray[np.int64], is_drawn: NDArray[np.bool_]) -> float:
    """Give the standard error of a drawn sum at most: one half for each strip, all independent."""
    total = max(float(size.sum()), 1e-300)
    return float(np.sqrt((size[is_drawn].astype(np.float64) ** 2).sum())) / 2 / total
