"""`signoff audience titles`: what job titles say."""

import sys
from collections.abc import Mapping

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import print_json, show_rows
from signoff.units import CommitteeRole

__all__ = ["titles"]

SHOWN_ROLES = 3


@click.command(cls=Command)
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


def _likeliest(roles: Mapping[CommitteeRole, float]) -> str:
    ranked = sorted(roles.items(), key=lambda item: -item[1])
    return ", ".join(f"{role.value} {share:.2f}" for role, share in ranked[:SHOWN_ROLES])
