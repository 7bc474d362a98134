"""E-mail addresses in a brief: found anywhere, named by their place, never repeated."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from signoff.errors import Fault

__all__ = ["HIDDEN", "address_fault", "hide_addresses", "list_addresses"]

HIDDEN = "(an e-mail address)"
_ADDRESS = re.compile(r"[^\s@<>\"'“”«»,;:()\[\]]+@[^\s@<>\"'“”«»,;:()\[\]]+\.[^\W\d_]{2,}")


def hide_addresses(text: str) -> str:
    """Give a text with every e-mail address in it hidden, so that a message can repeat it.

    >>> hide_addresses("ask jo@firm.example")
    'ask (an e-mail address)'
    """
    return _ADDRESS.sub(HIDDEN, text)


def list_addresses(data: Any, place: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Name the places of a brief that hold an e-mail address, as value or as key.

    Args:
        data: The brief as tables and values.
        place: Where these stand.

    Yields:
        One place for each text, in the order of the brief.

    >>> list(list_addresses({"notes": ["fine", "ask jo@firm.example"]}))
    [('notes', 1)]
    """
    if isinstance(data, Mapping):
        for key, value in data.items():
            if _ADDRESS.search(str(key)):
                yield (*place, str(key))
            yield from list_addresses(value, (*place, str(key)))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from list_addresses(value, (*place, index))
    elif isinstance(data, str) and _ADDRESS.search(data):
        yield place


def address_fault(where: str) -> Fault:
    """Give the fault of an e-mail address that stands in a brief.

    >>> address_fault("notes[2]").where
    'notes[2]'
    """
    return Fault(
        "an e-mail address stands here (not repeated, because it is personal)",
        "a brief is kept in versions and shared, so a person could never be erased from it",
        "delete it here; a person to be left alone belongs in the suppression ledger: "
        "signoff audience suppress",
        hide_addresses(where),
    )
