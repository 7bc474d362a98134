"""Files of SQLite copied whole, as of one moment, while others write to them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from signoff.errors import DataError

__all__ = ["copy_database", "databases_beside"]

REGISTER_FILE = "register.db"
FIRST_BYTES = b"SQLite format 3\x00"
WAIT_SECONDS = 60


def databases_beside(folder: Path) -> list[Path]:
    """Name the files of SQLite that lie in a workspace's folder beside the register.

    Args:
        folder: The workspace's folder.

    Returns:
        Files called *.db that have been written to, by name.

    >>> databases_beside(Path("/nowhere"))
    []
    """
    found = sorted(folder.glob("*.db"))
    return [path for path in found if path.name != REGISTER_FILE and _is_database(path)]


def copy_database(source: Path, target: Path) -> None:
    """Copy a database without free pages, as of one moment; it keeps its way of journalling.

    Args:
        source: The database, which others may be writing to.
        target: The copy, which must not exist.

    Raises:
        DataError: the disk is full, or the database stays locked or is damaged.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with closing(sqlite3.connect(Path(folder) / "a.db")) as made:
    ...         _ = made.execute("CREATE TABLE t AS SELECT 7 AS n")
    ...     copy_database(Path(folder) / "a.db", Path(folder) / "b.db")
    ...     with closing(sqlite3.connect(Path(folder) / "b.db")) as copy:
    ...         copy.execute("SELECT n FROM t").fetchall()
    [(7,)]
    """
    try:
        with closing(sqlite3.connect(source, timeout=WAIT_SECONDS)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
            (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
            connection.execute("VACUUM INTO ?", [str(target)])
        if journal == "wal":  # the copy begins with a rollback journal, under which readers wait
            with closing(sqlite3.connect(target)) as copy:
                copy.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise DataError(
            f"{source.name} could not be copied",
            why=str(error),
            fix="see that the disk has room and that no program keeps the file locked, "
            "then try again",
            where=str(source),
        ) from error


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(FIRST_BYTES)) == FIRST_BYTES
