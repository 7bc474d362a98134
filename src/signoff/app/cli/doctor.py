"""`signoff doctor`: what is installed, what is missing, whether the stores are sound."""

from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.failure import FINDINGS
from signoff.app.cli.options import json_option, workspace_option
from signoff.app.cli.output import show
from signoff.app.cli.place import find_workspace
from signoff.errors import DataError

__all__ = ["doctor"]


@click.command(cls=Command)
@workspace_option
@json_option
@click.pass_context
def doctor(context: click.Context, workspace_path: Path | None, as_json: bool) -> None:
    """Say what is installed, missing or unsound.

    Looks at Python, libraries, the lake's extensions and the extras; in a workspace also at its
    key, its disk, its register and its lake. Exit code 1 when something is wrong.

    Example:
      signoff doctor -w campaign
    """
    from signoff.app.cli.health import HealthReport, check_installation, check_workspace

    findings = check_installation()
    folder = _workspace_or_none(workspace_path)
    if folder:
        findings += check_workspace(folder)
    report = HealthReport(tuple(findings))
    show(report, as_json=as_json)
    if not report.is_sound:
        context.exit(FINDINGS)


def _workspace_or_none(named: Path | None) -> Path | None:
    try:
        return find_workspace(named, start=Path.cwd())
    except DataError:
        if named:
            raise
        return None
