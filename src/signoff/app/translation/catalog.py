"""The French of every sentence and word, read from the files beside this one."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources import files

from signoff.app.translation.template import Template
from signoff.errors import DataError
from signoff.units import french_spaces

__all__ = ["LANGUAGES", "Catalog", "read_catalog", "require_language"]

LANGUAGES = ("en", "fr")


class Catalog:
    """The sentences and words of French, by their English.

    Args:
        messages: French by English sentence, both with their places.
        words: French by English word, by family.
    """

    def __init__(self, messages: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> None:
        self.words = {
            family: {english: french_spaces(french, language="fr") for english, french in pairs}
            for family, pairs in ((family, pairs.items()) for family, pairs in words.items())
        }
        self.templates = tuple(
            Template(english, french_spaces(french, language="fr"))
            for english, french in messages.items()
        )

    @cached_property
    def _fixed(self) -> dict[str, Template]:
        return {t.words[0]: t for t in self.templates if len(t.words) == 1}

    @cached_property
    def _by_first_word(self) -> dict[str, list[Template]]:
        """Give the templates by first word, those that fit most exactly first."""
        grouped: dict[str, list[Template]] = defaultdict(list)
        for template in sorted(self.templates, key=lambda one: one.rank, reverse=True):
            if len(template.words) > 1:
                grouped[template.first_word].append(template)
        return dict(grouped)

    def find(self, text: str) -> tuple[Template, tuple[str, ...]] | None:
        """Give the template that an English sentence is made of, and what fills its places.

        Of several, the one with most letters of its own.

        >>> found = read_catalog().find("another backup is being made")
        >>> found[1] if found else None
        ()
        """
        if text in self._fixed:
            return self._fixed[text], ()
        best: tuple[Template, tuple[str, ...]] | None = None
        for word in (text.partition(" ")[0], ""):
            for template in self._by_first_word.get(word, ()):
                if best is not None and best[0].rank >= template.rank:
                    break
                places = template.match(text)
                if places is not None:
                    best = template, places
                    break
        return best

    def word(self, family: str, word: str) -> str | None:
        """Give the French of a word of a closed vocabulary; None when it has none.

        >>> read_catalog().word("role", "approver")
        'approbateur'
        """
        return self.words.get(family, {}).get(word)


@lru_cache
def read_catalog() -> Catalog:
    """Give the French catalog.

    >>> len(read_catalog().templates) > 100
    True
    """
    messages: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    folder = files("signoff.app.translation").joinpath("data", "fr")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        read = tomllib.loads(file.read_text("utf-8"))
        messages |= read.get("messages", {})
        for family, pairs in read.get("words", {}).items():
            words.setdefault(family, {}).update(pairs)
    return Catalog(messages, words)


def require_language(language: str) -> None:
    """Refuse a language that nothing is said in.

    Raises:
        DataError: it is neither "en" nor "fr".

    >>> require_language("fr")
    """
    if language not in LANGUAGES:
        raise DataError(
            f"nothing is said in {language!r}",
            why=f"there are texts for {', '.join(LANGUAGES)} only",
            fix="set the language to one of these",
            where="language",
        )
