"""Packages: several venues sold together, what each costs beside its parts, bought or not."""

from signoff.report.document import Block, Chip, Folded, Line, Subheading, Table, Verbatim
from signoff.report.scribe import Scribe

__all__ = ["write_packages"]


def write_packages(scribe: Scribe) -> list[Block]:
    """Write which packages of venues are bought, which are not, and why.

    Args:
        scribe: Writes from the plan.

    Returns:
        A heading, a table, and another of spend and sources; nothing where no package was on sale.

    Call it so: `write_packages(Scribe(plan, read_catalog("en")))`.
    """
    if not scribe.plan.venues.packages:
        return []
    prices = Folded(scribe.say("packages.prices"), (_price_table(scribe),))
    return [Subheading(scribe.say("packages.heading")), _table(scribe), prices]


def _table(scribe: Scribe) -> Table:
    rows: list[list[Line]] = []
    for place, package in enumerate(scribe.plan.venues.packages):
        path = f"venues.packages[{place}]"
        is_known = package.alone_price is not None
        rows.append(
            [
                (Verbatim(package.name),),
                _parts(scribe, place),
                (scribe.money(f"{path}.package_price"),),
                (scribe.money(f"{path}.alone_price"),) if is_known else scribe.say("form.none"),
                _bought(scribe, place),
                (Verbatim(package.reason),),
            ]
        )
    columns = "package +holds #price #alone #bought +reason"
    return scribe.table("packages", columns=columns, rows=rows)


def _price_table(scribe: Scribe) -> Table:
    rows: list[list[Line]] = [
        [
            (Verbatim(package.name),),
            (scribe.money(f"venues.packages[{place}].spend"),),
            scribe.source(package.source, package.source_url),
        ]
        for place, package in enumerate(scribe.plan.venues.packages)
    ]
    return scribe.table("package_prices", columns="package #spend +source", rows=rows)


def _parts(scribe: Scribe, place: int) -> Line:
    """Give the units of each venue in one package."""
    names = {line.venue_id: line.name for line in scribe.plan.venues.lines}
    return scribe.joined(
        [
            scribe.say(
                "packages.part",
                n=scribe.count(f"venues.packages[{place}].units[{part}].units"),
                venue=Verbatim(names.get(held.venue_id, held.venue_id)),
            )
            for part, held in enumerate(scribe.plan.venues.packages[place].units)
        ],
        by="form.semicolon",
    )


def _bought(scribe: Scribe, place: int) -> Line:
    if not scribe.plan.venues.packages[place].in_plan:
        return (Chip(scribe.word("packages.not_bought"), "quiet"),)
    return (scribe.count(f"venues.packages[{place}].packages"),)
