"""The tables of the lake, each described once; imports, checks and the manual come from here."""

from signoff.store.schemas.accounts import (
    ACCOUNT,
    ACCOUNT_MERGE,
    ACCOUNT_PAIR,
    APPROVAL_STEP,
    COMMITTEE_ROLE,
    OPPORTUNITY,
    PERSON_FACT,
    STAGE_CHANGE,
)
from signoff.store.schemas.evidence import AUDIENCE_EVIDENCE, POSTERIOR
from signoff.store.schemas.market import FIRM_COUNT, FIRM_OWNER
from signoff.store.schemas.outcomes import EVENT, FORECAST, PLAN_ACCOUNT, PLAN_LINE, SPEND
from signoff.store.schemas.session import ACCOUNT_ROLE, MARKET_ACCOUNT
from signoff.store.schemas.table import Column, ColumnType, Table
from signoff.store.schemas.venues import (
    RATE,
    VENUE,
    VENUE_AUDIENCE,
    VENUE_DUPLICATION,
    VENUE_ISSUE,
    VENUE_PACKAGE,
)

__all__ = ["LAKE_TABLES", "SESSION_TABLES", "Column", "ColumnType", "Table"]

LAKE_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ACCOUNT,
        ACCOUNT_MERGE,
        ACCOUNT_PAIR,
        PERSON_FACT,
        COMMITTEE_ROLE,
        OPPORTUNITY,
        STAGE_CHANGE,
        APPROVAL_STEP,
        VENUE,
        RATE,
        VENUE_AUDIENCE,
        VENUE_DUPLICATION,
        AUDIENCE_EVIDENCE,
        POSTERIOR,
        VENUE_ISSUE,
        VENUE_PACKAGE,
        SPEND,
        EVENT,
        PLAN_LINE,
        PLAN_ACCOUNT,
        FORECAST,
        FIRM_OWNER,
        FIRM_COUNT,
    )
}

SESSION_TABLES: dict[str, Table] = {table.name: table for table in (MARKET_ACCOUNT, ACCOUNT_ROLE)}
