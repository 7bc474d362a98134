"""`signoff audience committees`: who is known, and which roles nobody knows yet."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, today_option, workspace_option
from signoff.app.cli.output import print_json, show, show_rows, write_whole
from signoff.app.cli.place import open_here
from signoff.results import Row

if TYPE_CHECKING:
    from signoff.audience import CoverageStudy
    from signoff.brief import Brief
    from signoff.store.engines.duck import DuckEngine

__all__ = ["committees"]

FORMS = ("csv", "xlsx", "json", "parquet")


@click.command(cls=Command)
@click.argument("brief", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--missing", is_flag=True, help="The missing roles with amounts, and whom to find next."
)
@click.option(
    "--most", type=click.IntRange(1, 10_000), default=20, help="People to find; 20 by default."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every account with its roles: .csv, .xlsx, .json or .parquet.",
)
@today_option
@workspace_option
@json_option
def committees(
    workspace_path: Path | None,
    brief: Path,
    missing: bool,
    most: int,
    out: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Show the accounts of a brief's market, their committees, and the roles nobody knows yet.

    Example:
      signoff audience committees brief.toml
      signoff audience committees brief.toml --missing --out roles.csv
    """
    import numpy as np

    from signoff.audience import list_suppressed_accounts, study_audience, study_coverage
    from signoff.brief import load_brief
    from signoff.store.lake import duckdb_engine
    from signoff.store.register import SuppressionLedger

    form = _form(out)
    workspace, wanted = open_here(workspace_path), load_brief(brief)
    with duckdb_engine(workspace) as engine:
        study = study_audience(
            engine,
            brief=wanted,
            suppressed_account_ids=list_suppressed_accounts(
                engine, ledger=SuppressionLedger.load(workspace)
            ),
            holdout_account_ids=(),
            today=(as_of or datetime.now(UTC)).date(),
            rng=np.random.default_rng(1),
        )
        if out is not None:
            _write(engine, wanted, form=form, out=out)
        if missing:
            coverage = study_coverage(
                engine,
                committee=wanted.committee,
                currency=wanted.money.currency,
                is_market=True,
                n_listed=most,
            )
            _show_missing(coverage, as_json=as_json)
            return
    show(study, as_json=as_json)


def _form(out: Path | None) -> str:
    form = out.suffix.removeprefix(".").lower() if out else "csv"
    if form not in FORMS:
        raise click.BadParameter(f"a file ends in .{', .'.join(FORMS)}", param_hint="--out")
    return form


def _write(engine: "DuckEngine", brief: "Brief", *, form: str, out: Path) -> None:
    """Write every account of the market with its roles, whom to find first on top."""
    from signoff.audience import export_coverage
    from signoff.store.browse import Sort, TableRequest

    best_first = TableRequest(sort=(Sort("next_value_share", "desc"),))

    def write(path: Path) -> None:
        export_coverage(
            engine, best_first, form=form, path=path, committee=brief.committee, is_market=True
        )

    click.echo(f"Wrote {write_whole(out, write)}.", err=True)


def _show_missing(study: "CoverageStudy", *, as_json: bool) -> None:
    if as_json:
        print_json(study)
        return
    show(study, as_json=False)
    click.echo("\nWhom to find next:\n")
    show_rows(_people(study), as_json=False, empty="Every role is known at every account.")


def _people(study: "CoverageStudy") -> Sequence[Row]:
    return [
        {
            "account": person.name,
            "role": person.role.value,
            "gain_share": round(person.gain_share, 4),
            "value_share": round(person.value_share, 6),
        }
        for person in study.people
    ]
