"""What lies in the lake's folder or bucket: listed, copied out and copied in."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import DataError
from signoff.store.engines.duck import fresh_session
from signoff.store.lake.bucket import let_in, telling
from signoff.store.lake.objects import LakePath, ObjectPath, lake_path
from signoff.store.lake.place import LakeHome, data_folder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["copy_files", "list_files", "present_files"]


def present_files(home: LakeHome) -> frozenset[LakePath]:
    """Give the files that lie in the lake's data folder, on the disk or in a bucket.

    Raises:
        DataError: the bucket cannot be listed.
    """
    return list_files(data_folder(home))


def list_files(folder: LakePath, *, pattern: str = "**/*") -> frozenset[LakePath]:
    """Give the files under a folder, on the disk or in a bucket.

    Args:
        folder: The folder.
        pattern: Which ones: * within a name, ** over folders.

    Raises:
        DataError: the bucket cannot be listed.

    >>> list_files(Path("/nowhere"))
    frozenset()
    """
    if isinstance(folder, Path):
        return frozenset(path for path in folder.glob(pattern) if path.is_file())
    with _session_at(folder) as session, telling(folder):
        found = session.execute("SELECT file FROM glob(?)", [f"{folder}/{pattern}"]).fetchall()
    return frozenset(lake_path(address) for (address,) in found)


def copy_files(pairs: Iterable[tuple[LakePath, LakePath]]) -> None:
    """Copy files byte by byte between the disk and one bucket; on one disk they are linked.

    A file from or to a bucket passes through memory whole, and has 4 GB at most. What was copied
    into a bucket is read back and compared.

    Args:
        pairs: Each file, which never changes, and its copy, which must not exist; folders are
            made.

    Raises:
        DataError: the bucket cannot be read or written, or a copy is not as its source.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     (source, target) = (Path(folder) / "a", Path(folder) / "b" / "a")
    ...     _ = source.write_text("x")
    ...     copy_files([(source, target)])
    ...     target.read_text()
    'x'
    """
    with ExitStack() as opened:
        session: DuckDBPyConnection | None = None
        for source, target in pairs:
            if isinstance(target, Path):
                target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, Path) and isinstance(target, Path):
                _link(source, target)
                continue
            place = source if isinstance(source, ObjectPath) else target
            session = session or opened.enter_context(_session_at(place))
            with telling(place):
                _copy_bytes(session, str(source), str(target))
                if isinstance(target, ObjectPath):
                    _compare(session, str(source), str(target))


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target)


def _copy_bytes(session: "DuckDBPyConnection", source: str, target: str) -> None:
    written = target.replace("'", "''")
    session.execute(
        f"COPY (SELECT content FROM read_blob($source)) TO '{written}' (FORMAT blob)",
        {"source": source},
    )


def _compare(session: "DuckDBPyConnection", source: str, target: str) -> None:
    alike = session.execute(
        "SELECT count(DISTINCT sha256(content)) FROM read_blob([$source, $target])",
        {"source": source, "target": target},
    ).fetchone()
    if alike != (1,):
        raise DataError(
            f"{target} is not as {source}",
            why="it changed while it was copied, or the storage lost a part",
            fix="try again",
            where=target,
        )


@contextmanager
def _session_at(place: LakePath) -> Iterator["DuckDBPyConnection"]:
    with closing(fresh_session()) as session:
        if isinstance(place, ObjectPath):
            let_in(session, place)
        yield session
