"""The lake's files as its catalog knows them, and how those that nobody knows are removed."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from signoff.store.lake.objects import LakePath, ObjectPath, lake_path
from signoff.store.lake.place import LakeHome, data_folder
from signoff.store.lake.session import LakeConnection

__all__ = ["known_files", "remove_files", "sha256_of"]

_CHUNK_BYTES = 1 << 20
_CATALOG = "__ducklake_metadata_lake"
_LONG_AGO, _NOT_SO_LONG_AGO = "1970-01-01 00:00:00+00", "1980-01-01 00:00:00+00"
_BEYOND_FILES = 1 << 62  # the catalog numbers its files from 0 and tells those given up by number


def sha256_of(path: Path) -> str:
    """Give the hash of a file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "empty").write_bytes(b"")
    ...     sha256_of(Path(folder) / "empty")[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def known_files(lake: LakeConnection, home: LakeHome) -> dict[LakePath, bool]:
    """Give the files that the catalog knows.

    Returns:
        By path, whether a snapshot still reads the file; the others wait to be removed.
    """
    folder = data_folder(home)
    tables = {
        table: folder / schema_path / table_path
        for table, schema_path, table_path in lake.rows(
            f"SELECT t.table_id, s.path, t.path FROM {_CATALOG}.ducklake_table t "
            f"JOIN {_CATALOG}.ducklake_schema s USING (schema_id)"
        )
    }
    read = [
        tables[table] / path if relative else lake_path(path)
        for kind in ("data", "delete")
        for table, path, relative in lake.rows(
            f"SELECT table_id, path, path_is_relative FROM {_CATALOG}.ducklake_{kind}_file"
        )
    ]
    waiting = [
        folder / path if relative else lake_path(path)
        for path, relative in lake.rows(
            f"SELECT path, path_is_relative FROM {_CATALOG}.ducklake_files_scheduled_for_deletion"
        )
    ]
    return dict.fromkeys(waiting, False) | dict.fromkeys(read, True)


def remove_files(lake: LakeConnection, paths: Collection[LakePath], *, home: LakeHome) -> None:
    """Remove files that the catalog does not know, and the folders they leave empty.

    DuckDB has no statement that removes an object of a bucket, DuckLake's clean-up removes those
    that its catalog says are given up: so they are put on that list, as given up long ago.
    Cut off in between, the next compaction removes them.

    Args:
        lake: A session that may write, in its turn.
        paths: The files.
        home: The lake's home.
    """
    folder = data_folder(home)
    if isinstance(folder, ObjectPath):
        _remove_objects(lake, sorted(map(str, paths)))
        return
    for path in paths:
        if isinstance(path, Path):
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, folder)


def _remove_objects(lake: LakeConnection, addresses: list[str]) -> None:
    if not addresses:
        return
    given_up = f"{_CATALOG}.ducklake_files_scheduled_for_deletion"
    found = lake.rows(f"SELECT coalesce(max(data_file_id), 0) FROM {given_up}")
    lake.rows(
        f"INSERT INTO {given_up} (data_file_id, path, path_is_relative, schedule_start) "
        f"SELECT $first + row_number() OVER (), unnest($addresses), false, '{_LONG_AGO}'",
        {"first": max(int(found[0][0]), _BEYOND_FILES), "addresses": addresses},
    )
    lake.rows(
        "SELECT path FROM ducklake_cleanup_old_files('lake', "
        f"older_than => TIMESTAMPTZ '{_NOT_SO_LONG_AGO}')"
    )


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
