"""`signoff audience`: titles, fit, committees; and the people and firms to leave alone."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Group
from signoff.app.cli.failure import INTERRUPTED
from signoff.app.cli.options import (
    author_option,
    json_option,
    seed_option,
    today_option,
    workspace_option,
)
from signoff.app.cli.output import print_json, show, show_rows
from signoff.app.cli.place import open_here
from signoff.errors import DataError
from signoff.units import CommitteeRole

__all__ = ["audience"]

SHOWN_ROLES = 3
SUPPRESSIBLE = ("email", "domain", "person", "company")


@click.group(cls=Group)
def audience() -> None:
    """Who decides, at which businesses; and whom to leave alone.

    Example:
      signoff audience titles "Directeur des achats" "Head of IT"
      signoff audience committees brief.toml
    """


@audience.command()
@click.argument("titles", nargs=-1)
@click.option("--language", type=click.Choice(["en", "fr"]), help="By default both.")
@json_option
def titles(titles: tuple[str, ...], language: str | None, as_json: bool) -> None:
    """Read job titles: function, level, and the likely roles in a buying committee.

    Titles come as arguments, or one on each line of standard input.

    Example:
      signoff audience titles "Directeur des achats" "Head of IT"
      cut -d, -f4 contacts.csv | signoff audience titles --json
    """
    from signoff.audience import classify_titles

    lines = titles or tuple(line.strip() for line in sys.stdin)
    readings = list(classify_titles([line for line in lines if line], language=language))
    if as_json:
        print_json(readings)
        return
    rows = [
        {
            "title": reading.title,
            "function": reading.function.value,
            "level": reading.level.value,
            "likeliest_roles": _likeliest(reading.roles),
            "evidence": reading.evidence,
        }
        for reading in readings
    ]
    show_rows(rows, as_json=False, empty="No titles given.")


@audience.command()
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


@audience.command()
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


@audience.command()
@click.argument("kind", type=click.Choice(SUPPRESSIBLE))
@click.argument("value")
@click.option("--reason", required=True, help="Why, without naming anybody.")
@author_option
@workspace_option
@json_option
def suppress(
    workspace_path: Path | None, kind: str, value: str, reason: str, by: str, as_json: bool
) -> None:
    """Leave a person, an address, a domain or a company alone for ever.

    Only a keyed hash is kept. Nothing suppressed leaves in a list or comes back with an import.

    Example:
      signoff audience suppress email jane@example.com --reason "asked on the telephone"
      signoff audience suppress domain example.com --reason "competitor"
    """
    from signoff.store.register import SuppressionKind
    from signoff.store.register import suppress as suppress_value

    suppress_value(
        open_here(workspace_path),
        kind=SuppressionKind(kind),
        value=value,
        reason=reason,
        by=by,
        at=datetime.now(UTC),
    )
    if as_json:
        print_json({"kind": kind, "is_suppressed": True})
    else:
        click.echo(f"Suppressed: one {kind}.")


@audience.command()
@click.argument("kind", type=click.Choice(SUPPRESSIBLE))
@click.argument("value")
@author_option
@workspace_option
@json_option
def lift(workspace_path: Path | None, kind: str, value: str, by: str, as_json: bool) -> None:
    """Lift a suppression: an explicit act, kept in the audit.

    Example:
      signoff audience lift domain example.com
    """
    from signoff.store.register import SuppressionKind, lift_suppression

    lift_suppression(
        open_here(workspace_path),
        kind=SuppressionKind(kind),
        value=value,
        by=by,
        at=datetime.now(UTC),
    )
    if as_json:
        print_json({"kind": kind, "is_suppressed": False})
    else:
        click.echo(f"Lifted: one {kind}.")


@audience.command()
@click.argument("email", required=False)
@click.option(
    "--file",
    "list_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Erase many at once: a text file with one address on each line.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@author_option
@workspace_option
@json_option
@click.pass_context
def erase(
    context: click.Context,
    workspace_path: Path | None,
    email: str | None,
    list_path: Path | None,
    yes: bool,
    by: str,
    as_json: bool,
) -> None:
    """Erase a person everywhere, for good: register, facts, lists, reports, rejected rows.

    The address stays suppressed by its keyed hash, so that no import brings the person back.

    Example:
      signoff audience erase jane@example.com
      signoff audience erase --file addresses.txt
    """
    from signoff.store.privacy.erasure import erase_persons

    if (email is None) == (list_path is None):
        raise click.UsageError("Give one address, or --file with a list of them.", context)
    workspace = open_here(workspace_path)
    emails = _addresses(list_path) if list_path else [email or ""]
    whom = f"{len(emails):,} people" if list_path else email
    if not yes and not click.confirm(f"Erase {whom} for good?", err=True):
        click.echo("Nobody was erased.", err=True)
        context.exit(INTERRUPTED)
    show(erase_persons(workspace, emails=emails, by=by, at=datetime.now(UTC)), as_json=as_json)


@audience.command()
@click.argument("email")
@workspace_option
def person(workspace_path: Path | None, email: str) -> None:
    """Print all that is kept about a person, as JSON: the answer to a request for access.

    Example:
      signoff audience person jane@example.com > jane.json
    """
    from signoff.store.privacy.disclosure import export_person

    print_json(export_person(open_here(workspace_path), email=email))


def _addresses(path: Path) -> list[str]:
    """Read one address from each line that is not empty."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} is not text in UTF-8",
            why="nobody is erased from a list that cannot be read whole",
            fix="save it as plain text in UTF-8, one address on each line",
            where=str(path),
        ) from error
    return [line.strip() for line in lines if line.strip()]


def _likeliest(roles: Mapping[CommitteeRole, float]) -> str:
    ranked = sorted(roles.items(), key=lambda item: -item[1])
    return ", ".join(f"{role.value} {share:.2f}" for role, share in ranked[:SHOWN_ROLES])
