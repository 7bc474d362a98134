"""Which column says when a row began and whom it belongs to, and from which day it is tried."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.leaks import END_WORDS
from signoff.store.firm_names import plain_words

__all__ = ["day_after_share", "find_entity", "find_time", "is_day_or_entity"]

Floats = NDArray[np.float64]

START_WORDS = frozenset(
    (
        *("begin", "began", "start", "started", "created", "create", "creation", "engage", "open"),
        *("opened", "first", "contact", "debut", "cree", "ouverture", "entree", "received"),
    )
)
ENTITY_NAMES = (
    *("account id", "account", "company id", "company", "customer id", "customer", "client id"),
    *("client", "organisation", "organization", "societe", "entreprise", "compte", "account name"),
    *("company name",),
)
FILLED_SHARE = 0.95


def find_time(columns: Sequence[PlainColumn], *, won: Floats) -> tuple[PlainColumn | None, str]:
    """Find the column that says when each row began.

    Args:
        columns: All but the outcome.
        won: 1 won, 0 lost, NaN not known.

    Returns:
        The column, or None; and why it was taken, or why there is none.

    >>> from signoff.audience.fit.cells import read_column
    >>> days = [read_column(n, ["2026-01-02", "2026-02-03"]) for n in ("close_date", "engage_date")]
    >>> find_time(days, won=np.array([1.0, 0.0]))[1]
    'engage_date is a day in 100 % of the rows with a known outcome, and by its name a beginning'
    """
    resolved = ~np.isnan(won)
    ranked = []
    for place, column in enumerate(columns):
        words = _words(column.name)
        if column.kind != "date" or words & END_WORDS:
            continue
        filled = np.isfinite(column.numbers[resolved])
        if filled.mean() < FILLED_SHARE:
            continue
        is_named = bool(words & START_WORDS)
        middle = float(np.median(column.numbers[resolved][filled]))
        ranked.append((not is_named, middle, place, float(filled.mean())))
    if not ranked:
        return None, "no column holds a day that is known for won and lost rows from the beginning"
    unnamed, _, place, share = min(ranked)
    why = "the earliest such column" if unnamed else "by its name a beginning"
    name = columns[place].name
    said = f"{name} is a day in {share:.0%} of the rows with a known outcome, and {why}"
    return columns[place], said.replace("%", " %")


def find_entity(columns: Sequence[PlainColumn]) -> PlainColumn | None:
    """Find the column that says which account a row belongs to, by its name.

    Args:
        columns: All but the outcome.

    Returns:
        The column, or None when each row stands for itself.

    >>> from signoff.audience.fit.cells import read_column
    >>> found = find_entity([read_column("Société", ["A", "B", "A"])])
    >>> found.name if found else ""
    'Société'
    """
    named = {" ".join(sorted(_words(column.name))): column for column in columns}
    for name in ENTITY_NAMES:
        column = named.get(" ".join(sorted(name.split())))
        if column is not None and column.kind in ("category", "id", "text", "number"):
            return column
    return None


def is_day_or_entity(name: str) -> bool:
    """Tell whether a column is by its name the day a row began, or whom it belongs to.

    Args:
        name: As the file names it.

    >>> is_day_or_entity("first_contact_date"), is_day_or_entity("staff")
    (True, False)
    """
    words = _words(name)
    known = {" ".join(sorted(entity.split())) for entity in ENTITY_NAMES}
    return bool(words & START_WORDS) or " ".join(sorted(words)) in known


def day_after_share(day: Floats, *, share: float) -> date:
    """Give the first day before which at least this share of the rows began.

    Args:
        day: Days counted from year 1, without gaps.
        share: Share of the rows, 0 to 1.

    >>> day_after_share(np.array([1.0, 2.0, 3.0, 4.0]), share=0.75)
    datetime.date(1, 1, 4)
    """
    ranked = np.sort(day)
    return date.fromordinal(int(ranked[min(len(ranked) - 1, int(share * len(ranked)))]))


def _words(name: str) -> set[str]:
    return set(plain_words(name.replace("_", " ")).split())
