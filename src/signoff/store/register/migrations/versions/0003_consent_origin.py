"""Where a consent came from, and where its withdrawal was said."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("consent", sa.Column("withdrawn_source", sa.Text()))
    op.add_column("consent", sa.Column("import_seq", COUNT))
    op.create_index(op.f("ix_consent_import_seq"), "consent", ["import_seq"])
