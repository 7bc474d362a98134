"""Libraries that come with the extra `reports`, loaded when a report needs them."""

from importlib import import_module
from types import ModuleType

from signoff.errors import DataError

__all__ = ["load_extra"]


def load_extra(name: str, *, wanted_for: str) -> ModuleType:
    """Load a library of the extra `reports`.

    Args:
        name: Name of the module.
        wanted_for: What needs it, for the message.

    Raises:
        DataError: it is not installed.

    >>> load_extra("json", wanted_for="an example").__name__
    'json'
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise DataError(
            f"{wanted_for} need {name}, which is not installed",
            why="it comes with an extra, so that a plain installation stays small",
            fix='run: pip install "signoff[reports]"',
        ) from error
