"""`signoff worker`: does the jobs that the web application asks for."""

import contextlib
import os
import sys
import threading
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import workspace_option
from signoff.app.cli.place import open_here

__all__ = ["worker"]


@click.command(cls=Command)
@click.option("--name", default="", help="Unlike that of any other worker; by default made up.")
@click.option(
    "--at-once",
    default=2,
    show_default=True,
    type=click.IntRange(1, 16),
    help="How many jobs it does at the same time.",
)
@workspace_option
def worker(workspace_path: Path | None, name: str, at_once: int) -> None:
    """Do the jobs of the web application: imports, plans, reports, backups.

    `signoff serve` does them itself unless told --no-worker. Several workers share the work; when
    one dies, another takes up its jobs after their last finished step.

    Example:
      signoff worker -w campaign
      signoff worker -w campaign --name night --at-once 4
    """
    from signoff.app.jobs import Worker

    working = Worker(open_here(workspace_path), name=name, at_once=at_once)
    working.start()
    click.echo(f"Worker {working.name} is ready", err=True)
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
    if not working.stop():
        # a step that does not notice is cut off, which loses nothing: it is begun anew elsewhere
        sys.stderr.flush()
        os._exit(0)
