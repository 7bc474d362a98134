"""What kind of organisation an account is: from its name, its web domain and its industry."""

import csv
import functools
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from signoff.audience.industries import Verdict, judge_industry
from signoff.units import OrganisationKind

__all__ = ["KindGuess", "guess_kind"]

SOURCE = "source"


@dataclass(frozen=True)
class KindGuess:
    """What kind an organisation is, or probably is.

    Attributes:
        kind: The kind; empty where nothing tells it.
        confidence_share: How sure, 0 to 1: 1 where the source says it; a judgement, not measured.
        evidence: What it rests on; "source" where the source says it.
    """

    kind: OrganisationKind | None
    confidence_share: float
    evidence: str


@dataclass(frozen=True)
class Sign:
    """One sign of a kind: a phrase of a name, a part of a domain, an industry."""

    where: str
    sign: str
    kind: OrganisationKind
    share: float


def guess_kind(
    name: str | None,
    *,
    domain: str | None = None,
    industry: tuple[str, str] | None = None,
    told: OrganisationKind | str | None = None,
) -> KindGuess:
    """Say what kind of organisation an account is, how sure that is, and what it rests on.

    What the source says is never overwritten. Of several signs of one kind each counts; signs of
    different kinds speak against each other, save that a manufacturer is a company.

    Args:
        name: Name as the source writes it.
        domain: Web domain without www.
        industry: Scheme (naics, nace, naf or own) and code.
        told: Kind that the source gives; it wins.

    Returns:
        The kind; empty where there is no sign, since most firms carry none.

    Source: signs and their weights are judgement, see kind_signs.csv.

    >>> found = guess_kind("Lycée Jean Moulin", domain="lycee-moulin.example")
    >>> found.kind.value, found.evidence
    ('school', 'name lycee; domain lycee-')
    >>> guess_kind("Acme", told="hospital").evidence
    'source'
    """
    if told:
        return KindGuess(OrganisationKind(told), 1.0, SOURCE)
    return _judge((*_in_name(name or ""), *_in_domain(domain or ""), *_in_industry(industry)))


@functools.lru_cache(maxsize=4096)
def _judge(hits: tuple[Sign, ...]) -> KindGuess:
    """Weigh the signs that were found; most accounts share theirs with many others."""
    if not hits:
        return KindGuess(None, 0.0, "")
    shares = _weigh(hits)
    kind = max(shares, key=lambda found: (shares[found], found.value))
    own = [hit for hit in hits if hit.kind is kind]
    evidence = "; ".join(f"{hit.where} {hit.sign.strip('^$')}" for hit in own)
    return KindGuess(kind, round(shares[kind], 3), evidence)


def _weigh(hits: Sequence[Sign]) -> Mapping[OrganisationKind, float]:
    """Give the probability of each kind: one of them, or none, is true."""
    missed: dict[OrganisationKind, float] = {}
    for hit in hits:
        missed[hit.kind] = missed.get(hit.kind, 1.0) * (1 - hit.share)
    if OrganisationKind.MANUFACTURER in missed:
        missed.pop(OrganisationKind.COMPANY, None)
    odds = {kind: (1 - miss) / miss for kind, miss in missed.items()}
    whole = 1 + math.fsum(odds.values())
    return {kind: value / whole for kind, value in odds.items()}


def _in_name(name: str) -> Iterator[Sign]:
    """Find the signs in a name; of two where one contains the other, the longer, then the surer."""
    listed = _words(name)
    by_word = _signs_by_word()
    beginning = [word for word in dict.fromkeys(listed) if word in by_word]
    if not beginning:
        return
    near = [at for word in beginning for at in by_word[word]]
    words = f" {' '.join(listed)} "
    found = [(place, sign) for place, sign in near if _stands(sign.sign, words)]
    found.sort(key=lambda at: (-len(at[1].sign.strip("^$")), -at[1].share, at[0]))
    kept: list[str] = []
    for _place, sign in found:
        plain = f" {sign.sign.strip('^$')} "
        if not any(plain in longer for longer in kept):
            kept.append(plain)
            yield sign


def _stands(sign: str, words: str) -> bool:
    plain = f" {sign.strip('^$')} "
    if sign.startswith("^"):
        return words.startswith(plain)
    return words.endswith(plain) if sign.endswith("$") else plain in words


def _in_domain(domain: str) -> Iterator[Sign]:
    if not domain:
        return
    host = domain.lower().removeprefix("www.")
    for sign in _signs("domain"):
        is_start = sign.sign.startswith("^")
        if host.startswith(sign.sign[1:]) if is_start else host.endswith(sign.sign):
            yield sign


@functools.lru_cache(maxsize=4096)
def _in_industry(industry: tuple[str, str] | None) -> tuple[Sign, ...]:
    if not industry or not all(industry):
        return ()
    return tuple(
        sign
        for family in ("naics", "nace")
        for sign in _signs(family)
        if judge_industry(*industry, wanted=[f"{family}:{sign.sign}"]) is Verdict.MET
    )


def _words(text: str) -> list[str]:
    if text.isascii():
        return re.findall(r"[a-z0-9]+", text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[a-z0-9]+", letters)


@functools.cache
def _signs_by_word() -> Mapping[str, Sequence[tuple[int, Sign]]]:
    """Give the signs of names by their first word, each with its place in the file.

    Most names have no word that begins a sign, and need no further look.
    """
    found: dict[str, list[tuple[int, Sign]]] = {}
    for place, sign in enumerate(_signs("name")):
        found.setdefault(sign.sign.strip("^$").split()[0], []).append((place, sign))
    return found


@functools.cache
def _signs(where: str) -> tuple[Sign, ...]:
    path = resources.files("signoff.audience").joinpath("data/kind_signs.csv")
    with path.open(encoding="utf-8") as lines:
        return tuple(
            Sign(where, row["sign"], OrganisationKind(row["kind"]), float(row["share"]))
            for row in csv.DictReader(lines)
            if row["where"] == where
        )
