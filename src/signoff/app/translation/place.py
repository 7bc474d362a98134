"""What stands at a place of a sentence, as French writes it: numbers, quotations, lists, words."""

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from signoff.app.translation.catalog import read_catalog
from signoff.units import NO_BREAK_SPACE

__all__ = ["Said", "fill_place", "french_number", "join_said"]

NUMBERED = re.compile(r" \d+$")  # one of several: "card 2"
GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?%?")
NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?%?")
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: (?:at )?(\d\d):(\d\d))?")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
HIDDEN = "(an e-mail address)"  # as the brief hides one; a test compares the two
HIDDEN_FRENCH = "(une adresse électronique)"
ENDS = {" and ": " et ", " or ": " ou "}


@dataclass(frozen=True)
class Said:
    """A text in French.

    Attributes:
        text: The French, or the English where there is none.
        n_known: How many letters of the English were recognised.
        kept: What stood at places and was taken over: names, numbers, paths.
        loose: Those of them that may be anything: neither quoted nor a number nor to be typed.
        foreign: What should have French and has none.
        is_missed: Whether a word is none of its closed vocabulary.
    """

    text: str
    n_known: int = 0
    kept: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    is_missed: bool = False


def join_said(parts: Iterable[Said], *, own: int = 0) -> Said:
    """Put parts of a text together.

    Args:
        parts: The parts, in order.
        own: Letters of the English that belong to no part.

    >>> join_said([Said("oui "), Said("non", n_known=2)], own=1).n_known
    3
    """
    joined = tuple(parts)
    return Said(
        text="".join(part.text for part in joined),
        n_known=own + sum(part.n_known for part in joined),
        kept=tuple(kept for part in joined for kept in part.kept),
        loose=tuple(text for part in joined for text in part.loose),
        foreign=tuple(text for part in joined for text in part.foreign),
        is_missed=any(part.is_missed for part in joined),
    )


def fill_place(found: str, form: str, *, is_typed: bool, say: Callable[[str], Said]) -> Said:
    """Give what was found at a place of an English sentence in French.

    Args:
        found: What stands there in English.
        form: How French shows it.
            "": as found, days, numbers and quotations in French form.
            "number": an untyped number in French form, too.
            "as written": untouched, to be typed.
            "one|several": not the number itself, but a word that follows it.
            "word FAMILY": a word of a closed vocabulary, or of several: "word state,job_state".
            "list", "list FAMILY": several with commas.
            "message", "message list": a sentence of ours, or several with commas.
        is_typed: Whether the place is known to hold a number or a quotation.
        say: Translates a sentence.

    >>> fill_place("1,234.5", "", is_typed=True, say=Said).text.split()
    ['1', '234,5']
    >>> fill_place("3", "ligne|lignes", is_typed=True, say=Said).text
    'lignes'
    >>> fill_place("2027-03-01", "", is_typed=False, say=Said).text
    '1er mars 2027'
    """
    if "|" in form:
        one, _, several = form.partition("|")
        return Said(one if _is_singular(found) else several)
    kind, _, family = form.partition(" ")
    if form == "message":
        return say(found)
    if form == "message list":
        return _list(found, say)
    if kind == "list":
        return _list(found, lambda item: _word(family, item) if family else _as_found(item))
    if kind == "word":
        return _word(family, found)
    if form == "as written":
        return Said(found, kept=(found,))
    return _as_found(found, is_number=is_typed or kind == "number")


def french_number(text: str) -> str:
    """Give an English number in French form; what is none stays as it is.

    >>> french_number("12.5%").split(), french_number("many")
    (['12,5', '%'], 'many')
    """
    if not NUMBER.fullmatch(text):
        return text
    number = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return number.replace("%", f"{NO_BREAK_SPACE}%")


def _word(family: str, word: str) -> Said:
    number = NUMBERED.search(word)
    bare = NUMBERED.sub("", word.removeprefix("one "))
    known = (read_catalog().word(one, bare) for one in family.split(","))
    french = next((found for found in known if found), None)
    if french is None:
        return Said(word, foreign=(word,), is_missed=True)
    return Said(french + (number[0] if number else ""), n_known=len(word))


def _as_found(found: str, *, is_number: bool = False) -> Said:
    if HIDDEN in found:
        shown = found.replace(HIDDEN, HIDDEN_FRENCH)
        return Said(shown, kept=(found.replace(HIDDEN, ""),))
    if moment := MOMENT.fullmatch(found):
        return Said(_french_moment(moment), kept=(found,))
    if len(found) > 1 and found[0] == found[-1] and found[0] in "'\"":
        quoted = f"«{NO_BREAK_SPACE}{_unquoted(found)}{NO_BREAK_SPACE}»"
        return Said(quoted, kept=(found,))
    if is_number or GROUPED.fullmatch(found):
        return Said(french_number(found), kept=(found,))
    return Said(found, kept=(found,), loose=(found,))


def _french_moment(found: re.Match[str]) -> str:
    year, month, day, hour, minute = found.groups()
    name = MONTHS[int(month) - 1] if 1 <= int(month) <= len(MONTHS) else month
    number = "1er" if day == "01" else str(int(day))
    clock = f" à {hour}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{minute}" if hour else ""
    return f"{number} {name} {year}{clock}"


def _unquoted(found: str) -> str:
    try:
        return str(ast.literal_eval(found))
    except (SyntaxError, ValueError):
        return found[1:-1]


def _list(found: str, each: Callable[[str], Said]) -> Said:
    """Translate the items of a list, and the word before its last."""
    for english, french in ENDS.items():
        head, end, last = found.rpartition(english)
        if end and ", " not in last:
            return join_said([_list(head, each), Said(french), each(last)])
    items = [each(item) for item in found.split(", ")]
    commas = [Said(", ")] * (len(items) - 1)
    return join_said(part for pair in zip(items, [*commas, Said("")], strict=True) for part in pair)


def _is_singular(found: str) -> bool:
    try:
        return abs(float(found.replace(",", "").rstrip("%"))) < 2
    except ValueError:
        return False
