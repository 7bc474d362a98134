"""What a job title says: department, level, and which parts its holder may play in a purchase."""

import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from signoff.audience.titles.features import Stems
from signoff.audience.titles.lexicon import Hit, Lexicon, Term, find_terms, load_lexicon
from signoff.audience.titles.model import KNOWN_BITS, TitleModel, TitleShares, load_title_model
from signoff.audience.titles.priors import (
    assumed_level,
    assumed_roles,
    industry_lift,
    role_priors,
)
from signoff.audience.titles.words import split_stems
from signoff.brief import Language
from signoff.units import CommitteeRole, Function, Level

__all__ = ["TitleReading", "assumed_roles", "classify_title", "classify_titles", "role_priors"]

FUNCTIONS, LEVELS, ROLES = tuple(Function), tuple(Level), tuple(CommitteeRole)
FORMER = frozenset(("former", "formerly", "ex", "previously", "retired", "ancien", "retrait"))
"""Words that say that somebody held a title once and holds it no more."""
CHUNK = 4096
"""Titles read at once: enough for numpy, little memory."""
NO_POST = 5
"""Weight of phrases that say that somebody holds no post ("looking for work")."""
SURE_FUNCTION, SURE_LEVEL = 0.5, 0.75
"""From these probabilities on the model tells what no phrase of the lexicon does."""


@dataclass(frozen=True)
class TitleReading:
    """What one job title says.

    Attributes:
        title: The title as given.
        function: Department; other where no word tells it.
        level: Level; specialist is assumed where only the department is told, staff where nothing.
        is_function_known: Whether a word tells the department.
        is_level_known: Whether a word tells the level.
        roles: Probability of each committee role, 0 to 1.
        evidence: The words it rests on.
        function_probability: How likely the department is right, 0 to 1.
        level_probability: How likely the level is right, 0 to 1.
    """

    title: str
    function: Function
    level: Level
    is_function_known: bool
    is_level_known: bool
    roles: dict[CommitteeRole, float]
    evidence: str
    function_probability: float
    level_probability: float


@dataclass(frozen=True)
class Split:
    """A title cut into stems, with what the lexicon says; none where it says nothing at all."""

    stems: Stems
    hits: list[Hit]


@dataclass(frozen=True)
class Guess:
    """What the model holds likeliest of one title: places in FUNCTIONS and LEVELS, and shares."""

    function: int
    level: int
    functions: list[float]
    level_share: float
    roles: list[float]


def classify_title(
    title: str, *, language: str | None = None, industry: str | None = None
) -> TitleReading:
    """Read one job title.

    Args:
        title: A title in English or French, of either gender, abbreviated or not.
        language: "en" or "fr" to use that lexicon alone; None for both.
        industry: NACE or NAF code of the firm, if known; it moves doubtful departments.

    Returns:
        Its reading; a title without any known word is other, with low probabilities.

    Source: phrases of title_terms.csv, written by hand, and a linear model over them and over
    pieces of words, learned from labelled titles and from O*NET, ESCO and ROME. See
    docs/reference/roles.md and audience/data/ATTRIBUTION.md.

    >>> read = classify_title("Acheteuse")
    >>> read.function.value, read.level.value, read.evidence
    ('purchasing', 'specialist', 'acheteur: specialist, purchasing')
    >>> classify_title("Xyzzy").evidence
    'no word known'
    """
    return next(classify_titles([title], language=language, industries=[industry]))


def classify_titles(
    titles: Iterable[str],
    *,
    language: str | None = None,
    industries: Iterable[str | None] | None = None,
) -> Iterator[TitleReading]:
    """Read many job titles, a few thousand at a time.

    Args:
        titles: Titles in English or French.
        language: "en" or "fr" to use that lexicon alone; None for both.
        industries: NACE or NAF code of each title's firm, None where it is not known.

    Yields:
        One reading per title, in their order.

    >>> [read.level.value for read in classify_titles(["DAF", "VP Sales"])]
    ['executive', 'executive']
    """
    lexicon = load_lexicon(Language(language) if language else None)
    model = load_title_model()
    pairs: Iterable[tuple[str, str | None]] = (
        ((title, None) for title in titles)
        if industries is None
        else zip(titles, industries, strict=True)
    )
    for chunk in _batches(pairs):
        unique = dict.fromkeys(chunk)
        read = dict(zip(unique, _read(list(unique), lexicon=lexicon, model=model), strict=True))
        yield from (read[pair] for pair in chunk)


def _batches(
    pairs: Iterable[tuple[str, str | None]],
) -> Iterator[list[tuple[str, str | None]]]:
    left = iter(pairs)
    while chunk := list(itertools.islice(left, CHUNK)):
        yield chunk


def _read(
    pairs: Sequence[tuple[str, str | None]], *, lexicon: Lexicon, model: TitleModel
) -> Iterator[TitleReading]:
    splits = [_split(title, lexicon=lexicon, model=model) for title, _ in pairs]
    told = [split for split in splits if split]
    if not told:
        yield from (_nothing(title) for title, _ in pairs)
        return
    shares = model.predict([s.stems for s in told], hits=[s.hits for s in told])
    industries = [industry for (_, industry), split in zip(pairs, splits, strict=True) if split]
    guesses = _guess(shares, industries)
    for (title, _), split in zip(pairs, splits, strict=True):
        yield _reading(title, split=split, guess=next(guesses)) if split else _nothing(title)


def _guess(shares: TitleShares, industries: Sequence[str | None]) -> Iterator[Guess]:
    """Give what the model holds likeliest, one title after the other."""
    functions = shares.functions
    if any(industries):
        functions = functions * np.array([industry_lift(code or "") for code in industries])
        functions = functions / functions.sum(axis=1, keepdims=True)
    return map(
        Guess,
        functions.argmax(axis=1).tolist(),
        shares.levels.argmax(axis=1).tolist(),
        functions.round(3).tolist(),
        shares.levels.max(axis=1).round(3).tolist(),
        shares.roles.round(3).tolist(),
    )


def _split(title: str, *, lexicon: Lexicon, model: TitleModel) -> Split | None:
    """Cut a title; nothing where it was held once, or where no word of it is known."""
    stems = split_stems(title)
    if not stems or stems[0] in FORMER:
        return None
    hits = find_terms(stems, lexicon=lexicon)
    told = [hit for hit in hits if hit]
    if told and all(hit.weight >= NO_POST for hit in told):
        return None
    if any(hits) or any(_is_known(stem, model=model) for stem in stems):
        return Split(stems, hits)
    return None


def _is_known(stem: str, *, model: TitleModel) -> bool:
    """Say whether the occupation lists hold a word; a single letter is none."""
    if len(stem) == 1:
        return False
    place = zlib.crc32(stem.encode()) & ((1 << KNOWN_BITS) - 1)
    return bool(model.known[place >> 3] & (0x80 >> (place & 7)))


def _reading(title: str, *, split: Split, guess: Guess) -> TitleReading:
    hits = [hit for hit in split.hits if hit]
    is_all_told = len(hits) == len(split.hits)
    function = FUNCTIONS[guess.function]
    level = LEVELS[guess.level]
    tells_function = any(hit.function for hit in hits)
    knows_function = tells_function or (
        not is_all_told and guess.functions[guess.function] >= SURE_FUNCTION
    )
    knows_level = any(hit.level for hit in hits) or (
        not is_all_told and guess.level_share >= SURE_LEVEL
    )
    if not (hits or knows_function or knows_level):
        return _nothing(title)
    if is_all_told and not tells_function:
        function = Function.OTHER
    return TitleReading(
        title=title,
        function=function,
        level=level,
        is_function_known=knows_function,
        is_level_known=knows_level,
        roles=dict(zip(ROLES, guess.roles, strict=True)),
        evidence=_evidence(hits, function=function, level=level),
        function_probability=guess.functions[FUNCTIONS.index(function)],
        level_probability=guess.level_share,
    )


def _evidence(hits: Sequence[Term], *, function: Function, level: Level) -> str:
    """Name the phrases, and what words outside them made the model say."""
    told = [hit.said for hit in hits]
    learned = []
    if not any(hit.level is level for hit in hits):
        learned.append(level.value)
    if not any(hit.function is function for hit in hits):
        learned.append(function.value)
    if learned:
        told.append(f"likeness to known titles: {', '.join(learned)}")
    return "; ".join(told)


def _nothing(title: str) -> TitleReading:
    return TitleReading(
        title=title,
        function=Function.OTHER,
        level=assumed_level(None),
        is_function_known=False,
        is_level_known=False,
        roles=dict(assumed_roles(None, None)),
        evidence="no word known",
        function_probability=0.0,
        level_probability=0.0,
    )
