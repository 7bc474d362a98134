"""Prepared tables in memory: one copy for all who read the same facts, gone when these change."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from time import monotonic
from typing import Any

from signoff.store.engines.prepared import PreparedTable
from signoff.store.lake.warm import DELETION, WarmSession

__all__ = ["CopyShelf", "TableCopy"]

MOST_KEPT = 12
"""Tables of which a copy is kept while nobody reads it: those of a few briefs at most."""
UNASKED_SECONDS = 1800.0
"""How long a copy is kept that nobody asks for."""
_SERIAL = count(1)

Marks = Mapping[str, frozenset[str]]
Fill = Callable[["TableCopy"], None]


@dataclass(eq=False)
class TableCopy:
    """One prepared table in a database of its own, in memory.

    Attributes:
        table: What it is a copy of.
        marks: State of each table that it rests on.
        database: Name of its database.
        ready: Set once its rows are there, or with the error that kept them away.
        n_readers: Engines that read it, or wait for it.
        seconds: How long it took to work out.
        counted: Counts of its rows that were asked for; they last as long as the copy.
    """

    table: PreparedTable
    marks: Marks
    database: str
    ready: "Future[None]" = field(default_factory=Future)
    n_readers: int = 0
    seconds: float = 0.0
    counted: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Which table it is, of whatever state."""
        return self.table.name, self.table.variant

    @property
    def is_there(self) -> bool:
        """Whether its rows can be read."""
        return self.ready.done() and self.ready.exception() is None

    def is_of(self, marks: Marks) -> bool:
        """Say whether it shows that very state of the lake."""
        return self.marks == _of_table(self.table, marks)

    def may_stand_for(self, marks: Marks, *, patience_seconds: float) -> bool:
        """Say whether it may be read while the copy of a later state is worked out.

        Only where rows were added and none taken away, so that nothing undone or erased is shown;
        and only for tables that may lag, or when waiting would take too long.
        """
        later = _of_table(self.table, marks)
        changed = {name for name in later if later[name] != self.marks[name]}
        is_more = all(
            self.marks[name] < later[name] and not _deletions(later[name] - self.marks[name])
            for name in changed
        )
        return is_more and (changed <= set(self.table.may_lag) or self.seconds > patience_seconds)


class CopyShelf:
    """The copies that one session holds.

    Args:
        session: The session in whose memory they lie.
        refresh: Sees to it, in the background, that a table has a copy of the newest state.
        patience_seconds: How long a reader waits for the newest rows, when older ones are there.
    """

    def __init__(
        self,
        session: WarmSession,
        *,
        refresh: Callable[[PreparedTable], None],
        patience_seconds: float,
    ) -> None:
        self._session = session
        self._patience_seconds = patience_seconds
        self._refresh = refresh
        self._lock = Lock()
        self._copies: list[TableCopy] = []
        self._now: Marks = {}
        self._failed: set[tuple[str, str]] = set()
        self._asked: dict[tuple[str, str], tuple[float, PreparedTable]] = {}

    def lease(
        self,
        table: PreparedTable,
        *,
        marks: Marks,
        fill: Fill,
        may_lag: bool = True,
        is_asked: bool = True,
    ) -> TableCopy:
        """Give a copy with its rows; whoever asks first works them out, the others wait.

        Args:
            table: The table.
            marks: State of each table of the lake, as the reader sees it.
            fill: Works the rows out.
            may_lag: Take a copy that lacks the newest rows, where it may, rather than wait.
            is_asked: Whether somebody asks; tables nobody asks for are let go in time.

        Returns:
            A copy of that state, or one that may stand for it; to be given back.
        """
        with self._lock:
            lagging = self._lagging(table, marks) if may_lag else None
            copy, is_new = (lagging, False) if lagging else self._copy_of(table, marks)
            copy.n_readers += 1
            if is_asked:
                self._asked[copy.key] = (monotonic(), table)
        if lagging:
            self._refresh(table)
        if is_new:
            self._fill(copy, fill)
        try:
            copy.ready.result()
        except BaseException:
            self.give_back(copy)
            raise
        return copy

    def give_back(self, copy: TableCopy) -> None:
        """Say that one reader of a copy is done."""
        with self._lock:
            copy.n_readers -= 1
            self._tidy()

    def move_to(self, marks: Marks) -> None:
        """Drop the copies that a new state of the lake has overtaken, once their readers are done.

        Args:
            marks: The newest state of each table of the lake.
        """
        with self._lock:
            self._now = marks
            self._failed.clear()
            self._tidy()

    def tables(self) -> list[PreparedTable]:
        """Name the tables that were asked for of late."""
        with self._lock:
            self._tidy()
            return [table for _, table in self._asked.values()]

    def _copy_of(self, table: PreparedTable, marks: Marks) -> tuple[TableCopy, bool]:
        """Find the copy of that very state, or put a new one on the shelf to be filled."""
        wanted = _of_table(table, marks)
        for copy in self._copies:
            if copy.key == (table.name, table.variant) and copy.marks == wanted:
                return copy, False
        copy = TableCopy(table, wanted, database=f"kept_{next(_SERIAL)}")
        self._copies.append(copy)
        return copy, True

    def _lagging(self, table: PreparedTable, marks: Marks) -> TableCopy | None:
        """Find a copy that may be read while the one of that state is not there yet."""
        key, wanted = (table.name, table.variant), _of_table(table, marks)
        there = [copy for copy in self._copies if copy.is_there and copy.key == key]
        if key in self._failed or any(copy.marks == wanted for copy in there):
            return None
        patience = self._patience_seconds
        fitting = (c for c in there if c.may_stand_for(marks, patience_seconds=patience))
        return next(fitting, None)

    def _fill(self, copy: TableCopy, fill: Fill) -> None:
        began = monotonic()
        try:
            fill(copy)
        except BaseException as error:  # noqa: BLE001 - whoever waits for the copy raises it
            copy.ready.set_exception(error)
            with self._lock:
                self._failed.add(copy.key)  # so that the next one waits, and is told
        else:
            copy.seconds = monotonic() - began
            copy.ready.set_result(None)
        with self._lock:
            self._tidy()

    def _tidy(self) -> None:
        """Let go what nobody reads and nobody will: overtaken, failed, too many or long unasked."""
        since = monotonic() - UNASKED_SECONDS
        by_age = sorted(self._asked.items(), key=lambda asked: asked[1][0])[-MOST_KEPT:]
        self._asked = {key: asked for key, asked in by_age if asked[0] > since}
        idle = [copy for copy in self._copies if copy.ready.done() and not copy.n_readers]
        for copy in idle:
            if not (copy.is_there and copy.key in self._asked and self._is_of_now(copy)):
                self._copies.remove(copy)
                self._drop(copy)

    def _is_of_now(self, copy: TableCopy) -> bool:
        """Say whether a copy shows the newest state, or may stand for it until that is done."""
        if copy.is_of(self._now):
            return True
        is_replaced = any(
            other.is_there and other.key == copy.key and other.is_of(self._now)
            for other in self._copies
        )
        return not is_replaced and copy.may_stand_for(
            self._now, patience_seconds=self._patience_seconds
        )

    def _drop(self, copy: TableCopy) -> None:
        with closing(self._session.cursor()) as cursor:
            cursor.execute(f"DETACH DATABASE IF EXISTS {copy.database}")


def _of_table(table: PreparedTable, marks: Marks) -> Marks:
    return {name: marks.get(name, frozenset()) for name in table.reads}


def _deletions(marks: frozenset[str]) -> bool:
    return any(mark.startswith(DELETION) for mark in marks)
