"""The register's first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_audit()
    _make_audit_head()
    _make_consent()
    _make_document()
    _make_import_ledger()
    _make_run()
    _make_suppression()
    _make_person()


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", COUNT, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object_kind", sa.String(length=60), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_digest")),
        comment="one write: who, when, what; each row's digest covers the one before it",
    )


def _make_audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", COUNT, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_audit_head")),
        comment="the last row of the audit chain",
    )


def _make_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("consent_id", COUNT, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent")),
        comment="one purpose to which one person agreed, or another lawful basis for it",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)


def _make_document() -> None:
    op.create_table(
        "document",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", "version", name=op.f("pk_document")),
        comment="one version of one authored thing",
    )


def _make_import_ledger() -> None:
    op.create_table(
        "import_ledger",
        sa.Column("import_seq", COUNT, autoincrement=True, nullable=False),
        sa.Column("import_id", sa.String(length=32), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("n_read", COUNT, nullable=False),
        sa.Column("n_published", COUNT, nullable=False),
        sa.Column("n_superseded", COUNT, nullable=False),
        sa.Column("n_rejected", COUNT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("process_token", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("import_seq", name=op.f("pk_import_ledger")),
        sa.UniqueConstraint("import_id", name=op.f("uq_import_ledger_import_id")),
        comment="one import",
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_import_ledger_table_name_content_sha256"),
        "import_ledger",
        ["table_name", "content_sha256"],
        unique=False,
    )


def _make_run() -> None:
    op.create_table(
        "run",
        sa.Column("run_id", sa.String(length=60), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("lake_snapshot", COUNT, nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("seed", COUNT, nullable=False),
        sa.Column("package_version", sa.String(length=60), nullable=False),
        sa.Column("result_kind", sa.String(length=60), nullable=True),
        sa.Column("result_name", sa.String(length=400), nullable=True),
        sa.Column("result_version", sa.Integer(), nullable=True),
        sa.Column("parent_run_id", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run")),
        comment="one run: what it read, and what it made of it",
    )
    op.create_index(op.f("ix_run_started_at"), "run", ["started_at"], unique=False)


def _make_suppression() -> None:
    op.create_table(
        "suppression",
        sa.Column("suppression_id", COUNT, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_erasure", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("suppression_id", name=op.f("pk_suppression")),
        comment="one that must not be contacted, as a keyed hash",
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_suppression_kind_digest"), "suppression", ["kind", "digest"], unique=False
    )


def _make_person() -> None:
    op.create_table(
        "person",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("import_seq", COUNT, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("linkedin_url", sa.Text(), nullable=True),
        sa.Column("company_name", sa.Text(), nullable=True),
        sa.Column("company_domain", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_seq"], ["import_ledger.import_seq"], name=op.f("fk_person_import_seq")
        ),
        sa.PrimaryKeyConstraint("person_id", "import_seq", name=op.f("pk_person")),
        comment="one contact as one import knew it; the only table with names and addresses",
    )
    op.create_index(op.f("ix_person_email_key"), "person", ["email_key"], unique=False)
    op.create_index(op.f("ix_person_external_id"), "person", ["external_id"], unique=False)
    op.create_index(op.f("ix_person_import_seq"), "person", ["import_seq"], unique=False)
