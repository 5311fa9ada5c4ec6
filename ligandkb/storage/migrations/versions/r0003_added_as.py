"""Which product was added, as it was bought?"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the product's name and structure; both ions of a salt are kept with it."""
    for name in ("added_as", "added_as_smiles"):
        op.add_column("recorded_outcome", sa.Column(name, sa.String(), nullable=False, server_default=""))
