"""Runs the register's migrations inside the transaction that the caller opened."""

from alembic import context

from signoff.store.register.tables import METADATA

if hasattr(context, "config"):  # Alembic runs this file; whoever imports it finds no context
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        transactional_ddl=True,
        render_as_batch=True,
    )
    context.run_migrations()
