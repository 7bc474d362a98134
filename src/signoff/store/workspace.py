"""A workspace: one folder with its settings, its key, its register, its lake and its files."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from signoff.errors import DataError
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register, open_register
from signoff.store.register.upgrade import upgrade_register
from signoff.store.settings import SETTINGS_FILE, Settings, read_settings, write_settings

__all__ = ["Workspace", "create_workspace", "open_workspace"]

KEY_FILE = "secret.key"
KEY_BYTES = 32
FOLDERS = ("lake", "staging", "rejected", "reports", "exports", "backups", "locks")


@dataclass(frozen=True)
class Workspace:
    """One opened workspace.

    Attributes:
        path: Its folder.
        settings: What signoff.toml says.
        key: Secret key for ids and for the hashes of suppressed people, 32 bytes.
        register: The register, opened.
    """

    path: Path
    settings: Settings
    key: bytes = field(repr=False)
    register: Register

    @property
    def staging_dir(self) -> Path:
        """Folder of imports that are not finished."""
        return self.path / "staging"

    @property
    def rejected_dir(self) -> Path:
        """Folder of rows that imports gave back."""
        return self.path / "rejected"

    @property
    def reports_dir(self) -> Path:
        """Folder of reports."""
        return self.path / "reports"

    @property
    def exports_dir(self) -> Path:
        """Folder of lists made for other tools."""
        return self.path / "exports"

    @property
    def backups_dir(self) -> Path:
        """Folder of backups."""
        return self.path / "backups"

    @property
    def locks_dir(self) -> Path:
        """Folder of lock files."""
        return self.path / "locks"

    @property
    def lake_dir(self) -> Path:
        """Folder of the lake's catalog."""
        return self.path / "lake"


def create_workspace(path: Path, *, settings: Settings, at: datetime) -> Workspace:
    """Make a workspace in a new or empty folder.

    Args:
        path: The folder.
        settings: Its settings.
        at: When, UTC.

    Returns:
        The workspace, opened.

    Raises:
        DataError: the folder holds something already.

    >>> from datetime import UTC
    >>> from tempfile import TemporaryDirectory
    >>> at = datetime(2026, 1, 2, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder:
    ...     made = create_workspace(Path(folder) / "w", settings=Settings(name="Acme"), at=at)
    ...     made.reports_dir.name
    'reports'
    """
    refuse_taken(path)
    path.mkdir(parents=True, exist_ok=True)
    for folder in FOLDERS:
        (path / folder).mkdir(mode=0o700)
    key = secrets.token_bytes(KEY_BYTES)
    write_key(path, key=key)
    register = open_register(register_address(path, settings), audit_key=key)
    if register.path is not None:
        register.path.touch(mode=0o600)
    upgrade_register(register)
    with register.begin() as connection:
        act = Act(by="signoff", at=at, action="created", object_kind="workspace", object_id="")
        write_audit(register, connection, act=act)
    write_settings(settings, path=path / SETTINGS_FILE)
    return Workspace(path=path, settings=settings, key=key, register=register)


def open_workspace(path: Path) -> Workspace:
    """Open a workspace, bringing its register up to date where it is behind.

    Args:
        path: Its folder.

    Returns:
        The workspace.

    Raises:
        DataError: the folder is no workspace, or its settings, key or register cannot be used.

    >>> open_workspace(Path("/nowhere"))
    Traceback (most recent call last):
    signoff.errors.DataError: /nowhere: /nowhere is no workspace. Why: it has no signoff.toml...
    """
    if not (path / SETTINGS_FILE).is_file():
        raise DataError(
            f"{path} is no workspace",
            why=f"it has no {SETTINGS_FILE}",
            fix="go to the folder of a workspace, name one with --workspace, "
            "or make one with signoff init",
            where=str(path),
        )
    settings = read_settings(path / SETTINGS_FILE)
    key = read_key(path)
    address = register_address(path, settings)
    if not settings.register_address and not (path / "register.db").is_file():
        raise DataError(
            f"{path} has lost its register",
            why="register.db is missing",
            fix="restore the workspace from a backup: signoff restore",
            where=str(path / "register.db"),
        )
    register = open_register(address, audit_key=key)
    upgrade_register(register)
    return Workspace(path=path, settings=settings, key=key, register=register)


def register_address(path: Path, settings: Settings) -> str:
    """Give the SQLAlchemy address of a workspace's register.

    >>> register_address(Path("/w"), Settings(name="Acme"))
    'sqlite:////w/register.db'
    """
    return settings.register_address or f"sqlite:///{(path / 'register.db').absolute()}"


def write_key(path: Path, *, key: bytes) -> None:
    """Write a workspace's secret key where only its owner can read it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_key(Path(folder), key=bytes(32))
    ...     read_key(Path(folder)) == bytes(32)
    True
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path / KEY_FILE, flags, 0o600), "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")


def read_key(path: Path) -> bytes:
    """Read a workspace's secret key.

    Raises:
        DataError: the key is missing or damaged.

    >>> read_key(Path("/nowhere"))
    Traceback (most recent call last):
    signoff.errors.DataError: /nowhere/secret.key: ... cannot be read. Why: ...
    """
    try:
        key = bytes.fromhex((path / KEY_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise _key_fault(path, str(error)) from error
    if len(key) != KEY_BYTES:
        raise _key_fault(path, f"it holds {len(key)} bytes in place of {KEY_BYTES}")
    return key


def _key_fault(path: Path, why: str) -> DataError:
    return DataError(
        f"{path / KEY_FILE} cannot be read",
        why=f"ids and suppressions rest on it: {why}",
        fix="copy secret.key from a backup of this workspace",
        where=str(path / KEY_FILE),
    )


def refuse_taken(path: Path) -> None:
    """Refuse a folder that holds something, or a file.

    Raises:
        DataError: it does.

    >>> refuse_taken(Path("/nowhere"))
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise DataError(
            f"{path} is not empty",
            why="a workspace is made in a folder of its own, so that nothing is overwritten",
            fix="name a new folder",
            where=str(path),
        )
