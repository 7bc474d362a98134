"""`signoff audience committee-defaults`: the roles assumed for a purchase, with their sources."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import show
from signoff.units import BuyingClass, OrganisationKind

__all__ = ["committee_defaults"]


@click.command("committee-defaults", cls=Command)
@click.argument("buying_class", type=click.Choice([c.value for c in BuyingClass]))
@click.argument("price")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in OrganisationKind]),
    help="Kind of organisation that buys.",
)
@click.option(
    "--table",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Defaults of your own, as CSV with the columns of ours.",
)
@click.option("--toml", "as_toml", is_flag=True, help="Print them as the part of a brief.")
@json_option
def committee_defaults(
    buying_class: str,
    price: str,
    kind: str | None,
    table: Path | None,
    as_toml: bool,
    as_json: bool,
) -> None:
    """Assume which roles a purchase needs, by buying class and price, each with its source.

    Example:
      signoff audience committee-defaults new_task 80000
      signoff audience committee-defaults straight_rebuy 900 --kind school --toml
    """
    from signoff.audience import committee_defaults as assume

    found = assume(buying_class, _price(price), kind=kind, table=table)
    if as_toml:
        click.echo(found.toml(), nl=False)
    else:
        show(found, as_json=as_json)


def _price(text: str) -> Decimal:
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(0)
    if not price.is_finite() or price <= 0:
        raise click.BadParameter(f"{text!r} is no amount above 0", param_hint="PRICE")
    return price
