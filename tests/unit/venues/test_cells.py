import numpy as np
import pytest

from signoff.errors import DataError
from signoff.units import CommitteeRole
from signoff.venues.cells import MarketCells, count_cells
from signoff.venues.sample import sample_engine, sample_tables

USER, DECIDER = CommitteeRole.USER, CommitteeRole.DECIDER


def counted(*roles: CommitteeRole, **tables: list[dict[str, object]]) -> MarketCells:
    with sample_engine(**tables) as engine:
        return count_cells(engine, roles=roles)


def test_count_cells_holdout_is_left_out() -> None:
    assert counted(USER).n_accounts.sum() == 3


def test_count_cells_weights_are_exact_billionths() -> None:
    assert counted(USER).weight_billionths.tolist() == [30_000_000, 100_000_000]


def test_count_cells_people_follow_the_order_of_roles() -> None:
    assert counted(DECIDER, USER).people.tolist() == [[1, 3], [1, 3]]


def test_count_cells_account_without_committee_has_nobody() -> None:
    cells = counted(USER, account_role=[])
    assert cells.people.sum() == 0
    assert cells.n_accounts.sum() == 3


def test_count_cells_everything_in_the_holdout_is_refused() -> None:
    rows = [{**row, "is_holdout": True} for row in sample_tables()["market_account"]]
    with pytest.raises(DataError, match="no account is left"):
        counted(USER, market_account=rows)


def test_merged_groups_of_one_kind_and_committee_become_one_cell() -> None:
    cells = MarketCells(
        groups=(("FR", "a"), ("FR", "b"), ("GB", "a")),
        group=np.array([0, 1, 2, 2]),
        people=np.array([[1], [1], [1], [2]]),
        weight_billionths=np.array([1, 2, 4, 8]),
        n_accounts=np.array([10, 20, 40, 80]),
    )
    kind, people, weight, n_accounts = cells.merged(np.array([0, 0, 1]))
    assert kind.tolist() == [0, 1, 1]
    assert people.tolist() == [[1], [1], [2]]
    assert weight.tolist() == [3, 4, 8]
    assert n_accounts.tolist() == [30, 40, 80]
