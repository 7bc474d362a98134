"""Looks for words in a text: for a few one by one, for thousands in one pass over the text."""

from collections.abc import Iterable, Iterator
from typing import AnyStr, Generic

__all__ = ["FEW", "Needles"]

FEW = 64  # up to so many, looking for one after the other is the faster way


class Needles(Generic[AnyStr]):
    """Words to look for in many texts.

    Args:
        words: The words, none empty; texts are searched as they stand.
    """

    def __init__(self, words: Iterable[AnyStr]) -> None:
        self._words: tuple[AnyStr, ...] = tuple(dict.fromkeys(words))
        self._width = min(map(len, self._words), default=0)
        self._by_start: dict[AnyStr, list[AnyStr]] = {}
        if len(self._words) > FEW:
            for word in self._words:
                self._by_start.setdefault(word[: self._width], []).append(word)

    def found_in(self, text: AnyStr) -> Iterator[AnyStr]:
        """Give the words that a text holds, in no order.

        >>> list(Needles(["ann@x.fr", "bo@x.fr"]).found_in("mail bo@x.fr"))
        ['bo@x.fr']
        """
        if not self._by_start:
            return (word for word in self._words if word in text)
        width, known = self._width, self._by_start
        starts = {
            start for i in range(len(text) - width + 1) if (start := text[i : i + width]) in known
        }
        return (word for start in starts for word in known[start] if word in text)

    def are_in(self, text: AnyStr) -> bool:
        """Say whether a text holds one of the words.

        >>> Needles([b"ann@x.fr"]).are_in(b"nobody")
        False
        """
        return next(self.found_in(text), None) is not None
