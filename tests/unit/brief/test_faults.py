"""Every fault at once, in plain words."""

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
