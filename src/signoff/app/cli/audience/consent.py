"""`signoff audience consent`: what a contact agreed to or refused, written down with its source."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import author_option, json_option, workspace_option
from signoff.app.cli.output import print_json
from signoff.app.cli.place import open_here
from signoff.errors import DataError

__all__ = ["consent"]

BASES = ("consent", "contract", "legitimate_interest")


@click.command(cls=Command)
@click.argument("email")
@click.option("--source", required=True, help="Where that was said: a form, a fair, a call.")
@click.option("--refused", is_flag=True, help="The contact said no, or took a yes back.")
@click.option("--basis", type=click.Choice(BASES), default="consent", show_default=True)
@click.option("--purpose", default="advertising", show_default=True, help="What for.")
@author_option
@workspace_option
@json_option
def consent(
    workspace_path: Path | None,
    email: str,
    source: str,
    refused: bool,
    basis: str,
    purpose: str,
    by: str,
    as_json: bool,
) -> None:
    """Write down that a contact agreed, or refused: whoever refused leaves on no list.

    Example:
      signoff audience consent jane@example.com --source "form on the site"
      signoff audience consent jane@example.com --refused --source "call of 12 May"
    """
    from signoff.store.register import (
        Basis,
        Consent,
        find_person_ids,
        give_consent,
        refuse_consent,
        withdraw_consent,
    )

    register, at = open_here(workspace_path).register, datetime.now(UTC)
    person_ids = sorted(set(find_person_ids(register, emails=[email]).values()))
    if not person_ids:
        raise DataError(
            f"no contact has the address {email!r}",
            why="consent is that of a contact of the workspace",
            fix="check the spelling; or suppress the address, which needs no contact",
        )
    for person_id in person_ids:
        if refused:
            told = {"person_id": person_id, "purpose": purpose, "source": source}
            if not withdraw_consent(register, **told, by=by, at=at):
                refuse_consent(register, **told, by=by, at=at)
        else:
            given = Consent(person_id, purpose, Basis(basis), source, at)
            give_consent(register, given, by=by, at=at)
    if as_json:
        print_json({"purpose": purpose, "is_refused": refused, "n_contacts": len(person_ids)})
    else:
        click.echo(f"{'Refused' if refused else 'Agreed'}: {purpose}.")
