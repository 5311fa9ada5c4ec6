"""Which batch was measured, and is the outcome taken back?"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the batch of nanocrystals and the withdrawal."""
    op.add_column("recorded_outcome", sa.Column("nc_batch", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "recorded_outcome", sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
    )
