"""Sentences with places: how an English one is recognised and a French one is filled."""

import re
from dataclasses import dataclass
from functools import cached_property

__all__ = ["ENGLISH_PLACE", "FRENCH_PLACE", "Template"]

ENGLISH_PLACE = re.compile(r"\{\{|\}\}|\{(\d+)(!r|:n)?\}")
FRENCH_PLACE = re.compile(r"\{\{|\}\}|\{(\d+)(?::([^{}]*))?\}")
NUMBER = r"[-+]?(?:\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?|nan|inf)%?"
QUOTED = (
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\[({].*?[\])}]|[-\d.e]+|True|False|None|\w+\(.*?\)"""
)
CAPTURES = {None: "(.+?)", ":n": f"({NUMBER})", "!r": f"({QUOTED})"}


@dataclass(frozen=True)
class Template:
    """One English sentence with places, and the French one.

    Attributes:
        english: "there is no {0} {1!r}"; `!r` marks a quoted place, `:n` a number.
        french: The same in French, the places in any order: "{0}" as found, or with a form.
    """

    english: str
    french: str

    @cached_property
    def pieces(self) -> list[str | tuple[int, str | None]]:
        """Give words and places of the English sentence in turn."""
        found: list[str | tuple[int, str | None]] = []
        end = 0
        for mark in ENGLISH_PLACE.finditer(self.english):
            found.append(self.english[end : mark.start()])
            found.append(mark[0][0] if mark[1] is None else (int(mark[1]), mark[2]))
            end = mark.end()
        found.append(self.english[end:])
        return [piece for piece in found if piece != ""]

    @cached_property
    def words(self) -> list[str]:
        """Give what stands between the places."""
        joined: list[str] = [""]
        for piece in self.pieces:
            if isinstance(piece, str):
                joined[-1] += piece
            else:
                joined.append("")
        return joined

    @cached_property
    def rank(self) -> tuple[int, int]:
        """Say how exactly it fits what it fits: letters of its own, then places of a known kind."""
        kinds = [piece[1] for piece in self.pieces if not isinstance(piece, str)]
        return sum(map(len, self.words)), sum(kind is not None for kind in kinds)

    @cached_property
    def n_letters(self) -> int:
        """Say how many letters of the alphabet are its own."""
        return sum(letter.isalpha() for words in self.words for letter in words)

    @cached_property
    def first_word(self) -> str:
        """Give the word that every such sentence begins with; "" when it begins with a place."""
        word, space, _ = self.words[0].partition(" ")
        return word if space else ""

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        pattern = "".join(
            re.escape(piece) if isinstance(piece, str) else CAPTURES[piece[1]]
            for piece in self.pieces
        )
        return re.compile(pattern, re.DOTALL)

    @cached_property
    def _core(self) -> str:
        return max(self.words, key=len)

    def match(self, text: str) -> tuple[str, ...] | None:
        """Give what stands at the places of an English sentence, if it is this one.

        >>> Template("there is no {0} {1!r}", "").match("there is no brief 'spring'")
        ('brief', "'spring'")
        >>> Template("there is no {0} {1!r}", "").match("there is nothing")
        """
        if not (
            text.startswith(self.words[0]) and text.endswith(self.words[-1]) and self._core in text
        ):
            return None
        found = self._regex.fullmatch(text)
        return found.groups() if found else None
