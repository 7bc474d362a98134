"""`signoff backup` and `signoff restore`: the whole workspace in one file, and back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import author_option, json_option, workspace_option
from signoff.app.cli.output import show
from signoff.app.cli.place import find_workspace, open_here

__all__ = ["backup", "restore"]


@click.command(cls=Command)
@click.argument("target", type=click.Path(path_type=Path))
@author_option
@workspace_option
@json_option
def backup(workspace_path: Path | None, target: Path, by: str, as_json: bool) -> None:
    """Write a backup of the workspace.

    It holds register, lake, key, members, links and jobs. Keep it as safe as the workspace itself.

    Example:
      signoff backup ../campaign.backup
    """
    from signoff.store.backups.backup import back_up

    made = back_up(open_here(workspace_path), target, by=by, at=datetime.now(UTC))
    show(made, as_json=as_json, with_table=False)


@click.command(cls=Command)
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--suppressions-from",
    type=click.Path(path_type=Path, file_okay=False),
    help="A workspace whose later suppressions and erasures also hold in the restored one.",
)
@click.option("--register", default="", help="Put the register there: postgresql://...")
@click.option("--catalog", default="", help="Put the lake's catalog there: postgresql://...")
@click.option("--lake-data", default="", help="Put the facts there: s3://bucket/folder.")
@author_option
@json_option
def restore(
    source: Path,
    folder: Path,
    suppressions_from: Path | None,
    register: str,
    catalog: str,
    lake_data: str,
    by: str,
    as_json: bool,
) -> None:
    """Make a workspace from a backup.

    Whoever was suppressed in another workspace since can stay suppressed in this one. Jobs that
    waited or ran are cancelled, and nobody is signed in. Everything is put into the folder; for a
    team, name a server and a bucket, which must be empty.

    Example:
      signoff restore campaign.backup restored --suppressions-from campaign
    """
    from signoff.app.web.restoring import make_tables
    from signoff.store.backups.backup import Places
    from signoff.store.backups.backup import restore as restore_backup
    from signoff.store.workspace import open_workspace

    present = (
        open_workspace(find_workspace(suppressions_from, start=Path.cwd()))
        if suppressions_from
        else None
    )
    restored = restore_backup(
        source,
        folder,
        suppressions_from=present,
        places=Places(register=register, catalog=catalog, lake_data=lake_data),
        make_tables=make_tables,
        by=by,
        at=datetime.now(UTC),
    )
    show(restored, as_json=as_json, with_table=False)
