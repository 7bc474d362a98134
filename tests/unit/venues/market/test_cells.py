import numpy as np
import pytest

from signoff.errors import DataError
from signoff.units import CommitteeRole
from signoff.venues.market.cells import MarketCells, count_cells
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


def test_count_cells_more_than_eight_roles_are_refused() -> None:
    with sample_engine() as engine, pytest.raises(DataError, match="9 roles"):
        count_cells(engine, roles=[f"role {i}" for i in range(9)])


def test_count_cells_people_beyond_fifteen_bits_count_as_so_many() -> None:
    rows = [{"account_id": "a1", "role": "user", "n_known": 0, "n_planned": 99_999}]
    assert counted(DECIDER, USER, account_role=rows).people.max() == 32_767


def test_count_cells_rarer_committees_are_drawn_without_bias_and_sums_are_kept() -> None:
    rng = np.random.default_rng(1)
    n = 4_000
    counts = rng.geometric(0.4, size=(n, 2)) - 1
    tables = {
        "market_account": [
            {"account_id": f"a{i}", "name": "a", "country": "FR", "segment": str(20 + i % 4)}
            | {"relationship": "lost", "market_fit_share": 1.0, "is_holdout": False}
            | {"value_weight": float(0.01 * (1 + counts[i].sum()))}
            for i in range(n)
        ],
        "account_role": [
            {"account_id": f"a{i}", "role": str(role), "n_known": 0, "n_planned": int(counts[i, r])}
            for i in range(n)
            for r, role in enumerate((USER, DECIDER))
        ],
    }
    with sample_engine(**tables) as engine:
        whole = count_cells(engine, roles=(USER, DECIDER))
        drawn = count_cells(engine, roles=(USER, DECIDER), n_kept=20, n_strips=60)
    assert drawn.n_accounts.sum() == whole.n_accounts.sum() == n
    assert drawn.weight_billionths.sum() == whole.weight_billionths.sum()
    assert len(drawn.n_accounts) < len(whole.n_accounts) / 1.5
    for miss in (0.3, 0.7, 0.95):
        results = [
            float(c.weight_billionths @ (1 - miss ** c.people.astype(float)).prod(axis=1))
            / float(c.weight_billionths.sum())
            for c in (whole, drawn)
        ]
        assert results[1] == pytest.approx(results[0], abs=2 * drawn.error_share)


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
