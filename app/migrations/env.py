"""Alembic's environment: run by `app.migrate`, which hands over the connection."""

from alembic import context
from sqlmodel import SQLModel

import app.core.tables  # noqa: F401  every table

connection = context.config.attributes["connection"]
if context.config.attributes["is_new"]:
    SQLModel.metadata.create_all(connection)
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
