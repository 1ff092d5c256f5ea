"""Alembic's entrance: migrations run on the connection that `store.database` hands over."""

from alembic import context
from sqlmodel import SQLModel

from broadcaster.store import tables  # noqa: F401 -- so that the tables are known

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True
)
context.run_migrations()
