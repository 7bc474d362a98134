"""Properties of briefs: any brief survives writing, any rubbish is refused with reasons."""

import copy
import re
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from signoff.brief import (
    Brief,
    PropositionKind,
    find_faults,
    read_brief,
    starter_brief,
    write_brief,
)
from signoff.errors import BriefError
from signoff.units import CommitteeRole, Level

START = read_brief(starter_brief())
TABLES = tomllib.loads(starter_brief(), parse_float=Decimal)
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


PROSE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=80).filter(
    lambda text: "@" not in text
)
NAMES = LINES.filter(lambda text: "@" not in text)
CODES = st.sampled_from(["FR", "DE", "GB", "US"])
RATES = st.decimals(min_value="0.000001", max_value="5000", places=6)


@st.composite
def whole_briefs(draw: st.DrawFn) -> Brief:
    """Draw a brief in which every optional thing may stand."""
    roles = draw(st.lists(st.sampled_from(list(CommitteeRole)), min_size=1, unique=True))
    markets = draw(st.lists(CODES, min_size=1, unique=True))
    data = START.model_dump()
    data["language"] = draw(st.sampled_from(["en", "fr"]))
    data["notes"] = draw(st.lists(LINES, max_size=2))
    data["advertiser"]["story"] = draw(PROSE)
    data["market"].update(
        countries=markets,
        regions=draw(st.lists(LINES, max_size=2)),
        industries=draw(st.lists(st.sampled_from(["naics:31-33", "naf:62.01z", "own:Büro"]))),
        employees_min=draw(st.none() | st.integers(0, 9)),
        employees_max=draw(st.none() | st.integers(9, 99)),
    )
    data["committee"]["purchase_months"] = draw(st.floats(0.1, 120))
    data["committee"]["roles"] = [
        {"role": role, "levels": draw(st.lists(st.sampled_from(list(Level)), unique=True))}
        for role in roles
    ]
    data["message"]["propositions"] = [
        {
            "kind": draw(st.sampled_from(list(PropositionKind))),
            "claim": draw(LINES),
            "proof": draw(LINES),
            "roles": draw(st.lists(st.sampled_from(roles), unique=True)),
        }
    ]
    data["money"]["exchange_rates"] = draw(st.dictionaries(st.sampled_from(["USD", "CHF"]), RATES))
    data["venues"] = [
        {"venue": f"v{n}", "ceiling": draw(st.none() | AMOUNTS), "note": draw(PROSE)}
        for n in range(draw(st.integers(0, 3)))
    ]
    data["never_contact"] = {
        "domains": ["acme.example"],
        "accounts": draw(st.lists(NAMES, max_size=2)),
    }
    return Brief.model_validate(data)


@given(whole_briefs())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_brief_with_everything_written_and_read_is_equal(brief: Brief) -> None:
    assume(not find_faults(brief.model_dump()))  # such as an address among the drawn signs
    text = write_brief(brief)
    again = read_brief(text)
    assert again == brief
    assert write_brief(again) == text
    assert Brief.model_validate_json(brief.model_dump_json()) == brief


SPOILS: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "language": (("language",), "de"),
    "notes": (("notes",), "one"),
    "advertiser.name": (("advertiser", "name"), ""),
    "offering.kind": (("offering", "kind"), "softwear"),
    "offering.price": (("offering", "price"), "12 euros"),
    "objective.target": (("objective", "target"), 0),
    "market.countries[1]": (("market", "countries"), ["UK"]),
    "market.employees_min": (("market", "employees_min"), 1.5),
    "market.zz": (("market", "zz"), 1),
    "committee.approval_rule": (("committee", "approval_rule"), "all"),
    "committee.roles[1].people_expected": (("committee", "roles", 0, "people_expected"), 0),
    "message.propositions[2].proof": (("message", "propositions", 1, "claim"), "save 20%"),
    "money.budget": (("money", "budget"), Decimal("1.005")),
    "money.currency": (("money", "currency"), "EURO"),
    "period.starts_on": (("period", "starts_on"), "soon"),
    "venues[1].floor": (("venues",), [{"venue": "a", "floor": 9, "ceiling": 4}]),
    "never_contact.domains[1]": (("never_contact", "domains"), ["jo@firm.example"]),
    "measurement.alpha": (("measurement", "alpha"), 5),
}


@given(st.sets(st.sampled_from(sorted(SPOILS))))
@settings(max_examples=80, deadline=None)
def test_each_of_many_faults_is_reported_once_and_none_is_lost(chosen: set[str]) -> None:
    data = copy.deepcopy(TABLES)
    for where in chosen:
        path, value = SPOILS[where]
        part: Any = data
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
    assert sorted(fault.where for fault in find_faults(data)) == sorted(chosen)


@given(st.sets(st.sampled_from(range(len(starter_brief().splitlines()))), max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoilt_line_is_named_by_its_number(spoilt: set[int], data: st.DataObject) -> None:
    lines = starter_brief().splitlines()
    plain = [n for n in spoilt if re.match(r"\w+ = [\d.\"]", lines[n])]
    for number in plain:
        key = lines[number].split(" = ")[0]
        wrong = data.draw(st.sampled_from(["1,5", "x y", "04/01/2027", "“a”", "True", "[1 2]"]))
        lines[number] = f"{key} = {wrong}"
    try:
        read_brief("\n".join(lines))
        named: list[str] = []
    except BriefError as error:
        named = [fault.where.split(",")[0] for fault in error.faults]
    assert sorted(named) == sorted(f"line {number + 1}" for number in plain)
