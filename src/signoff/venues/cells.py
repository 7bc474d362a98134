"""Accounts counted together where country, industry and committee are equal, in the engine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.errors import DataError
from signoff.store.engines.engine import Engine, Statement
from signoff.units import CommitteeRole

__all__ = ["MARKET_CELLS", "MarketCells", "count_cells"]

_BILLION = 1_000_000_000
_ROLE_SUMS = ",\n".join(
    f"CAST(COALESCE(SUM(CASE WHEN r.role = '{role}' THEN r.n_planned ELSE 0 END), 0) AS BIGINT)"
    f" AS n_{role}"
    for role in CommitteeRole
)
_ROLE_NAMES = ", ".join(f"n_{role}" for role in CommitteeRole)

MARKET_CELLS = Statement(
    name="accounts to advertise to, by country, industry and committee",
    sql=f"""
        SELECT country, segment, {_ROLE_NAMES}, COUNT(*) AS n_accounts,
               CAST(SUM(weight_billionths) AS BIGINT) AS weight_billionths
        FROM (
            SELECT m.account_id, m.country, m.segment,
                   CAST(FLOOR(MAX(m.value_weight) * 1000000000 + 0.5) AS BIGINT)
                       AS weight_billionths,
                   {_ROLE_SUMS}
            FROM market_account AS m
            LEFT JOIN account_role AS r ON r.account_id = m.account_id
            WHERE NOT m.is_holdout
            GROUP BY m.account_id, m.country, m.segment
        ) AS committees
        GROUP BY country, segment, {_ROLE_NAMES}
        ORDER BY country, segment, {_ROLE_NAMES}
    """,
    reads=("market_account", "account_role"),
)


@dataclass(frozen=True, eq=False)
class MarketCells:
    """Accounts of the market by group (country and industry) and committee.

    Attributes:
        groups: Country and industry of each group.
        group: Group of each cell.
        people: People by cell and role of the brief.
        weight_billionths: Sum of the value weights, in billionths, so that sums are exact.
        n_accounts: Accounts of each cell.
    """

    groups: tuple[tuple[str, str], ...]
    group: NDArray[np.int64]
    people: NDArray[np.int64]
    weight_billionths: NDArray[np.int64]
    n_accounts: NDArray[np.int64]

    def merged(self, kind: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Sum cells over groups of one kind.

        Args:
            kind: Kind of each group.

        Returns:
            Kind, people, weight_billionths and n_accounts by merged cell, by rising kind.
        """
        keys = np.column_stack([kind[self.group], self.people])
        unique, place = np.unique(keys, axis=0, return_inverse=True)
        weight, n_accounts = np.zeros(len(unique), np.int64), np.zeros(len(unique), np.int64)
        np.add.at(weight, place.ravel(), self.weight_billionths)
        np.add.at(n_accounts, place.ravel(), self.n_accounts)
        return unique[:, 0], unique[:, 1:], weight, n_accounts


def count_cells(engine: Engine, *, roles: tuple[CommitteeRole, ...]) -> MarketCells:
    """Count the accounts to advertise to, without the holdout, by what the planner tells apart.

    Args:
        engine: Holds market_account and account_role.
        roles: Roles of the brief's committee; people in other roles are not counted.

    Returns:
        Cells by country, industry and people in each role.

    Raises:
        DataError: no account is left to advertise to.

    >>> from signoff.venues.sample import sample_engine
    >>> with sample_engine() as engine:
    ...     cells = count_cells(engine, roles=(CommitteeRole.USER, CommitteeRole.DECIDER))
    >>> cells.groups, cells.people.tolist(), cells.n_accounts.tolist()
    ((('FR', '62'), ('GB', '62')), [[3, 1], [3, 1]], [1, 2])
    """
    found = engine.arrays(MARKET_CELLS)
    if not len(found["n_accounts"]):
        raise DataError(
            what="no account is left to advertise to",
            why="the market is empty, or every account of it is in the holdout",
            fix="widen the market in the brief, or lower measurement.holdout_share",
            where="market_account",
        )
    labels = [(str(c), str(s)) for c, s in zip(found["country"], found["segment"], strict=True)]
    groups = tuple(dict.fromkeys(labels))
    number = {label: i for i, label in enumerate(groups)}
    return MarketCells(
        groups=groups,
        group=np.array([number[label] for label in labels], dtype=np.int64),
        people=np.column_stack([found[f"n_{role}"] for role in roles]).astype(np.int64),
        weight_billionths=found["weight_billionths"].astype(np.int64),
        n_accounts=found["n_accounts"].astype(np.int64),
    )
