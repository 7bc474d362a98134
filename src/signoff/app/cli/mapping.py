"""The file that says which column of a file is which column of a table."""

import json
import tomllib
from pathlib import Path

from signoff.errors import DataError

__all__ = ["read_mapping"]


def read_mapping(path: Path) -> dict[str, str]:
    """Read a mapping from TOML or JSON.

    Args:
        path: A file of pairs, "column of the file" = "column of the table".

    Returns:
        Columns of the table by columns of the file.

    Raises:
        DataError: the file is neither, or holds something else than pairs of text.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mapping.toml"
    >>> _ = file.write_text('"Raison sociale" = "name"')
    >>> read_mapping(file)
    {'Raison sociale': 'name'}
    """
    try:
        text = path.read_text("utf-8-sig")
        found = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise DataError(
            f"the mapping cannot be read: {error}",
            why="a mapping is TOML, or JSON where the name ends in .json",
            fix='write a line for each column: "column of the file" = "column of the table"',
            where=str(path),
        ) from error
    pairs = found.get("mapping", found) if isinstance(found, dict) else found
    if not isinstance(pairs, dict) or not all(isinstance(name, str) for name in pairs.values()):
        raise DataError(
            "the mapping holds something else than pairs of text",
            why="each column of the file goes to one column of the table",
            fix='write a line for each column: "column of the file" = "column of the table"',
            where=str(path),
        )
    return {str(column): name for column, name in pairs.items()}
