"""Our own words in each language, and sentences made of them with traced numbers in place."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from signoff.errors import DataError
from signoff.report.document import Line, Number, Span, Words
from signoff.report.forms import ReaderForms, reader_forms

__all__ = ["Catalog", "read_catalog"]

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Catalog:
    """The texts of one language.

    Attributes:
        forms: How the language writes numbers and dates.
        texts: Text by key; a key ending in `.one` is the singular of the key before it.
    """

    forms: ReaderForms
    texts: Mapping[str, str]

    def word(self, key: str) -> str:
        """Give a text without places to fill.

        Raises:
            DataError: the catalog has no such text.

        >>> read_catalog("en").word("role.decider")
        'decider'
        """
        try:
            return self.texts[key]
        except KeyError as error:
            raise DataError(
                f"there is no text {key!r} in {self.forms.language}",
                why="the report has words of its own for each thing it names",
                fix="add it to the catalogs of signoff.report",
                where=key,
            ) from error

    def term(self, family: str, name: str) -> str:
        """Give the word for one of a closed vocabulary; a name that has none stays as it is.

        >>> read_catalog("fr").term("role", "approver")
        'approbateur'
        """
        return self.texts.get(f"{family}.{name}", name.replace("_", " "))

    def say(self, key: str, **spans: Span | Line) -> Line:
        """Make a sentence, its places filled with spans.

        Args:
            key: Key of the sentence; the singular is taken where `n` is given and is singular.
            **spans: What stands at each place.

        Returns:
            The sentence as spans.
        """
        chosen = f"{key}.one" if self._is_one(key, spans.get("n")) else key
        line: list[Span] = []
        for index, piece in enumerate(_PLACE.split(self.word(chosen))):
            if index % 2 == 0:
                line += [Words(piece)] if piece else []
            else:
                filled = spans[piece]
                line += filled if isinstance(filled, tuple) else (filled,)
        return tuple(line)

    def _is_one(self, key: str, count: Span | Line | None) -> bool:
        if not isinstance(count, Number) or f"{key}.one" not in self.texts:
            return False
        return self.forms.is_singular(float(count.value))


@lru_cache
def read_catalog(language: str) -> Catalog:
    """Give the texts of a language.

    Args:
        language: "en" or "fr".

    Raises:
        DataError: a language that reports are not written in.

    >>> read_catalog("en").forms.language
    'en'
    """
    forms = reader_forms(language)
    text = files("signoff.report").joinpath("locales", f"{language}.toml").read_text("utf-8")
    return Catalog(forms=forms, texts=dict(_flat(tomllib.loads(text), "")))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        pairs += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return pairs
