"""Phrases written by hand that tell a level or a department, and where a title holds them."""

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from signoff.audience.titles.words import split_stems, split_title
from signoff.brief import Language
from signoff.units import Function, Level

__all__ = ["Hit", "Lexicon", "Term", "data_rows", "find_terms", "load_lexicon"]

LEVELS = tuple(Level)
WORD_WEIGHT, PHRASE_WEIGHT, SUBJECT_WEIGHT = 1.5, 2.0, 1.1
"""Of the vocabulary: an occupation in one word, in several, and a word that tells no level."""


@dataclass(frozen=True, eq=False)
class Term:
    """What one phrase says; the rank says which of several levels wins.

    One object per phrase, compared by identity, so that rows of them are quickly looked up.
    """

    phrase: str
    level: Level | None
    rank: int
    function: Function | None
    weight: float

    @functools.cached_property
    def said(self) -> str:
        """It in words."""
        said = ", ".join(part.value for part in (self.level, self.function) if part)
        return f"{self.phrase}: {said}"


Hit = Term | None
"""What a title says at one place: a term, or nothing for a word that no phrase holds."""


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language, or of both.

    Attributes:
        terms: Each phrase, as stems.
        longest: For each first stem, the stems of its longest phrase.
    """

    terms: Mapping[tuple[str, ...], Term]
    longest: Mapping[str, int]


@functools.cache
def load_lexicon(
    language: Language | None,
    *,
    with_mended: bool = True,
    without: frozenset[tuple[str, ...]] = frozenset(),
) -> Lexicon:
    """Load the phrases of one language, or of both: title_terms.csv, then title_vocabulary.csv.

    Args:
        language: None for both.
        with_mended: Whether with phrases added after looking at misread labelled titles; a model
            that learned with them would trust the lexicon more than it deserves elsewhere.
        without: Phrases of the vocabulary, as stems, that are left out: whole labelled titles,
            for the same reason.

    >>> load_lexicon(None).terms["acheteur",].function.value
    'purchasing'
    """
    terms: dict[tuple[str, ...], Term] = {}
    for row in data_rows("title_terms.csv"):
        if language not in (None, row["language"]) or (row["mended"] and not with_mended):
            continue
        stems = split_stems(row["phrase"])
        terms[stems] = _stronger(_term(row), terms.get(stems))
    for row in data_rows("title_vocabulary.csv"):
        stems = split_stems(row["term"])
        known = terms.get(stems)
        is_wanted = language in (None, row["language"]) and stems and stems not in without
        if is_wanted and (known is None or known.function is None):
            terms[stems] = _stronger(_vocabulary_term(row, stems), known)
    longest: dict[str, int] = {}
    for stems in terms:
        longest[stems[0]] = max(len(stems), longest.get(stems[0], 0))
    return Lexicon(terms, longest)


def find_terms(stems: tuple[str, ...], *, lexicon: Lexicon) -> list[Hit]:
    """Find the longest known phrases from left to right, no word used twice.

    >>> find_terms(("chef", "projet", "xyzzy"), lexicon=load_lexicon(None))[-1] is None
    True
    """
    hits: list[Hit] = []
    start, n_stems = 0, len(stems)
    terms, longest = lexicon.terms, lexicon.longest
    while start < n_stems:
        for size in range(min(longest.get(stems[start], 0), n_stems - start), 0, -1):
            term = terms.get(stems[start : start + size])
            if term is not None:
                hits.append(term)
                start += size
                break
        else:
            hits.append(None)
            start += 1
    return hits


def data_rows(name: str) -> list[dict[str, str]]:
    """Read one of the tables that ship with the package."""
    path = resources.files("signoff.audience").joinpath("data", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _term(row: Mapping[str, str]) -> Term:
    return Term(
        phrase=" ".join(split_title(row["phrase"])),
        level=Level(row["level"]) if row["level"] else None,
        rank=int(row["rank"] or 0),
        function=Function(row["function"]) if row["function"] else None,
        weight=float(row["weight"] or 0),
    )


def _vocabulary_term(row: Mapping[str, str], stems: tuple[str, ...]) -> Term:
    weight = WORD_WEIGHT if len(stems) == 1 else PHRASE_WEIGHT
    return Term(
        phrase=row["term"],
        level=Level(row["level"]) if row["level"] else None,
        rank=min(len(stems), 2) if row["level"] else 0,
        function=Function(row["function"]),
        weight=weight if row["level"] else SUBJECT_WEIGHT,
    )


def _stronger(term: Term, other: Term | None) -> Term:
    """Join what two rows say of the same phrase: the stronger each time, in its shorter form."""
    if other is None:
        return term
    by_level = max((term, other), key=lambda t: (t.level is not None, t.rank))
    by_function = max((term, other), key=lambda t: t.weight)
    phrase = min(term.phrase, other.phrase, key=len)
    return Term(phrase, by_level.level, by_level.rank, by_function.function, by_function.weight)
