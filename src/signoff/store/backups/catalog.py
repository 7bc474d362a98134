"""Copies a lake's catalog from a PostgreSQL server into a file, for backups."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.lake.objects import LakePath

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["copy_catalog"]


def copy_catalog(address: str, path: Path, *, data_dir: LakePath) -> None:
    """Copy a catalog into a file of SQLite that a lake can be attached from.

    Args:
        address: The catalog's PostgreSQL address.
        path: The file, which must not exist.
        data_dir: The lake's data folder.
    """
    from signoff.store.engines.duck import fresh_session
    from signoff.store.lake.extensions import load_extension

    with closing(fresh_session()) as session:
        for name in ("postgres_scanner", "sqlite_scanner", "ducklake"):
            load_extension(session, name)
        made = f"ATTACH {_quoted(f'ducklake:sqlite:{path}')} AS made"
        session.execute(f"{made} (DATA_PATH {_quoted(str(data_dir))})")
        session.execute("DETACH made")
        server = "AS server (TYPE postgres, READ_ONLY, SCHEMA 'signoff_lake')"
        session.execute(f"ATTACH {_quoted(address)} {server}")
        session.execute(f"ATTACH {_quoted(str(path))} AS file (TYPE sqlite)")
        session.execute("BEGIN")
        for table in _tables(session, "server"):
            if table in _tables(session, "file"):
                session.execute(f'DELETE FROM file."{table}"')
                copied = f'SELECT * FROM server.signoff_lake."{table}"'
                session.execute(f'INSERT INTO file."{table}" BY NAME {copied}')
        session.execute("COMMIT")


def _tables(session: "DuckDBPyConnection", database: str) -> list[str]:
    query = (
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? "
        "AND table_name LIKE 'ducklake%' ORDER BY table_name"
    )
    return [row[0] for row in session.execute(query, [database]).fetchall()]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
