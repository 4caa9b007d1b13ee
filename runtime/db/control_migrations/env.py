"""What Alembic runs around our steps: on the connection, and in the transaction, that `migrate` hands in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="platform_version")
with context.begin_transaction():
    context.run_migrations()
