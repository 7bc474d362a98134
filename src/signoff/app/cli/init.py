"""`signoff init`: a new workspace with its settings, its key, its stores and a brief to fill in."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import print_json, write_whole
from signoff.errors import DataError, Fault

if TYPE_CHECKING:
    from signoff.store.settings import Settings

__all__ = ["init"]

STARTER_LANGUAGE = '\nlanguage = "en"'


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="What to call it; by default the folder's name.")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@click.option("--currency", default="EUR", show_default=True, help="ISO 4217 code of your books.")
@click.option("--register", default="", help="postgresql://... for a team; by default a file.")
@click.option("--catalog", default="", help="postgresql://... for a team; by default a file.")
@click.option("--lake-data", default="", help="Where the facts lie; by default in the folder.")
@json_option
def init(
    folder: Path,
    name: str | None,
    language: str,
    currency: str,
    register: str,
    catalog: str,
    lake_data: str,
    as_json: bool,
) -> None:
    """Make a workspace.

    The folder must be new or empty. It gets settings (signoff.toml), a secret key, an empty
    register and lake, and a brief to fill in (brief.toml, with brief.schema.json beside it, by
    which editors complete and check it).

    Example:
      signoff init campaign --currency EUR --language en
    """
    from signoff.brief import brief_schema, starter_brief
    from signoff.store.workspace import create_workspace

    settings = _settings(
        {
            "name": name or folder.resolve().name,
            "language": language,
            "currency": currency,
            "register": register,
            "catalog": catalog,
            "lake_data": lake_data,
        }
    )
    workspace = create_workspace(folder, settings=settings, at=datetime.now(UTC))
    text = starter_brief().replace(STARTER_LANGUAGE, f'\nlanguage = "{language}"')
    brief_path = write_whole(workspace.path / "brief.toml", text.encode())
    schema = json.dumps(brief_schema(), ensure_ascii=False, indent=1)
    write_whole(workspace.path / "brief.schema.json", schema.encode())
    if as_json:
        print_json({"workspace": workspace.path, "brief": brief_path})
        return
    click.echo(f"Made the workspace {workspace.path}.")
    click.echo(f"Next: fill in {brief_path}, then signoff import FILES -w {folder}")


def _settings(fields: dict[str, str]) -> "Settings":
    from pydantic import ValidationError

    from signoff.store.settings import Settings

    try:
        return Settings.model_validate(fields)
    except ValidationError as error:
        faults = [
            Fault(
                what=f"{fault['loc'][0]} is {fault['input']!r}",
                why=fault["msg"],
                fix="give another with --" + str(fault["loc"][0]).replace("_", "-"),
            )
            for fault in error.errors()
        ]
        raise DataError(
            "the workspace cannot be made with these settings",
            why=f"{len(faults)} of them cannot be used",
            fix="mend what is named below; nothing was made",
            faults=faults,
        ) from error
