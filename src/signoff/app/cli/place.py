"""Which workspace a command works in."""

from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import DataError

if TYPE_CHECKING:
    from signoff.store.workspace import Workspace

__all__ = ["find_workspace", "open_here"]

SETTINGS_FILE = "signoff.toml"


def find_workspace(named: Path | None, *, start: Path) -> Path:
    """Find the folder of the workspace: the one named, or the nearest at or above a folder.

    Args:
        named: The folder that --workspace or SIGNOFF_WORKSPACE names, if any.
        start: Where to begin looking otherwise, upwards.

    Returns:
        The folder that holds signoff.toml.

    Raises:
        DataError: no such folder; says how to make one.

    >>> import tempfile
    >>> top = Path(tempfile.mkdtemp())
    >>> _ = (top / "signoff.toml").write_text("")
    >>> (top / "letters").mkdir()
    >>> find_workspace(None, start=top / "letters") == top.resolve()
    True
    """
    candidates = [named] if named else [start, *start.resolve().parents]
    for folder in candidates:
        if (folder / SETTINGS_FILE).is_file():
            return folder.resolve()
    if named:
        raise DataError(
            f"{named} is no workspace",
            why=f"it holds no {SETTINGS_FILE}",
            fix=f"make one with: signoff init {named}",
        )
    raise DataError(
        f"no workspace at or above {start.resolve()}",
        why=f"none of these folders holds {SETTINGS_FILE}",
        fix="make one with: signoff init FOLDER, then name it by -w FOLDER or SIGNOFF_WORKSPACE",
    )


def open_here(named: Path | None) -> "Workspace":
    """Open the workspace a command works in.

    Args:
        named: The folder that --workspace or SIGNOFF_WORKSPACE names, if any.

    Raises:
        DataError: there is none, or it cannot be opened.

    >>> open_here(Path("no-such-folder"))
    Traceback (most recent call last):
    signoff.errors.DataError: no-such-folder is no workspace. Why: ...
    """
    from signoff.store.workspace import open_workspace

    return open_workspace(find_workspace(named, start=Path.cwd()))
