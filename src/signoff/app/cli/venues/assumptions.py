"""`signoff venues assumptions`: what is assumed of each kind of venue where nothing is known."""

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import show
from signoff.units import VenueKind

__all__ = ["assumptions"]


@click.command("assumptions", cls=Command)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in VenueKind]),
    help="One kind of venue; all of them if left out.",
)
@json_option
def assumptions(kind: str | None, as_json: bool) -> None:
    """Show what is assumed of each kind of venue where nothing is known, with its source.

    Reach among a role of which no card or study speaks, visits per exposure, raised hands per
    visit, sales per raised hand, and how long exposures work on: each with a 90 % interval, and
    whether a published number is its centre, its bound, or none.

    Example:
      signoff venues assumptions --kind trade_title
      signoff venues assumptions --json
    """
    from signoff.venues import list_kind_priors

    show(list_kind_priors(VenueKind(kind) if kind else None), as_json=as_json)
