"""Tables about what was spent, what happened and what was planned."""

from signoff.store.schemas.accounts import ACCOUNT_ID
from signoff.store.schemas.session import MARKET_ACCOUNT
from signoff.store.schemas.table import Column, ColumnType, Table

__all__ = ["EVENT", "FORECAST", "PLAN_ACCOUNT", "PLAN_LINE", "SPEND"]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
MONEY, DATE, TIME = ColumnType.MONEY, ColumnType.DATE, ColumnType.TIME

EVENT = Table(
    name="event",
    grain="one touch",
    key=("event_id",),
    columns=(
        Column("event_id", TEXT, "Id in the workspace"),
        Column("occurred_at", TIME, "When", unit="UTC"),
        Column(
            "kind",
            TEXT,
            "Kind of touch",
            allowed=("impression", "click", "visit", "form", "mail", "call", "meeting"),
        ),
        Column("account_id", TEXT, "Account, if known", nullable=True),
        Column("person_id", TEXT, "Person, if known; a random id", nullable=True),
        Column("visitor", TEXT, "Visitor on the site, by a random id", nullable=True),
        Column("venue", TEXT, "Venue as the source writes it", nullable=True),
        Column("message", TEXT, "Message as the source writes it", nullable=True),
        Column("page", TEXT, "Page, without what follows the question mark", nullable=True),
        Column(
            "value",
            MONEY,
            "Value, if the source gives one",
            unit="currency of the workspace",
            nullable=True,
        ),
    ),
)

SPEND = Table(
    name="spend",
    grain="one campaign of one venue on one day or in one period",
    key=("venue", "campaign", "starts_on"),
    columns=(
        Column("venue", TEXT, "Venue or platform"),
        Column("campaign", TEXT, "Campaign or channel as the source writes it"),
        Column("starts_on", DATE, "First day"),
        Column("ends_on", DATE, "Last day", nullable=True),
        Column("spend", MONEY, "Money spent", unit="currency of the row", nullable=True, low=0),
        Column("currency", TEXT, "ISO 4217 code", nullable=True),
        Column("impressions", INTEGER, "Times shown", unit="impressions", nullable=True, low=0),
        Column("clicks", INTEGER, "Clicks", unit="clicks", nullable=True, low=0),
        Column("sessions", INTEGER, "Visits", unit="sessions", nullable=True, low=0),
        Column(
            "conversions",
            REAL,
            "Conversions as the platform counts them",
            unit="conversions",
            nullable=True,
            low=0,
        ),
    ),
)

PLAN_LINE = Table(
    name="plan_line",
    grain="one venue in one plan",
    key=("plan_id", "venue_id"),
    columns=(
        Column("plan_id", TEXT, "Plan, by the id of its run"),
        Column("venue_id", TEXT, "Venue"),
        Column("units", INTEGER, "Units bought", unit="units", low=0),
        Column("unit_price", MONEY, "Price of one", unit="currency of the row", low=0),
        Column("spend", MONEY, "Units times price", unit="currency of the row", low=0),
        Column("currency", TEXT, "ISO 4217 code"),
    ),
)

PLAN_ACCOUNT = Table(
    name="plan_account",
    grain="one account of the market of one plan",
    key=("plan_id", "account_id"),
    columns=(
        Column("plan_id", TEXT, "Plan, by the id of its run"),
        ACCOUNT_ID,
        *(MARKET_ACCOUNT.column(name) for name in ("market_fit_share", "win_share")),
        *(MARKET_ACCOUNT.column(name) for name in ("value_weight", "is_holdout")),
    ),
)

FORECAST = Table(
    name="forecast",
    grain="one number that a plan expects",
    key=("plan_id", "measure", "item"),
    columns=(
        Column("plan_id", TEXT, "Plan, by the id of its run"),
        Column("measure", TEXT, "What is expected: objective, reach_share"),
        Column("item", TEXT, "Of what: a role, a venue, or all"),
        Column("value", REAL, "Expected value"),
        Column("low", REAL, "Lower end of the interval"),
        Column("high", REAL, "Upper end of the interval"),
        Column("level_share", REAL, "Level of the interval", unit="share 0 to 1", low=0, high=1),
    ),
)
