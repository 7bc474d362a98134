"""A session on the lake: extensions from their wheels, catalog attached, tables as described."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from signoff.errors import DataError
from signoff.store.engines.duck import fresh_session
from signoff.store.lake.bucket import let_in, telling
from signoff.store.lake.extensions import load_extension
from signoff.store.lake.objects import LakePath, ObjectPath
from signoff.store.lake.place import (
    CATALOG_SCHEMA,
    LakeHome,
    catalog_address,
    data_folder,
    make_catalog_schema,
    writers_turn,
)
from signoff.store.lake.storage import present_files
from signoff.store.register.ledger import live_import_seqs
from signoff.store.schemas import LAKE_TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["LakeConnection", "current_snapshot", "open_lake"]

IMPORT_COLUMNS = {"import_id": "VARCHAR", "import_seq": "BIGINT"}


@dataclass(frozen=True)
class LakeConnection:
    """A session with the lake attached as `lake`.

    Attributes:
        session: The DuckDB session; store alone may use it.
        snapshot: The snapshot that was current when the session began, or the one asked for.
        tables: Columns by table, as of that snapshot.
        folder: Where the lake's files lie.
    """

    session: "DuckDBPyConnection"
    snapshot: int
    tables: dict[str, frozenset[str]]
    folder: LakePath

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Run one SQL command of DuckDB and give its rows.

        Raises:
            DataError: the object storage that holds the files refuses.
        """
        with telling(self.folder):
            return self.session.execute(sql, values or None).fetchall()


@contextmanager
def open_lake(
    workspace: LakeHome, *, read_only: bool = True, snapshot: int | None = None
) -> Iterator[LakeConnection]:
    """Open a session on the lake; the lake is made, or brought up to date, if need be.

    Args:
        workspace: The workspace.
        read_only: Refuse every change; readers never wait.
        snapshot: An earlier snapshot to read; needs `read_only`.

    Yields:
        The connection, closed at the end.

    Raises:
        DataError: the lake cannot be opened, the snapshot is gone, or an extension is not
            installed.
    """
    session = _ready(workspace, read_only=read_only, snapshot=snapshot)
    with closing(session):
        yield _connection(session, snapshot, folder=data_folder(workspace))


def current_snapshot(workspace: LakeHome) -> int:
    """Give the number of the lake's newest snapshot."""
    with open_lake(workspace) as lake:
        return lake.snapshot


def attach_catalog(session: "DuckDBPyConnection", home: LakeHome, options: Sequence[str]) -> None:
    """Attach a workspace's catalog to a session under the name `lake`."""
    folder = data_folder(home)
    if isinstance(folder, ObjectPath):
        let_in(session, folder)
    address = catalog_address(home)
    on_server = address.startswith("postgresql://")
    for name in ("postgres_scanner" if on_server else "sqlite_scanner", "ducklake"):
        load_extension(session, name)
    kind = "postgres" if on_server else "sqlite"
    special = (
        [f"META_SCHEMA '{CATALOG_SCHEMA}'"]
        if on_server
        else ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 60000"]
    )
    spoken = [
        f"DATA_PATH {_quoted(str(folder))}",
        "OVERRIDE_DATA_PATH true",
        "DATA_INLINING_ROW_LIMIT 0",
        *special,
        *options,
    ]
    session.execute(f"ATTACH {_quoted(f'ducklake:{kind}:{address}')} AS lake ({', '.join(spoken)})")


def _ready(home: LakeHome, *, read_only: bool, snapshot: int | None) -> "DuckDBPyConnection":
    """Attach the lake; make what it lacks first."""
    import duckdb

    try:
        session = _attached(home, read_only=read_only, snapshot=snapshot)
    except duckdb.Error as error:
        if snapshot is not None:
            raise _no_snapshot(snapshot) from error
        try:
            _make_tables(home)
            return _attached(home, read_only=read_only, snapshot=None)
        except duckdb.Error as cause:
            raise _not_opened(home, str(cause)) from cause
    if snapshot is None and _lacking(_columns_now(session)):
        session.close()
        _make_tables(home)
        session = _attached(home, read_only=read_only, snapshot=None)
    return session


def _attached(home: LakeHome, *, read_only: bool, snapshot: int | None) -> "DuckDBPyConnection":
    options = ["READ_ONLY"] if read_only else []
    if snapshot is not None:
        options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
    session = fresh_session()
    try:
        spill = home.path.resolve() / "lake" / "spill"
        session.execute(f"SET temp_directory = {_quoted(str(spill))}")
        attach_catalog(session, home, options)
    except Exception:
        session.close()
        raise
    return session


def _make_tables(home: LakeHome) -> None:
    """Make the lake, or the tables and columns that this version adds to an older one."""
    _refuse_lost_catalog(home)
    with writers_turn(home):
        folder = data_folder(home)
        if isinstance(folder, Path):
            folder.mkdir(parents=True, exist_ok=True)
        (home.path / "lake").mkdir(parents=True, exist_ok=True)
        make_catalog_schema(home)
        with closing(_attached(home, read_only=False, snapshot=None)) as session:
            lacking = _lacking(_columns_now(session))
            session.execute("BEGIN")
            for command in lacking:
                session.execute(command)
            session.execute("COMMIT")


def _refuse_lost_catalog(home: LakeHome) -> None:
    """Refuse to make an empty lake where imports count and their files lie without a catalog.

    An empty one would take the files for strays, and a repair would remove them.
    """
    address = catalog_address(home)
    register = getattr(home, "register", None)
    if address.startswith("postgresql://") or Path(address).exists() or register is None:
        return
    if live_import_seqs(register) and present_files(home):
        raise DataError(
            "the lake has lost its catalog",
            why="imports count and their files are there, but nothing says which rows are current",
            fix="put the file back, or restore the workspace from a backup: signoff restore",
            where=address,
        )


def _lacking(tables: Mapping[str, frozenset[str]]) -> list[str]:
    """Give the commands that make the tables and columns a lake lacks."""
    commands: list[str] = []
    for name, table in LAKE_TABLES.items():
        columns = {column.name: str(column.type) for column in table.columns} | IMPORT_COLUMNS
        if name not in tables:
            typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            commands.append(f"CREATE TABLE lake.{name} ({typed})")
            continue
        commands += [
            f"ALTER TABLE lake.{name} ADD COLUMN {column} {kind}"
            for column, kind in columns.items()
            if column not in tables[name]
        ]
    return commands


def _connection(
    session: "DuckDBPyConnection", snapshot: int | None, *, folder: LakePath
) -> LakeConnection:
    if snapshot is None:
        found = session.execute("SELECT id FROM ducklake_current_snapshot('lake')").fetchone()
        snapshot = int(found[0]) if found else 0
    return LakeConnection(session, snapshot, _columns_now(session), folder)


def _columns_now(session: "DuckDBPyConnection") -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table, column in session.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'lake'"
    ).fetchall():
        found.setdefault(table, set()).add(column)
    return {table: frozenset(columns) for table, columns in found.items()}


def _not_opened(home: LakeHome, why: str) -> DataError:
    address = catalog_address(home)
    shown = address.partition("?")[0].rpartition("@")[2]  # the rest may hold a password
    return DataError(
        "the lake cannot be opened",
        why=why.replace(address, shown).splitlines()[0],
        fix="see that its catalog is what it was, or restore a backup: signoff restore",
        where=shown,
    )


def _no_snapshot(snapshot: int) -> DataError:
    return DataError(
        f"the lake cannot be read as it was at snapshot {snapshot}",
        why="that snapshot is not there, or is no longer kept",
        fix="read the newest snapshot, or repeat the run on today's data",
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
