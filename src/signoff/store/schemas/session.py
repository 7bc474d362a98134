"""Tables that live for one session of an engine: how the domains meet while a plan is made."""

from signoff.store.schemas.accounts import ACCOUNT_ID
from signoff.store.schemas.table import Column, ColumnType, Table
from signoff.units import CommitteeRole, Relationship

__all__ = ["ACCOUNT_ROLE", "MARKET_ACCOUNT"]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL

MARKET_ACCOUNT = Table(
    name="market_account",
    grain="one account of the brief's market",
    key=("account_id",),
    columns=(
        ACCOUNT_ID,
        Column("name", TEXT, "Name"),
        Column("country", TEXT, "ISO 3166 alpha-2 code, or ? where unknown"),
        Column("segment", TEXT, "Industry as in account.industry_code, or ? where unknown"),
        Column("relationship", TEXT, "What it is to the advertiser", allowed=tuple(Relationship)),
        Column(
            "market_fit_share",
            REAL,
            "Share of the brief's market criteria it is known to meet; unknown counts half",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        Column(
            "win_share",
            REAL,
            "Calibrated probability of buying; empty without a usable signal",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column("value_weight", REAL, "What covering its committee is worth to the plan", low=0),
        Column("is_holdout", ColumnType.FLAG, "Left out of all advertising to measure effect"),
    ),
)

ACCOUNT_ROLE = Table(
    name="account_role",
    grain="one role in the committee of one account",
    key=("account_id", "role"),
    columns=(
        ACCOUNT_ID,
        Column("role", TEXT, "Committee role", allowed=tuple(CommitteeRole)),
        Column("n_known", INTEGER, "People known to play it", unit="people", low=0),
        Column("n_planned", INTEGER, "Known, or the brief's assumption", unit="people", low=0),
    ),
)
