"""Progress: told on a terminal or when asked for, never elsewhere."""

import io

import pytest

from signoff.app.cli.progress import ProgressLine, progress_line


def test_progress_line_without_terminal_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_line(wanted=None) as on_progress:
        on_progress("reading", 1, 2)
    assert capsys.readouterr().err == ""


def test_progress_line_when_wanted_tells_each_step_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress_line(wanted=True) as on_progress:
        on_progress("reading", 0, 2)
        on_progress("reading", 1, 2)
        on_progress("checking", 0, 2)
    captured = capsys.readouterr()
    assert captured.err == "reading\nchecking\n"
    assert captured.out == ""


def test_progress_line_on_terminal_rewrites_and_erases_itself() -> None:
    terminal = io.StringIO()
    line = ProgressLine(terminal, rewrites=True)
    line("reading", 1_000, 2_000)
    line("checking", 1)
    line.close()
    assert terminal.getvalue() == ("\r\x1b[2Kreading 1,000 of 2,000\r\x1b[2Kchecking 1\r\x1b[2K")
