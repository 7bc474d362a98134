"""Looks for people in databases beside the register, which other rooms write and alone may mend."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.store.backups.databases import copy_database, databases_beside
from signoff.store.privacy.scrubbing import ScrubbedFile
from signoff.store.privacy.traces import Traces

__all__ = ["find_in_databases"]


def find_in_databases(
    folder: Path, traces: Traces, *, aside: Path = Path()
) -> Iterator[ScrubbedFile]:
    """Name the databases of a workspace that mention a person; they stay as they are.

    Args:
        folder: The workspace's folder.
        traces: What names the person.
        aside: Where copies may lie for a moment; the next backup clears it after a kill.

    Yields:
        Each file that does.

    >>> list(find_in_databases(Path("/nowhere"), Traces(("a@x.fr",), (), ())))
    []
    """
    for path in databases_beside(folder):
        with TemporaryDirectory(prefix=".aside-", dir=aside) as taken:
            copy = Path(taken) / path.name
            copy_database(path, copy)
            if traces.are_in_bytes(copy.read_bytes()):
                yield ScrubbedFile(str(path), "kept, though it mentions one of them")
