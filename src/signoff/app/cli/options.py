"""Options that many commands share, said once."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "author_option",
    "json_option",
    "progress_option",
    "seed_option",
    "today_option",
    "workspace_option",
]

LARGEST_SEED = 2**63 - 1  # an INTEGER of SQLite
Command = TypeVar("Command", bound=Callable[..., Any])


def workspace_option(command: Command) -> Command:
    """Let a command be told its workspace.

    Args:
        command: The function; it gains `workspace_path`, a Path or None.

    >>> made = click.command()(workspace_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['workspace_path']
    """
    return click.option(
        "-w",
        "--workspace",
        "workspace_path",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="SIGNOFF_WORKSPACE",
        help="The workspace; by default the current folder or the nearest above it.",
    )(command)


def json_option(command: Command) -> Command:
    """Let a command print JSON.

    Args:
        command: The function; it gains `as_json`.

    >>> made = click.command()(json_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['as_json']
    """
    return click.option(
        "--json", "as_json", is_flag=True, help="Print JSON; errors too, on standard error."
    )(command)


def author_option(command: Command) -> Command:
    """Let a command that writes be told who writes, for the audit.

    Args:
        command: The function; it gains `by`.

    >>> made = click.command()(author_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['by']
    """
    return click.option(
        "--by",
        envvar="SIGNOFF_USER",
        default=getpass.getuser,
        show_default="your login",
        help="Who does this, for the audit.",
    )(command)


def seed_option(command: Command) -> Command:
    """Let a command that draws lots be told its seed.

    Args:
        command: The function; it gains `seed`, from 0 to what the register can keep.

    >>> made = click.command()(seed_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['seed']
    """
    return click.option(
        "--seed",
        type=click.IntRange(0, LARGEST_SEED),
        default=1,
        show_default=True,
        help="Same seed, same numbers.",
    )(command)


def today_option(command: Command) -> Command:
    """Let a command be told which day it is.

    Args:
        command: The function; it gains `as_of`, a date and time, or None for today.

    >>> made = click.command()(today_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['as_of']
    """
    return click.option(
        "--as-of",
        type=click.DateTime(formats=["%Y-%m-%d"]),
        help="The day to reckon from, YYYY-MM-DD; by default today.",
    )(command)


def progress_option(command: Command) -> Command:
    """Let a long command tell how far it is.

    Args:
        command: The function; it gains `with_progress`, True, False, or None for "on a terminal".

    >>> made = click.command()(progress_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['with_progress']
    """
    return click.option(
        "--progress/--no-progress",
        "with_progress",
        default=None,
        help="Tell on standard error how far it is; by default on a terminal only.",
    )(command)
