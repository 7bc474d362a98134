"""The lake's files: which ones the catalog knows, and which ones lie in the folder."""

import hashlib
from pathlib import Path

from signoff.store.lake.place import LakeHome, data_folder
from signoff.store.lake.session import LakeConnection

__all__ = ["known_files", "present_files", "sha256_of"]

_CHUNK_BYTES = 1 << 20


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


def known_files(lake: LakeConnection, home: LakeHome) -> dict[Path, bool]:
    """Give the files that the catalog knows.

    Returns:
        By path, whether a snapshot still reads the file; the others wait to be removed.
    """
    catalog = "__ducklake_metadata_lake"
    tables = {
        table: data_folder(home) / schema_path / table_path
        for table, schema_path, table_path in lake.rows(
            f"SELECT t.table_id, s.path, t.path FROM {catalog}.ducklake_table t "
            f"JOIN {catalog}.ducklake_schema s USING (schema_id)"
        )
    }
    read = [
        tables[table] / path if relative else Path(path)
        for kind in ("data", "delete")
        for table, path, relative in lake.rows(
            f"SELECT table_id, path, path_is_relative FROM {catalog}.ducklake_{kind}_file"
        )
    ]
    waiting = [
        data_folder(home) / path if relative else Path(path)
        for path, relative in lake.rows(
            f"SELECT path, path_is_relative FROM {catalog}.ducklake_files_scheduled_for_deletion"
        )
    ]
    return dict.fromkeys(waiting, False) | dict.fromkeys(read, True)


def present_files(home: LakeHome) -> frozenset[Path]:
    """Give the files that lie in the lake's data folder."""
    return frozenset(path for path in data_folder(home).rglob("*") if path.is_file())
