"""The tables of the register: what people edit and what is personal."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

__all__ = [
    "AUDIT",
    "AUDIT_HEAD",
    "CONSENT",
    "DOCUMENT",
    "IMPORT_LEDGER",
    "METADATA",
    "PERSON",
    "PERSON_TEXT",
    "REVIEW_DECISION",
    "RUN",
    "SUPPRESSION",
    "UtcTime",
    "as_utc",
]


class UtcTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, given back in UTC; a moment without zone is taken for UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - the name SQLAlchemy calls it by
        """Turn a moment into UTC without a zone."""
        return None if value is None else as_utc(value).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """Give the moment its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


def as_utc(moment: datetime) -> datetime:
    """Give a moment in UTC; without a zone it is taken for UTC.

    >>> as_utc(datetime(2026, 1, 2, 3, 4)).isoformat()
    '2026-01-02T03:04:00+00:00'
    """
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
COUNT = BigInteger().with_variant(Integer, "sqlite")

DOCUMENT = Table(
    "document",
    METADATA,
    Column("kind", String(60), primary_key=True),
    Column("name", String(400), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    comment="one version of one authored thing",
)

IMPORT_LEDGER = Table(
    "import_ledger",
    METADATA,
    Column("import_seq", COUNT, primary_key=True, autoincrement=True),
    Column("import_id", String(32), nullable=False, unique=True),
    Column("table_name", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("mapping", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("n_read", COUNT, nullable=False, default=0),
    Column("n_published", COUNT, nullable=False, default=0),
    Column("n_superseded", COUNT, nullable=False, default=0),
    Column("n_rejected", COUNT, nullable=False, default=0),
    Column("by", Text, nullable=False),
    Column("process_token", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("published_at", UtcTime),
    Column("undone_at", UtcTime),
    Index(None, "table_name", "content_sha256"),
    comment="one import",
    sqlite_autoincrement=True,
)

PERSON_TEXT = (
    "external_id",
    "email",
    "first_name",
    "last_name",
    "phone",
    "linkedin_url",
    "company_name",
    "company_domain",
    "city",
    "postcode",
    "country",
)

PERSON = Table(
    "person",
    METADATA,
    Column("person_id", String(40), primary_key=True),
    Column(
        "import_seq", COUNT, ForeignKey("import_ledger.import_seq"), primary_key=True, index=True
    ),
    *(Column(name, Text) for name in PERSON_TEXT),
    Column("email_key", Text, index=True),
    Index(None, "external_id"),
    comment="one contact as one import knew it; the only table with names and addresses",
)

SUPPRESSION = Table(
    "suppression",
    METADATA,
    Column("suppression_id", COUNT, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("is_erasure", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", UtcTime),
    Index(None, "kind", "digest"),
    comment="one that must not be contacted, as a keyed hash",
    sqlite_autoincrement=True,
)

CONSENT = Table(
    "consent",
    METADATA,
    Column("consent_id", COUNT, primary_key=True, autoincrement=True),
    Column("person_id", String(40), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("basis", String(40), nullable=False),
    Column("source", Text, nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_source", Text),
    Column("import_seq", COUNT, index=True),
    comment="one purpose to which one person agreed, or another lawful basis for it",
    sqlite_autoincrement=True,
)

REVIEW_DECISION = Table(
    "review_decision",
    METADATA,
    Column("review_decision_id", COUNT, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("answer", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("confidence_share", Float),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("taken_back_by", Text),
    Column("taken_back_at", UtcTime),
    Index(None, "kind", "subject"),
    comment="what somebody answered in a queue of review",
    sqlite_autoincrement=True,
)

RUN = Table(
    "run",
    METADATA,
    Column("run_id", String(60), primary_key=True),
    Column("command", Text, nullable=False),
    Column("started_at", UtcTime, nullable=False, index=True),
    Column("finished_at", UtcTime),
    Column("lake_snapshot", COUNT, nullable=False),
    Column("documents", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("seed", COUNT, nullable=False),
    Column("package_version", String(60), nullable=False),
    Column("result_kind", String(60)),
    Column("result_name", String(400)),
    Column("result_version", Integer),
    Column("parent_run_id", String(60)),
    comment="one run: what it read, and what it made of it",
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", COUNT, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(60), nullable=False),
    Column("object_kind", String(60), nullable=False),
    Column("object_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous_digest", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("digest"),
    comment="one write: who, when, what; each row's digest covers the one before it",
)

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("seq", COUNT, nullable=False),
    Column("digest", String(64), nullable=False),
    comment="the last row of the audit chain",
)
