"""Groups that load a command only when it is called, so that `--help` answers at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from signoff.app.cli.command import Group

__all__ = ["LazyCommand", "LazyGroup"]


@dataclass(frozen=True)
class LazyCommand:
    """Where a command is, and the line that stands for it in its group's help.

    Attributes:
        place: Module and name, as in "signoff.app.cli.doctor:doctor".
        line: One line of help; a test keeps it equal to the command's own.
    """

    place: str
    line: str

    def load(self) -> click.Command:
        """Import the module and give the command."""
        module, _, name = self.place.partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.place} is no command")
        return command


class LazyGroup(Group):
    """A group whose commands are named by place and imported when called.

    Args:
        lazy: Commands by name, in the order in which help lists them.
    """

    def __init__(self, *, lazy: Mapping[str, LazyCommand], **attributes: Any) -> None:
        super().__init__(**attributes)
        self.lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are used."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, importing it when it is called for the first time."""
        if cmd_name in self.lazy:
            return self.lazy[cmd_name].load()
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a misspelt one name the nearest."""
        from difflib import get_close_matches

        names = self.list_commands(ctx)
        near = get_close_matches(args[0], names, n=1)
        if args[0] not in names and near:
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 (click hands it over)
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of commands from the lines, importing nothing."""
        lines = [(name, command.line) for name, command in self.lazy.items()]
        own = [(name, self.commands[name].get_short_help_str()) for name in self.commands]
        with formatter.section("Commands"):
            formatter.write_dl(lines + own)
