"""`signoff audience committees`: who is known, and which roles nobody knows yet."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, today_option, workspace_option
from signoff.app.cli.output import show
from signoff.app.cli.place import open_here

__all__ = ["committees"]


@click.command(cls=Command)
@click.argument("brief", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@today_option
@workspace_option
@json_option
def committees(
    workspace_path: Path | None, brief: Path, as_of: datetime | None, as_json: bool
) -> None:
    """Show the accounts of a brief's market, their committees, and the roles nobody knows yet.

    Example:
      signoff audience committees brief.toml
    """
    import numpy as np

    from signoff.audience import list_suppressed_accounts, study_audience
    from signoff.brief import load_brief
    from signoff.store.lake import duckdb_engine
    from signoff.store.register import SuppressionLedger

    workspace = open_here(workspace_path)
    with duckdb_engine(workspace) as engine:
        study = study_audience(
            engine,
            brief=load_brief(brief),
            suppressed_account_ids=list_suppressed_accounts(
                engine, ledger=SuppressionLedger.load(workspace)
            ),
            holdout_account_ids=(),
            today=(as_of or datetime.now(UTC)).date(),
            rng=np.random.default_rng(1),
        )
    show(study, as_json=as_json)
