"""The command `signoff`."""

from signoff.app.cli.root import main

__all__ = ["main"]
