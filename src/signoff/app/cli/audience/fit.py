"""`signoff audience fit`: whether past deals tell who will buy."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, seed_option, today_option, workspace_option
from signoff.app.cli.output import show
from signoff.app.cli.place import open_here

__all__ = ["fit"]


@click.command(cls=Command)
@today_option
@seed_option
@workspace_option
@json_option
def fit(workspace_path: Path | None, as_of: datetime | None, seed: int, as_json: bool) -> None:
    """Learn from won and lost deals which accounts fit, tried on a later period.

    Says "no usable signal" when the trial shows none.

    Example:
      signoff audience fit --as-of 2026-03-31
    """
    import numpy as np

    from signoff.audience import fit_accounts
    from signoff.store.lake import duckdb_engine

    with duckdb_engine(open_here(workspace_path)) as engine:
        today = (as_of or datetime.now(UTC)).date()
        found = fit_accounts(engine, today=today, rng=np.random.default_rng(seed))
    show(found, as_json=as_json)
