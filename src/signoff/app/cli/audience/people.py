"""`signoff audience suppress`, `lift`, `erase`, `person`: the people and firms to leave alone."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.failure import INTERRUPTED
from signoff.app.cli.options import author_option, json_option, workspace_option
from signoff.app.cli.output import print_json, show
from signoff.app.cli.place import open_here
from signoff.errors import DataError

__all__ = ["erase", "lift", "person", "suppress"]

SUPPRESSIBLE = ("email", "domain", "person", "company")


@click.command(cls=Command)
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


@click.command(cls=Command)
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


@click.command(cls=Command)
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


@click.command(cls=Command)
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
