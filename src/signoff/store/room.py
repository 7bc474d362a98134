"""A disk without room, told in plain words whoever met it: Python, DuckDB or SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from signoff.errors import DataError

__all__ = ["needing_room"]

FULL = ("no space left", "disk is full", "file too large", "quota exceeded")


@contextmanager
def needing_room(what: str, *, place: Path) -> Iterator[None]:
    """Tell that the disk is full, should what is done inside meet that.

    Args:
        what: What is being done, as the beginning of a sentence that goes on "could not be
            finished".
        place: The folder that lacks room.

    Raises:
        DataError: the disk is full, or a limit on the size of files is reached; whatever else
            goes wrong is raised as it is.

    >>> with needing_room("the import", place=Path("w")):
    ...     raise OSError(28, "No space left on device")
    Traceback (most recent call last):
    signoff.errors.DataError: w: the import could not be finished. Why: No space left on device...
    """
    import duckdb

    try:
        yield
    except (OSError, duckdb.Error, sqlite3.Error) as error:
        said = (isinstance(error, OSError) and error.strerror) or str(error).partition("\n")[0]
        if not any(word in said.lower() for word in FULL):
            raise
        raise DataError(
            f"{what} could not be finished",
            why=said,
            fix="make room on the disk, then try again; what was there is as it was",
            where=str(place),
        ) from error
