"""What the commands that write lists for advertising platforms share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from signoff.app.cli.output import show
from signoff.app.cli.place import open_here

__all__ = ["ListRequest", "hashed_option", "list_options", "write_audience"]

Command = TypeVar("Command", bound=Callable[..., Any])
RELATIONSHIPS = ("prospect", "client", "lost")


@dataclass(frozen=True)
class ListRequest:
    """What was asked for.

    Attributes:
        run_id: The plan whose accounts; None for the newest.
        relationships: Only accounts of these; all when empty.
        only_consented: Whether a contact needs a recorded basis.
        is_exclusion: Whether the list names present clients, for the platform to leave out.
        is_preview: Whether nothing is written.
    """

    run_id: str | None
    relationships: tuple[str, ...]
    only_consented: bool
    is_exclusion: bool
    is_preview: bool


def list_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command that writes a list be told of whom.

    Args:
        command: The function; it gains `request`, a `ListRequest`.

    >>> made = click.command()(list_options(lambda **given: given))
    >>> [option.name for option in made.params]
    ['run_id', 'relationships', 'only_consented', 'is_exclusion', 'is_preview']
    """

    def asked(*, run_id: str | None, relationships: tuple[str, ...], **given: Any) -> Any:
        names = ("only_consented", "is_exclusion", "is_preview")
        flags = {name: bool(given.pop(name)) for name in names}
        return command(request=ListRequest(run_id, relationships, **flags), **given)

    asked.__name__, asked.__doc__ = command.__name__, command.__doc__
    options = (
        click.option("--run", "run_id", help="The plan whose accounts; by default the newest."),
        click.option(
            "--relationship",
            "relationships",
            multiple=True,
            type=click.Choice(RELATIONSHIPS),
            help="Only accounts of this relationship; may be repeated.",
        ),
        click.option(
            "--only-consented",
            is_flag=True,
            help="Only contacts with a recorded basis; else all who did not refuse.",
        ),
        click.option(
            "--exclude-clients",
            "is_exclusion",
            is_flag=True,
            help="Write the present clients instead, for the platform to leave out.",
        ),
        click.option(
            "--preview",
            "is_preview",
            is_flag=True,
            help="Count who would leave and write nothing; exit code 1 when it would be refused.",
        ),
    )
    wrapped: Callable[..., Any] = asked
    for option in reversed(options):
        wrapped = option(wrapped)
    wrapped.__dict__["__click_params__"] += getattr(command, "__click_params__", [])
    return wrapped


def hashed_option(command: Command) -> Command:
    """Let a command be told whether addresses leave hashed.

    Args:
        command: The function; it gains `hashed`.

    >>> made = click.command()(hashed_option(lambda **given: given))
    >>> [option.name for option in made.params]
    ['hashed']
    """
    return click.option(
        "--hashed/--plain",
        default=True,
        show_default=True,
        help="Addresses, and what else the platform takes so, as SHA-256.",
    )(command)


def write_audience(
    platform: str,
    workspace_path: Path | None,
    *,
    request: ListRequest,
    by: str,
    hashed: bool,
    as_json: bool,
) -> None:
    """Write a list, or count who would be on it, and print which.

    Args:
        platform: Which list.
        workspace_path: The workspace, or None to look for it.
        request: Of whom.
        by: Who exports.
        hashed: Whether addresses leave as SHA-256.
        as_json: Whether to print JSON.
    """
    from signoff.plan import list_target_accounts, load_plan
    from signoff.store.exports import (
        ListOptions,
        export_matched_audience,
        list_client_accounts,
        preview_matched_audience,
    )
    from signoff.units import Relationship

    workspace = open_here(workspace_path)
    if request.is_exclusion:
        account_ids = list_client_accounts(workspace)
    else:
        plan = load_plan(workspace, run_id=request.run_id)
        account_ids = list_target_accounts(workspace, run_id=plan.run_id)
    options = ListOptions(
        hashed=hashed,
        relationships=tuple(Relationship(name) for name in request.relationships),
        only_consented=request.only_consented,
        is_exclusion=request.is_exclusion,
    )
    if request.is_preview:
        preview = preview_matched_audience(
            workspace, platform=platform, account_ids=account_ids, options=options
        )
        show(preview, as_json=as_json)
        if preview.refusal:
            raise click.exceptions.Exit(1)
        return
    receipt = export_matched_audience(
        workspace,
        platform=platform,
        account_ids=account_ids,
        by=by,
        at=datetime.now(UTC),
        options=options,
    )
    show(receipt, as_json=as_json)
