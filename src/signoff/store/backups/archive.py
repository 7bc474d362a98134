"""The file of a backup: a tar whose first member states every other with its hash."""

import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from signoff.errors import DataError

__all__ = ["FORMAT", "MANIFEST_FILE", "DamagedBackupError", "is_backup", "pack", "unpack"]

FORMAT = "signoff backup 1"
MANIFEST_FILE = "manifest.json"


class DamagedBackupError(DataError):
    """A backup whose bytes are not those that were written; it can never be restored."""


def is_backup(path: Path) -> bool:
    """Say whether a file is a backup of Signoff.

    >>> is_backup(Path("/nowhere"))
    False
    """
    if not path.is_file():
        return False
    try:
        with tarfile.open(path, "r:") as archive:
            first = archive.next()
            return first is not None and first.name == MANIFEST_FILE
    except (OSError, tarfile.TarError):
        return False


def pack(folder: Path, target_path: Path, *, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Pack a folder into one file, which is there whole or not at all, for its owner's eyes.

    Args:
        folder: What to pack; nothing in it may be called manifest.json.
        target_path: The file.
        facts: What the manifest states besides the files.

    Returns:
        The manifest: format, facts, and size and SHA-256 by file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as work:
    ...     (Path(work) / "in").mkdir()
    ...     _ = (Path(work) / "in" / "a").write_text("x")
    ...     stated = pack(Path(work) / "in", Path(work) / "b", facts={})
    ...     stated["files"]["a"]["n_bytes"], unpack(Path(work) / "b", Path(work) / "out") == stated
    (1, True)
    """
    from signoff.store.lake.files import sha256_of

    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {
        path.relative_to(folder).as_posix(): {
            "n_bytes": path.stat().st_size,
            "sha256": sha256_of(path),
        }
        for path in paths
    }
    stated = {"format": FORMAT, **facts, "files": files}
    manifest = folder / MANIFEST_FILE
    manifest.write_text(json.dumps(stated, indent=2), encoding="utf-8")
    unfinished = target_path.with_name(target_path.name + ".unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for path in [manifest, *paths]:
                    archive.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target_path)
    except OSError as error:
        raise _not_written(target_path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)  # half a backup holds the key, and people
    return stated


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into a new folder and check every file against its hash.

    Args:
        path: The backup.
        folder: A folder that does not exist yet.

    Returns:
        The manifest.

    Raises:
        DataError: it is no backup, is of a newer format, or is damaged; every fault is named.
    """
    if not is_backup(path):
        raise DataError(
            f"{path} is no backup of Signoff",
            why="it is missing, or does not begin with a manifest",
            fix="name a file that signoff backup has written",
            where=str(path),
        )
    folder.mkdir(parents=True)
    try:
        with tarfile.open(path, "r:") as archive:
            stated = _manifest(archive, path)
            for member in archive:
                if member.name in stated["files"] and member.isfile() and _is_inside(member.name):
                    _extract(archive, member, folder)
    except (tarfile.TarError, ValueError, KeyError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:  # a full disk says nothing against the backup
        raise _not_written(folder, error) from error
    _check(path, folder, stated)
    return stated


def _manifest(archive: tarfile.TarFile, path: Path) -> dict[str, Any]:
    first = archive.next()
    file = archive.extractfile(first) if first else None
    stated: dict[str, Any] = json.load(file) if file else {}
    if stated.get("format") != FORMAT:
        raise DataError(
            f"{path} has the format {stated.get('format')!r}",
            why=f"this Signoff reads {FORMAT!r}",
            fix="upgrade Signoff: pip install --upgrade signoff",
            where=str(path),
        )
    return stated


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    packed = archive.extractfile(member)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while packed and (chunk := packed.read(1 << 20)):
            file.write(chunk)


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not PurePosixPath(name).is_absolute() and ".." not in parts and "\\" not in name


def _check(path: Path, folder: Path, stated: dict[str, Any]) -> None:
    from signoff.store.lake.files import sha256_of

    wrong = [
        name
        for name, fact in stated["files"].items()
        if not (folder / name).is_file() or sha256_of(folder / name) != fact["sha256"]
    ]
    if wrong:
        raise _damaged(path, f"missing or changed: {', '.join(wrong[:20])}")


def _not_written(path: Path, error: OSError) -> DataError:
    return DataError(
        f"{path} cannot be written",
        why=error.strerror or str(error),
        fix="make room, or name another place",
        where=str(path),
    )


def _damaged(path: Path, why: str) -> DataError:
    return DamagedBackupError(
        f"{path} is damaged",
        why=why,
        fix="use another backup, or copy this one again from where it was kept",
        where=str(path),
    )
