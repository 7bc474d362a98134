"""What a caller adds to a backup: bytes or files under names of the caller's own."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from signoff.errors import DataError, Fault

__all__ = ["MEMBERS_FOLDER", "Members", "put_members"]

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
MEMBERS_FOLDER = "members"

Members = Mapping[str, bytes | Path]


def put_members(members: Members, folder: Path) -> None:
    """Write a caller's members into the folder that becomes a backup.

    Args:
        members: Bytes, or a file, by name: lower-case letters, digits, full stops, hyphens.
        folder: The folder.

    Raises:
        DataError: a name or a file cannot be used; all of them at once.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     put_members({"users.json": b"[]"}, Path(folder))
    ...     (Path(folder) / "members" / "users.json").read_bytes()
    b'[]'
    """
    faults = [
        Fault(f"{name!r} cannot be a member of a backup", why, fix, name)
        for name, content in members.items()
        for why, fix in _wrong(name, content)
    ]
    if faults:
        raise DataError(
            "the backup cannot be made",
            why=f"{len(faults)} of its members cannot be used",
            fix="mend those below; nothing was written",
            faults=faults,
        )
    for name, content in members.items():
        target = folder / MEMBERS_FOLDER / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if isinstance(content, bytes):
            target.write_bytes(content)
        else:
            shutil.copyfile(content, target)


def _wrong(name: str, content: bytes | Path) -> list[tuple[str, str]]:
    found = []
    if not NAME.fullmatch(name):
        fix = "use lower-case letters, digits, full stops, hyphens and underscores"
        found.append(("its name could lead elsewhere when it is restored", fix))
    if isinstance(content, Path) and not content.is_file():
        found.append(("its file is not there", "name a file that is"))
    return found
