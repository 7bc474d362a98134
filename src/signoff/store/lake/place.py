"""Where a lake lies: its catalog, its data folder and the turn its writers take."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from signoff.errors import DataError
from signoff.store.lake.objects import SCHEME, LakePath, lake_path

if TYPE_CHECKING:
    from psycopg import Connection

__all__ = [
    "CATALOG_SCHEMA",
    "LakeHome",
    "LakeSettings",
    "catalog_address",
    "data_folder",
    "data_path",
    "make_catalog_schema",
    "writers_turn",
]

CATALOG_SCHEMA = "signoff_lake"
LOCK_SECONDS = 600.0  # the turn is not first come, first served: under load some wait long
_ADVISORY_KEY = 7_160_543_310


class LakeSettings(Protocol):
    """The settings a lake needs."""

    @property
    def catalog(self) -> str:
        """Address of the catalog; empty for a file in the workspace."""

    @property
    def lake_data(self) -> str:
        """Folder or bucket of the data; empty for a folder in the workspace."""


class LakeHome(Protocol):
    """What the lake must know of a workspace."""

    @property
    def path(self) -> Path:
        """The workspace's folder."""

    @property
    def settings(self) -> LakeSettings:
        """Its settings."""

    @property
    def locks_dir(self) -> Path:
        """Where lock files stand."""


def catalog_address(home: LakeHome) -> str:
    """Give the catalog's address: a file's path, or a PostgreSQL address as libpq reads it."""
    address = home.settings.catalog
    if not address:
        return str(home.path.resolve() / "lake" / "catalog.sqlite")
    scheme, _, rest = address.partition("://")
    if scheme.partition("+")[0] in {"postgresql", "postgres"} and rest:
        return f"postgresql://{rest}"
    raise DataError(
        f"the catalog's address starts with {scheme!r}",
        why="the lake's catalog is a file of the workspace or a PostgreSQL database",
        fix="leave `catalog` empty, or write postgresql://user@host/database",
        where="signoff.toml: catalog",
    )


def data_folder(home: LakeHome) -> LakePath:
    """Give the folder that holds the lake's Parquet files, on the disk or in a bucket."""
    named = home.settings.lake_data
    if named.startswith(SCHEME):
        return lake_path(named)
    return (home.path / named if named else home.path / "lake" / "data").resolve()


def data_path(workspace: LakeHome, table: str, import_id: str, part: int) -> LakePath:
    """Give the path for one Parquet file of an import; its folder is made.

    Args:
        workspace: The workspace.
        table: A table of the lake.
        import_id: The import.
        part: Number of the file within table and import, from 0.
    """
    folder = data_folder(workspace) / "main" / table / import_id
    if isinstance(folder, Path):
        folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{part:05d}.parquet"


def make_catalog_schema(home: LakeHome) -> None:
    """Make the catalog's own schema in a PostgreSQL database; a file needs none."""
    address = catalog_address(home)
    if address.startswith("postgresql://"):
        with closing(_connected(address)) as connection:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {CATALOG_SCHEMA}")


@contextmanager
def writers_turn(home: LakeHome) -> Iterator[None]:
    """Wait for the turn to write to the lake, and give it up at the end.

    Raises:
        DataError: the turn did not come within ten minutes.
    """
    address = catalog_address(home)
    if address.startswith("postgresql://"):
        with _advisory_turn(address):
            yield
        return
    from filelock import FileLock, Timeout

    home.locks_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.locks_dir / "lake.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire(poll_interval=0.02)
    except Timeout as error:
        raise _no_turn() from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_turn(address: str) -> Iterator[None]:
    import psycopg

    with closing(_connected(address)) as connection:
        try:
            connection.execute(f"SET lock_timeout = {int(LOCK_SECONDS * 1000)}")
            connection.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_KEY])
        except psycopg.errors.LockNotAvailable as error:
            raise _no_turn() from error
        yield


def _connected(address: str) -> "Connection[tuple[Any, ...]]":
    try:
        import psycopg
    except ModuleNotFoundError as error:
        raise DataError(
            "the lake's catalog is on PostgreSQL, whose driver is not installed",
            why=str(error),
            fix="install it: pip install 'signoff[postgres]'",
        ) from error
    try:
        return psycopg.connect(address, autocommit=True)
    except psycopg.OperationalError as error:
        raise DataError(
            "the lake's catalog cannot be reached",
            why=str(error).strip().splitlines()[0],
            fix="see that the server runs, and check `catalog` in signoff.toml",
            where="signoff.toml: catalog",
        ) from error


def _no_turn() -> DataError:
    return DataError(
        f"the lake was busy for {LOCK_SECONDS:.0f} seconds",
        why="writers take turns, and another one kept its turn",
        fix="see which command is still running, or try again later",
    )
