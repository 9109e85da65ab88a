"""Show a demonstration.

Revision ID: 20261129_showing
Revises: 20261129_display
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_showing"
down_revision = "20261129_display"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. A demonstration that is there becomes one when the portal is next started."""
    op.create_table(
        "showing",
        sa.Column("id", sa.Integer(), nullable=False, comment="Always one"),
        sa.Column(
            "edition",
            sa.String(length=32),
            nullable=False,
            comment="Random: another one whenever everything is put back",
        ),
        sa.Column(
            "seconds_ahead",
            sa.Integer(),
            nullable=False,
            comment="How far its clock has been set forward",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_showing_one")),
        sa.CheckConstraint("seconds_ahead >= 0", name=op.f("ck_showing_never_behind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showing")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("showing")
