"""Copies a lake's catalog between a PostgreSQL server and a file, for backups."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.engines.duck import fresh_session
from signoff.store.lake.extensions import load_extension
from signoff.store.lake.place import (
    CATALOG_SCHEMA,
    LakeHome,
    catalog_address,
    make_catalog_schema,
)
from signoff.store.lake.session import attach_catalog

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["copy_catalog", "fill_catalog", "is_catalog_there"]

ON_SERVER = f"server.{CATALOG_SCHEMA}"


def copy_catalog(address: str, path: Path) -> None:
    """Copy a catalog into a file of SQLite that a lake can be attached from.

    Args:
        address: The catalog's PostgreSQL address.
        path: The file, which must not exist.
    """
    with _session(address) as session:
        made = f"ATTACH {_quoted(f'ducklake:sqlite:{path}')} AS made"
        session.execute(f"{made} (DATA_PATH {_quoted(str(path.parent / 'data'))})")
        session.execute("DETACH made")
        session.execute(f"ATTACH {_quoted(str(path))} AS file (TYPE sqlite)")
        _copy_rows(session, source=ON_SERVER, target="file.main")


def fill_catalog(path: Path, home: LakeHome) -> None:
    """Copy a catalog from a file of SQLite to the PostgreSQL server where a lake is to have it.

    Args:
        path: The file.
        home: The lake's home, whose server has no catalog yet.

    Raises:
        DataError: the server cannot be reached.
    """
    make_catalog_schema(home)
    with closing(fresh_session()) as session:
        attach_catalog(session, home, [])  # makes its tables
    with _session(catalog_address(home)) as session:
        session.execute(f"ATTACH {_quoted(str(path))} AS file (TYPE sqlite)")
        _copy_rows(session, source="file.main", target=ON_SERVER)


def is_catalog_there(home: LakeHome) -> bool:
    """Say whether the server of a lake's catalog holds one already.

    Raises:
        DataError: the server cannot be reached.
    """
    make_catalog_schema(home)
    with _session(catalog_address(home)) as session:
        return bool(_tables(session, "server"))


@contextmanager
def _session(address: str) -> Iterator["DuckDBPyConnection"]:
    with closing(fresh_session()) as session:
        for name in ("postgres_scanner", "sqlite_scanner", "ducklake"):
            load_extension(session, name)
        server = f"AS server (TYPE postgres, SCHEMA '{CATALOG_SCHEMA}')"
        session.execute(f"ATTACH {_quoted(address)} {server}")
        yield session


def _copy_rows(session: "DuckDBPyConnection", *, source: str, target: str) -> None:
    """Put the rows of every table that both have in place of the target's."""
    session.execute("BEGIN")
    there = _tables(session, target.partition(".")[0])
    for table in _tables(session, source.partition(".")[0]):
        if table in there:
            session.execute(f'DELETE FROM {target}."{table}"')
            session.execute(
                f'INSERT INTO {target}."{table}" BY NAME SELECT * FROM {source}."{table}"'
            )
    session.execute("COMMIT")


def _tables(session: "DuckDBPyConnection", database: str) -> list[str]:
    query = (
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? "
        "AND table_name LIKE 'ducklake%' ORDER BY table_name"
    )
    return [row[0] for row in session.execute(query, [database]).fetchall()]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
