"""Packages: units of several venues that are sold together at one price."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from signoff.brief import Brief
from signoff.errors import Fault
from signoff.store.engines.engine import Statement
from signoff.venues.cards.prices import NO_LIMIT, Ladder, PriceStep

__all__ = ["PACKAGE_ROWS", "Package", "find_package_faults", "make_packages"]

Rows = Sequence[Mapping[str, Any]]
_SAME = ("name", "package_price", "currency", "maximum_packages")

PACKAGE_ROWS = Statement(
    name="packages of venues",
    sql="""
        SELECT package_id, name, venue_id, units, package_price, currency, maximum_packages,
               source, source_url
        FROM venue_package ORDER BY package_id, venue_id
    """,
    reads=("venue_package",),
)


@dataclass(frozen=True)
class Package:
    """Units of several venues that are sold together at one price.

    Attributes:
        package_id: Short name.
        name: Name as the seller knows it.
        units: Venues with their units in one package, by rising venue_id.
        ladder: Price of whole packages in the brief's currency; no more are sold than the venues'
            units within the period allow.
        list_price: Price of one as listed.
        list_currency: Currency of that.
        source: Where the price comes from.
        source_url: Address of that.
    """

    package_id: str
    name: str
    units: tuple[tuple[str, int], ...]
    ladder: Ladder
    list_price: Decimal
    list_currency: str
    source: str
    source_url: str


def make_packages(
    rows: Rows, *, most_units: Mapping[str, int], brief: Brief
) -> tuple[Package, ...]:
    """Give the packages that can be bought.

    Args:
        rows: Rows of venue_package without faults.
        most_units: Most units of each venue that can be bought.
        brief: Currency and exchange rates.

    Returns:
        The packages, by rising package_id. A package with a venue that is excluded or cannot
        appear in the period is left out, since its price buys that venue too.
    """
    packages = []
    for package_id, parts in sorted(_by_package(rows).items()):
        n_whole = [most_units.get(row["venue_id"], 0) // row["units"] for row in parts]
        most = min(*n_whole, parts[0]["maximum_packages"] or NO_LIMIT, NO_LIMIT)
        if most >= 1:
            packages.append(_package(package_id, parts, most=most, brief=brief))
    return tuple(packages)


def find_package_faults(rows: Rows, *, brief: Brief, known: set[str]) -> Iterator[Fault]:
    """Find packages that contradict themselves, or whose venues or prices are unknown.

    Args:
        rows: Rows of venue_package.
        brief: Currency and exchange rates.
        known: All venue ids.

    Yields:
        Each fault, package by package.
    """
    for package_id, parts in sorted(_by_package(rows).items()):
        where = f"venue_package, package {package_id}"
        differing = [name for name in _SAME if len({row[name] for row in parts}) > 1]
        if differing:
            yield Fault(
                what=f"the rows of the package {package_id} differ in {', '.join(differing)}",
                why="a package has one name, one price and one limit",
                fix="write the same in each of its rows",
                where=where,
            )
        for row in parts:
            yield from _part_faults(row, known=known, where=where)
        yield from _currency_faults(parts[0], brief=brief, where=where)


def _part_faults(row: Mapping[str, Any], *, known: set[str], where: str) -> Iterator[Fault]:
    if row["venue_id"] not in known:
        yield Fault(
            what=f"rows for the venue {row['venue_id']}, which is not in the table venue",
            why="its unit, kind and response are unknown",
            fix="import the venue too, or mend the venue_id",
            where=where,
        )
    if row["package_price"] <= 0 or row["units"] < 1:
        yield Fault(
            what=f"{row['units']} units of {row['venue_id']} in a package for "
            f"{row['package_price']}",
            why="what costs nothing, or holds nothing, cannot be bought",
            fix="give the price of the whole package, and 1 unit or more of each venue",
            where=where,
        )


def _currency_faults(row: Mapping[str, Any], *, brief: Brief, where: str) -> Iterator[Fault]:
    currency, own = row["currency"], brief.money.currency
    if currency != own and currency not in brief.money.exchange_rates:
        yield Fault(
            what=f"prices in {currency}, but the brief names no rate for it",
            why=f"everything is planned in {own}",
            fix=f"write money.exchange_rates.{currency} in the brief: {own} for one {currency}",
            where=where,
        )


def _by_package(rows: Rows) -> dict[str, list[Mapping[str, Any]]]:
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["package_id"]].append(row)
    return dict(grouped)


def _package(package_id: str, parts: Rows, *, most: int, brief: Brief) -> Package:
    first = parts[0]
    price = brief.money.in_own_currency(first["package_price"], currency=first["currency"])
    return Package(
        package_id=package_id,
        name=first["name"],
        units=tuple((row["venue_id"], row["units"]) for row in parts),
        ladder=Ladder((PriceStep(1, price),), 1, most),
        list_price=first["package_price"],
        list_currency=first["currency"],
        source=first["source"] or "",
        source_url=first["source_url"] or "",
    )
