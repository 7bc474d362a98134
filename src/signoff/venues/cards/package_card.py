"""The card of a package: several venues sold together at one price, as one document."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from signoff.brief import find_model_faults
from signoff.brief.section import Amount, Currency, Line, Section
from signoff.errors import DataError, Fault

__all__ = [
    "PackageCard",
    "PackagePart",
    "find_package_card_faults",
    "package_from_rows",
    "package_rows",
]


class PackagePart(Section):
    """One venue in the package."""

    venue_id: Line
    """Venue, by the short name the user gave it."""
    units: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    """Units of the venue in one package."""


class PackageCard(Section):
    """Units of several venues that are sold together at one price."""

    name: Line
    """Name as the seller knows it."""
    package_price: Annotated[Amount, Field(gt=0)]
    """Price of one whole package."""
    currency: Currency
    """ISO 4217 code of its prices."""
    maximum_packages: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """Most packages to be had in the period; empty for no limit."""
    source: Line | None = None
    """Where the numbers of this row come from."""
    source_url: Line | None = None
    """Address of the source."""
    parts: Annotated[tuple[PackagePart, ...], Field(min_length=1)]
    """What one package holds."""


_ONCE = ("name", "package_price", "currency", "maximum_packages", "source", "source_url")


def find_package_card_faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Find everything that is wrong with the card of a package.

    Args:
        data: The card as tables and values.

    Returns:
        One fault for each thing to mend.

    >>> [fault.where for fault in find_package_card_faults({"name": "Duo", "currency": "EUR"})]
    ['package_price', 'parts']
    """
    faults = find_model_faults(data, model=PackageCard)
    if faults:
        return faults
    counts = Counter(part.venue_id for part in PackageCard.model_validate(data).parts)
    return tuple(
        Fault(
            f"the venue {venue_id} stands {count} times in the package",
            "only one of them would count",
            "keep one of them, with its units in all",
            "parts",
        )
        for venue_id, count in counts.items()
        if count > 1
    )


def package_rows(card: PackageCard, *, package_id: str) -> dict[str, list[dict[str, Any]]]:
    """Give the card of a package as rows of the lake.

    Args:
        card: A card without faults.
        package_id: Short name of the package.

    Returns:
        Rows of venue_package.

    >>> card = PackageCard(name="Duo", package_price="900", currency="EUR",
    ...     parts=[{"venue_id": "tw", "units": 2}, {"venue_id": "letter"}])
    >>> [row["units"] for row in package_rows(card, package_id="duo")["venue_package"]]
    [2, 1]
    """
    once = {"package_id": package_id} | {name: getattr(card, name) for name in _ONCE}
    return {"venue_package": [{**once, **part.model_dump()} for part in card.parts]}


def package_from_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the body of a package's card from rows of the lake, as they are.

    Args:
        rows: The rows of one package, by rising venue_id.

    Returns:
        The body as JSON holds it; what is empty is left out.

    Raises:
        DataError: the rows differ in what a card says once, so that one would be lost.

    >>> package_from_rows([{"name": "Duo", "venue_id": "tw", "units": 2}])
    {'name': 'Duo', 'parts': [{'venue_id': 'tw', 'units': 2}]}
    """
    mixed = [name for name in _ONCE if len({row.get(name) for row in rows}) > 1]
    if mixed:
        raise DataError(
            f"the rows of the package {rows[0].get('package_id')} differ in {', '.join(mixed)}",
            why="a card says each of these once, so one of them would be lost",
            fix="mend the package by an import, then edit it",
            where="venue_package",
        )
    once = {name: rows[0][name] for name in _ONCE if rows[0].get(name) is not None}
    said = {name: str(v) if isinstance(v, Decimal) else v for name, v in once.items()}
    return said | {"parts": [{"venue_id": r["venue_id"], "units": r["units"]} for r in rows]}
