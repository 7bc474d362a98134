"""Properties of briefs: any brief survives writing, any rubbish is refused with reasons."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.brief import Brief, find_faults, read_brief, starter_brief, write_brief
from signoff.errors import BriefError

START = read_brief(starter_brief())
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "")
AMOUNTS = st.decimals(min_value="0.01", max_value="9999999", places=2)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    data = START.model_dump()
    data["advertiser"]["name"] = draw(LINES)
    data["offering"].update(description=draw(LINES), deal_value=draw(AMOUNTS))
    data["money"]["budget"] = draw(AMOUNTS)
    data["market"]["cities"] = draw(st.lists(LINES, max_size=3))
    data["message"]["values"] = draw(st.lists(LINES, max_size=3))
    data["measurement"]["holdout_share"] = draw(st.floats(0, 0.5))
    data["period"]["ends_on"] = date(2027, 1, 4) + timedelta(days=draw(st.integers(0, 900)))
    return Brief.model_validate(data)


@given(briefs())
@settings(max_examples=60, deadline=None)
def test_a_brief_written_and_read_is_equal(brief: Brief) -> None:
    assert read_brief(write_brief(brief)) == brief


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from([*Brief.model_fields, "something"])


@given(st.dictionaries(KEYS, JSON_LIKE, max_size=6))
@settings(max_examples=80, deadline=None)
def test_rubbish_is_refused_with_reasons_and_without_a_crash(changes: dict[str, Any]) -> None:
    data = {**START.model_dump(), **changes}
    for fault in find_faults(data):
        assert fault.what
        assert fault.why
        assert fault.fix


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_refused_as_a_brief_with_reasons(text: str) -> None:
    with pytest.raises(BriefError) as caught:
        read_brief(text)
    assert caught.value.faults


@given(AMOUNTS, AMOUNTS)
@settings(max_examples=40, deadline=None)
def test_floors_above_the_budget_are_always_found(floor: Decimal, budget: Decimal) -> None:
    data = START.model_dump()
    data["money"]["budget"] = budget
    data["venues"] = [{"venue": "a", "floor": floor}]
    is_fault = any(fault.where == "money.budget" for fault in find_faults(data))
    assert is_fault == (floor > budget)
