"""How the tests of the command line call it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from signoff.app.cli.root import run


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Give a function that runs one command line in this process."""

    def call_(*arguments: object) -> Said:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Said(code, captured.out, captured.err)

    return call_
