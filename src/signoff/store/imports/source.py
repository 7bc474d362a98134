"""A file as records, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from signoff.errors import DataError
from signoff.store.imports.dialect import detect_separator, read_separated
from signoff.store.imports.encoding import detect_encoding
from signoff.store.imports.kind import detect_kind
from signoff.store.imports.trim import Record
from signoff.store.imports.workbook import (
    LIKE_THOUSANDS,
    check_workbook,
    choose_sheet,
    read_workbook,
)

__all__ = ["Source", "open_source"]

FRACTIONS = ("DECIMAL", "DOUBLE", "FLOAT")
LARGEST_PARQUET_BYTES = 16 << 30


@dataclass(frozen=True)
class Source:
    """A file that can be read as records.

    Attributes:
        path: The file.
        kind: csv, xlsx or parquet.
        encoding: Encoding of the text; empty for the other kinds.
        separator: What separates cells; empty for the other kinds.
        sheet: Sheet of the workbook that is read.
        other_sheets: Its other sheets, which are not.
    """

    path: Path
    kind: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()

    def records(self) -> Iterator[Record]:
        """Give the records, heading and preamble included; lines count from 1."""
        if self.kind == "csv":
            found = read_separated(self.path, encoding=self.encoding, separator=self.separator)
        elif self.kind == "xlsx":
            found = read_workbook(self.path, sheet=self.sheet)
        else:
            found = _read_parquet(self.path)
        for line, cells in found:
            yield Record(line, cells)


def open_source(path: Path) -> Source:
    r"""Find out how a file is read.

    Args:
        path: The file.

    Returns:
        The source; a workbook has been measured, a text file read through once.

    Raises:
        DataError: the file cannot be imported.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.csv"
    ...     _ = path.write_text("name\tcity\nA\tParis\n", encoding="utf-16")
    ...     source = open_source(path)
    ...     source.encoding, source.separator, [record.cells for record in source.records()]
    ('utf-16', '\t', [['name', 'city'], ['A', 'Paris']])
    """
    kind = detect_kind(path)
    if kind == "xlsx":
        check_workbook(path)
        sheet, others = choose_sheet(path)
        return Source(path, kind, sheet=sheet, other_sheets=others)
    if kind == "parquet":
        _check_parquet(path)
        return Source(path, kind)
    encoding = detect_encoding(path)
    return Source(path, kind, encoding, detect_separator(path, encoding=encoding))


def _check_parquet(path: Path) -> None:
    import duckdb

    from signoff.store.engines.duck import fresh_session

    with fresh_session() as session:
        try:
            found = session.execute(
                "SELECT sum(total_uncompressed_size) FROM parquet_metadata($path)",
                {"path": str(path)},
            ).fetchone()
            columns = session.execute(
                "DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}
            ).fetchall()
        except duckdb.Error as error:
            raise _unreadable(path, str(error).splitlines()[0]) from error
    if found and found[0] and found[0] > LARGEST_PARQUET_BYTES:
        raise _unreadable(path, f"it unpacks to {found[0] / 1e9:.0f} GB; 16 GB are allowed")
    nested = [
        name for name, kind, *_ in columns if "STRUCT" in kind or "[" in kind or "MAP" in kind
    ]
    if nested:
        raise _unreadable(path, f"columns hold lists or records: {', '.join(nested)}")


def _unreadable(path: Path, why: str) -> DataError:
    return DataError(
        f"{path.name} is a Parquet file that cannot be imported",
        why=why,
        fix="write one value per cell, or export the table as CSV",
        where=str(path),
    )


def _read_parquet(path: Path) -> Iterator[tuple[int, list[str]]]:
    from signoff.store.engines.duck import fresh_session

    with fresh_session() as session:
        kinds = session.execute(
            "DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}
        ).fetchall()
        fractions = [i for i, row in enumerate(kinds) if row[1].startswith(FRACTIONS)]
        session.execute("SET TimeZone = 'UTC'")
        found = session.execute(
            "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet($path)", {"path": str(path)}
        )
        yield 1, [column[0] for column in found.description or ()]
        line = 1
        while rows := found.fetchmany(10_000):
            for row in rows:
                line += 1
                cells = ["" if cell is None else cell for cell in row]
                for place in fractions:
                    cells[place] += "0" if LIKE_THOUSANDS.match(cells[place]) else ""
                yield line, cells
