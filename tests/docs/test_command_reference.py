"""The reference of commands: as the commands are, and every command in it."""

import importlib
from pathlib import Path

import pytest

from signoff.app.cli.manual import TWINS, list_commands, write_manual

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"


def test_command_reference_is_current() -> None:
    assert REFERENCE.read_text("utf-8") == write_manual(), "run: make docs"


def test_every_command_is_in_the_reference() -> None:
    lines = REFERENCE.read_text("utf-8").splitlines()
    headings = {line.lstrip("#").strip() for line in lines if line.startswith("##")}
    assert headings == {context.command_path for context in list_commands()}


@pytest.mark.parametrize(("command", "twin"), TWINS.items())
def test_python_twin_of_command_is_there(command: str, twin: str) -> None:
    module, _, name = twin.rpartition(".")
    assert command in {context.command_path for context in list_commands()}
    assert callable(getattr(importlib.import_module(module), name))
