"""The group of commands `signoff venues`."""

import click

from signoff.app.cli.lazy import LazyCommand, LazyGroup

__all__ = ["venues"]

HERE = "signoff.app.cli.venues"
COMMANDS = {
    "list": LazyCommand(
        f"{HERE}.list:list_",
        "List the venues for a brief: prices in its currency, minimums, audience, sources.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def venues() -> None:
    """Where the committees can be reached.

    Example:
      signoff venues list brief.toml
    """
