"""Columns of a history that a model must not see, each with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.errors import DataError
from signoff.stats.discrimination import area_under_curve
from signoff.store.firm_names import plain_words

__all__ = ["END_WORDS", "Leak", "area_alone", "check_day_of_end", "find_leaks"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ALMOST_OUTCOME_AREA = 0.95
FILLED_GAP, SAME_SHARE, LATER_SHARE = 0.5, 0.9, 0.02
SURELY_PURE_LOG = -20.7
N_FOLDS, N_BANDS = 5, 20
WON_WORDS = frozenset(("won", "closed won", "gagne", "gagnee", "win"))
LOST_WORDS = frozenset(("lost", "closed lost", "perdu", "perdue", "loss"))
END_WORDS = frozenset(
    (
        *("close", "closed", "closing", "cloture", "fermeture", "won", "lost", "gagne", "gagnee"),
        *("perdu", "perdue", "stage", "status", "statut", "etape", "etat", "outcome", "resultat"),
        *("result", "duration", "duree", "signed", "signature", "invoice", "facture", "churn"),
        *("converted", "conversion"),
    )
)


@dataclass(frozen=True)
class Leak:
    """A column that is left out of the model.

    Attributes:
        column: Its name.
        kind: "known afterwards", "almost the outcome", "calendar", "identifier" or "no use".
        why: What was found, with the figures that decided.
    """

    column: str
    kind: str
    why: str


def find_leaks(
    columns: Sequence[PlainColumn], *, won: Floats, day: Floats | None, time: str = ""
) -> list[Leak]:
    """Find the columns that tell the outcome because they were written after it.

    Args:
        columns: All but the outcome and the time column.
        won: 1 won, 0 lost, NaN not known; shape (rows,).
        day: Day of each row, counted from year 1; None without a time column.
        time: Name of the time column, for the reasons.

    Returns:
        The leaks, and the columns that are of no use, in the order of the columns.

    >>> from signoff.audience.fit.cells import read_column
    >>> won = np.array([1.0, 0.0] * 20)
    >>> paid = read_column("paid_eur", ["120", ""] * 20)
    >>> find_leaks([paid], won=won, day=None)[0].why
    'filled for 100 % of the won rows and 0 % of the lost'
    """
    found = {column.name: _leak(column, won=won, day=day, time=time) for column in columns}
    if day is not None:
        afterwards = [c for c in columns if c.kind == "date" and found[c.name] is not None]
        for column in columns:
            if found[column.name] is None and column.kind == "number":
                found[column.name] = _length_of_case(column, afterwards, day=day, time=time)
    return [leak for leak in found.values() if leak is not None]


def _leak(column: PlainColumn, *, won: Floats, day: Floats | None, time: str) -> Leak | None:
    name = column.name
    if column.kind == "constant":
        return Leak(name, "no use", "the same in every row, or empty")
    if why := _filled_afterwards(column.known, won=won):
        return Leak(name, "known afterwards", why)
    if column.kind == "date":
        return _date_leak(column, day=day, time=time)
    area = area_alone(column, won=won)
    if area >= ALMOST_OUTCOME_AREA:
        why = f"alone it tells won from lost: area {area:.3f} on rows it was not learned from"
        return Leak(name, "almost the outcome", why)
    if words := END_WORDS & set(plain_words(name.replace("_", " ")).split()):
        why = f"by its name ({', '.join(sorted(words))}) it is set when a case ends"
        return Leak(name, "known afterwards", why)
    if column.kind in ("id", "text"):
        why = "a value of its own in nearly every row" if column.kind == "id" else "free text"
        return Leak(name, "identifier" if column.kind == "id" else "no use", why)
    return None


def _filled_afterwards(known: Flags, *, won: Floats) -> str:
    """Say why being filled gives the outcome away; "" where it does not."""
    with_won, with_lost, still_open = known[won == 1], known[won == 0], known[np.isnan(won)]
    share_won, share_lost = float(with_won.mean()), float(with_lost.mean())
    said = f"filled for {share_won:.0%} of the won rows and {share_lost:.0%} of the lost"
    said = said.replace("%", " %")
    if abs(share_won - share_lost) >= FILLED_GAP:
        return said
    base = len(with_won) / (len(with_won) + len(with_lost))
    for n_mine, n_other, rate in (
        (int(with_won.sum()), int(with_lost.sum()), base),
        (int(with_lost.sum()), int(with_won.sum()), 1 - base),
    ):
        if n_other == 0 and rate <= 0.5 and n_mine * np.log(rate) < SURELY_PURE_LOG:
            return f"filled in {n_mine:,} rows of one outcome and in none of the other"
    if len(still_open) >= 20 and still_open.mean() <= 0.05 and min(share_won, share_lost) >= 0.5:
        return "filled for rows whose outcome is known, and empty for those still open"
    return ""


def _date_leak(column: PlainColumn, *, day: Floats | None, time: str) -> Leak | None:
    if day is None:
        why = "a day: which day it was does not come again, and no time column orders the rows"
        return Leak(column.name, "calendar", why)
    both = np.isfinite(column.numbers) & np.isfinite(day)
    later = float((column.numbers[both] > day[both]).mean()) if both.any() else 0.0
    if later > LATER_SHARE:
        why = f"later than {time} in {later:.0%} of the rows: not known then"
        return Leak(column.name, "known afterwards", why.replace("%", " %"))
    if not both.any() or float((column.numbers[both] < day[both]).mean()) < SAME_SHARE:
        return Leak(column.name, "calendar", f"the same day as {time}, or mostly empty")
    return None


def _length_of_case(
    column: PlainColumn, afterwards: Sequence[PlainColumn], *, day: Floats, time: str
) -> Leak | None:
    for other in afterwards:
        length = other.numbers - day
        both = np.isfinite(length) & np.isfinite(column.numbers)
        if both.sum() >= 20 and np.abs(length - column.numbers)[both].mean() < 1.0:
            why = f"the days from {time} to {other.name}: not known before the end"
            return Leak(column.name, "known afterwards", why)
    return None


def area_alone(column: PlainColumn, *, won: Floats) -> float:
    """Give the area under the curve of the shares won by value, each from the other folds.

    Args:
        column: The column.
        won: 1 won, 0 lost, NaN not known.

    Returns:
        The area, 0 to 1; one half tells nothing.

    >>> from signoff.audience.fit.cells import read_column
    >>> area_alone(read_column("paid", ["y", "n"] * 20), won=np.array([1.0, 0.0] * 20))
    1.0
    """
    resolved = np.flatnonzero(~np.isnan(won))
    code = _codes(column)[resolved]
    outcome, fold = won[resolved], np.arange(len(resolved)) % N_FOLDS
    usual = float(outcome.mean())
    n_codes = int(code.max()) + 1
    score = np.full(len(resolved), usual)
    for k in range(N_FOLDS):
        mine, rest = fold == k, fold != k
        n_met = np.bincount(code[rest], minlength=n_codes)
        n_won = np.bincount(code[rest], weights=outcome[rest], minlength=n_codes)
        score[mine] = ((n_won + usual) / (n_met + 1.0))[code[mine]]
    return area_under_curve(score, n_won=outcome, n_lost=1.0 - outcome)


def check_day_of_end(outcome: PlainColumn, others: Sequence[PlainColumn]) -> None:
    """Refuse a day of closing as the outcome when another column says who was won.

    Args:
        outcome: The column that was named as the outcome.
        others: The other columns.

    Raises:
        DataError: the day is filled for won and for lost rows of another column.

    >>> from signoff.audience.fit.cells import read_column
    >>> check_day_of_end(read_column("won", ["yes", "no"]), [])
    """
    if outcome.kind != "date":
        return
    for other in others:
        if other.kind != "category":
            continue
        met = {plain_words(text) for text in set(other.texts[outcome.known].tolist())}
        if met & WON_WORDS and met & LOST_WORDS:
            raise DataError(
                f"{outcome.name} holds a day for won and for lost rows",
                why=f"by {other.name} it is the day a case ended, whatever the outcome",
                fix=f"name {other.name} as the outcome",
            )


def _codes(column: PlainColumn) -> NDArray[np.int64]:
    if column.kind != "number":
        return np.unique(column.texts.astype(str), return_inverse=True)[1]
    known = column.numbers[np.isfinite(column.numbers)]
    cuts = np.unique(np.quantile(known, np.linspace(0, 1, N_BANDS + 1)))
    place = np.searchsorted(cuts, np.nan_to_num(column.numbers, nan=-np.inf), side="right")
    return np.where(np.isfinite(column.numbers), place + 1, 0).astype(np.int64)
