"""How did the schema of recorded outcomes come about?

Each file in ``versions`` adds to the one before it and never takes away: a database of an earlier release is
read through the columns that it has. There is no downgrade; the copy made before a migration is the way back.
A SQLite table must not be rebuilt (alembic's batch mode): that would drop its triggers.
"""
