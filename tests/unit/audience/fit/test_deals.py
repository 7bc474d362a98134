import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from signoff.audience import (
    LEAKS,
    FitCode,
    FitReason,
    FitReport,
    fit_accounts,
    score_accounts,
    select_market,
)
from signoff.brief import Market, NeverContact
from signoff.store.engines import Statement, duckdb_engine_on

Tables = dict[str, list[dict[str, Any]]]
TODAY = date(2025, 12, 31)
SCORES = Statement("scores", "SELECT * FROM account_score ORDER BY account_id", ("account_score",))


def fit(tables: Tables, *, today: date = TODAY, seed: int = 1) -> FitReport:
    with duckdb_engine_on(tables) as engine:
        return fit_accounts(engine, today=today, rng=np.random.default_rng(seed))


def scores(tables: Tables, *, product: str | None = None) -> dict[str, float]:
    with duckdb_engine_on(tables) as engine:
        report = fit_accounts(engine, today=TODAY, rng=np.random.default_rng(1))
        select_market(
            engine,
            market=Market(countries=("FR",)),
            never=NeverContact(),
            suppressed_account_ids=(),
        )
        score_accounts(engine, fit=report, today=TODAY, product=product)
        return {row["account_id"]: row["win_share"] for row in engine.rows(SCORES)}


def test_fit_accounts_with_a_signal_is_usable(drawn_deals: Callable[..., Tables]) -> None:
    report = fit(drawn_deals(slope=1.0))
    assert report.usable
    assert report.auc is not None
    assert report.auc.low > 0.5
    assert report.n_train + report.n_test == 1200
    assert report.n_train == pytest.approx(0.7 * 1200, abs=5)
    assert "employees_band" in report.features
    assert "Past deals tell which accounts buy" in report.text()


def test_fit_accounts_without_a_signal_says_so(drawn_deals: Callable[..., Tables]) -> None:
    report = fit(drawn_deals(slope=0.0))
    assert not report.usable
    assert report.model is None
    assert report.text().startswith("No usable signal")
    assert report.rows() == [{"trait": "(no usable signal)", "item": "", "weight": None}]


def test_fit_accounts_same_seed_gives_the_same_report(drawn_deals: Callable[..., Tables]) -> None:
    tables = drawn_deals(slope=1.0)
    assert fit(tables) == fit(tables)


def test_fit_accounts_survives_json_to_the_last_digit(drawn_deals: Callable[..., Tables]) -> None:
    report = fit(drawn_deals(slope=1.0))
    adapter = TypeAdapter(FitReport)
    assert adapter.validate_json(adapter.dump_json(report)) == report
    untried = fit(drawn_deals(slope=1.0, n_deals=199))
    assert untried.reason == FitReason(FitCode.FEW_DEALS, n_deals=199, n_needed=200)
    assert adapter.validate_json(adapter.dump_json(untried)) == untried
    assert "NaN" not in json.dumps(asdict(report), default=str)


def test_fit_accounts_never_reads_leaks(drawn_deals: Callable[..., Tables]) -> None:
    tables = drawn_deals(slope=0.0)
    for deal in tables["opportunity"]:
        deal["value"] = 100 if deal["stage"] == "won" else 0
    won = {deal["account_id"] for deal in tables["opportunity"][-300:] if deal["stage"] == "won"}
    for account in tables["account"]:
        account["relationship"] = "client" if account["account_id"] in won else "prospect"
    report = fit(tables)
    assert not report.usable
    assert len(report.leaks) == len(LEAKS) == 5


def test_fit_accounts_leaves_out_deals_after_today(drawn_deals: Callable[..., Tables]) -> None:
    report = fit(drawn_deals(slope=1.0), today=date(2023, 1, 20))
    assert not report.usable
    assert report.n_train + report.n_unused == 1200
    assert "at least 200 are needed" in report.reason.text()


def test_fit_accounts_with_one_outcome_is_not_usable(drawn_deals: Callable[..., Tables]) -> None:
    tables = drawn_deals(slope=1.0)
    for deal in tables["opportunity"]:
        deal["stage"] = "won"
    report = fit(tables)
    assert not report.usable
    assert "0 lost deals" in report.reason.text()


def test_fit_accounts_with_few_accounts_is_not_usable(drawn_deals: Callable[..., Tables]) -> None:
    report = fit(drawn_deals(slope=1.0, n_accounts=6))
    assert not report.usable
    assert "deals of 6 accounts" in report.reason.text()


def test_fit_accounts_on_one_day_cannot_be_tried_later(drawn_deals: Callable[..., Tables]) -> None:
    tables = drawn_deals(slope=1.0)
    for deal in tables["opportunity"]:
        deal["began_on"] = date(2023, 1, 1)
    assert not fit(tables).usable


def test_score_accounts_rank_like_the_truth(drawn_deals: Callable[..., Tables]) -> None:
    tables = drawn_deals(slope=1.0)
    told = scores(tables)
    size = {row["account_id"]: row["employees"] for row in tables["account"]}
    order = sorted(told, key=lambda name: size[name])
    small, large = order[:20], order[-20:]
    assert len(told) == 80
    assert max(told[name] for name in small) < min(told[name] for name in large)


def test_score_accounts_without_a_signal_gives_none(drawn_deals: Callable[..., Tables]) -> None:
    assert scores(drawn_deals(slope=0.0)) == {}


def test_score_accounts_about_a_known_product_differ(drawn_deals: Callable[..., Tables]) -> None:
    tables = drawn_deals(slope=1.0)
    for deal in tables["opportunity"][::3]:
        if deal["product"] == "P":
            deal["stage"] = "won"
    mean, known, unknown = (scores(tables, product=name) for name in (None, " p ", "Z"))
    assert mean == unknown
    assert all(known[name] > mean[name] for name in mean)


def bare(tables: Tables) -> Tables:
    accounts = [{"account_id": a["account_id"], "name": a["name"]} for a in tables["account"]]
    keys = ("opportunity_id", "account_id", "stage", "began_on")
    deals = [{key: deal[key] for key in keys} for deal in tables["opportunity"]]
    return {"account": accounts, "opportunity": deals}


def test_fit_accounts_of_which_nothing_is_known_says_so(
    drawn_deals: Callable[..., Tables],
) -> None:
    report = fit(bare(drawn_deals(slope=1.0)))
    assert not report.usable
    assert "nothing to learn from" in report.text()
    assert report.n_train + report.n_test == 1200


def changed_after_the_start(tables: Tables) -> Tables:
    """Change what is known only once a deal is over, but no account's first win."""
    chance = np.random.default_rng(9)
    first: dict[str, date] = {}
    for deal in tables["opportunity"]:
        if deal["stage"] == "won":
            known = first.get(deal["account_id"], deal["closed_on"])
            first[deal["account_id"]] = min(known, deal["closed_on"])
    deals = []
    for deal in tables["opportunity"]:
        closed_on = deal["closed_on"]
        if deal["stage"] == "lost" or closed_on != first[deal["account_id"]]:
            closed_on = max(closed_on, TODAY - timedelta(int(chance.integers(0, 200))))
        value = Decimal(int(chance.integers(1, 99))) * (deal["stage"] == "won")
        deals.append({**deal, "closed_on": closed_on, "value": value, "currency": "EUR"})
    return {"account": tables["account"], "opportunity": deals}


def test_score_accounts_do_not_change_with_what_is_known_only_afterwards(
    drawn_deals: Callable[..., Tables],
) -> None:
    tables = drawn_deals(slope=1.0)
    assert scores(changed_after_the_start(tables)) == scores(tables)


def test_score_accounts_do_not_change_with_the_order_of_rows(
    drawn_deals: Callable[..., Tables],
) -> None:
    tables = drawn_deals(slope=1.0)
    turned = {name: rows[::-1] for name, rows in tables.items()}
    assert scores(turned) == scores(tables)


def test_fit_accounts_with_a_signal_that_ended_is_not_usable(
    drawn_deals: Callable[..., Tables],
) -> None:
    tables = drawn_deals(slope=1.5)
    chance = np.random.default_rng(3)
    for deal in tables["opportunity"][800:]:
        deal["stage"] = "won" if chance.random() < 0.5 else "lost"
    report = fit(tables)
    assert not report.usable
    assert report.log_loss is not None
    assert report.log_loss_constant is not None
    assert report.log_loss > report.log_loss_constant


def test_fit_accounts_with_one_account_that_owns_all_deals_is_not_usable(
    drawn_deals: Callable[..., Tables],
) -> None:
    tables = drawn_deals(slope=1.0)
    for deal in tables["opportunity"]:
        deal["account_id"] = "a001"
    assert "deals of 1 account," in fit(tables).reason.text()


@pytest.mark.parametrize("stage", ["won", "lost"])
def test_fit_accounts_with_one_outcome_names_the_other(
    drawn_deals: Callable[..., Tables], stage: str
) -> None:
    tables = drawn_deals(slope=1.0)
    for deal in tables["opportunity"]:
        deal["stage"] = stage
    assert f"0 {'lost' if stage == 'won' else 'won'}" in fit(tables).reason.text()


def test_fit_accounts_of_199_deals_asks_for_200(drawn_deals: Callable[..., Tables]) -> None:
    assert "there are 199 resolved deals" in fit(drawn_deals(slope=1.0, n_deals=199)).text()
