"""A line on standard error that says how far a long command is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

__all__ = ["Progress", "ProgressLine", "progress_line"]

Progress = Callable[[str, int, int], None]
ERASE = "\r\x1b[2K"


@dataclass
class ProgressLine:
    """Tells steps: rewriting one line on a terminal, one line for each step elsewhere.

    Attributes:
        stream: Where to tell.
        rewrites: Whether the stream is a terminal, whose line can be written over.
        step: The step told last.
    """

    stream: TextIO
    rewrites: bool
    step: str = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Tell a step and how much is done.

        Args:
            step: What is being done.
            done: How much of it is done, from 0.
            total: How much there is; 0 when nobody knows.
        """
        if self.rewrites:
            amount = f" {done:,} of {total:,}" if total else ""
            self.stream.write(f"{ERASE}{step}{amount}")
        elif step != self.step:
            self.stream.write(f"{step}\n")
        self.step = step
        self.stream.flush()

    def close(self) -> None:
        """Take the line away again."""
        if self.rewrites and self.step:
            self.stream.write(ERASE)
            self.stream.flush()


@contextmanager
def progress_line(*, wanted: bool | None) -> Iterator[Progress]:
    """Give a function that tells progress; it tells nothing when nobody looks.

    Args:
        wanted: True or False as the user said, None for "on a terminal only".

    Yields:
        The function, called with a step, how much of it is done, and how much there is.

    >>> with progress_line(wanted=False) as on_progress:
    ...     on_progress("reading", 1, 2)
    """
    terminal = sys.stderr.isatty()
    if not (terminal if wanted is None else wanted):
        yield lambda *_: None
        return
    line = ProgressLine(sys.stderr, rewrites=terminal)
    try:
        yield line
    finally:
        line.close()
