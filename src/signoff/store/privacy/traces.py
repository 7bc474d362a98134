"""By which words a person is found in a text, and what remains of the text without them."""

import codecs
import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations
from typing import Any

from signoff.store.privacy.needles import FEW, Needles
from signoff.store.register.identity import (
    normal_email,
    normal_name,
    normal_phone,
    normal_profile,
)
from signoff.store.register.persons import PersonRow

__all__ = ["ERASED", "Traces", "read_codes", "split_records", "traces_of"]

ERASED = "[erased]"
MAIL_ENDS = ("gmail.com", "googlemail.com")  # these ignore full stops and what follows a plus
ID_LENGTH = 16  # a shorter id would be found in any text
PHONE_MARKS = re.compile(r"[\s().\-/\u00a0\u202f]")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
TAG = re.compile(r"<[^>]*>")
JSON_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
ACCENTS = r"[\u0300-\u036f]*"  # what may follow a letter when accents stand by themselves
MUTE = r"['\u2019.]?"  # what a name's normal form leaves out inside a word
ELISION = re.compile("['\u2019]")


@dataclass(frozen=True)
class Traces:
    """What names a person.

    Attributes:
        words: Address, its SHA-256, profile, random id; folded to lower case.
        phones: Phone numbers, last digits only.
        names: First and last names, in their normal form, and as SHA-256.
    """

    words: tuple[str, ...]
    phones: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    def are_in(self, text: str) -> bool:
        """Say whether a record holds the person: by a word, a number, or first and last name.

        >>> traces_of([PersonRow("p", first_name="Zoé", last_name="Lee")]).are_in("LEE;zoe;x")
        True
        """
        if self._needles.are_in(text.casefold()):
            return True
        if self._phone_needles.are_in(PHONE_MARKS.sub("", text)):
            return True
        spaced = _spaced(text) if self.names else ""
        return any(f" {first} " in spaced for first, _ in self._pairs_in(spaced))

    def are_in_bytes(self, content: bytes) -> bool:
        """Say whether bytes of any kind hold the person, in one of the usual encodings.

        >>> Traces((), (), (("zoe", "lee"),)).are_in_bytes("<td>Lee</td><td>Zoé</td>".encode())
        True
        """
        if self._byte_needles.are_in(content.lower()):
            return True
        return any(self._are_told_in(text) for text in _readings(content))

    def redact(self, text: str) -> str:
        """Replace what names the person in running text, with or without accents.

        >>> traces_of([PersonRow("p", email="a@x.fr")]).redact("ask A@x.fr today")
        'ask [erased] today'
        """
        pattern = self._likely_in(text).pattern
        if pattern.search(text):
            text = pattern.sub(ERASED, text)
        apart = unicodedata.normalize("NFD", text)
        if apart == text or not pattern.search(apart):
            return text
        return unicodedata.normalize("NFC", pattern.sub(ERASED, apart))

    def redact_json(self, value: Any) -> Any:
        """Replace what names the person in every text of a JSON value, keys too."""
        if isinstance(value, str):
            return self.redact(value)
        if isinstance(value, list):
            return [self.redact_json(item) for item in value]
        if isinstance(value, dict):
            return {self.redact(key): self.redact_json(item) for key, item in value.items()}
        return value

    def without(self, value: Any) -> tuple[Any, int]:
        """Take the records that hold the person out of a JSON value.

        Returns:
            What remains, and how many records were taken out.
        """
        if isinstance(value, list):
            kept = [item for item in value if not self._is_record_of(item)]
            pairs = [self.without(item) for item in kept]
            n_taken = len(value) - len(kept) + sum(n for _, n in pairs)
            return [item for item, _ in pairs], n_taken
        if isinstance(value, dict):
            found = {key: self.without(item) for key, item in value.items()}
            return {k: item for k, (item, _) in found.items()}, sum(n for _, n in found.values())
        if isinstance(value, str) and self.are_in(value):
            return ERASED, 1
        return value, 0

    def _is_record_of(self, item: Any) -> bool:
        if isinstance(item, dict) and any(isinstance(v, list | dict) for v in item.values()):
            return False  # look inside before taking a whole branch out
        return self.are_in(json.dumps(item, ensure_ascii=False))

    def _are_told_in(self, text: str) -> bool:
        """Say whether a text of any kind holds a number, or first and last name side by side."""
        if self._phone_needles.are_in(PHONE_MARKS.sub("", text)):
            return True
        spaced = _spaced(text) if self.names else ""
        pairs = self._pairs_in(spaced)
        return any(f" {a} {b} " in spaced for pair in pairs for a, b in permutations(pair))

    def _pairs_in(self, spaced: str) -> Iterator[tuple[str, str]]:
        """Give the names whose last name a text holds."""
        for last in self._last_names.found_in(spaced):
            yield from ((first, last.strip()) for first in self._first_names[last])

    def _likely_in(self, text: str) -> "Traces":
        """Give those that a text may hold; one pattern of thousands would take hours."""
        if len(self.words) + len(self.phones) + len(self.names) <= FEW:
            return self
        folded = f"{text}\n{unicodedata.normalize('NFD', text)}".casefold()
        letters = normal_name(text)
        return Traces(
            words=tuple(self._needles.found_in(folded)),
            phones=tuple(self._phone_needles.found_in(PHONE_MARKS.sub("", text))),
            names=tuple(
                (first, last.strip())
                for last in self._bare_last_names.found_in(letters)
                for first in self._first_names[f" {last} "]
                if first in letters
            ),
        )

    @cached_property
    def _needles(self) -> Needles[str]:
        return Needles(self.words)

    @cached_property
    def _phone_needles(self) -> Needles[str]:
        return Needles(self.phones)

    @cached_property
    def _byte_needles(self) -> Needles[bytes]:
        return Needles(
            word.encode(encoding, errors="replace").lower()
            for word in (*self.words, *self.phones)
            for encoding in ENCODINGS
        )

    @cached_property
    def _first_names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for first, last in self.names:
            found.setdefault(f" {last} ", []).append(first)
        return found

    @cached_property
    def _last_names(self) -> Needles[str]:
        return Needles(self._first_names)

    @cached_property
    def _bare_last_names(self) -> Needles[str]:
        return Needles(last.strip() for last in self._first_names)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is taken out of running text."""
        gap = r"[\s,;]+"
        full = [
            rf"(?<!\w){_spelt(a)}{gap}{_spelt(b)}(?![\w\u0300-\u036f])"
            for pair in self.names
            for a, b in permutations(pair)
        ]
        digits = [f"{PHONE_MARKS.pattern}*".join(phone) for phone in self.phones]
        found = [*map(re.escape, sorted(self.words, key=len, reverse=True)), *full, *digits]
        return re.compile("|".join(found) or r"(?!)", re.IGNORECASE)


def traces_of(rows: Iterable[PersonRow], *, shared_phones: Sequence[str] = ()) -> Traces:
    """Gather what names a person, from every version of the record.

    Args:
        rows: The versions.
        shared_phones: Numbers that others have too, which therefore name nobody.

    Returns:
        The traces.

    >>> traces_of([PersonRow("p1", email="ann@example.com")]).words[0]
    'ann@example.com'
    """
    shared = {normal_phone(phone) for phone in shared_phones}
    versions = [
        replace(row, phone=None) if normal_phone(row.phone) in shared else row for row in rows
    ]
    words = [word for row in versions for word in _words(row)]
    phones = [normal_phone(row.phone) for row in versions]
    names = [pair for row in versions for pair in _names(row)]
    return Traces(
        words=tuple(dict.fromkeys(word.casefold() for word in words if word)),
        phones=tuple(dict.fromkeys(p for p in phones if len(p) >= 8)),
        names=tuple(dict.fromkeys(names)),
    )


def split_records(text: str) -> list[str]:
    r"""Split delimited text into records as they stand; a quoted cell may hold line ends.

    Args:
        text: Lines with any separator.

    Returns:
        The records with their line ends; joined they give the text again.

    >>> split_records('a,b\n1,"x\ny"\n')
    ['a,b\n', '1,"x\ny"\n']
    """
    records: list[str] = []
    open_record = ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        open_record += line
        if open_record.count('"') % 2 == 0:
            records.append(open_record)
            open_record = ""
    return [*records, *re.findall(r"[^\n]*\n|[^\n]+", open_record)]


def read_codes(text: str) -> str:
    r"""Give a text of JSON with its codes as letters.

    >>> read_codes(r"Zo\u00e9")
    'Zoé'
    """
    return JSON_CODE.sub(lambda code: chr(int(code[1], 16)), text)


def _readings(content: bytes) -> Iterator[str]:
    """Read bytes as text in each way that may give letters: without tags, with codes read."""
    codes = ["utf-16"] if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else []
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        codes.append("cp1252")
    for code in [*codes, "utf-8"]:
        text = content.decode(code, errors="ignore").replace("\x00", "")
        yield read_codes(html.unescape(TAG.sub(" ", text)))


def _spaced(text: str) -> str:
    """Give a text's words between blanks; of one with an apostrophe, its parts too (d'Anna)."""
    apart = ELISION.sub(" ", text)
    readings = (text,) if apart == text else (text, apart)
    return f" {' '.join(map(normal_name, readings))} "


def _spelt(normal: str) -> str:
    """Give the pattern of a name, however it is accented, dotted or joined."""
    words = [(ACCENTS + MUTE).join(map(re.escape, word)) + ACCENTS for word in normal.split()]
    return r"[\s\-_]+".join(words)


def _words(row: PersonRow) -> Iterator[str]:
    if len(row.person_id) >= ID_LENGTH:
        yield row.person_id
    for address in dict.fromkeys(_spellings(row.email)):
        yield address
        yield _sha256(address)
    yield normal_profile(row.linkedin_url)
    digits = re.sub(r"\D", "", row.phone or "")
    if len(digits) >= 8:
        yield _sha256(f"+{digits}")


def _spellings(email: str | None) -> Iterator[str]:
    normal = normal_email(email)
    if "@" not in normal:
        return
    yield normal
    yield (email or "").strip()
    yield (email or "").strip().lower()
    local, _, domain = normal.rpartition("@")
    plain = local.partition("+")[0]
    yield f"{plain}@{domain}"
    if domain in MAIL_ENDS:
        yield f"{plain.replace('.', '')}@{domain}"


def _names(row: PersonRow) -> Iterator[tuple[str, str]]:
    first, last = normal_name(row.first_name), normal_name(row.last_name)
    if first and last:
        yield first, last
        plain = [(name or "").strip().casefold() for name in (row.first_name, row.last_name)]
        yield _sha256(plain[0]), _sha256(plain[1])


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
