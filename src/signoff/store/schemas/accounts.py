"""Tables about organisations, the people in them and what they buy."""

from signoff.store.schemas.table import Column, ColumnType, Table
from signoff.units import CommitteeRole, Function, Level, OrganisationKind, Relationship
from signoff.units import SupplyChainPlace as Place

__all__ = [
    "ACCOUNT",
    "ACCOUNT_MERGE",
    "ACCOUNT_PAIR",
    "APPROVAL_STEP",
    "COMMITTEE_ROLE",
    "OPPORTUNITY",
    "PERSON_FACT",
    "STAGE_CHANGE",
]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
MONEY, DATE, TIME = ColumnType.MONEY, ColumnType.DATE, ColumnType.TIME

ACCOUNT_ID = Column("account_id", TEXT, "Account, by its id in the workspace")

ACCOUNT = Table(
    name="account",
    grain="one organisation",
    key=("account_id",),
    columns=(
        ACCOUNT_ID,
        Column("external_id", TEXT, "Id in the system the row came from", nullable=True),
        Column("name", TEXT, "Name as the source writes it"),
        Column("domain", TEXT, "Web domain without www, lower case", nullable=True),
        Column(
            "kind", TEXT, "Kind of organisation", allowed=tuple(OrganisationKind), nullable=True
        ),
        Column(
            "industry_scheme",
            TEXT,
            "Scheme of the industry code: naics, nace, naf or own",
            nullable=True,
            allowed=("naics", "nace", "naf", "own"),
        ),
        Column(
            "industry_code",
            TEXT,
            "Industry in that scheme; own: the firm's own label, lower case",
            nullable=True,
        ),
        Column("employees", INTEGER, "Head count", unit="people", nullable=True, low=0),
        Column(
            "revenue", MONEY, "Yearly revenue", unit="currency of the row", nullable=True, low=0
        ),
        Column("currency", TEXT, "ISO 4217 code of revenue", nullable=True),
        Column("country", TEXT, "ISO 3166 alpha-2 code", nullable=True),
        Column("region", TEXT, "Region or state as the source writes it", nullable=True),
        Column("city", TEXT, "City as the source writes it", nullable=True),
        Column(
            "founded_year",
            INTEGER,
            "Year of foundation",
            unit="year",
            nullable=True,
            low=1000,
            high=2200,
        ),
        Column(
            "supply_chain_place",
            TEXT,
            "Place in the supply chain",
            nullable=True,
            allowed=tuple(Place),
        ),
        Column(
            "relationship",
            TEXT,
            "What the account is to the advertiser",
            nullable=True,
            allowed=tuple(Relationship),
        ),
        Column("parent_name", TEXT, "Name of the parent organisation", nullable=True),
    ),
)

CONFIDENCE = Column(
    "confidence_share",
    REAL,
    "Probability that both are the same organisation",
    unit="share 0 to 1",
    low=0,
    high=1,
)

ACCOUNT_MERGE = Table(
    name="account_merge",
    grain="one account that is another one",
    key=("account_id",),
    columns=(
        Column("account_id", TEXT, "Account that is no longer shown by itself"),
        Column(
            "kept_account_id",
            TEXT,
            "Account under which its people, deals and events count; its own id: it stands alone",
        ),
        Column("external_id", TEXT, "Its id in the system it came from", nullable=True),
        Column("name", TEXT, "Its name", nullable=True),
        Column("domain", TEXT, "Its web domain", nullable=True),
        CONFIDENCE,
        Column("reason", TEXT, "Why both are the same"),
        Column("decided_at", TIME, "When that was decided", unit="UTC"),
    ),
)

ACCOUNT_PAIR = Table(
    name="account_pair",
    grain="two accounts that may be the same organisation",
    key=("account_id", "other_account_id"),
    columns=(
        ACCOUNT_ID,
        Column("other_account_id", TEXT, "The other account"),
        CONFIDENCE,
        Column("reason", TEXT, "What speaks for it and against it"),
    ),
)

PERSON_FACT = Table(
    name="person_fact",
    grain="one contact, without name or address",
    key=("person_id",),
    columns=(
        Column("person_id", TEXT, "Random id; name and address stand in the register alone"),
        Column("account_id", TEXT, "Employer", nullable=True),
        Column("title", TEXT, "Job title as the source writes it", nullable=True),
        Column(
            "function",
            TEXT,
            "Department, if the source gives it",
            nullable=True,
            allowed=tuple(Function),
        ),
        Column("level", TEXT, "Level, if the source gives it", nullable=True, allowed=tuple(Level)),
        Column(
            "origin",
            TEXT,
            "measured: a real record; generated: drawn for a demonstration",
            allowed=("measured", "generated"),
        ),
    ),
)

COMMITTEE_ROLE = Table(
    name="committee_role",
    grain="one person in one committee role",
    key=("person_id", "role"),
    columns=(
        Column("person_id", TEXT, "Person"),
        ACCOUNT_ID,
        Column("role", TEXT, "Role in the buying committee", allowed=tuple(CommitteeRole)),
        Column(
            "probability_share",
            REAL,
            "Probability of playing the role",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        Column("evidence", TEXT, "What the probability rests on"),
    ),
)

OPPORTUNITY = Table(
    name="opportunity",
    grain="one possible sale",
    key=("opportunity_id",),
    columns=(
        Column("opportunity_id", TEXT, "Id in the workspace"),
        Column("external_id", TEXT, "Id in the system the row came from", nullable=True),
        Column("account_id", TEXT, "Account; empty when the source names none", nullable=True),
        Column("product", TEXT, "Product as the source writes it", nullable=True),
        Column("stage", TEXT, "open, won or lost", allowed=("open", "won", "lost")),
        Column("source_stage", TEXT, "Stage as the source writes it", nullable=True),
        Column("began_on", DATE, "Day the opportunity was engaged", nullable=True),
        Column("closed_on", DATE, "Day it was won or lost", nullable=True),
        Column(
            "value", MONEY, "Value of the sale", unit="currency of the row", nullable=True, low=0
        ),
        Column("currency", TEXT, "ISO 4217 code of value", nullable=True),
        Column(
            "lead_source", TEXT, "Where the lead came from, as the source writes it", nullable=True
        ),
    ),
)

STAGE_CHANGE = Table(
    name="stage_change",
    grain="one opportunity entering one stage",
    key=("opportunity_id", "stage", "occurred_at"),
    columns=(
        Column("opportunity_id", TEXT, "Opportunity"),
        Column("stage", TEXT, "Stage entered, as the source writes it"),
        Column("occurred_at", TIME, "When", unit="UTC"),
    ),
)

APPROVAL_STEP = Table(
    name="approval_step",
    grain="one step of one approval case",
    key=("case_id", "step_number"),
    columns=(
        Column("case_id", TEXT, "Approval case"),
        Column("step_number", INTEGER, "Order within the case", unit="from 1", low=1),
        Column("activity", TEXT, "What happened"),
        Column("role", TEXT, "Who did it", nullable=True),
        Column("occurred_at", TIME, "When", unit="UTC"),
        Column(
            "amount", MONEY, "Amount asked for", unit="currency of the workspace", nullable=True
        ),
    ),
)
