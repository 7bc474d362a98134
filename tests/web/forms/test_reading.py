"""Documents put into boxes and read back."""

import json
from typing import Any

import pytest
from django.http import QueryDict

from signoff.app.web.forms import describe_model, pick_typed, read_typed, type_body
from signoff.brief import Brief, find_faults, read_brief, starter_brief
from signoff.errors import Fault

SHAPE = describe_model(Brief)
STARTER = read_brief(starter_brief())


def body_of(**changes: Any) -> dict[str, Any]:
    return {**STARTER.model_dump(mode="json", exclude_unset=True), **changes}


def typed_of(language: str = "en", **changes: str) -> dict[str, list[str]]:
    typed = type_body(SHAPE, body_of(), language=language)
    return {**typed, **{name.replace("__", "."): [text] for name, text in changes.items()}}


def in_order(brief: Brief) -> Any:
    """Give a brief with the words of its roles in the order of the vocabulary."""
    body = brief.model_dump(mode="json")
    for role in body["committee"]["roles"]:
        role["functions"].sort()
        role["levels"].sort()
    return body


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("is_sparse", [True, False])
def test_read_typed_reads_back_what_type_body_wrote(language: str, is_sparse: bool) -> None:
    body = STARTER.model_dump(mode="json", exclude_unset=is_sparse)
    read = read_typed(SHAPE, type_body(SHAPE, body, language=language), language=language)
    assert (read.faults, find_faults(read.body)) == ([], ())
    assert in_order(Brief.model_validate(read.body)) == in_order(STARTER)


def test_read_typed_of_a_request_reads_it_whole() -> None:
    post = QueryDict(mutable=True)
    for name, texts in typed_of("fr").items():
        post.setlist(name, texts)
    post["act"] = "save"
    assert read_typed(SHAPE, pick_typed(SHAPE, post), language="fr").faults == []


@pytest.mark.parametrize(("language", "base", "lift"), [("en", "0.1", "0.5"), ("fr", "0,1", "0,5")])
def test_read_typed_reads_an_uplift_as_it_is_written(language: str, base: str, lift: str) -> None:
    typed = typed_of(language, committee__approval_rule="uplift", committee__base_share=base)
    typed["committee.roles[1].uplift"] = [lift]
    typed["committee.quorum_roles"] = ["2"]
    read = read_typed(SHAPE, typed, language=language)
    assert (read.faults, find_faults(read.body)) == ([], ())
    committee = Brief.model_validate(read.body).committee
    assert (committee.base_share, committee.quorum_roles) == (0.1, 2)
    assert [role.uplift for role in committee.roles] == [0.5, 0.0, 0.0]


def test_pick_typed_numbers_rows_without_gaps_and_drops_strangers() -> None:
    typed = {
        "committee.roles[3]": ["1"],
        "committee.roles[3].role": ["user"],
        "committee.roles[9]": ["1"],
        "committee.roles[9].role": ["decider"],
        "csrfmiddlewaretoken": ["x"],
    }
    picked = pick_typed(SHAPE, typed)
    assert picked["committee.roles[2].role"] == ["decider"]
    assert "csrfmiddlewaretoken" not in picked
    assert not any("[3]" in name or "[9]" in name for name in picked)


def test_read_typed_tells_each_box_that_cannot_be_read() -> None:
    typed = typed_of(
        "fr",
        money__budget="60.000",
        objective__target="12,5",
        market__in_market_share="150 %",
        period__starts_on="31/02/2027",
        offering__name=" ",
        market__countries="\n \n",
    )
    read = read_typed(SHAPE, typed, language="fr")
    assert {fault.where for fault in read.faults} == {
        "money.budget",
        "objective.target",
        "market.in_market_share",
        "period.starts_on",
        "offering.name",
        "market.countries",
    }
    told = read.with_model_faults(find_faults(read.body))
    assert {fault.where for fault in told} == {fault.where for fault in read.faults}


def test_with_model_faults_keeps_those_of_other_places() -> None:
    read = read_typed(SHAPE, typed_of(money__budget="x"), language="en")
    others = (
        Fault("a", "b", "c", "money.budget"),
        Fault("a", "b", "c", "money.budget[2]"),
        Fault("a", "b", "c", "money"),
        Fault("a", "b", "c", "venues"),
    )
    told = [fault.where for fault in read.with_model_faults(others)]
    assert told == ["money.budget", "money", "venues"]


def test_read_typed_keeps_what_the_model_does_not_know() -> None:
    body = body_of()
    body["market"] = {**body["market"], "languages": ["fr"]}
    body["message"]["propositions"][0]["colour"] = {"web": 1}
    body["future"] = 5
    typed = type_body(SHAPE, json.loads(json.dumps(body)), language="fr")
    read = read_typed(SHAPE, pick_typed(SHAPE, typed), language="fr").body
    assert read["market"]["languages"] == ["fr"]
    assert read["message"]["propositions"][0]["colour"] == {"web": 1}
    assert read["future"] == 5


def test_read_typed_unchecked_default_is_said_and_empty_options_are_not() -> None:
    typed = typed_of(market__employees_min="", measurement__power="")
    del typed["market.relationships"]
    body = read_typed(SHAPE, typed, language="en").body
    assert body["market"]["relationships"] == []
    assert "employees_min" not in body["market"]
    assert "power" not in body["measurement"]


def test_read_typed_exchange_rates_tell_doubles_and_keyless_values() -> None:
    rates = {
        "money.exchange_rates[1]": ["1"],
        "money.exchange_rates[1].key": ["GBP"],
        "money.exchange_rates[1].value": ["1,15"],
        "money.exchange_rates[2]": ["1"],
        "money.exchange_rates[2].key": ["GBP"],
        "money.exchange_rates[2].value": ["1,2"],
        "money.exchange_rates[3]": ["1"],
        "money.exchange_rates[3].key": [""],
        "money.exchange_rates[3].value": ["3"],
        "money.exchange_rates[4]": ["1"],
        "money.exchange_rates[4].key": [""],
        "money.exchange_rates[4].value": [""],
    }
    read = read_typed(SHAPE, {**typed_of("fr"), **rates}, language="fr")
    assert read.body["money"]["exchange_rates"] == {"GBP": "1.15"}
    assert [fault.where for fault in read.faults] == [
        "money.exchange_rates[2].key",
        "money.exchange_rates[3].key",
    ]


def test_type_body_of_a_body_with_wrong_types_loses_nothing() -> None:
    body = body_of(notes="one text", venues={"a": 1}, money={"budget": True, "currency": 3})
    read = read_typed(SHAPE, type_body(SHAPE, body, language="en"), language="en").body
    assert (read["notes"], read["venues"]) == ("one text", {"a": 1})
    assert (read["money"]["budget"], read["money"]["currency"]) == (True, 3)
