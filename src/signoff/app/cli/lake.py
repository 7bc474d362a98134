"""`signoff lake`: check the store of facts, compact it, copy it out."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Group
from signoff.app.cli.failure import FINDINGS
from signoff.app.cli.options import json_option, today_option, workspace_option
from signoff.app.cli.output import print_json, show
from signoff.app.cli.place import open_here

__all__ = ["lake"]


@click.group(cls=Group)
def lake() -> None:
    """Check, compact or copy the store of facts.

    Example:
      signoff lake check --repair
    """


@lake.command()
@click.option("--repair", is_flag=True, help="Mend what is found: finish or undo half imports.")
@workspace_option
@json_option
@click.pass_context
def check(context: click.Context, workspace_path: Path | None, repair: bool, as_json: bool) -> None:
    """Say whether the lake and the register agree: stray files, missing files, half imports.

    Exit code 1 when something was found and not mended.

    Example:
      signoff lake check --repair
    """
    from signoff.store.lake import check_lake

    found = check_lake(open_here(workspace_path), repair=repair)
    if as_json:
        print_json({"is_sound": found.is_sound, **vars(found)})
    else:
        show(found, as_json=False, with_table=False)
    if not found.is_sound:
        context.exit(FINDINGS)


@lake.command()
@today_option
@workspace_option
@json_option
def compact(workspace_path: Path | None, as_of: datetime | None, as_json: bool) -> None:
    """Merge small files and drop snapshots that no plan needs any more.

    Example:
      signoff lake compact
    """
    from signoff.store.lake import compact_lake

    today = (as_of or datetime.now(UTC)).date()
    show(compact_lake(open_here(workspace_path), today=today), as_json=as_json)


@lake.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--snapshot", type=int, help="Which state of the lake; by default the newest.")
@workspace_option
@json_option
def export(workspace_path: Path | None, folder: Path, snapshot: int | None, as_json: bool) -> None:
    """Copy the current rows of every table into a folder, as Parquet with a manifest.

    Example:
      signoff lake export ../facts
    """
    from signoff.store.lake import export_lake

    show(export_lake(open_here(workspace_path), folder, snapshot=snapshot), as_json=as_json)
