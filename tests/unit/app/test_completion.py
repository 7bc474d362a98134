"""Completion scripts, and what they complete."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_the_shell(call: Call, shell: str) -> None:
    said = call("completion", shell)
    assert said.code == 0
    assert "_SIGNOFF_COMPLETE" in said.out
    assert f"{shell}_complete" in said.out


def test_completion_of_unknown_shell_exits_2(call: Call) -> None:
    assert call("completion", "tcsh").code == 2


def test_completion_in_bash_names_the_commands() -> None:
    variables = {
        **os.environ,
        "_SIGNOFF_COMPLETE": "bash_complete",
        "COMP_WORDS": "signoff ru",
        "COMP_CWORD": "1",
    }
    command = [Path(sys.executable).with_name("signoff")]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["plain,runs"]
