"""Publishing an import's files in one short transaction, and taking them back."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import DataError
from signoff.store.lake.bucket import let_in, telling
from signoff.store.lake.objects import LakePath, ObjectPath
from signoff.store.lake.place import LakeHome, data_folder, writers_turn
from signoff.store.lake.session import LakeConnection, open_lake
from signoff.store.schemas import LAKE_TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["changing", "copy_parquet", "has_import", "publish", "retract", "write_parquet"]

TRIES = 6
FIRST_PAUSE_SECONDS = 0.05


def write_parquet(
    connection: LakeConnection,
    sql: str,
    path: LakePath,
    *,
    values: Mapping[str, object] | None = None,
) -> int:
    """Write the rows of a query to one Parquet file, which is there whole or not at all.

    In a bucket a query that fails halfway may leave an object that no catalog knows; the end of
    the import that wrote it, or a check of the lake, removes it.

    Args:
        connection: A session on the lake.
        sql: A SELECT of DuckDB that gives all columns of the table, import_id and import_seq too.
        path: The file, usually from `data_path`.
        values: Values of the query's parameters, written $name.

    Returns:
        Number of rows written.

    Raises:
        DataError: the file cannot be written; nothing of it is left.
    """
    return copy_parquet(connection.session, sql, path, values=values)


def copy_parquet(
    session: "DuckDBPyConnection",
    sql: str,
    path: LakePath,
    *,
    values: Mapping[str, object] | None = None,
) -> int:
    """Write the rows of a query in any session of DuckDB, as `write_parquet` does."""
    import duckdb

    if isinstance(path, ObjectPath):
        let_in(session, path)
        with telling(path):
            return _copied(session, sql, path, values=values)
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        n_rows = _copied(session, sql, unfinished, values=values)
        unfinished.replace(path)
    except (OSError, duckdb.IOException) as error:
        raise _file_not_written(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return n_rows


def publish(workspace: LakeHome, files: Mapping[str, Sequence[LakePath]], *, import_id: str) -> int:
    """Add an import's files to the lake, all of them at once; a second time adds nothing.

    Args:
        workspace: The workspace.
        files: Parquet files under the lake's data folder, by table; they are the lake's from now.
        import_id: The import; every row of the files carries it.

    Returns:
        The lake's snapshot that has them.

    Raises:
        DataError: a file does not fit its table, or the turn to write did not come.
    """
    tables = [_known(table) for table in files]
    _refuse_outside(workspace, [path for paths in files.values() for path in paths])

    def add(lake: LakeConnection) -> None:
        if _tables_with(lake, import_id, tables=tables):
            return
        for table, paths in files.items():
            for path in paths:
                lake.rows(
                    f"CALL ducklake_add_data_files('lake', '{table}', ?)",
                    [str(path.resolve() if isinstance(path, Path) else path)],
                )

    return changing(workspace, add)


def retract(workspace: LakeHome, import_id: str) -> int:
    """Take the rows of an import out of the lake; rows it superseded count again.

    Returns:
        The lake's snapshot without them.
    """

    def take_out(lake: LakeConnection) -> None:
        for table in _tables_with(lake, import_id):
            lake.rows(f"DELETE FROM lake.{table} WHERE import_id = ?", [import_id])

    return changing(workspace, take_out)


def has_import(workspace: LakeHome, import_id: str) -> bool:
    """Say whether the lake holds rows of an import."""
    with open_lake(workspace) as lake:
        return bool(_tables_with(lake, import_id))


def changing(
    workspace: LakeHome,
    act: Callable[[LakeConnection], None],
    *,
    afterwards: Callable[[LakeConnection], None] | None = None,
) -> int:
    """Change the lake in one transaction, in turn, trying again when the catalog was busy.

    Args:
        workspace: The workspace.
        act: The change; it may run more than once.
        afterwards: Upkeep in the same session, once the change is kept; takes its own turns.

    Returns:
        The snapshot after the change.

    Raises:
        DataError: the change cannot be made.
    """
    import duckdb

    with open_lake(workspace, read_only=False) as lake:
        for attempt in range(TRIES):
            try:
                with writers_turn(workspace), _transaction(lake):
                    act(lake)
                break
            except duckdb.Error as error:
                if attempt == TRIES - 1 or not _is_passing(error):
                    raise _not_written(error) from error
                time.sleep(FIRST_PAUSE_SECONDS * 2**attempt)
        if afterwards:
            afterwards(lake)
        return int(lake.rows("SELECT id FROM ducklake_current_snapshot('lake')")[0][0])


@contextmanager
def _transaction(lake: LakeConnection) -> Iterator[None]:
    lake.session.execute("BEGIN")
    try:
        yield
        lake.session.execute("COMMIT")
    except BaseException:
        _roll_back(lake)
        raise


def _roll_back(lake: LakeConnection) -> None:
    import duckdb

    try:
        lake.session.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # a failed COMMIT has ended the transaction already


def _tables_with(
    lake: LakeConnection, import_id: str, *, tables: Collection[str] = ()
) -> list[str]:
    """Name the tables that hold rows of an import; statistics of the files spare most reading."""
    filled = "SELECT table_name FROM ducklake_table_info('lake') WHERE file_count > 0"
    asked = " UNION ALL ".join(
        f"SELECT '{table}' AS name WHERE EXISTS "
        f"(SELECT 1 FROM lake.{table} WHERE import_id = $import_id)"
        for (table,) in lake.rows(filled)
        if table in (tables or LAKE_TABLES)
    )
    return [name for (name,) in lake.rows(asked, {"import_id": import_id})] if asked else []


def _known(table: str) -> str:
    if table in LAKE_TABLES:
        return table
    raise DataError(
        f"the lake has no table {table!r}",
        why="only described tables hold facts",
        fix=f"use one of: {', '.join(LAKE_TABLES)}",
    )


def _copied(
    session: "DuckDBPyConnection",
    sql: str,
    path: LakePath,
    *,
    values: Mapping[str, object] | None,
) -> int:
    target = str(path).replace("'", "''")
    command = f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    return int(session.execute(command, dict(values or {}) or None).fetchall()[0][0])


def _refuse_outside(home: LakeHome, paths: Sequence[LakePath]) -> None:
    folder = data_folder(home)
    outside = [path for path in paths if not _is_inside(path, folder)]
    if outside:
        raise DataError(
            f"{outside[0]} does not lie in the lake's data folder",
            why="the lake owns its files, and moves and backs them up with its folder",
            fix=f"write it under {folder}, at the place that data_path gives",
            where=str(outside[0]),
        )


def _is_inside(path: LakePath, folder: LakePath) -> bool:
    if isinstance(path, ObjectPath):
        return isinstance(folder, ObjectPath) and path.is_relative_to(folder)
    return isinstance(folder, Path) and path.resolve().is_relative_to(folder)


def _is_passing(error: Exception) -> bool:
    said = str(error).lower()
    return any(word in said for word in ("locked", "conflict", "busy", "could not serialize"))


def _file_not_written(path: Path, error: Exception) -> DataError:
    return DataError(
        f"{path.name} could not be written",
        why=str(error).splitlines()[0],
        fix="see that the disk has room and that you may write there, then try again",
        where=str(path.parent),
    )


def _not_written(error: Exception) -> DataError:
    return DataError(
        "the lake could not be written",
        why=str(error).splitlines()[0],
        fix="try again; if it stays so, run signoff lake check",
    )
