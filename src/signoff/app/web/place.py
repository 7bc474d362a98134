"""The workspace that this process serves, opened once."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from signoff.store.workspace import Workspace, open_workspace

__all__ = ["current_workspace", "forget_workspace"]


def current_workspace() -> Workspace:
    """Give the workspace that is served.

    Raises:
        DataError: it cannot be opened.
    """
    return _opened(Path(settings.SIGNOFF_WORKSPACE))


def forget_workspace() -> None:
    """Let the next call open the workspace anew, as after a restore."""
    _opened.cache_clear()


@lru_cache(maxsize=8)
def _opened(path: Path) -> Workspace:
    return open_workspace(path)
