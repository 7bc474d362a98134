"""The workspace that this process serves, and its lake, opened once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from signoff.store.lake import LakePool
from signoff.store.lake.pooled import PooledEngine
from signoff.store.workspace import Workspace, open_workspace

__all__ = ["current_workspace", "forget_workspace", "lake_engine"]

_POOLS: dict[Path, LakePool] = {}
_TURN = Lock()


def current_workspace() -> Workspace:
    """Give the workspace that is served.

    Raises:
        DataError: it cannot be opened.
    """
    return _opened(Path(settings.SIGNOFF_WORKSPACE))


@contextmanager
def lake_engine() -> Iterator[PooledEngine]:
    """Give an engine over the newest facts of the lake, which this process keeps open.

    Yields:
        An engine for one request, given back at the end.

    Raises:
        DataError: the lake cannot be read.
    """
    with _pool(Path(settings.SIGNOFF_WORKSPACE)).engine() as engine:
        yield engine


def forget_workspace() -> None:
    """Let the next call open the workspace anew, as after a restore."""
    with _TURN:
        pools = list(_POOLS.values())
        _POOLS.clear()
        _opened.cache_clear()
    for pool in pools:
        pool.close()


@lru_cache(maxsize=8)
def _opened(path: Path) -> Workspace:
    return open_workspace(path)


def _pool(path: Path) -> LakePool:
    """Give the one pool of a workspace; two threads that come first at once share it."""
    with _TURN:
        if path not in _POOLS:
            _POOLS[path] = LakePool(_opened(path))
        return _POOLS[path]
