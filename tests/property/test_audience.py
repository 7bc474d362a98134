"""What holds of the audience whatever the tables and titles are."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signoff.audience import (
    classify_title,
    define_committees,
    judge_industry,
    select_market,
)
from signoff.audience.titles.words import split_title
from signoff.brief import BuyingRole, Committee, Market, NeverContact
from signoff.errors import DataError
from signoff.stats.discrimination import area_under_curve
from signoff.store.engines import duckdb_engine_on

CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ACCOUNT = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["FR", "DE", None]),
        "employees": st.one_of(st.none(), st.integers(0, 500)),
        "relationship": st.sampled_from(["prospect", "client", "lost", None]),
    }
)
NAMES = ["Chief", "Directrice", "Responsable", "Manager", "achats", "IT", "finance", "xyzzy", "of"]
TITLE = st.lists(st.sampled_from(NAMES), max_size=5).map(" ".join)


def fits(accounts: list[dict[str, Any]], **market: Any) -> int:
    try:
        with duckdb_engine_on({"account": accounts}) as engine:
            return select_market(
                engine,
                market=Market(countries=("FR",), **market),
                never=NeverContact(),
                suppressed_account_ids=(),
            ).n_market
    except DataError:
        return 0


@CALM
@given(st.lists(ACCOUNT, min_size=1, max_size=12), st.integers(0, 500), st.integers(0, 500))
def test_a_narrower_market_never_has_more_accounts(
    drawn: list[dict[str, Any]], one: int, other: int
) -> None:
    accounts = [{**row, "account_id": str(n), "name": str(n)} for n, row in enumerate(drawn)]
    low, high = sorted((one, other))
    assert fits(accounts, employees_min=high) <= fits(accounts, employees_min=low)


@CALM
@given(st.lists(ACCOUNT, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_accounts_is_irrelevant(drawn: list[dict[str, Any]], chance: Any) -> None:
    accounts = [{**row, "account_id": str(n), "name": str(n)} for n, row in enumerate(drawn)]
    mixed = chance.sample(accounts, len(accounts))
    assert fits(accounts, employees_min=10) == fits(mixed, employees_min=10)


@given(st.text(max_size=200))
def test_any_text_has_a_reading_that_repeats(title: str) -> None:
    reading = classify_title(title)
    assert classify_title(title) == reading
    assert all(0 <= share <= 1 for share in reading.roles.values())
    assert reading.evidence


@given(TITLE)
def test_case_and_blanks_are_irrelevant_to_a_title(title: str) -> None:
    assert split_title(title.upper()) == split_title(f"  {title.lower()} ")


@CALM
@given(st.lists(TITLE, max_size=8))
def test_more_people_never_widen_a_gap(titles: list[str]) -> None:
    wanted = Committee(approval_rule="any", purchase_months=6, roles=(BuyingRole(role="approver"),))
    market = [{"account_id": n, "name": n, "value_weight": 1.0} for n in ("a", "b")]
    missing = []
    for n_people in (0, len(titles)):
        people = [
            {"person_id": str(n), "account_id": "ab"[n % 2], "title": title}
            for n, title in enumerate(titles[:n_people])
        ]
        with duckdb_engine_on({"market_account": market, "person_fact": people}) as engine:
            missing.append(define_committees(engine, committee=wanted).gaps[0].n_missing)
    assert missing[0] == 2
    assert missing[1] <= missing[0]


@given(st.from_regex(r"\A[1-9]\d{1,5}\Z"), st.integers(1, 6))
def test_a_code_lies_within_each_of_its_beginnings(code: str, n: int) -> None:
    for scheme in ("naics", "nace"):
        assert judge_industry(scheme, code, wanted=[f"{scheme}:{code[:n]}"]).name == "MET"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 4)), min_size=1))
def test_turning_a_score_round_turns_the_area_round(cells: list[tuple[int, int, int]]) -> None:
    score, won, lost = (np.array(column, dtype=float) for column in zip(*cells, strict=True))
    won[0] += 1
    lost[-1] += 1
    area = area_under_curve(score, n_won=won, n_lost=lost)
    turned = area_under_curve(-score, n_won=won, n_lost=lost)
    assert abs(area + turned - 1) < 1e-9
