"""How an error is told: what, why and how to mend it, as text or as JSON, and the exit code."""

import errno
import json
import os
import sys
import traceback
from dataclasses import asdict

import click

from signoff.errors import Fault, SignoffError, UserError

__all__ = [
    "BUG",
    "FINDINGS",
    "INTERRUPTED",
    "PARTLY",
    "USAGE",
    "blame_machine",
    "comes_of_interruption",
    "error_text",
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

ASK_FOR_RIGHTS = "ask its owner for the right to read and write there, or name another place"
REMEDIES = {
    errno.EACCES: ASK_FOR_RIGHTS,
    errno.EPERM: ASK_FOR_RIGHTS,
    errno.EROFS: "name a place that can be written to",
    errno.ENOSPC: "make room on the disk, then run the command again",
    errno.EDQUOT: "make room within your quota, then run the command again",
    errno.ENOENT: "check the spelling, and that the folder above it is there",
    errno.ENOTDIR: "check the path: a part of it is a file, not a folder",
    errno.EISDIR: "name a file, not a folder",
    errno.EEXIST: "name another place: something stands there already",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "close other programs, or raise the limit of open files (ulimit -n)",
    errno.EIO: "check the disk; restore from a backup if it is failing",
}


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


def blame_machine(error: BaseException) -> SignoffError | None:
    """Say what the machine refused: a right, a place, room on the disk; nothing for other errors.

    Args:
        error: What was raised.

    Returns:
        The same as what, why and how to mend it; None when it is no such refusal.

    >>> told = blame_machine(PermissionError(13, "Permission denied", "plans"))
    >>> told.fault.what if told else ""
    'plans cannot be used'
    >>> blame_machine(ValueError("no file at all")) is None
    True
    """
    if not isinstance(error, OSError) or error.errno not in REMEDIES:
        return None
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    return UserError(
        f"{place or 'a file'} cannot be used",
        why=f"the operating system says: {error.strerror}",
        fix=REMEDIES[error.errno],
        where=place,
    )


def report_interruption() -> int:
    """Tell that the user interrupted.

    Returns:
        The exit code, 130.

    >>> report_interruption()
    130
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

    >>> report_error(UserError("a.csv is empty", why="it has no row", fix="save it"), as_json=True)
    2
    """
    if as_json:
        click.echo(json.dumps(error.as_json()), err=True)
    else:
        click.echo(error_text(error), err=True)
    return error.exit_code


def report_usage(error: click.ClickException, *, as_json: bool) -> int:
    """Tell that a command line cannot be understood.

    Args:
        error: What click raised.
        as_json: Whether to tell it as one JSON object.

    Returns:
        The exit code, 2.

    >>> report_usage(click.UsageError("no such option"), as_json=True)
    2
    """
    if as_json:
        context = getattr(error, "ctx", None)
        fault = Fault(
            what=error.format_message(),
            why="the command line cannot be understood as it stands",
            fix=f"see {context.command_path if context else 'signoff'} --help",
        )
        told = {"error": "UsageError", **asdict(fault), "faults": [asdict(fault)]}
        click.echo(json.dumps(told), err=True)
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

    >>> report_bug(ZeroDivisionError("division by zero"), as_json=True)
    70
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
        click.echo(error_text(told), err=True)
    return BUG


def error_text(error: SignoffError) -> str:
    """Give an error as people read it: what, then why and fix on lines of their own.

    Args:
        error: What was raised.

    Returns:
        Lines, the first begins with "Error:"; a line or three for each fault.

    >>> print(click.unstyle(error_text(UserError("a.csv is empty", why="", fix="", where="a.csv"))))
    Error: a.csv is empty
    """
    lines = _fault_lines(error.fault, indent="")
    lines[0] = click.style("Error: ", fg="red", bold=True) + lines[0]
    if error.faults != (error.fault,):
        for fault in error.faults:
            first, *rest = _fault_lines(fault, indent="    ")
            lines += [f"  - {first}", *rest]
    return "\n".join(lines)


def _fault_lines(fault: Fault, *, indent: str) -> list[str]:
    # many a sentence begins with its place already
    place = (
        f"{fault.where}: " if fault.where and not fault.what.startswith(f"{fault.where} ") else ""
    )
    told = [f"{place}{fault.what}"]
    told += [f"{indent}  why: {fault.why}"] if fault.why else []
    return told + ([f"{indent}  fix: {fault.fix}"] if fault.fix else [])
