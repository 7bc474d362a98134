"""A line on standard error that says how far a long command is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

__all__ = ["ProgressLine", "progress_line"]

ERASE = "\r\x1b[2K"


@dataclass
class ProgressLine:
    """Tells steps: rewriting one line on a terminal, one line for each step elsewhere.

    Attributes:
        stream: Where to tell; None for nowhere.
        rewrites: Whether the stream is a terminal, whose line can be written over.
        step: The step told last.
    """

    stream: TextIO | None
    rewrites: bool = False
    step: str = ""

    def __call__(self, step: str, done: int, total: int = 0) -> None:
        """Tell a step and how much is done.

        Args:
            step: What is being done.
            done: How much of it is done, from 0.
            total: How much there is; 0 when nobody knows.
        """
        if self.stream is None:
            return
        if self.rewrites:
            amount = f" {done:,} of {total:,}" if total else f" {done:,}" if done else ""
            self.stream.write(f"{ERASE}{step}{amount}")
        elif step != self.step:
            self.stream.write(f"{step}\n")
        self.step = step
        self.stream.flush()

    def close(self) -> None:
        """Take the line away again."""
        if self.stream and self.rewrites and self.step:
            self.stream.write(ERASE)
            self.stream.flush()


@contextmanager
def progress_line(*, wanted: bool | None) -> Iterator["ProgressLine"]:
    """Give what is called to tell progress; it tells nothing when nobody looks.

    Args:
        wanted: True or False as the user said, None for "on a terminal only".

    Yields:
        The line, called with a step, how much of it is done, and how much there is.

    >>> with progress_line(wanted=False) as on_progress:
    ...     on_progress("reading", 1, 2)
    """
    terminal = sys.stderr.isatty()
    if not (terminal if wanted is None else wanted):
        yield ProgressLine(None)
        return
    line = ProgressLine(sys.stderr, rewrites=terminal)
    try:
        yield line
    finally:
        line.close()
