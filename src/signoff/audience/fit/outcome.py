"""The outcome of each row of a history: won, lost or not known yet, in many notations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.errors import DataError
from signoff.store.firm_names import plain_words

__all__ = ["Outcome", "read_outcome"]

WON = frozenset(
    (
        *("won", "win", "yes", "y", "true", "1", "1.0", "1,0", "oui", "o", "vrai", "bought"),
        *("gagne", "gagnee", "gagnes", "signe", "signee", "converted", "success", "closed won"),
        *("closedwon", "affaire gagnee", "opportunite gagnee", "gagne signe"),
    )
)
LOST = frozenset(
    (
        *("lost", "loss", "lose", "no", "n", "false", "0", "0.0", "0,0", "non", "faux", "failed"),
        *("perdu", "perdue", "perdus", "rejected", "refuse", "refusee", "failure", "closed lost"),
        *("closedlost", "affaire perdue", "opportunite perdue", "not won", "non gagne"),
        *("not converted", "not bought"),
    )
)
MOST_OPEN_KINDS = 12


@dataclass(frozen=True)
class Outcome:
    """What became of each row.

    Attributes:
        won: 1 won, 0 lost, NaN not known; shape (rows,).
        said: How the column was read, in words.
        ends: The day of winning, NaN for all others; None when the column holds no days.
    """

    won: NDArray[np.float64]
    said: str
    ends: NDArray[np.float64] | None = None


def read_outcome(column: PlainColumn) -> Outcome:
    """Read who was won and who was lost.

    Args:
        column: The outcome: won and lost, yes and no, 1 and 0, gagné and perdu, any mixture of
            these with other words (stages of open deals) or blanks, which are not known yet; or
            the day of winning, empty for all others.

    Returns:
        The outcome.

    Raises:
        DataError: there is one outcome only, or three that cannot be told apart.

    >>> from signoff.audience.fit.cells import read_column
    >>> read_outcome(read_column("stade", ["Gagné", "perdu", "", "En cours"])).won
    array([ 1.,  0., nan, nan])
    """
    texts = column.texts.tolist()
    if column.kind == "date":
        return _by_date(column)
    spelt = {text: plain_words(text) or text for text in set(texts) if text}
    value = {text: _value(folded, text) for text, folded in spelt.items()}
    kinds = {kind for kind in value.values() if kind is not None}
    if len(kinds) < 2:
        raise _unreadable(column, spelt=sorted(spelt), kinds=kinds)
    others = sorted({text for text, kind in value.items() if kind is None})
    if len(others) > MOST_OPEN_KINDS:
        raise _unreadable(column, spelt=sorted(spelt), kinds=kinds)
    won = np.array([_number(value.get(text)) for text in texts])
    names = [", ".join(sorted({t for t, k in value.items() if k == kind})[:4]) for kind in (1, 0)]
    said = f"{column.name}: {names[0]} is won, {names[1]} is lost"
    if others:
        said += f"; not known yet: {', '.join(others)}"
    return Outcome(won, said)


def _value(folded: str, text: str) -> int | None:
    bare = text.strip().casefold()
    if folded in WON or bare in WON:
        return 1
    return 0 if folded in LOST or bare in LOST else None


def _number(kind: int | None) -> float:
    return np.nan if kind is None else float(kind)


def _by_date(column: PlainColumn) -> Outcome:
    known = column.known
    if known.all():
        raise DataError(
            f"{column.name} is a day in every row",
            why="a day of winning tells won from lost only where it is empty for the lost",
            fix="name a column that says won or lost",
        )
    said = f"{column.name}: rows with a day are won, rows without one are lost or still open"
    return Outcome(known.astype(np.float64), said, ends=column.numbers)


def _unreadable(column: PlainColumn, *, spelt: Sequence[str], kinds: set[int]) -> DataError:
    shown = ", ".join(spelt[:8]) or "(empty)"
    more = f" and {len(spelt) - 8} more" if len(spelt) > 8 else ""
    only = {0: "only lost rows", 1: "only won rows"}
    why = only[next(iter(kinds))] if len(kinds) == 1 else "which value means won is not clear"
    return DataError(
        f"{column.name} holds {len(spelt)} values: {shown}{more}",
        why=f"{why}; both outcomes are needed to learn from",
        fix="write won and lost, yes and no, or 1 and 0; leave the outcome of open rows empty",
    )
