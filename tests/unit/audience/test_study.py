from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from signoff.audience import AudienceStudy, study_audience
from signoff.brief import Brief, read_brief, starter_brief
from signoff.store.engines import Statement, duckdb_engine_on
from signoff.store.schemas import SESSION_TABLES

Tables = dict[str, list[dict[str, Any]]]
MARKET = Statement(
    "market", "SELECT * FROM market_account ORDER BY account_id", ("market_account",)
)


@pytest.fixture
def brief() -> Brief:
    starter = read_brief(starter_brief())
    market = starter.market.model_copy(
        update={
            "countries": ("FR",),
            "employees_min": None,
            "employees_max": None,
            "industries": (),
            "regions": (),
        }
    )
    return starter.model_copy(update={"market": market})


def study(tables: Tables, brief: Brief, **changes: Any) -> tuple[AudienceStudy, Any]:
    options = {
        "suppressed_account_ids": (),
        "holdout_account_ids": (),
        "today": date(2025, 12, 31),
        "rng": np.random.default_rng(1),
        **changes,
    }
    with duckdb_engine_on(tables) as engine:
        return study_audience(engine, brief=brief, **options), engine.rows(MARKET)


def test_study_audience_leaves_market_account_as_described(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    _, rows = study(drawn_deals(slope=1.0), brief)
    assert list(rows[0]) == [column.name for column in SESSION_TABLES["market_account"].columns]


def test_study_audience_weighs_fit_chance_and_demand_without_money(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    found, rows = study(drawn_deals(slope=1.0), brief)
    demand = brief.market.in_market_share
    assert found.fit.usable
    for row in rows:
        expected = row["market_fit_share"] * row["win_share"] * demand
        assert row["value_weight"] == pytest.approx(expected, rel=1e-12)
    weights = [line.value_weight for line in found.accounts]
    assert weights == sorted(weights, reverse=True)


def test_study_audience_without_a_signal_ranks_by_market_fit_alone(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    found, rows = study(drawn_deals(slope=0.0), brief)
    assert {row["win_share"] for row in rows} == {None}
    assert "Accounts are ranked by market fit alone." in found.text()


def test_study_audience_lists_two_hundred_and_counts_the_rest(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    found, _ = study(drawn_deals(slope=0.0, n_accounts=230), brief)
    assert (len(found.accounts), found.n_accounts, found.n_unlisted) == (200, 230, 30)
    assert len(found.rows()) == 200


def test_study_audience_marks_the_holdout_and_drops_the_suppressed(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    found, rows = study(
        drawn_deals(slope=0.0),
        brief,
        holdout_account_ids=["a001", "a002", "not here"],
        suppressed_account_ids=["a002", "a003"],
    )
    assert found.n_holdout == 1
    assert [row["account_id"] for row in rows if row["is_holdout"]] == ["a001"]
    assert not {"a002", "a003"} & {row["account_id"] for row in rows}


def test_study_audience_names_known_and_missing_roles(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    tables = drawn_deals(slope=0.0, n_accounts=10)
    tables["person_fact"] = [{"person_id": "p", "account_id": "a000", "title": "Directeur général"}]
    found, _ = study(tables, brief)
    roles = {part.role for part in brief.committee.roles}
    for line in found.accounts:
        assert set(line.roles_known) | set(line.roles_missing) == roles
        assert not set(line.roles_known) & set(line.roles_missing)
    known = {line.account_id for line in found.accounts if line.roles_known}
    assert known <= {"a000"}


def test_study_audience_survives_json_and_repeats(
    brief: Brief, drawn_deals: Callable[..., Tables]
) -> None:
    tables = drawn_deals(slope=1.0)
    found, again = (study(tables, brief, rng=np.random.default_rng(3))[0] for _ in range(2))
    adapter = TypeAdapter(AudienceStudy)
    assert found == again
    assert adapter.validate_json(adapter.dump_json(found)) == found
