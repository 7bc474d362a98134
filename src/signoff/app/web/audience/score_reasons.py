"""What moves the score of one account, in the reader's words; or why there is no score."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.web.audience.aim import Aim
from signoff.app.web.cells import number, share
from signoff.audience import TraitReason, explain_account
from signoff.store.engines import Engine

__all__ = ["ScoreWords", "say_trait", "tell_score"]


@dataclass(frozen=True)
class ScoreWords:
    """What the page of an account says of its score.

    Attributes:
        refusal: Why past deals give no usable signal; empty where they do.
        reasons: What moves its odds, the strongest first.
    """

    refusal: str
    reasons: tuple[str, ...]


def tell_score(
    engine: Engine, aim: Aim, *, account_id: str, facts: Mapping[str, Any], today: date
) -> ScoreWords | None:
    """Say what moves an account's score in the newest plan; None where there is no plan."""
    if aim.fit is None:
        return None
    if not aim.fit.usable:
        return ScoreWords(aim.fit.reason.text(language=get_language() or "en"), ())
    found = explain_account(engine, fit=aim.fit, account_id=account_id, today=today)
    return ScoreWords("", tuple(_say(reason, facts=facts) for reason in found))


def _say(reason: TraitReason, *, facts: Mapping[str, Any]) -> str:
    told = {
        "trait": say_trait(reason, currency=str(facts.get("currency") or "")),
        "share": share(abs(reason.odds_factor - 1)),
    }
    if reason.odds_factor > 1:
        return _("%(trait)s: raises the odds by %(share)s") % told
    return _("%(trait)s: lowers the odds by %(share)s") % told


def say_trait(reason: TraitReason, *, currency: str) -> str:
    """Give a trait with its value, such as "Employees, 90 to 147"."""
    if reason.trait == "had_bought":
        return _("Has bought before") if reason.value == "1" else _("Has not bought before")
    names = {
        "industry": _("Industry"),
        "country": _("Country"),
        "employees_band": _("Employees"),
        "revenue_band": _("Revenue"),
        "age_band": _("Age in years"),
    }
    name = names.get(reason.trait, reason.trait)
    if reason.value in ("?", "-1"):
        return _("%(trait)s not known") % {"trait": name}
    if not reason.trait.endswith("_band"):
        return f"{name} {reason.value}"
    low, high = _band(int(reason.value))
    ends = {"trait": name, "low": number(low), "high": number(high), "unit": ""}
    if reason.trait == "revenue_band" and currency:
        ends["unit"] = f"\u00a0{currency}"
    return _("%(trait)s from %(low)s to %(high)s%(unit)s") % ends


def _band(place: int) -> tuple[int, int]:
    """Give the least and the greatest whole number of a band of half natural logarithms."""
    low = math.ceil(math.exp(place / 2) - 1 - 1e-9)
    return low, max(low, math.ceil(math.exp((place + 1) / 2) - 1 - 1e-9) - 1)
