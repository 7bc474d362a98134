"""What a job title says: department, level, and which parts its holder may play in a purchase."""

import csv
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from signoff.audience.titles.words import masculine_forms, split_title
from signoff.brief import Language
from signoff.units import CommitteeRole, Function, Level

__all__ = ["TitleReading", "classify_title", "classify_titles", "role_priors"]

LONGEST_PHRASE = 5
LEVELS = tuple(Level)
FORMER = frozenset(("former", "formerly", "ex", "previously", "ancien", "ancienne"))
"""Words that say that somebody held a title once and holds it no more."""
ASSUMED_LEVEL = Level.SPECIALIST
"""Level of a title that names a department alone."""


@dataclass(frozen=True)
class TitleReading:
    """What one job title says.

    Attributes:
        title: The title as given.
        function: Department; other where no word tells it.
        level: Level; specialist is assumed where only the department is told, staff where nothing.
        is_function_known: Whether a word tells the department.
        is_level_known: Whether a word tells the level.
        roles: Probability of each committee role, 0 to 1; they are assumptions, see the manual.
        evidence: The words it rests on.
    """

    title: str
    function: Function
    level: Level
    is_function_known: bool
    is_level_known: bool
    roles: dict[CommitteeRole, float]
    evidence: str


@dataclass(frozen=True)
class Term:
    """What one phrase of the lexicon says; rank breaks ties between levels."""

    level: Level | None
    rank: int
    function: Function | None
    weight: float


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language, or of both.

    Attributes:
        terms: Hand-made phrases about levels and departments.
        learned: Phrases that public occupation lists tie to a department.
        longest: For each first word, the words of its longest phrase.
    """

    terms: dict[str, Term]
    learned: dict[str, Term]
    longest: dict[str, int]


def classify_title(title: str, *, language: str | None = None) -> TitleReading:
    """Read one job title.

    Args:
        title: A title in English or French, of either gender, abbreviated or not.
        language: "en" or "fr" to use that lexicon alone; None for both.

    Returns:
        Its reading; a title without any known word is other, with low probabilities.

    Source: phrases of title_terms.csv, written by hand; then of title_words.csv, learned from
    O*NET, ESCO and ROME. See audience/data/ATTRIBUTION.md.

    >>> read = classify_title("Acheteuse")
    >>> read.function.value, read.level.value, read.evidence
    ('purchasing', 'specialist', 'acheteuse: specialist, purchasing')
    >>> classify_title("Jedi Master of Xyzzy").evidence
    'no word known'
    """
    return next(classify_titles([title], language=language))


def classify_titles(
    titles: Iterable[str], *, language: str | None = None
) -> Iterator[TitleReading]:
    """Read many job titles, one after the other.

    Args:
        titles: Titles in English or French.
        language: "en" or "fr" to use that lexicon alone; None for both.

    Yields:
        One reading per title, in their order.

    >>> [read.level.value for read in classify_titles(["DAF", "VP Sales"])]
    ['executive', 'executive']
    """
    lexicon = load_lexicon(Language(language) if language else None)
    for title in titles:
        yield _read(title, lexicon=lexicon)


@functools.cache
def role_priors() -> Mapping[tuple[str, str], Mapping[CommitteeRole, float]]:
    """Give the assumed probability of each role, by department and level.

    Returns:
        One entry per department and level, and ("?", "?") for titles that say nothing.

    Source: judgement, after the roles of Webster and Wind (1972); role_priors.csv.

    >>> role_priors()["finance", "executive"][CommitteeRole.APPROVER]
    0.9
    """
    listed = {
        (row["function"], row["level"]): {role: float(row[role]) for role in CommitteeRole}
        for row in _data_rows("role_priors.csv")
    }
    return {
        ("?", "?"): listed["?", "?"],
        **{
            (function, level): listed.get((function, level), listed["*", level])
            for function in Function
            for level in Level
        },
    }


def assumed_roles(function: Function | None, level: Level | None) -> Mapping[CommitteeRole, float]:
    """Give the assumed probability of each role where department or level may be unknown.

    >>> assumed_roles(None, None) == role_priors()["?", "?"]
    True
    """
    if level is None and function in (None, Function.OTHER):
        return role_priors()["?", "?"]
    return role_priors()[function or Function.OTHER, level or _assumed_level(function)]


def _assumed_level(function: Function | None) -> Level:
    return Level.STAFF if function in (None, Function.OTHER) else ASSUMED_LEVEL


@functools.cache
def load_lexicon(language: Language | None) -> Lexicon:
    """Load the phrases of one language, or of both."""
    terms: dict[str, Term] = {}
    learned: dict[str, Term] = {}
    for name, target in (("title_terms.csv", terms), ("title_words.csv", learned)):
        for row in _data_rows(name):
            if language is None or row["language"] == language:
                phrase = " ".join(split_title(row["phrase"]))
                target[phrase] = _stronger(_term(row), target.get(phrase))
    longest: dict[str, int] = {}
    for phrase in (*terms, *learned):
        words = phrase.split(" ")
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return Lexicon(terms, learned, longest)


def _data_rows(name: str) -> list[dict[str, str]]:
    path = resources.files("signoff.audience").joinpath("data", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _term(row: Mapping[str, str]) -> Term:
    return Term(
        level=Level(row["level"]) if row.get("level") else None,
        rank=int(row.get("rank") or 0),
        function=Function(row["function"]) if row["function"] else None,
        weight=float(row["weight"] or 0),
    )


def _stronger(term: Term, other: Term | None) -> Term:
    """Join what two languages say of the same phrase: each time the stronger."""
    if other is None:
        return term
    by_level = max((term, other), key=lambda t: (t.level is not None, t.rank))
    by_function = max((term, other), key=lambda t: t.weight)
    return Term(by_level.level, by_level.rank, by_function.function, by_function.weight)


def _read(title: str, *, lexicon: Lexicon) -> TitleReading:
    words = split_title(title)
    if words[:1] and words[0] in FORMER:
        return _reading(title, hits=[], function=None, level=None)
    hits = _find(words, terms=lexicon.terms, longest=lexicon.longest)
    function = _strongest_function(hits)
    if function is None:
        told = {phrase for phrase, _ in hits}
        learned = _find(words, terms=lexicon.learned, longest=lexicon.longest)
        learned = [hit for hit in learned if hit[0] not in told]
        function = _strongest_function(learned)
        hits += learned
    level = _highest_level(hits)
    return _reading(title, hits=hits, function=function, level=level)


def _reading(
    title: str,
    *,
    hits: list[tuple[str, Term]],
    function: Function | None,
    level: Level | None,
) -> TitleReading:
    told = "; ".join(f"{words}: {_told(term)}" for words, term in hits)
    return TitleReading(
        title=title,
        function=function or Function.OTHER,
        level=level or _assumed_level(function),
        is_function_known=function is not None,
        is_level_known=level is not None,
        roles=dict(assumed_roles(function, level)),
        evidence=told or "no word known",
    )


def _find(
    words: tuple[str, ...], *, terms: Mapping[str, Term], longest: Mapping[str, int]
) -> list[tuple[str, Term]]:
    """Find the longest known phrases from left to right, no word used twice."""
    hits: list[tuple[str, Term]] = []
    start, n_words = 0, len(words)
    while start < n_words:
        size = _match(words, start, terms=terms, longest=longest, hits=hits)
        start += size
    return hits


def _match(
    words: tuple[str, ...],
    start: int,
    *,
    terms: Mapping[str, Term],
    longest: Mapping[str, int],
    hits: list[tuple[str, Term]],
) -> int:
    for first in (words[start], *masculine_forms(words[start])):
        for size in range(min(longest.get(first, 0), len(words) - start), 0, -1):
            phrase = " ".join((first, *words[start + 1 : start + size]))
            term = terms.get(phrase)
            if term is not None:
                hits.append((" ".join(words[start : start + size]), term))
                return size
    return 1


def _strongest_function(hits: list[tuple[str, Term]]) -> Function | None:
    """Give the department with most weight; the first named wins a tie."""
    weights: dict[Function, float] = {}
    for _, term in hits:
        if term.function is not None:
            weights[term.function] = max(weights.get(term.function, 0.0), term.weight)
    return max(weights, key=weights.__getitem__) if weights else None


def _highest_level(hits: list[tuple[str, Term]]) -> Level | None:
    """Give the level of the highest rank, and of those the highest level."""
    told = [(term.rank, LEVELS.index(term.level)) for _, term in hits if term.level]
    return LEVELS[max(told)[1]] if told else None


def _told(term: Term) -> str:
    return ", ".join(str(part.value) for part in (term.level, term.function) if part)
