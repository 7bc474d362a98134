"""Cards of venues and packages kept: the document, and the rows that the planner reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signoff.store.derived import publish_facts
from signoff.store.engines.engine import Engine, Statement
from signoff.store.imports import undo_import
from signoff.store.register import ImportState, Version, list_imports, save_document
from signoff.store.workspace import Workspace
from signoff.venues.book import AUDIENCE_ROWS, ISSUE_ROWS, VENUE_ROWS
from signoff.venues.cards.card import VenueCard, card_from_rows, card_rows
from signoff.venues.cards.package_card import PackageCard, package_from_rows, package_rows
from signoff.venues.cards.packages import PACKAGE_ROWS

__all__ = [
    "CARD_PRICES",
    "KeptCard",
    "keep_card",
    "look_up_card",
    "look_up_package",
]

KIND, PACKAGE_KIND = "venue", "package"
_ORIGINS = {KIND: "card of", PACKAGE_KIND: "package"}

CARD_PRICES = Statement(
    name="price steps with all that is said of them",
    reads=("rate",),
    sql="""
    SELECT venue_id, units_from, units_to, unit_price, currency, minimum_units, maximum_units,
        discount_kind, setup_cost, source, source_url, note
    FROM rate ORDER BY venue_id, units_from
    """,
)


@dataclass(frozen=True)
class KeptCard:
    """A card's version, with the import that carries its rows.

    Attributes:
        version: The document as stored.
        import_id: The import by which its rows can be undone.
    """

    version: Version
    import_id: str


def keep_card(
    workspace: Workspace,
    card: VenueCard | PackageCard,
    *,
    name: str,
    author: str,
    at: datetime,
    expected_version: int,
) -> KeptCard:
    """Keep a card as the next version of its document, and publish its rows to the lake.

    The document and the step by which its rows count are one transaction. Then the rows of the
    card's earlier versions are taken back, so that a price or an audience that was removed from
    the card is gone. Rows of imported files stay: who removes one of those undoes its import.

    Args:
        workspace: The workspace.
        card: A card without faults, of a venue or of a package of venues.
        name: Short name of the venue or package, and name of the document.
        author: Who saves it.
        at: When, UTC.
        expected_version: The newest version that the author has seen; 0 for none.

    Returns:
        The version and its import.

    Raises:
        ConflictError: somebody saved a version that the author has not seen; nothing is published.

    Call it so: `keep_card(workspace, card, name="trade-weekly", author="ann",
    at=datetime.now(UTC), expected_version=0)`.
    """
    kind, kept = KIND if isinstance(card, VenueCard) else PACKAGE_KIND, list[Version]()

    def save() -> None:
        kept.append(
            save_document(
                workspace.register,
                kind=kind,
                name=name,
                body=card.model_dump(mode="json", exclude_unset=True),
                author=author,
                at=at,
                expected_version=expected_version,
            )
        )

    rows, origin = _rows(card, name=name), f"{_ORIGINS[kind]} {name}"
    earlier = _live_imports(workspace, origin)
    import_id = publish_facts(workspace, rows, origin=origin, by=author, at=at, along=save)
    for known in earlier:
        undo_import(workspace, known, by=author, at=at)
    if import_id in earlier:  # the same rows as before, under a file imported since
        import_id = publish_facts(workspace, rows, origin=origin, by=author, at=at)
    return KeptCard(kept[0], import_id)


def _rows(card: VenueCard | PackageCard, *, name: str) -> dict[str, list[dict[str, Any]]]:
    if isinstance(card, VenueCard):
        return card_rows(card, venue_id=name)
    return package_rows(card, package_id=name)


def look_up_card(engine: Engine, *, venue_id: str) -> Mapping[str, Any] | None:
    """Give the card of a venue as the lake has it, whoever brought its rows in.

    Args:
        engine: An engine with `venue`, `rate`, `venue_audience` and `venue_issue`.
        venue_id: Short name of the venue.

    Returns:
        The body of a card, which may have faults; None where the lake has no such venue.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> venue = {"venue_id": "tw", "name": "Trade Weekly", "kind": "trade_title"}
    >>> with duckdb_engine_on({"venue": [venue]}) as engine:
    ...     look_up_card(engine, venue_id="tw")["name"]
    'Trade Weekly'
    """
    venues, rates, audiences, issues = (
        [row for row in engine.rows(statement) if row["venue_id"] == venue_id]
        for statement in (VENUE_ROWS, CARD_PRICES, AUDIENCE_ROWS, ISSUE_ROWS)
    )
    if not venues:
        return None
    return card_from_rows(venues[0], rates=rates, audiences=audiences, issues=issues)


def look_up_package(engine: Engine, *, package_id: str) -> Mapping[str, Any] | None:
    """Give the card of a package as the lake has it, whoever brought its rows in.

    Args:
        engine: An engine with `venue_package`.
        package_id: Short name of the package.

    Returns:
        The body of a card, which may have faults; None where the lake has no such package.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> part = {"package_id": "duo", "name": "Duo", "venue_id": "tw", "units": 2}
    >>> with duckdb_engine_on({"venue_package": [part]}) as engine:
    ...     look_up_package(engine, package_id="duo")["parts"]
    [{'venue_id': 'tw', 'units': 2}]
    """
    rows = [row for row in engine.rows(PACKAGE_ROWS) if row["package_id"] == package_id]
    return package_from_rows(rows) if rows else None


def _live_imports(workspace: Workspace, origin: str) -> list[str]:
    live = list_imports(workspace.register, state=ImportState.LIVE)
    return [one.import_id for one in live if one.is_derived and one.file_name == origin]
