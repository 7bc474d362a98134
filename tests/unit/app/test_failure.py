"""How failures are told: what the machine refuses is no fault of Signoff; JSON has every field."""

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from signoff.app.cli import root
from signoff.app.cli.failure import (
    REMEDIES,
    blame_machine,
    comes_of_interruption,
    error_text,
    report_error,
)
from signoff.errors import ConnectorError, DataError, Fault

Call = Callable[..., Any]


def test_blame_machine_names_place_reason_and_remedy() -> None:
    told = blame_machine(PermissionError(errno.EACCES, "Permission denied", "/locked/plan"))
    assert told is not None
    assert told.fault.what == "/locked/plan cannot be used"
    assert "Permission denied" in told.fault.why
    assert "right" in told.fault.fix
    assert told.exit_code == 2


def test_blame_machine_reads_names_in_bytes_and_their_absence() -> None:
    in_bytes = blame_machine(OSError(errno.ENOSPC, "No space left on device", b"/full/disk"))
    nameless = blame_machine(OSError(errno.ENOSPC, "No space left on device"))
    assert in_bytes is not None
    assert nameless is not None
    assert in_bytes.fault.what.startswith("/full/disk ")
    assert nameless.fault.what == "a file cannot be used"
    assert "room" in nameless.fault.fix


@pytest.mark.parametrize(
    "error", [ValueError("13"), OSError("no number"), OSError(errno.ECONNRESET, "reset")]
)
def test_blame_machine_leaves_faults_of_our_own(error: Exception) -> None:
    assert blame_machine(error) is None


def test_remedies_say_something_for_each_refusal() -> None:
    assert all(len(remedy) > 10 for remedy in REMEDIES.values())


@pytest.mark.parametrize("as_json", [False, True])
def test_run_where_nobody_may_write_exits_2_without_traceback(
    as_json: bool, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    said = call("init", tmp_path / "campaign", *(["--json"] if as_json else []))
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err
    assert "Permission denied" in said.err
    if as_json:
        assert json.loads(said.err)["error"] == "UserError"


def test_run_on_fault_of_our_own_says_so_and_exits_70(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(root.signoff, "main", fail)
    said = call("doctor", "--json")
    assert said.code == 70
    told = json.loads(said.err)
    assert (told["error"], told["what"]) == ("Bug", "ZeroDivisionError: division by zero")
    assert "Traceback" in call("doctor").err


def test_report_usage_as_json_says_what_why_and_fix(call: Call) -> None:
    said = call("plan", "--json")
    told = json.loads(said.err)
    assert said.code == 2
    assert "BRIEF" in told["what"]
    assert told["why"]
    assert told["fix"] == "see signoff plan --help"
    assert told["faults"][0]["what"] == told["what"]


def test_error_text_says_the_place_once() -> None:
    told = error_text(DataError("a.csv is empty", why="no line", fix="export", where="a.csv"))
    assert click.unstyle(told).splitlines()[0] == "Error: a.csv is empty"


def test_error_text_says_the_place_where_the_sentence_does_not() -> None:
    told = error_text(DataError("the number is 0", why="", fix="", where="money.budget"))
    assert click.unstyle(told) == "Error: money.budget: the number is 0"


def test_error_text_lists_each_fault_with_why_and_fix() -> None:
    faults = [Fault(f"fault {n}", f"why {n}", f"fix {n}", f"place {n}") for n in range(3)]
    told = click.unstyle(error_text(DataError("3 faults", why="w", fix="f", faults=faults)))
    for n in range(3):
        assert f"  - place {n}: fault {n}\n      why: why {n}\n      fix: fix {n}" in told


def test_report_error_of_a_service_has_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    error = ConnectorError("no answer", why="it is down", fix="try later", permanent=False)
    assert report_error(error, as_json=True) == error.exit_code
    assert json.loads(capsys.readouterr().err)["error"] == "ConnectorError"


def test_comes_of_interruption_looks_through_contexts() -> None:
    outer, inner = RuntimeError("outer"), RuntimeError("inner")
    outer.__cause__, inner.__context__ = inner, KeyboardInterrupt()
    assert comes_of_interruption(outer)
