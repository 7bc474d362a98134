"""Signoff: B2B advertising, planned for the whole buying committee and proved by account."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("signoff")
