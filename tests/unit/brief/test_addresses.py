"""E-mail addresses are found wherever they stand, and never repeated."""

from typing import Any

import pytest

from signoff.brief import Brief, check_brief, find_faults, read_brief, starter_brief
from signoff.brief.addresses import hide_addresses
from signoff.errors import BriefError

TEXT = "ask Jo <jo.o'neil@firm.example> about it"


def put(tables: dict[str, Any], path: tuple[str | int, ...], value: object) -> None:
    part: Any = tables
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("notes",), [TEXT], "notes[1]"),
        (("demo_limits",), ["none", TEXT], "demo_limits[2]"),
        (("advertiser", "story"), TEXT, "advertiser.story"),
        (("advertiser", "website"), "mailto:jo@firm.example", "advertiser.website"),
        (("offering", "description"), TEXT, "offering.description"),
        (("message", "propositions", 0, "proof"), TEXT, "message.propositions[1].proof"),
        (("message", "features"), [TEXT], "message.features[1]"),
        (("venues",), [{"venue": "a", "note": TEXT}], "venues[1].note"),
        (("objective", "aim"), "jo@firm.example", "objective.aim"),
        (("market", "countries"), ["jo@firm.example"], "market.countries[1]"),
        (("market", "industries"), ["own:jo@firm.example"], "market.industries[1]"),
        (("money", "currency"), "jo@firm.example", "money.currency"),
        (("never_contact", "domains"), ["jo@firm.example"], "never_contact.domains[1]"),
        (("never_contact", "accounts"), ["jo@firm.example"], "never_contact.accounts[1]"),
    ],
)
def test_find_faults_of_an_address_anywhere_names_its_place_once(
    tables: dict[str, Any], path: tuple[str | int, ...], value: object, where: str
) -> None:
    put(tables, path, value)
    faults = [fault for fault in find_faults(tables) if "e-mail" in fault.what]
    assert [fault.where for fault in faults] == [where]
    assert len(find_faults(tables)) == 1
    assert "jo" not in faults[0].text().replace("jobs", "")


def test_find_faults_of_an_address_as_key_hides_it(tables: dict[str, Any]) -> None:
    tables["money"]["jo@firm.example"] = 5
    tables["money"]["exchange_rates"]["jo@firm.example"] = 5
    faults = find_faults(tables)
    assert len(faults) == 2
    assert all("jo@" not in fault.text() for fault in faults)


def test_read_brief_of_an_address_on_an_unreadable_line_hides_it() -> None:
    text = starter_brief().replace("domains = []", "domains = [jo@firm.example]")
    with pytest.raises(BriefError) as caught:
        read_brief(text)
    assert "jo@" not in str(caught.value)
    assert "jo@" not in caught.value.fault.text()


def test_check_brief_made_in_python_refuses_addresses(brief: Brief) -> None:
    with pytest.raises(BriefError, match="e-mail address"):
        check_brief(brief.model_copy(update={"notes": (TEXT,)}))


@pytest.mark.parametrize(
    "text", ["@firm on the network", "5 @ 3 EUR", "a@b", "see firm.example/@jo", "50 % @ home"]
)
def test_hide_addresses_leaves_other_signs_alone(text: str) -> None:
    assert hide_addresses(text) == text


@pytest.mark.parametrize("text", ["jö@firme.example", "JO@FIRM.EXAMPLE", "a.b+c@x.y.example."])
def test_hide_addresses_hides_every_spelling(text: str) -> None:
    assert "@" not in hide_addresses(text)
