"""The root of the command line: its groups, and what becomes of errors and interruptions."""

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import click

from signoff.app.cli.failure import (
    blame_machine,
    comes_of_interruption,
    report_bug,
    report_error,
    report_interruption,
    report_usage,
)
from signoff.app.cli.lazy import LazyCommand, LazyGroup
from signoff.errors import SignoffError

__all__ = ["main", "run", "signoff"]

HERE = "signoff.app.cli"

COMMANDS = {
    "init": LazyCommand(f"{HERE}.init:init", "Make a workspace."),
    "import": LazyCommand(
        f"{HERE}.imports:import_",
        "Bring files in: CSV, XLSX or Parquet, as your tools export them.",
    ),
    "imports": LazyCommand(f"{HERE}.imports:imports", "List imports, or take one back."),
    "brief": LazyCommand(f"{HERE}.brief:brief", "Write a brief and check it."),
    "audience": LazyCommand(
        f"{HERE}.audience:audience", "Who decides, at which businesses; and whom to leave alone."
    ),
    "venues": LazyCommand(f"{HERE}.venues:venues", "Where the committees can be reached."),
    "plan": LazyCommand(f"{HERE}.plan:plan", "Plan a campaign from a brief."),
    "scenarios": LazyCommand(
        f"{HERE}.scenarios:scenarios", "What a plan would be with something changed."
    ),
    "report": LazyCommand(f"{HERE}.report:report", "Write the report of a plan."),
    "export": LazyCommand(f"{HERE}.export:export", "Write lists and plans for other tools."),
    "serve": LazyCommand(f"{HERE}.serve:serve", "Serve the web application."),
    "worker": LazyCommand(
        f"{HERE}.worker:worker",
        "Do the jobs of the web application: imports, plans, reports, backups.",
    ),
    "runs": LazyCommand(f"{HERE}.runs:runs", "What was run, from what, and run it again."),
    "lake": LazyCommand(f"{HERE}.lake:lake", "Check, compact or copy the store of facts."),
    "backup": LazyCommand(f"{HERE}.backup:backup", "Write a backup of the workspace."),
    "restore": LazyCommand(f"{HERE}.backup:restore", "Make a workspace from a backup."),
    "doctor": LazyCommand(f"{HERE}.doctor:doctor", "Say what is installed, missing or unsound."),
    "completion": LazyCommand(
        f"{HERE}.completion:completion", "Print the shell's completion script."
    ),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    epilog="Exit codes: 0 fine, 1 findings, 2 usage or input, 3 partly imported, 130 interrupted.",
)
@click.version_option(package_name="signoff", message="%(prog)s %(version)s")
def signoff() -> None:
    """Plan, test and prove B2B advertising for the whole buying committee.

    A brief and your own files go in; a campaign plan comes out.

    Example:
      signoff init campaign
      signoff import accounts.csv deals.xlsx contacts.csv -w campaign
      signoff brief new > brief.toml
      signoff plan brief.toml -w campaign
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _leave)
    # our matrices are small: threads that wait for each other would take longer than the work
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and say how it ended; errors are printed, never raised.

    Args:
        arguments: What stands after `signoff`.

    Returns:
        The exit code: 0 fine, 1 findings, 2 usage or input, 3 partly imported, 70 a fault of
        Signoff itself, 130 interrupted.

    >>> run(["--version"])
    signoff 0.1.0
    0
    """
    as_json = "--json" in arguments
    try:
        code = signoff.main(list(arguments), prog_name="signoff", standalone_mode=False)
    except click.exceptions.Abort:
        return report_interruption()
    except click.ClickException as error:
        return report_usage(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001 (the outermost edge: nothing may pass it)
        return _tell(error, as_json=as_json)
    return code if isinstance(code, int) else 0


def _tell(error: Exception, *, as_json: bool) -> int:
    if comes_of_interruption(error):
        return report_interruption()
    if isinstance(error, SignoffError):
        return report_error(error, as_json=as_json)
    refused = blame_machine(error)
    if refused:
        return report_error(refused, as_json=as_json)
    return report_bug(error, as_json=as_json)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
