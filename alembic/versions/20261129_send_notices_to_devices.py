"""Send notices to devices.

Revision ID: 20261129_push
Revises: 20261128_mail
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_push"
down_revision = "20261128_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "push_notice",
        sa.Column("subscription_id", sa.Integer(), nullable=False, comment="To which device"),
        sa.Column(
            "kind",
            sa.Enum(
                "holds",
                "loans",
                "alerts",
                "messages",
                name="PushKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="What it is about, and no more",
        ),
        sa.Column("written_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column(
            "next_try_at",
            sa.DateTime(),
            nullable=True,
            comment="Not to be sent before; empty is at once",
        ),
        sa.Column("tries", sa.Integer(), nullable=False, comment="How often it was tried"),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["push_subscription.id"],
            name=op.f("fk_push_notice_subscription_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "kind", name=op.f("pk_push_notice")),
    )
    with op.batch_alter_table("push_notice") as batch_op:
        batch_op.create_index(batch_op.f("ix_push_notice_written_at"), ["written_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("push_notice")
