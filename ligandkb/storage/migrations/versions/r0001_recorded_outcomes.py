"""Which table does the first release have?"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What must not happen, and when: an update, a deletion, a version that isn't the next one (this also stops
# INSERT OR REPLACE, which deletes without asking the trigger on deletions).
_TRIGGERS = (
    "CREATE TRIGGER recorded_outcome_is_never_changed BEFORE UPDATE ON recorded_outcome BEGIN "
    "SELECT RAISE(ABORT, 'a recorded outcome is never changed: record a correction'); END",
    "CREATE TRIGGER recorded_outcome_is_never_deleted BEFORE DELETE ON recorded_outcome BEGIN "
    "SELECT RAISE(ABORT, 'a recorded outcome is never deleted: withdraw it by a correction'); END",
    "CREATE TRIGGER recorded_outcome_versions_are_consecutive BEFORE INSERT ON recorded_outcome "
    "WHEN NEW.version IS NOT "
    "(SELECT COALESCE(MAX(version), 0) + 1 FROM recorded_outcome WHERE id IS NEW.id) BEGIN "
    "SELECT RAISE(ABORT, 'this is not the next version of the outcome'); END",
)
_TEXTS_BEFORE = "binding_form binding_form_smiles partner composition form route reference_state"
_NUMBERS = (
    "plqy_before plqy_before_uncertainty plqy_after plqy_after_uncertainty relative_change equivalents "
    "concentration_mmol_per_l nc_concentration_umol_per_l time_min emission_before_nm emission_after_nm"
)
_TEXTS_AFTER = "strength confound doi locator note recorded_by recorded_at tool_version reason"


def upgrade() -> None:
    """Make the table; on SQLite also the triggers that keep it append-only."""
    op.create_table(
        "recorded_outcome",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS_BEFORE.split()),
        sa.Column("effect", sa.String(), nullable=True),
        *(sa.Column(name, sa.Float(), nullable=True) for name in _NUMBERS.split()),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS_AFTER.split()),
        sa.PrimaryKeyConstraint("id", "version"),
        sa.CheckConstraint("version >= 1", name="version_is_counted_from_1"),
        sa.CheckConstraint("version = 1 OR reason <> ''", name="correction_has_a_reason"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _TRIGGERS:
            op.execute(trigger)
