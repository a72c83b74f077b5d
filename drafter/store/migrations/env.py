"""How Alembic runs the migrations: on the connection and in the transaction that it is given."""

from alembic import context

from drafter.store.tables import Row

context.configure(connection=context.config.attributes["connection"], target_metadata=Row.metadata, transactional_ddl=False)
context.run_migrations()
