"""How does alembic reach the database?

The transaction comes from :mod:`ligandkb.storage.outcome_schema`, so that a migration and what is recorded
after it are there together or not at all.
"""

from __future__ import annotations

from alembic import context


def migrate() -> None:
    """Run the migrations in the transaction that is handed over."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"], version_table=attributes["version_table"], transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which alembic runs this file; an import does nothing
    migrate()
