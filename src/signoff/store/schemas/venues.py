"""Tables about where advertisements can stand, at what price, before whom."""

from signoff.store.schemas.table import Column, ColumnType, Table
from signoff.units import CommitteeRole, VenueKind

__all__ = ["RATE", "VENUE", "VENUE_AUDIENCE", "VENUE_DUPLICATION"]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
MONEY, DATE, TIME = ColumnType.MONEY, ColumnType.DATE, ColumnType.TIME

VENUE_ID = Column("venue_id", TEXT, "Venue, by the short name the user gave it")
SOURCE = Column("source", TEXT, "Where the numbers of this row come from", nullable=True)
BASIS = Column(
    "basis",
    TEXT,
    "measured: stated by the source; prior: a wide assumption",
    allowed=("measured", "prior"),
)

VENUE = Table(
    name="venue",
    grain="one place where an advertisement can stand",
    key=("venue_id",),
    columns=(
        VENUE_ID,
        Column("name", TEXT, "Name as the trade knows it"),
        Column("kind", TEXT, "Kind of venue", allowed=tuple(VenueKind)),
        Column("country", TEXT, "ISO 3166 alpha-2 code; empty for everywhere", nullable=True),
        Column("region", TEXT, "Region it is confined to; empty for none", nullable=True),
        Column(
            "unit",
            TEXT,
            "What is bought",
            allowed=("insertion", "thousand_impressions", "click", "spot", "booth", "piece"),
        ),
        Column("currency", TEXT, "ISO 4217 code of its prices"),
        Column(
            "exposures_per_unit",
            REAL,
            "Expected exposures per person reached by one unit, or per contact sold",
            unit="exposures",
            low=0,
        ),
        Column(
            "contacts_per_unit",
            REAL,
            "Contacts that one unit delivers; empty: each unit goes to the whole audience",
            unit="contacts",
            nullable=True,
            low=0,
        ),
        Column(
            "on_target_share",
            REAL,
            "Share of the contacts bought that fall on people of the market; 1 for a matched list",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column("response_share", REAL, "Visits per exposure", unit="share 0 to 1", low=0, high=1),
        Column(
            "response_low_share",
            REAL,
            "Lower end of the 90 % interval of response_share",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        Column(
            "response_high_share",
            REAL,
            "Upper end of the 90 % interval of response_share",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        BASIS,
        SOURCE,
        Column("source_url", TEXT, "Address of the source", nullable=True),
    ),
)

RATE = Table(
    name="rate",
    grain="one venue at one price step",
    key=("venue_id", "units_from"),
    columns=(
        VENUE_ID,
        Column(
            "units_from",
            INTEGER,
            "The step holds from so many units on, for all units bought",
            unit="units",
            low=1,
        ),
        Column(
            "unit_price", MONEY, "Price of one unit at this step", unit="currency of the row", low=0
        ),
        Column("currency", TEXT, "ISO 4217 code"),
        Column(
            "minimum_units",
            INTEGER,
            "Fewest units sold; the same in every step of a venue",
            unit="units",
            low=1,
        ),
        Column(
            "maximum_units",
            INTEGER,
            "Most units to be had in the period; empty for no limit",
            unit="units",
            nullable=True,
            low=1,
        ),
        SOURCE,
        Column("source_url", TEXT, "Address of the source", nullable=True),
        Column("note", TEXT, "What to know about the price", nullable=True),
    ),
)

VENUE_AUDIENCE = Table(
    name="venue_audience",
    grain="one venue among the people of one role in one segment of one area",
    key=("venue_id", "country", "segment", "role"),
    columns=(
        VENUE_ID,
        Column("country", TEXT, "ISO 3166 alpha-2 code, or * for every country the venue covers"),
        Column("segment", TEXT, "Industry as in account.industry_code, or * for all"),
        Column("role", TEXT, "Committee role, or * for all", allowed=(*CommitteeRole, "*")),
        Column(
            "reach_share",
            REAL,
            "Share of those people whom one unit can reach at all",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        Column(
            "reach_low_share",
            REAL,
            "Lower end of its 90 % interval",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        Column(
            "reach_high_share",
            REAL,
            "Upper end of its 90 % interval",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        BASIS,
        SOURCE,
        Column("source_url", TEXT, "Address of the source", nullable=True),
    ),
)

VENUE_DUPLICATION = Table(
    name="venue_duplication",
    grain="one pair of venues",
    key=("venue_id", "other_venue_id"),
    columns=(
        VENUE_ID,
        Column("other_venue_id", TEXT, "The other venue"),
        Column(
            "both_share",
            REAL,
            "Share of people whom one unit of each reaches",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        SOURCE,
    ),
)
