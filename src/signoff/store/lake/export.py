"""A copy of the lake's current rows as plain Parquet, for Spark and for other tools."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree

from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.lake.current import current_rows
from signoff.store.lake.files import sha256_of
from signoff.store.lake.merged import merges_alone
from signoff.store.lake.place import LakeHome
from signoff.store.lake.session import LakeConnection, open_lake
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Table

__all__ = ["ExportedTable", "Manifest", "export_lake"]

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True)
class ExportedTable:
    """One table of an export.

    Attributes:
        table: Its name.
        path: Its file, from the export's folder.
        n_rows: Number of current rows.
        n_bytes: Size of the file.
        sha256: Hash of the file.
    """

    table: str
    path: str
    n_rows: int
    n_bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest(Result):
    """What an export holds; written beside it as manifest.json.

    Attributes:
        snapshot: Snapshot of the lake that it copies.
        tables: The tables.
    """

    snapshot: int
    tables: tuple[ExportedTable, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row per table."""
        return [asdict(table) for table in self.tables]

    def text(self) -> str:
        """Say what was exported."""
        n_rows = sum(table.n_rows for table in self.tables)
        return f"Snapshot {self.snapshot}: {n_rows:,} rows of {len(self.tables)} tables."


def export_lake(workspace: LakeHome, target_dir: Path, *, snapshot: int | None = None) -> Manifest:
    """Copy the current rows of every table into a folder, one Parquet file each.

    Args:
        workspace: The workspace.
        target_dir: A new or empty folder.
        snapshot: Copy the lake as it was then; empty for now.

    Returns:
        What was copied. The same snapshot gives the same bytes.

    Raises:
        DataError: the folder holds something, or the snapshot is gone.
    """
    if target_dir.exists() and (not target_dir.is_dir() or any(target_dir.iterdir())):
        raise DataError(
            f"{target_dir} is not empty",
            why="an export must not mix with older files",
            fix="name a new folder",
            where=str(target_dir),
        )
    unfinished = target_dir.with_name(target_dir.name + ".unfinished")
    try:
        with open_lake(workspace, snapshot=snapshot) as lake:
            rows = current_rows(lake)
            rows["account_merge"] = merges_alone(rows["account_merge"])  # one row of each key
            tables = tuple(
                _copied(lake, LAKE_TABLES[name], query=query, folder=unfinished)
                for name, query in rows.items()
            )
            manifest = Manifest(lake.snapshot, tables)
        written = json.dumps(asdict(manifest), indent=2) + "\n"
        (unfinished / MANIFEST_FILE).write_text(written, encoding="utf-8")
        if target_dir.exists():
            target_dir.rmdir()
        unfinished.replace(target_dir)
    finally:
        rmtree(unfinished, ignore_errors=True)
    return manifest


def _copied(lake: LakeConnection, table: Table, *, query: str, folder: Path) -> ExportedTable:
    path = folder / table.name / "part-00000.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    target = str(path).replace("'", "''")
    ordered = f"{query} ORDER BY {', '.join(table.key)}"
    n_rows = lake.rows(f"COPY ({ordered}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")[0][0]
    return ExportedTable(
        table=table.name,
        path=str(path.relative_to(folder)),
        n_rows=int(n_rows),
        n_bytes=path.stat().st_size,
        sha256=sha256_of(path),
    )
