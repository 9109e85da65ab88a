"""Keep one answer to each operation, so that a device may send it again.

Revision ID: 20261122_answers
Revises: 20261122_find
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_answers"
down_revision = "20261122_find"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "delivered_operation",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose device sent it"),
        sa.Column(
            "id",
            sa.String(length=36),
            nullable=False,
            comment="The UUID that the device gave it",
        ),
        sa.Column(
            "delivered_at", sa.DateTime(), nullable=False, comment="When it was first acted on"
        ),
        sa.Column(
            "is_done", sa.Boolean(), nullable=False, comment="False when the library refused"
        ),
        sa.Column(
            "reason",
            sa.String(length=80),
            nullable=False,
            comment="Key of the text that says why, or empty",
        ),
        sa.Column(
            "day", sa.Date(), nullable=True, comment="The day in that text, or a new due date"
        ),
        sa.Column("limit", sa.Integer(), nullable=True, comment="The number in that text"),
        sa.Column("place", sa.Integer(), nullable=True, comment="Place in the queue of a new hold"),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_delivered_operation_patron_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", "id", name=op.f("pk_delivered_operation")),
    )
    with op.batch_alter_table("delivered_operation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivered_operation_delivered_at"), ["delivered_at"], unique=False
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("delivered_operation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivered_operation_delivered_at"))
    op.drop_table("delivered_operation")
