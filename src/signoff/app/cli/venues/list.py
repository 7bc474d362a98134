"""`signoff venues list`: what there is to buy for a brief, in the brief's currency."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, today_option, workspace_option
from signoff.app.cli.output import show
from signoff.app.cli.place import open_here

__all__ = ["list_"]


@click.command("list", cls=Command)
@click.argument("brief", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@workspace_option
@today_option
@json_option
def list_(workspace_path: Path | None, brief: Path, as_of: datetime | None, as_json: bool) -> None:
    """List the venues for a brief: prices in its currency, minimums, audience, sources.

    Example:
      signoff venues list brief.toml --json
    """
    from signoff.brief import load_brief
    from signoff.store.lake import duckdb_engine
    from signoff.venues import list_venues

    with duckdb_engine(open_here(workspace_path)) as engine:
        today = (as_of or datetime.now(UTC)).date()
        show(list_venues(engine, brief=load_brief(brief), as_of=today), as_json=as_json)
