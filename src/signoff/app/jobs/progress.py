"""How far a job is: written seldom enough to cost nothing, and the place where it is stopped."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

__all__ = ["JobStopped", "Progress"]

WRITE_EVERY_SECONDS = 0.5


class JobStopped(Exception):  # noqa: N818 - nothing went wrong: somebody stopped it
    """The job was cancelled, or its worker is to stop; the step leaves nothing behind."""


@dataclass
class Progress:
    """Tells phase and rows of one job.

    Attributes:
        phases: All phases of the job, in order.
        write: Keeps what is told.
        is_stopped: Says whether the job was cancelled or the worker is to stop.
        step: Name of the step that runs; a phase that is not listed counts as it.
        clock: Gives seconds.
    """

    phases: tuple[str, ...]
    write: Callable[[Mapping[str, str | int]], None]
    is_stopped: Callable[[], bool]
    step: str = ""
    clock: Callable[[], float] = time.monotonic
    _written_at: float = field(default=-1e9, init=False)
    _phase: str = field(default="", init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __call__(self, phase: str, n_rows: int = 0, n_total: int = 0) -> None:
        """Tell a phase and how many rows of it are done.

        Args:
            phase: Its name.
            n_rows: Rows done, from 0.
            n_total: Rows there are; 0 when nobody knows.

        Raises:
            JobStopped: the job was cancelled, or the worker is to stop.

        >>> told = []
        >>> tell = Progress(("reading", "writing"), told.append, lambda: False)
        >>> tell("writing", 5)
        >>> told[0]["number"], told[0]["n_rows"]
        (2, 5)
        """
        named = phase if phase in self.phases else self.step
        with self._lock:
            is_due = self.clock() - self._written_at >= WRITE_EVERY_SECONDS
            if named == self._phase and not is_due:
                return
            self._written_at, self._phase = self.clock(), named
        if self.is_stopped():
            raise JobStopped
        number = self.phases.index(named) + 1 if named in self.phases else 0
        self.write(
            {
                "step": named,
                "number": number,
                "n_rows": n_rows,
                "n_total": n_total,
                "at": datetime.now(UTC).isoformat(),
            }
        )
