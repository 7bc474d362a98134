"""Commands whose help keeps its examples as they are written."""

from inspect import cleandoc
from typing import Any

import click

__all__ = ["Command", "Group"]

WIDTH = 100
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": WIDTH}


class Command(click.Command):
    """A command; the paragraph "Example:" of its docstring is printed line by line."""

    def __init__(self, name: str | None, **attributes: Any) -> None:
        super().__init__(name, **_with_verbatim_example(attributes))


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, name: str | None = None, **attributes: Any) -> None:
        super().__init__(name, **_with_verbatim_example(attributes))


def _with_verbatim_example(attributes: dict[str, Any]) -> dict[str, Any]:
    # click joins the lines of a paragraph unless the mark \b stands above it
    text = cleandoc(attributes.get("help") or "").replace("\n\nExample:", "\n\n\b\nExample:")
    return {"context_settings": SETTINGS, **attributes, "help": text}
