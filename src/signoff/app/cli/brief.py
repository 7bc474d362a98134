"""`signoff brief`: a new brief, a check of one, the schema for editors."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Group
from signoff.app.cli.options import json_option, today_option
from signoff.app.cli.output import print_json

__all__ = ["brief"]


@click.group(cls=Group)
def brief() -> None:
    """Write a brief and check it.

    Example:
      signoff brief new > brief.toml
      signoff brief check brief.toml
    """


@brief.command()
def new() -> None:
    """Print a brief to fill in, with a comment on each field.

    Example:
      signoff brief new > brief.toml
    """
    from signoff.brief import starter_brief

    click.echo(starter_brief(), nl=False)


@brief.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@today_option
@json_option
def check(path: Path, as_of: datetime | None, as_json: bool) -> None:
    """Check a brief and tell all its faults at once.

    Without a fault it tells what to keep in mind about the plan to come.

    Example:
      signoff brief check brief.toml
    """
    from signoff.brief import brief_cautions, load_brief

    loaded = load_brief(path)
    cautions = brief_cautions(loaded, today=(as_of or datetime.now(UTC)).date())
    if as_json:
        print_json({"brief": loaded, "cautions": cautions})
        return
    aim = loaded.objective
    click.echo(f"{path} can be planned from: {aim.target:,} {aim.aim.value} as the target.")
    for caution in cautions:
        click.echo(f"! {caution}")


@brief.command()
def schema() -> None:
    """Print the JSON Schema of a brief, by which editors complete and check the file.

    Example:
      signoff brief schema > brief.schema.json
    """
    from signoff.brief import brief_schema

    print_json(brief_schema())
