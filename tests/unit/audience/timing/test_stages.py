"""How long deals and approvals of the workspace take."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from signoff.audience.timing import fit_approvals, fit_stages
from signoff.errors import DataError
from signoff.store.engines import duckdb_engine_on

TODAY = date(2026, 1, 1)


def drawn_deals(n_deals: int = 4000) -> dict[str, list[dict[str, Any]]]:
    """Give deals won at 1 % a day (web: 2 %), lost at 0.5 %, begun within the last 200 days."""
    chance = np.random.default_rng(3)
    deals, changes = [], []
    for n in range(n_deals):
        is_web = n % 3 == 0
        age = int(chance.integers(0, 200))
        rate = 0.02 if is_web else 0.01
        to_win, to_loss = chance.exponential(1 / rate), chance.exponential(200)
        closed = int(min(to_win, to_loss))
        stage = "open" if closed > age else "won" if to_win < to_loss else "lost"
        began = TODAY - timedelta(days=age)
        deals.append(
            {
                "opportunity_id": f"o{n}",
                "lead_source": "web" if is_web else "mail",
                "stage": stage,
                "began_on": began,
                "closed_on": None if stage == "open" else began + timedelta(days=closed),
            }
        )
        entered = datetime(began.year, began.month, began.day, tzinfo=UTC)
        changes.append({"opportunity_id": f"o{n}", "stage": "demo", "occurred_at": entered})
    return {"opportunity": deals, "stage_change": changes}


def test_fit_stages_recovers_the_drawn_rates() -> None:
    with duckdb_engine_on(drawn_deals()) as engine:
        study = fit_stages(engine, today=TODAY)
    (effect,) = study.effects
    assert (effect.trait, effect.item) == ("lead_source", "web")
    assert effect.won_ratio.low < 2.0 < effect.won_ratio.high
    assert effect.lost_ratio.low < 1.0 < effect.lost_ratio.high
    whole, demo = study.stages
    assert whole.won_share == pytest.approx((2 * 0.01 / 0.015 + 0.02 / 0.025) / 3, abs=0.03)
    assert whole.n_won + whole.n_lost + whole.n_open == whole.n_deals == 4000
    assert (demo.stage, demo.n_won) == ("demo", whole.n_won)
    assert study.rows()[0]["from"] == "(first day)"
    assert "of the deals are won" in study.text()


def test_fit_stages_without_an_end_is_refused() -> None:
    deals = [{"opportunity_id": "o", "stage": "open", "began_on": date(2025, 1, 1)}]
    with (
        duckdb_engine_on({"opportunity": deals}) as engine,
        pytest.raises(DataError, match="1 are open"),
    ):
        fit_stages(engine, today=TODAY)


def test_fit_stages_without_a_win_says_so() -> None:
    deals = [
        {"opportunity_id": "o", "stage": "lost", "began_on": date(2025, 1, 1)}
        | {"closed_on": date(2025, 3, 1)}
    ]
    with duckdb_engine_on({"opportunity": deals}) as engine:
        study = fit_stages(engine, today=TODAY)
    assert study.text() == "No deal was won yet: 0 won, 1 lost, 0 open."


def test_fit_approvals_gives_what_the_log_says() -> None:
    steps = [
        {"case_id": str(n), "step_number": k, "activity": words, "role": role}
        | {"occurred_at": datetime(2025, 1, day, 9, tzinfo=UTC)}
        for n in range(10)
        for k, words, role, day in ((1, "submitted", "clerk", 1), (2, "approved", "head", 3))
    ]
    with duckdb_engine_on({"approval_step": steps}) as engine:
        study = fit_approvals(engine, today=TODAY)
    assert {(row["of"], row["median_days"]) for row in study.rows()} == {
        ("request", 2.0),
        ("level", 2.0),
        ("role", 2.0),
    }


def test_fit_approvals_without_any_says_what_to_import() -> None:
    with duckdb_engine_on({}) as engine, pytest.raises(DataError, match="no approvals"):
        fit_approvals(engine, today=TODAY)
