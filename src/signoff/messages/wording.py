"""How the brief's own words become phrases, in English and French."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from signoff.brief import Language, Proposition, PropositionKind
from signoff.brief.codes import CURRENCY_CODES
from signoff.units import (
    NO_BREAK_SPACE,
    CommitteeRole,
    Objective,
    french_spaces,
    number_text,
)

__all__ = [
    "amount_text",
    "call_to_action",
    "capital",
    "first_sentence",
    "full_stop",
    "join_list",
    "lead_in",
    "money_text",
    "phrase",
    "saving_headline",
    "sentence",
    "site",
]

NBSP = NO_BREAK_SPACE
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
SAVING_KINDS = (PropositionKind.TIME_SAVED, PropositionKind.MONEY_SAVED)
ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "mm",
        "mme",
        "mmes",
        "mlle",
        "st",
        "ste",
        "prof",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "no",
        "nr",
        "vs",
        "etc",
        "approx",
        "dept",
        "univ",
        "fig",
        "art",
        "vol",
        "cf",
        "jr",
        "sr",
        "env",
        "éd",
        "ed",
        "gmbh",
        "ca",
        "resp",
        "dir",
        "sté",
        "éts",
        "ets",
        "tél",
    ]
)
"""Words whose point ends no sentence."""
PERCENT_WORDS = ("%", "percent", "per cent", "pour cent", "pourcent")


def phrase(key: str, values: Mapping[str, object], *, language: Language) -> str:
    """Give one phrase of the catalog with its gaps filled.

    Args:
        key: Which phrase.
        values: What stands in its gaps.
        language: Language of the phrase.

    >>> phrase("by", {"name": "Payroll Desk", "advertiser": "Acme"}, language=Language.EN)
    'Payroll Desk by Acme'
    """
    text = french_spaces(str(_phrases()[language][key]), language=language)
    return text.format(**values)


def call_to_action(role: CommitteeRole, *, aim: Objective, language: Language) -> str:
    """Give what a role is asked to do, by the campaign's objective.

    >>> call_to_action(CommitteeRole.PURCHASER, aim=Objective.LEADS, language=Language.EN)
    'Ask for a quote'
    """
    return str(_phrases()[language]["call"][aim][role])


def lead_in(role: CommitteeRole, *, gain: PropositionKind | None, language: Language) -> str:
    """Give the question that tells a role that it is meant; by the gain where it has none.

    >>> lead_in(CommitteeRole.PURCHASER, gain=None, language=Language.EN)
    'Comparing offers?'
    """
    phrases = _phrases()[language]
    text = phrases["lead"].get(role) or (phrases["lead_by_gain"][gain] if gain else "")
    return french_spaces(text, language=language)


def sentence(text: str) -> str:
    """Give a text as a sentence: a capital at the beginning, a full stop at the end.

    >>> sentence("close the books faster")
    'Close the books faster.'
    """
    return full_stop(capital(text.strip()))


def full_stop(text: str) -> str:
    """End a text with a full stop, unless it ends with a mark of its own.

    >>> full_stop("done for you")
    'done for you.'
    """
    return text if not text or text[-1] in ".!?…" else f"{text}."


def capital(text: str) -> str:
    """Begin with a capital, unless the first word has its own spelling, such as eBay.

    >>> capital("close the books"), capital("eBay fees")
    ('Close the books', 'eBay fees')
    """
    first = text.split(" ", 1)[0]
    return text if any(char.isupper() for char in first) else text[:1].upper() + text[1:]


def first_sentence(text: str) -> str:
    """Give the first sentence of a text; no abbreviation or initial ends it.

    >>> first_sentence("Measured by Dr. Lee at 14 clients. Report on request.")
    'Measured by Dr. Lee at 14 clients.'
    """
    line = " ".join(text.split())
    for end in re.finditer(r"[.!?]\s+(?=[A-ZÀ-Ý«])", line):
        word = re.split(r"[\s(«]", line[: end.start()])[-1].casefold().rpartition(".")[2]
        is_short = line[end.start()] == "." and (len(word) == 1 and word.isalpha())
        if not is_short and word not in ABBREVIATIONS:
            return sentence(line[: end.start() + 1])
    return sentence(line)


def join_list(items: Sequence[str], *, language: Language) -> str:
    """Join items with commas and a last and.

    >>> join_list(["a", "b", "c"], language=Language.EN)
    'a, b and c'
    """
    if len(items) < 2:
        return "".join(items)
    word = phrase("and", {}, language=language)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def site(website: str) -> str:
    """Give a web address as it is printed, without scheme and closing slash.

    >>> site("https://www.example.com/")
    'www.example.com'
    """
    return re.sub(r"^https?://", "", website.strip()).rstrip("/")


def money_text(amount: Decimal, currency: str, *, language: Language) -> str:
    """Give an amount of money in the reader's form; whole amounts without cents.

    >>> money_text(Decimal("12000.00"), "EUR", language=Language.EN)
    '€12,000'
    """
    is_whole = amount == amount.to_integral_value()
    number = number_text(Decimal(int(amount)) if is_whole else amount, language=language)
    sign = SIGNS.get(currency, currency)
    if language == Language.FR:
        return f"{number}{NBSP}{sign}"
    return f"{sign}{number}" if currency in SIGNS else f"{sign}{NBSP}{number}"


def amount_text(proposition: Proposition, *, language: Language) -> str:
    """Give how much a proposition promises, such as "3 days per month"; empty for no amount.

    Args:
        proposition: A proposition of the brief.
        language: Language of the brief's words.

    >>> gain = Proposition(kind="time_saved", claim="c", amount=3, unit="days", per="month")
    >>> amount_text(gain, language=Language.EN)
    '3 days per month'
    """
    if proposition.amount is None:
        return ""
    amount = _quantity(proposition.amount, proposition.unit or "", language)
    is_percent = (proposition.unit or "").casefold() in PERCENT_WORDS
    if is_percent and proposition.kind == PropositionKind.TIME_SAVED:
        amount = phrase("time_share", {"amount": amount}, language=language)
    per = re.sub(r"^(per|par)\s+", "", proposition.per or "", flags=re.IGNORECASE)
    if not per:
        return amount
    return phrase("amount_per", {"amount": amount, "per": per}, language=language)


def saving_headline(proposition: Proposition, *, language: Language) -> str:
    """Give a saving as a call, such as "Save 3 days per month"; empty when it is none.

    Args:
        proposition: A proposition of the brief.
        language: Language of the brief's words.

    >>> gain = Proposition(kind="time_saved", claim="c", amount=3, unit="days", per="month")
    >>> saving_headline(gain, language=Language.EN)
    'Save 3 days per month'
    """
    amount = amount_text(proposition, language=language)
    if not amount or proposition.kind not in SAVING_KINDS:
        return ""
    is_time = proposition.kind == PropositionKind.TIME_SAVED
    verb = "Gagnez" if is_time else "Économisez"
    return phrase("save_amount", {"amount": amount, "verb": verb}, language=language)


def _quantity(amount: Decimal, unit: str, language: Language) -> str:
    if unit.upper() in SIGNS or unit in CURRENCY_CODES:
        return money_text(amount, unit.upper(), language=language)
    for code, sign in SIGNS.items():
        if unit == sign:
            return money_text(amount, code, language=language)
    number = number_text(amount, language=language)
    if unit.casefold() in PERCENT_WORDS:
        return f"{number}%" if language == Language.EN else f"{number}{NBSP}%"
    return f"{number}{NBSP}{unit}" if language == Language.FR else f"{number} {unit}"


@cache
def _phrases() -> dict[str, Any]:
    folder = resources.files("signoff.messages") / "data"
    return tomllib.loads((folder / "phrases.toml").read_text(encoding="utf-8"))
