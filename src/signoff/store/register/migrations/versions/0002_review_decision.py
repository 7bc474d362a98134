"""What people answer in queues of review."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "review_decision",
        sa.Column("review_decision_id", COUNT, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confidence_share", sa.Float()),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_by", sa.Text()),
        sa.Column("taken_back_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("review_decision_id", name=op.f("pk_review_decision")),
        comment="what somebody answered in a queue of review",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_decision_kind_subject"), "review_decision", ["kind", "subject"])
