"""A plain history as it is read: its outcome, its days, its accounts, the columns to learn from."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn, read_column
from signoff.audience.fit.history_day import find_entity, find_time, is_day_or_entity
from signoff.audience.fit.leaks import Leak, check_day_of_end, find_leaks
from signoff.audience.fit.outcome import Outcome, read_outcome
from signoff.errors import DataError

__all__ = ["HistoryTable", "mature_table", "number_entities", "read_table", "usable_columns"]

Floats = NDArray[np.float64]

MATURE_SHARE, MOST_READ = 0.9, 1_000


@dataclass(frozen=True)
class HistoryTable:
    """A history, read.

    Attributes:
        columns: All but the outcome.
        outcome: What became of each row.
        time: Column that orders the rows; None for none.
        time_said: Which it is, and why.
        entity: Column that says whom a row belongs to; None where each stands for itself.
        cautions: What the reader should know.
    """

    columns: tuple[PlainColumn, ...]
    outcome: Outcome
    time: PlainColumn | None
    time_said: str
    entity: PlainColumn | None
    cautions: tuple[str, ...]


def read_table(
    records: Sequence[Mapping[str, object]],
    *,
    outcome: str,
    time: str | None,
    entity: str | None,
) -> HistoryTable:
    """Read the columns of a history, at most 1,000 of them.

    Args:
        records: The rows, by column name.
        outcome: Column of the outcome.
        time: Column of the days; None to find it.
        entity: Column of the accounts; None to find it.

    Returns:
        The table.

    Raises:
        DataError: no rows, a column that is not there, or one that cannot be read.
    """
    names = list(records[0]) if records else []
    if not names:
        raise DataError(
            "the table has no rows",
            why="there is nothing to learn from",
            fix="give a table with a heading and at least 200 rows with a known outcome",
        )
    for name in (outcome, time, entity):
        if name is not None and name not in names:
            raise _no_such_column(name, names=names)
    named_columns = [name for name in (outcome, time, entity) if name]
    kept, cautions = _fewer_columns(names, always=named_columns)
    columns = [read_column(name, [row.get(name) for row in records]) for name in kept]
    named = {column.name: column for column in columns}
    others = tuple(column for column in columns if column.name != outcome)
    check_day_of_end(named[outcome], others)
    told = read_outcome(named[outcome])
    when, said = (named[time], f"{time}, as given") if time else find_time(others, won=told.won)
    if when is not None and when.kind != "date":
        raise DataError(
            f"{when.name} does not hold days",
            why="rows are split by the day they began",
            fix="name a column such as 2026-11-27 or 27/11/2026 in at least nine of ten rows",
        )
    whom = named[entity] if entity else find_entity(others)
    return HistoryTable(others, told, when, said, whom, cautions)


def _fewer_columns(
    names: Sequence[str], *, always: Sequence[str]
) -> tuple[list[str], tuple[str, ...]]:
    """Keep the first columns of a very wide table, and say so."""
    if len(names) <= MOST_READ:
        return list(names), ()
    others = sorted(
        (name for name in names if name not in set(always)),
        key=lambda name: not is_day_or_entity(name),
    )
    chosen = {*always, *others[: MOST_READ - len(set(always))]}
    caution = (
        f"of {len(names):,} columns only the first {MOST_READ:,} were read: each is tried alone "
        "for leaks, and among more some look good by chance; leave out columns to choose others"
    )
    return [name for name in names if name in chosen], (caution,)


def _no_such_column(name: str, *, names: Sequence[str]) -> DataError:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    shown = ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
    return DataError(
        f"there is no column {name}",
        why=f"the table has: {shown}",
        fix=f"did you mean {near[0]}?" if near else "name one of these",
    )


def mature_table(table: HistoryTable, *, today: date | None) -> HistoryTable:
    """Take the outcome from rows of the future, and from rows too young to have been won.

    Args:
        table: As read.
        today: Rows that began later are open; None to trust all days.

    Returns:
        The table with these rows open, and a caution for each kind.
    """
    if table.time is None:
        caution = "without a day, seasons and batches cannot be told from a signal"
        return replace(table, cautions=(*table.cautions, caution))
    won, day, cautions = table.outcome.won.copy(), table.time.numbers, list(table.cautions)
    if today is not None and (ahead := np.nan_to_num(day) > today.toordinal()).any():
        won[ahead] = np.nan
        cautions.append(f"{int(ahead.sum()):,} rows begin after {today}: scored, not learned from")
    undated = int((~np.isfinite(day) & ~np.isnan(won)).sum())
    if undated:
        cautions.append(f"{undated:,} rows have no day in {table.time.name}: not learned from")
    if table.outcome.ends is not None:
        ends = table.outcome.ends
        took = (ends - day)[np.isfinite(ends) & np.isfinite(day)]
        wait = float(np.quantile(took, MATURE_SHARE)) if len(took) else 0.0
        young = np.isnan(ends) & (np.nan_to_num(day) > np.nanmax(ends) - wait)
        won[young] = np.nan
        if young.any():
            cautions.append(
                f"{int(young.sum()):,} rows are younger than the {wait:.0f} days within which 90 % "
                "of the won were won: taken as open"
            )
    return replace(table, outcome=replace(table.outcome, won=won), cautions=tuple(cautions))


def usable_columns(
    table: HistoryTable, *, won: Floats, day: Floats | None
) -> tuple[list[PlainColumn], list[Leak]]:
    """Part the columns that may be learned from and those that may not, with the reasons.

    Args:
        table: As read.
        won: 1 won, 0 lost, NaN not known.
        day: Day of each row; None without a time column.

    Returns:
        The columns, days turned into ages; and the leaks.
    """
    apart = {c.name for c in (table.time, table.entity) if c is not None}
    others = [column for column in table.columns if column.name not in apart]
    if min((won == 1).sum(), (won == 0).sum()) < 1:
        return others, []
    time = table.time.name if table.time else ""
    leaks = find_leaks(others, won=won, day=day, time=time)
    out = {leak.column for leak in leaks}
    used = [column for column in others if column.name not in out]
    if day is not None:
        used = [_age(column, day=day) if column.kind == "date" else column for column in used]
    if table.entity is not None:
        why = "whom a row belongs to: redrawn for the intervals, and a new account has no past"
        leaks.append(Leak(table.entity.name, "identifier", why))
    return used, leaks


def _age(column: PlainColumn, *, day: Floats) -> PlainColumn:
    return replace(column, kind="number", numbers=day - column.numbers)


def number_entities(table: HistoryTable, *, n_rows: int) -> NDArray[np.int64]:
    """Number the accounts from 0; a row without one stands for itself.

    Args:
        table: As read.
        n_rows: Rows of the table.

    Returns:
        Shape (rows,).
    """
    if table.entity is None:
        return np.arange(n_rows)
    names = [text or f"\0{place}" for place, text in enumerate(table.entity.texts.tolist())]
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1]
