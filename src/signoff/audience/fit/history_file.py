"""A history on file: CSV, XLSX or Parquet as records."""

from itertools import islice
from pathlib import Path

from signoff.errors import DataError
from signoff.store.imports.source import open_source

__all__ = ["read_history_file"]

HEADING_WITHIN = 30


def read_history_file(path: Path, *, outcome: str) -> list[dict[str, object]]:
    r"""Read the rows of a history.

    Args:
        path: CSV, XLSX or Parquet; lines above the heading are passed over.
        outcome: Column that must stand in the heading.

    Returns:
        One record for each line with any cell filled, every record with all columns.

    Raises:
        DataError: the file cannot be read, or has two columns of one name.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "deals.csv"
    ...     _ = file.write_text("size;gagné\n12;oui\n3;non\n", encoding="utf-8")
    ...     read_history_file(file, outcome="gagné")
    [{'size': '12', 'gagné': 'oui'}, {'size': '3', 'gagné': 'non'}]
    """
    lines = (record.cells for record in open_source(path).records())
    start = list(islice(lines, HEADING_WITHIN))
    place = next((k for k, cells in enumerate(start) if outcome in map(str.strip, cells)), None)
    if place is None:
        widest = max((sum(bool(c.strip()) for c in cells) for cells in start), default=0)
        filled = (k for k, c in enumerate(start) if sum(bool(x.strip()) for x in c) == widest)
        place = next(filled, 0)
    names = [cell.strip() for cell in start[place]] if start else []
    _check_names(names, path=path)
    kept = [(k, name) for k, name in enumerate(names) if name]
    return [
        {name: cells[k] if k < len(cells) else "" for k, name in kept}
        for cells in (*start[place + 1 :], *lines)
        if any(cell.strip() for cell in cells)
    ]


def _check_names(names: list[str], *, path: Path) -> None:
    filled = [name for name in names if name]
    twice = sorted({name for name in filled if filled.count(name) > 1})
    if twice:
        raise DataError(
            f"{path.name} has two columns named {', '.join(twice[:5])}",
            why="which of them is meant cannot be told",
            fix="rename one of them",
            where=str(path),
        )
