"""The venues of the lake, as far as messages need to know them."""

from signoff.errors import DataError
from signoff.messages.formats import VenueRef
from signoff.store.engines.engine import Engine, Statement
from signoff.units import VenueKind

__all__ = ["VENUE_NAMES", "list_venue_refs"]

VENUE_NAMES = Statement(
    name="short name, name and kind of every venue",
    reads=("venue",),
    sql="SELECT venue_id, name, kind FROM venue ORDER BY name, venue_id",
)


def list_venue_refs(engine: Engine) -> tuple[VenueRef, ...]:
    """Give every venue of the lake that a message could be written for.

    Args:
        engine: An engine with the table `venue`.

    Returns:
        The venues by name.

    Raises:
        DataError: a venue is of a kind that there is not; all of them at once.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> row = {"venue_id": "li", "name": "LinkedIn", "kind": "social", "unit": "click"}
    >>> with duckdb_engine_on({"venue": [row]}) as engine:
    ...     list_venue_refs(engine)[0].name
    'LinkedIn'
    """
    rows = engine.rows(VENUE_NAMES)
    kinds = sorted({str(row["kind"]) for row in rows} - set(VenueKind))
    if kinds:
        raise DataError(
            f"there are venues of kinds that there are not: {', '.join(kinds)}",
            why="the kind of a venue decides which ad format a message has there",
            fix=f"give them one of the kinds {', '.join(VenueKind)} and import them again",
            where="venue",
        )
    return tuple(
        VenueRef(venue_id=row["venue_id"], name=row["name"], kind=VenueKind(row["kind"]))
        for row in rows
    )
