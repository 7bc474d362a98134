"""What errors, faults, receipts and checks say, in the reader's language.

Whatever is said is written once, in English, where it arises. Here it is recognised by its
template and said in French; what comes from elsewhere (the operating system, an engine) stays.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import lru_cache

from signoff.app.translation.catalog import read_catalog, require_language
from signoff.app.translation.place import Said, fill_place, join_said
from signoff.app.translation.template import FRENCH_PLACE, Template
from signoff.errors import Fault, SignoffError
from signoff.units import NO_BREAK_SPACE

__all__ = ["is_foreign", "translate", "translate_error", "translate_fault"]

BREAK = re.compile(r"((?<=[.!?]) |; )")
BULLET = re.compile(r"\s*(?:- )?")
TELLING = 12  # letters of its own by which a sentence is known for certain
PROSE = re.compile(r"\b[a-z]+(?: [a-z]+){2}\b")
LONGEST = 6  # sentences that one template may hold
REMEMBERED = 4096


def translate(text: str, *, language: str) -> str:
    """Give what Signoff says in the reader's language.

    Args:
        text: One or several of its own sentences, in English.
        language: "en" or "fr".

    Returns:
        The text; parts that are not Signoff's own, such as what an operating system says, stay
        as they are.

    Raises:
        DataError: a language that nothing is said in.

    >>> translate("another backup is being made", language="fr")
    'une autre sauvegarde est en cours'
    """
    require_language(language)
    return text if language == "en" or not text else french_of(text).text


def is_foreign(text: str, *, language: str) -> bool:
    """Say whether a text, or a part of it, stays in English: it is not Signoff's own.

    Args:
        text: A text in English.
        language: "en" or "fr".

    Raises:
        DataError: a language that nothing is said in.

    >>> is_foreign("kernel panic", language="fr")
    True
    """
    require_language(language)
    return language != "en" and bool(french_of(text).foreign)


def translate_fault(fault: Fault, *, language: str) -> Fault:
    """Give a fault in the reader's language.

    Args:
        fault: The fault, in English.
        language: "en" or "fr".

    Returns:
        The same fault; paths of fields and files stay as they are.

    Raises:
        DataError: a language that nothing is said in.

    >>> fault = Fault("'budget' is missing", "the plan needs it", "remove the line", "money.budget")
    >>> translate_fault(fault, language="fr").why
    'le plan en a besoin'
    """
    said = {name: translate(part, language=language) for name, part in asdict(fault).items()}
    if " " not in fault.where:  # the path of a field, by which a form finds it
        said["where"] = fault.where
    return Fault(**said)


def translate_error(error: SignoffError, *, language: str) -> dict[str, object]:
    """Give an error as fields in the reader's language.

    Args:
        error: What was raised.
        language: "en" or "fr".

    Returns:
        The same keys as `SignoffError.as_json`: error, what, why, fix, where, faults.

    Raises:
        DataError: a language that nothing is said in.

    >>> error = SignoffError("another backup is being made", why="", fix="name a new file")
    >>> translate_error(error, language="fr")["fix"]
    'nommez un nouveau fichier'
    """
    return {
        "error": type(error).__name__,
        **asdict(translate_fault(error.fault, language=language)),
        "faults": [asdict(translate_fault(fault, language=language)) for fault in error.faults],
    }


@lru_cache(maxsize=REMEMBERED)
def french_of(text: str) -> Said:
    """Translate line by line; no sentence runs over the end of a line."""
    lines = [_line(line) for line in text.split("\n")]
    ends = [Said("\n")] * (len(lines) - 1)
    return join_said(part for pair in zip(lines, [*ends, Said("")], strict=True) for part in pair)


def _line(text: str) -> Said:
    """Translate sentence by sentence, so that as many letters as possible are recognised."""
    pieces = BREAK.split(text)
    best = [Said("")]
    for end in range(1, (len(pieces) + 1) // 2 + 1):
        choices = []
        for start in range(max(0, end - LONGEST), end):
            part = _sentence("".join(pieces[2 * start : 2 * end - 1]), is_one=end - start == 1)
            if part is not None:
                mark = _french_break(pieces[2 * start - 1]) if start else ""
                choices.append(join_said([best[start], Said(mark), part]))
        best.append(max(choices, key=lambda said: said.n_known))
    return best[-1]


def parts_of(text: str) -> Iterator[str]:
    """Give every part of a text that may be a sentence of ours, longest first.

    >>> "one" in parts_of("One. Two.")
    True
    """
    pieces = BREAK.split(text)
    n_pieces = (len(pieces) + 1) // 2
    for start in range(n_pieces):
        for end in range(min(n_pieces, start + LONGEST), start, -1):
            for reading in _readings("".join(pieces[2 * start : 2 * end - 1])):
                yield reading[0]


def _french_break(mark: str) -> str:
    return f"{NO_BREAK_SPACE}; " if mark == "; " else mark


def _sentence(text: str, *, is_one: bool) -> Said | None:
    """Translate a text that may be one of ours; give one sentence back as it is, if it is not."""
    for core, head, tail, is_capital in _readings(text):
        found = read_catalog().find(core)
        said = _filled(*found) if found else None
        if found and said and not _is_chance(found[0], said):
            words = said.text[:1].upper() + said.text[1:] if is_capital else said.text
            return replace(said, text=head + words + tail)
    return Said(text, foreign=(text,) if text else ()) if is_one else None


def _is_chance(template: Template, said: Said) -> bool:
    """Say whether a template of few words fits what is no sentence of ours."""
    if template.n_letters >= TELLING:
        return False
    if said.is_missed or (said.foreign and not template.n_letters):
        return True
    held = (*said.loose, *said.foreign) if template.words[0] == "" else said.loose
    return any(map(PROSE.search, held))


def _readings(text: str) -> list[tuple[str, str, str, bool]]:
    """Give the text as it is, and as a clause that was made a sentence or an item of a list."""
    bare = BULLET.sub("", text, count=1)
    head = text[: len(text) - len(bare)]
    clause = bare.removesuffix(".")
    tail = bare[len(clause) :]
    readings = [(text, "", "", False), (bare, head, "", False), (clause, head, tail, False)]
    if clause[:1].isupper():
        readings.append((clause[:1].lower() + clause[1:], head, tail, True))
    return list(dict.fromkeys(readings))


def _filled(template: Template, found: tuple[str, ...]) -> Said:
    kinds = {piece[0]: piece[1] for piece in template.pieces if not isinstance(piece, str)}
    parts: list[Said] = []
    end = 0
    for mark in FRENCH_PLACE.finditer(template.french):
        parts.append(Said(template.french[end : mark.start()]))
        end = mark.end()
        if mark[1] is None:
            parts.append(Said(mark[0][0]))
            continue
        place = int(mark[1])
        is_typed = kinds[place] is not None
        parts.append(fill_place(found[place], mark[2] or "", is_typed=is_typed, say=french_of))
    parts.append(Said(template.french[end:]))
    return join_said(parts, own=template.rank[0])
