"""Tables of what was found out: who is in an audience, and what campaigns showed of venues."""

from signoff.store.schemas.table import Column, ColumnType, Table
from signoff.store.schemas.venues import SOURCE, VENUE_AUDIENCE, VENUE_ID

__all__ = ["AUDIENCE_EVIDENCE", "POSTERIOR"]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
DATE, TIME = ColumnType.DATE, ColumnType.TIME

SHARE_OR_WEEKS = "share 0 to 1; weeks for peak_week"
SOURCE_URL = Column("source_url", TEXT, "Address of the source", nullable=True)

AUDIENCE_EVIDENCE = Table(
    name="audience_evidence",
    grain="what one survey, look-up or list says of one venue among the people of one role in one "
    "segment of one area",
    key=("venue_id", "country", "segment", "role", "method", "study"),
    columns=(
        VENUE_ID,
        *(VENUE_AUDIENCE.column(name) for name in ("country", "segment", "role")),
        Column(
            "method",
            TEXT,
            "survey: people were asked; lookup: a table of people like them; matched_list: our own "
            "people, looked for among the venue's",
            allowed=("survey", "lookup", "matched_list"),
        ),
        Column("study", TEXT, "The survey, table or list, by a short name"),
        Column(
            "reach_share",
            REAL,
            "Share of those people who are in the audience, weighted where people were asked",
            unit="share 0 to 1",
            low=0,
            high=1,
        ),
        Column(
            "n_asked",
            INTEGER,
            "People asked, or looked for",
            unit="people",
            nullable=True,
            low=1,
        ),
        Column(
            "n_effective",
            REAL,
            "People that the share is worth after weighting; empty: n_asked",
            unit="people",
            nullable=True,
            low=1,
        ),
        Column(
            "reach_low_share",
            REAL,
            "Lower end of its 90 % interval; empty: worked out from n_effective",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column(
            "reach_high_share",
            REAL,
            "Upper end of its 90 % interval; empty: worked out from n_effective",
            unit="share 0 to 1",
            nullable=True,
            low=0,
            high=1,
        ),
        Column("observed_on", DATE, "When people were asked, or looked for", nullable=True),
        SOURCE,
        SOURCE_URL,
    ),
)

POSTERIOR = Table(
    name="posterior",
    grain="what campaigns showed of one measure of one venue, or of one kind of venue",
    key=("scope", "item", "measure"),
    columns=(
        Column(
            "scope",
            TEXT,
            "Whether it holds for one venue or for all of a kind",
            allowed=("venue", "kind"),
        ),
        Column("item", TEXT, "The venue's short name, or the kind of venue"),
        Column(
            "measure",
            TEXT,
            "What was estimated",
            allowed=("visits_per_exposure", "hands_per_visit", "carry_over_share", "peak_week"),
        ),
        Column("value", REAL, "Best single value", unit=SHARE_OR_WEEKS, low=0, high=26),
        Column("low", REAL, "Lower end of its 90 % interval", unit=SHARE_OR_WEEKS, low=0, high=26),
        Column("high", REAL, "Upper end of its 90 % interval", unit=SHARE_OR_WEEKS, low=0, high=26),
        Column(
            "grounds",
            TEXT,
            "data: what the data alone say, to be put together with what was believed before; "
            "data_and_prior: that is done already",
            allowed=("data", "data_and_prior"),
        ),
        Column("estimated_at", TIME, "When it was estimated", unit="UTC", nullable=True),
        Column(
            "run_id", TEXT, "Run that estimated it, if it was one of this workspace", nullable=True
        ),
        SOURCE,
        SOURCE_URL,
    ),
)
