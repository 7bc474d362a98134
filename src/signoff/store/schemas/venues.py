"""Tables about where advertisements can stand, at what price, before whom."""

from signoff.store.schemas.table import Column, ColumnType, Table
from signoff.units import CommitteeRole, DiscountKind, VenueKind

__all__ = [
    "RATE",
    "VENUE",
    "VENUE_AUDIENCE",
    "VENUE_DUPLICATION",
    "VENUE_ISSUE",
    "VENUE_PACKAGE",
]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
MONEY, DATE, TIME = ColumnType.MONEY, ColumnType.DATE, ColumnType.TIME

UNITS = (
    "insertion",
    "thousand_impressions",
    "click",
    "spot",
    "sponsorship",
    "booth",
    "piece",
)
VENUE_ID = Column("venue_id", TEXT, "Venue, by the short name the user gave it")
SOURCE = Column("source", TEXT, "Where the numbers of this row come from", nullable=True)
SOURCE_URL = Column("source_url", TEXT, "Address of the source", nullable=True)
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
            allowed=UNITS,
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
        Column(
            "response_share",
            REAL,
            "Visits per exposure; empty: assumed of the kind of venue",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column(
            "response_low_share",
            REAL,
            "Lower end of the 90 % interval of response_share",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column(
            "response_high_share",
            REAL,
            "Upper end of the 90 % interval of response_share",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        BASIS,
        SOURCE,
        SOURCE_URL,
        Column(
            "venue_group",
            TEXT,
            "Group it belongs to, for floors and ceilings of groups, such as print or digital",
            nullable=True,
        ),
        Column(
            "purpose",
            TEXT,
            "What it is mostly bought for: brand or activation",
            nullable=True,
            allowed=("brand", "activation"),
        ),
        Column(
            "lead_days",
            INTEGER,
            "Days between an order and its first appearance; empty for none",
            unit="days",
            nullable=True,
            low=0,
        ),
        Column(
            "capacity_per_week",
            INTEGER,
            "Most units that can appear in a week; empty for no limit",
            unit="units",
            nullable=True,
            low=1,
        ),
        Column(
            "frequency_cap",
            INTEGER,
            "Most exposures of one person that happen and are paid for; empty for no cap",
            unit="exposures",
            nullable=True,
            low=1,
        ),
        Column(
            "frequency_cap_days",
            INTEGER,
            "Days that the frequency cap is counted in; empty for the whole campaign",
            unit="days",
            nullable=True,
            low=1,
        ),
        Column(
            "raised_hand_share",
            REAL,
            "Raised hands per visit; empty: assumed of the kind of venue",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column(
            "raised_hand_low_share",
            REAL,
            "Lower end of the 90 % interval of raised_hand_share",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column(
            "raised_hand_high_share",
            REAL,
            "Upper end of the 90 % interval of raised_hand_share",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
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
            "The step holds from so many units on",
            unit="units",
            low=1,
        ),
        Column(
            "unit_price",
            MONEY,
            "Price of one unit at this step",
            unit="currency of the row",
            low=0.01,
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
        SOURCE_URL,
        Column("note", TEXT, "What to know about the price", nullable=True),
        Column(
            "discount_kind",
            TEXT,
            "all_units: the price holds for all units; incremental: for those from the step on",
            nullable=True,
            allowed=tuple(DiscountKind),
        ),
        Column(
            "units_to",
            INTEGER,
            "The step holds up to so many units; empty: to the next step",
            unit="units",
            nullable=True,
            low=1,
        ),
        Column(
            "setup_cost",
            MONEY,
            "Paid once when anything is bought; the same in every step of a venue",
            unit="currency of the row",
            nullable=True,
            low=0,
        ),
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
        SOURCE_URL,
    ),
)

VENUE_ISSUE = Table(
    name="venue_issue",
    grain="one day on which a venue appears",
    key=("venue_id", "issue_on"),
    columns=(
        VENUE_ID,
        Column(
            "issue_on",
            DATE,
            "Day on which it appears: of an issue, a send-out, the first of a fair",
        ),
        Column(
            "closes_on",
            DATE,
            "Last day to order for it; empty: the venue's lead_days before",
            nullable=True,
        ),
        Column(
            "capacity_units",
            INTEGER,
            "Most units to be had in it; 0 when it is sold out; empty for no limit",
            unit="units",
            nullable=True,
            low=0,
        ),
        SOURCE,
    ),
)

VENUE_PACKAGE = Table(
    name="venue_package",
    grain="one venue in a package of several",
    key=("package_id", "venue_id"),
    columns=(
        Column("package_id", TEXT, "Package, by the short name the user gave it"),
        Column("name", TEXT, "Name as the seller knows it; the same in every row of a package"),
        VENUE_ID,
        Column("units", INTEGER, "Units of the venue in one package", unit="units", low=1),
        Column(
            "package_price",
            MONEY,
            "Price of one whole package; the same in every row of it",
            unit="currency of the row",
            low=0.01,
        ),
        Column("currency", TEXT, "ISO 4217 code"),
        Column(
            "maximum_packages",
            INTEGER,
            "Most packages to be had in the period; empty for no limit; the same in every row",
            unit="packages",
            nullable=True,
            low=1,
        ),
        SOURCE,
        SOURCE_URL,
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
