"""Briefs in both languages, for messages."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.brief import Brief, read_brief, starter_brief

FRENCH = """
language = "fr"
[advertiser]
name = "Atelier Vasseur"
supply_chain_place = "components"
story = "Depuis 1962, l'atelier usine des pièces pour les hôpitaux. Trois générations."
website = "https://www.vasseur.example/"
[offering]
name = "Roulement R4"
kind = "component"
description = "roulement étanche pour lits médicalisés, garanti dix ans"
price = 1234.50
price_basis = "le lot de 100"
buying_class = "straight_rebuy"
deal_value = 18000
[objective]
aim = "leads"
target = 5
[market]
countries = ["FR"]
[committee]
approval_rule = "any"
purchase_months = 6
roles = [{ role = "user" }, { role = "purchaser" }, { role = "gatekeeper" }]
[message]
values = ["la fiabilité d'abord"]
features = ["étanche aux désinfectants", "monté sans outil"]
[[message.propositions]]
kind = "risk"
claim = "aucune panne en service"
proof = "Certifié ISO 13485"
[[message.propositions]]
kind = "money_saved"
claim = "divisez par deux vos remplacements"
amount = 12000
unit = "EUR"
per = "an"
proof = "Mesuré au CHU de Rennes en 2025."
[money]
budget = 60000
currency = "EUR"
[period]
starts_on = 2027-01-01
ends_on = 2027-06-30
"""


@pytest.fixture
def brief() -> Brief:
    """Give the starter brief, in English."""
    return read_brief(starter_brief())


@pytest.fixture
def french_brief() -> Brief:
    """Give a brief in French."""
    return read_brief(FRENCH)


@pytest.fixture
def changed(brief: Brief) -> Callable[[dict[str, Any]], Brief]:
    """Give a function that makes a brief with other sections."""

    def change(sections: dict[str, Any]) -> Brief:
        data = brief.model_dump()
        for name, values in sections.items():
            data[name] = {**data[name], **values}
        return Brief.model_validate(data)

    return change
