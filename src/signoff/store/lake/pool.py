"""A lake kept open for a process that answers many short questions, as a web server does."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, RLock, Thread
from types import TracebackType
from typing import Self
from weakref import WeakSet

from signoff.errors import DataError
from signoff.store.engines.prepared import PreparedTable
from signoff.store.lake.kept import CopyShelf
from signoff.store.lake.place import LakeHome
from signoff.store.lake.pooled import PooledEngine
from signoff.store.lake.warm import Moment, Sight, WarmSession

__all__ = ["LakePool"]

TRIES = 4
WATCH_SECONDS = 1.0
PATIENCE_SECONDS = 3.0
_POOLS: "WeakSet[LakePool]" = WeakSet()
_LEFT_BEHIND: list[object] = []


class Stage:
    """One open session, the newest snapshot it has seen, and who reads from it.

    Args:
        session: The session.
        shelf: Its shared tables.
    """

    def __init__(self, session: WarmSession, shelf: CopyShelf) -> None:
        self.session, self.shelf = session, shelf
        self.newest: Sight | None = None
        self.n_readers = 0
        self.is_over = False


class LakePool:
    """A lake kept open, whose newest facts can be read at once by every thread of a process.

    Each engine reads one snapshot, the newest when it was asked for. Tables that others have
    prepared from the same facts are shared; they are dropped as soon as the facts change, erased
    ones included. Readers hold no transaction between two statements, so that writers never wait.

    Args:
        workspace: The workspace.
        watch_seconds: How often a thread looks for a newer snapshot, so that shared tables are
            prepared from it before the next question comes; 0 for never.
        patience_seconds: Shared tables that take longer to prepare are read as they were a moment
            ago while rows that were added come in; never when rows were taken away.
    """

    def __init__(
        self,
        workspace: LakeHome,
        *,
        watch_seconds: float = WATCH_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._home = workspace
        self._patience_seconds = patience_seconds
        self._watch_seconds = watch_seconds
        self._start_over()
        _POOLS.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def engine(self) -> Iterator[PooledEngine]:
        """Give an engine over the current rows of every table, as `duckdb_engine` does, but warm.

        Yields:
            An engine for one thread, given back at the end.

        Raises:
            DataError: the lake cannot be read, or the pool is closed.
        """
        stage, sight = self._take()
        engine = PooledEngine(stage.session, sight, stage.shelf)
        try:
            yield engine
        finally:
            engine.close()
            self._give_back(stage, sight)

    def look(self) -> int:
        """See whether there is a newer snapshot, and prepare the shared tables from it.

        Returns:
            Number of the newest snapshot.

        Raises:
            DataError: the lake cannot be read, or the pool is closed.
        """
        with self.engine() as engine:
            engine.share_again()
            return engine.snapshot

    def close(self) -> None:
        """Let everything go; what an engine still reads goes with that engine."""
        self._stopped.set()
        with self._lock:
            threads = [*self._refreshing.values(), *([self._watcher] if self._watcher else [])]
        for thread in threads:
            thread.join()
        stage = self._stage
        if stage and self._hold(stage):
            self._end(stage)
            self._let_go(stage)

    def _start_over(self) -> None:
        self._lock = Lock()  # held for moments
        self._turn = RLock()  # held while a session is opened or a snapshot first seen
        self._stage: Stage | None = None
        self._stopped = Event()
        self._watcher: Thread | None = None
        self._refreshing: dict[tuple[str, str], Thread] = {}

    def _take(self) -> tuple[Stage, Sight]:
        """Find the newest snapshot, and say that one more reads it."""
        for _ in range(TRIES):
            stage = self._held_stage()
            try:
                sight = self._sight_of(stage)
            except BaseException:
                self._let_go(stage)
                raise
            if sight:
                return stage, sight
            self._let_go(stage)
        raise DataError(
            "the lake cannot be read at the moment",
            why="its catalog changes faster than it can be read, or cannot be reached",
            fix="try again; if it stays so, run signoff lake check",
        )

    def _give_back(self, stage: Stage, sight: Sight) -> None:
        with self._lock:
            sight.n_readers -= 1
            is_past = sight is not stage.newest and not sight.n_readers
        if is_past:
            stage.session.forget(sight)
        self._let_go(stage)

    def _held_stage(self) -> Stage:
        """Give the open session, opened now if there is none, with one reader more."""
        stage = self._stage
        if stage and self._hold(stage):
            return stage
        with self._turn:
            stage = self._stage
            if stage and self._hold(stage):
                return stage
            if self._stopped.is_set():
                raise _closed()
            session = WarmSession(self._home)
            shelf = CopyShelf(
                session, refresh=self._refresh, patience_seconds=self._patience_seconds
            )
            stage = Stage(session, shelf)
            stage.n_readers = 1
            self._stage = stage
            self._start_watching()
            return stage

    def _hold(self, stage: Stage) -> bool:
        with self._lock:
            if not stage.is_over:
                stage.n_readers += 1
            return not stage.is_over

    def _let_go(self, stage: Stage) -> None:
        with self._lock:
            stage.n_readers -= 1
            is_last = stage.is_over and not stage.n_readers
        if is_last:
            stage.session.close()

    def _end(self, stage: Stage) -> None:
        """Let nobody else read from a session; it closes with its last reader."""
        with self._lock:
            stage.is_over = True
            if self._stage is stage:
                self._stage = None

    def _sight_of(self, stage: Stage) -> Sight | None:
        """Give the views of the newest snapshot, with one reader more; empty to try again."""
        moment = _moment_of(stage)
        with self._lock:
            newest = stage.newest
            if moment and newest and newest.moment == moment:
                newest.n_readers += 1
                return newest
        with self._turn:
            return self._newer_sight(stage)

    def _newer_sight(self, stage: Stage) -> Sight | None:
        """See the newest snapshot for the first time, unless another thread was quicker."""
        from duckdb import Error

        moment, newest = _moment_of(stage), stage.newest  # anew: time went by
        if moment is None or (newest and moment.snapshot < newest.moment.snapshot):
            self._end(stage)
            return None
        if newest is None or newest.moment != moment:
            try:
                newest = stage.session.see(moment)
            except Error:
                return None  # the snapshot went between two looks
            self._move_to(stage, newest)
        with self._lock:
            newest.n_readers += 1
        return newest

    def _move_to(self, stage: Stage, sight: Sight) -> None:
        with self._lock:
            past, stage.newest = stage.newest, sight
            is_unread = past is not None and not past.n_readers
        if past and is_unread:
            stage.session.forget(past)
        stage.shelf.move_to(sight.marks)

    def _refresh(self, table: PreparedTable) -> None:
        """Prepare a table from the newest facts in a thread of its own, once at a time."""
        key = (table.name, table.variant)
        with self._lock:
            if key in self._refreshing or self._stopped.is_set():
                return
            thread = Thread(target=self._prepare, args=(table,), daemon=True)
            self._refreshing[key] = thread
        thread.start()

    def _prepare(self, table: PreparedTable) -> None:
        from duckdb import Error

        try:
            with self.engine() as engine:
                engine.share(table, may_lag=False)
        except (DataError, Error):
            pass  # the next reader waits for the table, and is told
        finally:
            with self._lock:
                self._refreshing.pop((table.name, table.variant), None)

    def _start_watching(self) -> None:
        if self._watch_seconds and not self._watcher:
            self._watcher = Thread(target=self._watch, daemon=True, name="signoff-lake")
            self._watcher.start()

    def _watch(self) -> None:
        from duckdb import Error

        while not self._stopped.wait(self._watch_seconds):
            try:
                self.look()
            except (DataError, Error):
                continue  # the next reader is told

    def _leave_behind(self) -> None:
        """Begin anew in a forked process, where the threads of the session do not exist."""
        _LEFT_BEHIND.append(self._stage)  # closing it would wait for those threads
        self._start_over()


def _moment_of(stage: Stage) -> Moment | None:
    """Read the newest snapshot; empty when the session has lost its catalog."""
    from duckdb import Error

    try:
        return stage.session.moment()
    except Error:
        return None


def _closed() -> DataError:
    return DataError(
        "the lake is not kept open any more",
        why="the program that held it is ending",
        fix="start it again",
    )


def _close_all() -> None:
    for pool in list(_POOLS):
        pool.close()


def _leave_all() -> None:
    for pool in list(_POOLS):
        pool._leave_behind()  # noqa: SLF001 - the pools of this very module


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_all)
