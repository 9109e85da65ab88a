"""Remember with each patron how the pages look to them, on whichever device.

Revision ID: 20261129_display
Revises: 20261129_push
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_display"
down_revision = "20261129_push"
branch_labels = None
depends_on = None

COMMENT = "What they have chosen in the display menu (domain/display.py); empty until then"


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("patron") as patron:
        patron.add_column(
            sa.Column(
                "display",
                sa.String(length=200),
                nullable=False,
                server_default="",
                comment=COMMENT,
            )
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("patron") as patron:
        patron.drop_column("display")
