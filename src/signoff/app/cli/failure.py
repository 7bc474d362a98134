"""How an error is told: what, why and how to mend it, as text or as JSON, and the exit code."""

import json
import sys
import traceback

import click

from signoff.errors import Fault, SignoffError

__all__ = [
    "BUG",
    "FINDINGS",
    "INTERRUPTED",
    "PARTLY",
    "USAGE",
    "comes_of_interruption",
    "report_bug",
    "report_error",
    "report_interruption",
    "report_usage",
]

FINDINGS = 1
USAGE = 2
PARTLY = 3
BUG = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT, as shells say it


def comes_of_interruption(error: BaseException) -> bool:
    """Say whether an error is Ctrl-C in disguise: engines turn it into errors of their own.

    Args:
        error: What was raised.

    Returns:
        Whether a KeyboardInterrupt is among its causes.

    >>> disguised = RuntimeError("Query interrupted")
    >>> disguised.__cause__ = KeyboardInterrupt()
    >>> comes_of_interruption(disguised), comes_of_interruption(RuntimeError("disk full"))
    (True, False)
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, KeyboardInterrupt):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def report_interruption() -> int:
    """Tell that the user interrupted.

    Returns:
        The exit code, 130.
    """
    click.echo("Interrupted; nothing is half-written.", err=True)
    return INTERRUPTED


def report_error(error: SignoffError, *, as_json: bool) -> int:
    """Tell an error of the user's or of a service's, without a traceback.

    Args:
        error: What was raised.
        as_json: Whether to tell it as one JSON object.

    Returns:
        The exit code.
    """
    if as_json:
        click.echo(json.dumps(error.as_json()), err=True)
    else:
        click.echo(_error_text(error), err=True)
    return error.exit_code


def report_usage(error: click.ClickException, *, as_json: bool) -> int:
    """Tell that a command line cannot be understood.

    Args:
        error: What click raised.
        as_json: Whether to tell it as one JSON object.

    Returns:
        The exit code, 2.
    """
    if as_json:
        words = {"error": "UsageError", "what": error.format_message(), "why": "", "fix": ""}
        click.echo(json.dumps({**words, "where": "", "faults": []}), err=True)
    else:
        error.show()
    return USAGE


def report_bug(error: Exception, *, as_json: bool) -> int:
    """Tell that Signoff itself failed: the traceback, and what to do with it.

    Args:
        error: What was raised.
        as_json: Whether to tell it as one JSON object.

    Returns:
        The exit code, 70.
    """
    told = SignoffError(
        f"{type(error).__name__}: {error}",
        why="this is a fault of Signoff itself; nothing you did should lead here",
        fix="tell its authors what you ran, with the lines above",
    )
    if as_json:
        click.echo(json.dumps({**told.as_json(), "error": "Bug"}), err=True)
    else:
        traceback.print_exception(error, file=sys.stderr)
        click.echo(_error_text(told), err=True)
    return BUG


def _error_text(error: SignoffError) -> str:
    lines = _fault_lines(error.fault, indent="")
    lines[0] = click.style("Error: ", fg="red", bold=True) + lines[0]
    if error.faults != (error.fault,):
        for fault in error.faults:
            first, *rest = _fault_lines(fault, indent="    ")
            lines += [f"  - {first}", *rest]
    return "\n".join(lines)


def _fault_lines(fault: Fault, *, indent: str) -> list[str]:
    place = f"{fault.where}: " if fault.where else ""
    told = [f"{place}{fault.what}"]
    told += [f"{indent}  why: {fault.why}"] if fault.why else []
    return told + ([f"{indent}  fix: {fault.fix}"] if fault.fix else [])
