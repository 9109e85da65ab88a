"""Keep where patrons read mail, and the letters written to them.

Revision ID: 20261122_letters
Revises: 20261122_circulation
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_letters"
down_revision = "20261122_circulation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="To whom"),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=False,
            comment="Where to, as it was when it was written",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "hold_placed",
                "hold_cancelled",
                name="LetterKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="What it tells",
        ),
        sa.Column(
            "language",
            sa.Enum(
                "ja", "en", "ja-simple", name="Lang", native_enum=False, create_constraint=True
            ),
            nullable=False,
            comment="What the patron read when they asked for it",
        ),
        sa.Column(
            "subject",
            sa.String(length=200),
            nullable=False,
            comment="What it is about, without a title",
        ),
        sa.Column("body", sa.String(), nullable=False, comment="What it says, as plain text"),
        sa.Column(
            "message_id",
            sa.String(length=32),
            nullable=False,
            comment="Random: the same however often it is sent",
        ),
        sa.Column("written_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column(
            "sent_at",
            sa.DateTime(),
            nullable=True,
            comment="When it was handed on; empty until then",
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_letter_patron_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    with op.batch_alter_table("letter") as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_written_at"), ["written_at"], unique=False)

    op.create_table(
        "mail_address",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who reads there"),
        sa.Column("place", sa.Integer(), nullable=False, comment="E-mail1 or E-mail2"),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=False,
            comment="The address itself, which no page shows",
        ),
        sa.Column(
            "kind",
            sa.Enum("pc", "mobile", name="AddressKind", native_enum=False, create_constraint=True),
            nullable=False,
            comment="自PC or 携帯電話",
        ),
        sa.Column(
            "confirmed_at",
            sa.DateTime(),
            nullable=True,
            comment="When the patron proved that they read it; empty until then",
        ),
        sa.CheckConstraint("place BETWEEN 1 AND 2", name=op.f("ck_mail_address_place")),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_mail_address_patron_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", "place", name=op.f("pk_mail_address")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("mail_address")
    with op.batch_alter_table("letter") as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_written_at"))
        batch_op.drop_index(batch_op.f("ix_letter_patron_id"))
    op.drop_table("letter")
