"""Every fault at once, in plain words."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief, check_brief, find_faults
from signoff.errors import BriefError, Fault


def faults_by_place(tables: dict[str, Any]) -> dict[str, Fault]:
    return {fault.where: fault for fault in find_faults(tables)}


def test_find_faults_of_sound_brief_is_empty(tables: dict[str, Any]) -> None:
    assert find_faults(tables) == ()


def test_find_faults_of_ten_faults_gives_ten(tables: dict[str, Any]) -> None:
    tables["langage"] = "fr"  # 1 unknown key
    del tables["advertiser"]["name"]  # 2 missing
    tables["offering"]["kind"] = "softwear"  # 3 not a word of the list
    tables["offering"]["price"] = "12 euros"  # 4 not a number
    tables["objective"]["target"] = 2.5  # 5 not whole
    tables["market"]["countries"] = ["UK"]  # 6 not a code
    tables["committee"]["roles"][0]["people_expected"] = 0  # 7 too low
    tables["message"]["propositions"][1]["amount"] = 900  # 8 and 9: no proof, no unit
    tables["period"]["ends_on"] = tables["period"]["starts_on"].replace(year=2020)  # 10 reversed
    places = [fault.where for fault in find_faults(tables)]
    assert sorted(places) == sorted(
        [
            "langage",
            "advertiser.name",
            "offering.kind",
            "offering.price",
            "objective.target",
            "market.countries[1]",
            "committee.roles[1].people_expected",
            "message.propositions[2].proof",
            "message.propositions[2].unit",
            "period.ends_on",
        ]
    )


def test_find_faults_always_says_what_why_and_fix(tables: dict[str, Any]) -> None:
    tables["market"]["countries"] = [7]
    tables["money"] = {"budget": -1, "currency": "EURO", "exchange_rates": {"GPB": 0}}
    tables["never_contact"] = {"domains": "example.com"}
    tables["period"]["starts_on"] = "soon"
    tables["venues"] = "all"
    for fault in find_faults(tables):
        assert fault.what
        assert fault.why
        assert fault.fix
        assert fault.where
        assert "pydantic" not in fault.text().lower()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("langage", "language"), ("offerring", "offering"), ("periode", "period")],
)
def test_find_faults_of_misspelt_key_asks_did_you_mean(
    tables: dict[str, Any], wrong: str, right: str
) -> None:
    tables[wrong] = tables.pop(right)
    assert f"did you mean '{right}'" in faults_by_place(tables)[wrong].fix


def test_find_faults_of_key_in_wrong_section_names_its_section(tables: dict[str, Any]) -> None:
    tables["offering"]["budget"] = 5
    assert faults_by_place(tables)["offering.budget"].fix == "it belongs under [money]"


def test_find_faults_of_strange_key_lists_known_keys(tables: dict[str, Any]) -> None:
    tables["objective"]["zzz"] = 5
    assert "aim, target" in faults_by_place(tables)["objective.zzz"].fix


def test_find_faults_of_misspelt_word_offers_nearest(tables: dict[str, Any]) -> None:
    tables["objective"]["aim"] = "lead"
    fault = faults_by_place(tables)["objective.aim"]
    assert fault.fix.startswith("did you mean 'leads'")


def test_find_faults_of_missing_section_names_its_keys(tables: dict[str, Any]) -> None:
    del tables["money"]
    fault = faults_by_place(tables)["money"]
    assert fault.what == "the section [money] is missing"
    assert "budget, currency" in fault.fix


def test_find_faults_of_missing_list_shows_how_to_write_it(tables: dict[str, Any]) -> None:
    del tables["market"]["countries"]
    assert faults_by_place(tables)["market.countries"].fix == "add countries = [ … ] under [market]"


def test_find_faults_of_email_never_repeats_it(tables: dict[str, Any]) -> None:
    tables["never_contact"] = {"domains": ["jo@firm.com"], "accounts": ["jo@firm.com"]}
    faults = find_faults(tables)
    assert len(faults) == 2
    assert all("jo@" not in fault.text() for fault in faults)
    assert all("suppression ledger" in fault.fix for fault in faults)


def test_find_faults_goes_on_beside_a_faulty_item(tables: dict[str, Any]) -> None:
    tables["venues"] = [
        {"venue": "a", "exclude": True, "floor": 5},
        {"venue": "b", "floor": "much"},
        {"venue": "c", "floor": 9, "ceiling": 4},
    ]
    assert set(faults_by_place(tables)) == {
        "venues[1].exclude",
        "venues[2].floor",
        "venues[3].floor",
    }


def test_find_faults_of_long_value_shortens_it(tables: dict[str, Any]) -> None:
    tables["objective"]["aim"] = "x" * 500
    assert len(faults_by_place(tables)["objective.aim"].what) < 150


def test_check_brief_made_in_python_raises_disagreements(brief: Brief) -> None:
    period = brief.period.model_copy(update={"ends_on": brief.period.starts_on.replace(year=2000)})
    with pytest.raises(BriefError) as caught:
        check_brief(brief.model_copy(update={"period": period}))
    assert caught.value.fault.where == "period.ends_on"


def test_check_brief_of_sound_brief_is_silent(brief: Brief) -> None:
    check_brief(brief)


def test_find_faults_of_misspelt_section_is_one_fault_and_its_content_is_checked(
    tables: dict[str, Any],
) -> None:
    tables["offerring"] = tables.pop("offering")
    tables["offerring"]["knid"] = tables["offerring"].pop("kind")
    tables["offerring"]["price"] = -1
    assert [fault.where for fault in find_faults(tables)] == [
        "offerring",
        "offering.knid",
        "offering.price",
    ]


@pytest.mark.parametrize(
    ("section", "key", "value", "what"),
    [
        ("money", "budget", Decimal("60000.005"), "more than 2 decimals"),
        ("money", "budget", 60000.005, "more than 2 decimals"),
        ("money", "budget", 0, "not more than 0"),
        ("money", "budget", Decimal("inf"), "not a finite number"),
        ("money", "budget", 10**20, "too many digits"),
        ("money", "budget", True, "is not a number"),
        ("money", "budget", "sixty", "is not an amount"),
        ("objective", "target", True, "is not a number"),
        ("objective", "target", 10**30, "more than"),
        ("market", "employees_min", -1, "less than 0"),
        ("market", "employees_min", False, "is not a number"),
        ("market", "in_market_share", 0, "not more than 0"),
        ("measurement", "holdout_share", 10, "more than 0.5"),
        ("caution", "share", 0, "not more than 0"),
        ("caution", "share", 1.5, "more than 1"),
        ("caution", "share", "a tenth", "is not a number"),
        ("measurement", "power", 1, "not less than 1"),
        ("measurement", "baseline_share", 0, "not more than 0"),
        ("measurement", "baseline_share", 1, "not less than 1"),
        ("committee", "purchase_months", float("nan"), "not a finite number"),
        ("period", "starts_on", 20270104, "is not a date"),
        ("period", "starts_on", 0, "is not a date"),
        ("period", "starts_on", "4 janvier 2027", "is not a date"),
        ("period", "starts_on", datetime(2027, 1, 4, 12), "time of day"),  # noqa: DTZ001 a TOML local time
        ("advertiser", "name", "   ", "empty or too short"),
        ("advertiser", "name", "two\u2028lines", "more than one line"),
        ("advertiser", "name", "x" * 301, "longer than 300"),
        ("market", "countries", [], "fewer than 1"),
        ("market", "countries", [["FR"]], "is not text"),
        ("market", "industries", ["naics:33-31"], "not an industry code"),
        ("committee", "roles", ["user"], "is not a section"),
        ("committee", "roles", {"role": "user"}, "is not a list"),
    ],
)
def test_find_faults_of_one_wrong_value_gives_one_fault_with_a_remedy(
    tables: dict[str, Any], section: str, key: str, value: object, what: str
) -> None:
    tables.setdefault(section, {})[key] = value
    (fault,) = find_faults(tables)
    assert what in fault.what
    assert fault.where.startswith(f"{section}.{key}")
    assert "as in `signoff" not in fault.fix


@pytest.mark.parametrize(
    "domain", ["acme", "acme..com", ".com", "a b.com", "acme.com/x", "ac,me.com"]
)
def test_find_faults_of_what_is_no_domain(tables: dict[str, Any], domain: str) -> None:
    tables["never_contact"] = {"domains": [domain]}
    assert [fault.where for fault in find_faults(tables)] == ["never_contact.domains[1]"]


@pytest.mark.parametrize("domain", ["*.Acme.com", " http://www.acme.com/ ", "acme.com."])
def test_domains_are_read_in_every_common_spelling(tables: dict[str, Any], domain: str) -> None:
    tables["never_contact"] = {"domains": [domain]}
    assert Brief.model_validate(tables).never_contact.domains == ("acme.com",)


def test_find_faults_of_a_currency_with_two_rates_loses_no_other_fault(
    tables: dict[str, Any],
) -> None:
    tables["money"]["exchange_rates"] = {"GBP": 1, "gbp": 2, "XX": 1, "USD": "much", "CHF": 0}
    assert [fault.where for fault in find_faults(tables)] == [
        "money.exchange_rates.XX",
        "money.exchange_rates.USD",
        "money.exchange_rates.CHF",
        "money.exchange_rates",
    ]
