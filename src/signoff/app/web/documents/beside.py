"""What stands beside the form of a brief: how large the market is, and what to keep in mind."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.app.translation import translate_fault
from signoff.app.web.documents.kinds import form_kind
from signoff.app.web.documents.sheet import Sheet, reader_language, sent_sheet
from signoff.app.web.left_alone import suppressed_accounts
from signoff.app.web.place import lake_engine
from signoff.audience import MarketSelection, select_market
from signoff.brief import Brief, Market, NeverContact, brief_cautions
from signoff.errors import DataError, Fault

__all__ = ["FEWEST_PEOPLE", "Beside", "look_beside", "show_beside"]

FEWEST_PEOPLE = 300
"""Platforms refuse audiences below this size; LinkedIn asks for 300 people."""


@dataclass(frozen=True)
class Beside:
    """What stands beside the form.

    Attributes:
        market: The market counted step by step; None where it cannot be counted.
        refusal: Why it cannot.
        n_people: People in the committees of these accounts, as the brief expects them; None
            where the committee is not known yet.
        cautions: What to keep in mind, though nothing is wrong.
        n_faults: Things to correct before the brief can be saved.
    """

    market: MarketSelection | None
    refusal: Fault | None
    n_people: int | None
    cautions: Sequence[str]
    n_faults: int

    @property
    def is_small(self) -> bool:
        """Whether platforms would refuse so few people."""
        return self.n_people is not None and self.n_people < FEWEST_PEOPLE


def show_beside(request: HttpRequest, name: str) -> HttpResponse:
    """Count the market of a brief as it stands in the form."""
    sheet = sent_sheet(request, kind=form_kind("brief"), name=name)
    return render(request, "documents/_beside.html", {"beside": look_beside(sheet)})


def look_beside(sheet: Sheet) -> Beside | None:
    """Count the market of a brief and say what to keep in mind.

    Args:
        sheet: The form of a brief; of any other kind there is nothing to say.
    """
    if sheet.kind.name != "brief":
        return None
    read = Sheet(sheet.kind, sheet.name, sheet.base_version, sheet.typed)
    body = read.check()
    heads = {fault.where.partition(".")[0].partition("[")[0] for fault in read.faults}
    market, refusal = None, None
    if heads.isdisjoint({"market", "never_contact"}):
        market, refusal = _count(body)
    cautions: tuple[str, ...] = ()
    if not read.faults:
        today, language = datetime.now(UTC).date(), reader_language()
        brief = Brief.model_validate_json(json.dumps(body))
        cautions = brief_cautions(brief, today=today, language=language)
    n_people = _people(body, market) if market and "committee" not in heads else None
    return Beside(market, refusal, n_people, cautions, len(read.faults))


def _count(body: dict[str, Any]) -> tuple[MarketSelection | None, Fault | None]:
    """Count the market in the newest facts; where nobody is left, say why."""
    try:
        with lake_engine() as engine:
            found = select_market(
                engine,
                market=Market.model_validate_json(json.dumps(body["market"])),
                never=NeverContact.model_validate_json(json.dumps(body.get("never_contact", {}))),
                suppressed_account_ids=suppressed_accounts(engine),
            )
    except DataError as error:
        return None, translate_fault(error.fault, language=reader_language())
    return found, None


def _people(body: dict[str, Any], market: MarketSelection) -> int:
    """Give how many people the committees of these accounts have, as the brief expects."""
    roles = body["committee"]["roles"]
    return market.n_market * sum(int(role.get("people_expected", 1)) for role in roles)
