"""What keeps a server's table append-only?"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The table is named by what the trigger stands on, so that no other of that name on somebody's search path is asked.
_FUNCTION = """
CREATE FUNCTION recorded_outcome_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    latest integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT COALESCE(MAX(version), 0) FROM %I.%I WHERE id = $1', TG_TABLE_SCHEMA, TG_TABLE_NAME)
            INTO latest USING NEW.id;
        IF NEW.version IS DISTINCT FROM latest + 1 THEN
            RAISE EXCEPTION 'this is not the next version of the outcome';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a recorded outcome is never changed: record a correction';
    END IF;
    RAISE EXCEPTION 'a recorded outcome is never deleted: withdraw it by a correction';
END $$
"""
_TRIGGERS = (
    "CREATE TRIGGER recorded_outcome_rows_are_kept BEFORE INSERT OR UPDATE OR DELETE ON recorded_outcome "
    "FOR EACH ROW EXECUTE FUNCTION recorded_outcome_is_kept()",
    "CREATE TRIGGER recorded_outcome_table_is_kept BEFORE TRUNCATE ON recorded_outcome "
    "FOR EACH STATEMENT EXECUTE FUNCTION recorded_outcome_is_kept()",
)


def upgrade() -> None:
    """Make the triggers on PostgreSQL; SQLite has had its own from the first schema on."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in (_FUNCTION, *_TRIGGERS):
            op.execute(statement)
