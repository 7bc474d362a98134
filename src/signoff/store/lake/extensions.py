"""DuckDB's extensions, from their installed packages; nothing is downloaded."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import DataError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["extension_path", "load_extension"]


def extension_path(name: str) -> Path:
    """Give the file of a DuckDB extension from its installed package.

    Raises:
        DataError: the package is not installed.

    >>> extension_path("ducklake").name
    'ducklake.duckdb_extension'
    """
    import duckdb

    spec = find_spec(f"duckdb_extension_{name}")
    home = Path(spec.origin).parent if spec and spec.origin else Path()
    path = home / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if spec and path.is_file():
        return path
    package = f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
    raise DataError(
        f"DuckDB's extension {name} for version {duckdb.__version__} is not installed",
        why="the lake needs it, and nothing is downloaded while Signoff runs",
        fix=f"install the package {package}",
    )


def load_extension(session: "DuckDBPyConnection", name: str) -> None:
    """Load an extension into a session.

    Raises:
        DataError: the package is not installed.
    """
    path = str(extension_path(name)).replace("'", "''")
    session.execute(f"LOAD '{path}'")
