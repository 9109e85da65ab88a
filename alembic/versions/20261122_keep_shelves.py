"""Keep shelves with their books, and records that have left the catalogue for whoever has them.

Revision ID: 20261122_shelves
Revises: 20261122_answers
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_shelves"
down_revision = "20261122_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column(
        "bibliographic_record",
        sa.Column(
            "left_on",
            sa.Date(),
            nullable=True,
            comment="When it left the catalogue; kept for whoever has it on a shelf",
        ),
    )
    _create_shelves()
    _create_books()


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("shelf_book", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelf_book_removed_at"))
        batch_op.drop_index(batch_op.f("ix_shelf_book_record_id"))
    op.drop_table("shelf_book")
    with op.batch_alter_table("shelf", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelf_deleted_at"))
    op.drop_table("shelf")
    op.drop_column("bibliographic_record", "left_on")


def _create_shelves() -> None:
    op.create_table(
        "shelf",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose shelf"),
        sa.Column(
            "id",
            sa.String(length=36),
            nullable=False,
            comment="The UUID that the device gave it",
        ),
        sa.Column(
            "name",
            sa.String(length=400),
            nullable=False,
            comment="As the patron calls it; two may have the same",
        ),
        sa.Column(
            "rank",
            sa.Integer(),
            nullable=False,
            comment="Where it stands in the patron's own order",
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="When it was made"),
        sa.Column(
            "deleted_at",
            sa.DateTime(),
            nullable=True,
            comment="When it was deleted; it can be brought back for a while",
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_shelf_patron_id")),
        sa.PrimaryKeyConstraint("patron_id", "id", name=op.f("pk_shelf")),
    )
    with op.batch_alter_table("shelf", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelf_deleted_at"), ["deleted_at"], unique=False)


def _create_books() -> None:
    op.create_table(
        "shelf_book",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose shelf"),
        sa.Column("shelf_id", sa.String(length=36), nullable=False, comment="Which shelf"),
        sa.Column(
            "record_id",
            sa.Integer(),
            nullable=False,
            comment="Which record; one that has left the catalogue stays",
        ),
        sa.Column("added_at", sa.DateTime(), nullable=False, comment="When it was put there"),
        sa.Column(
            "rank",
            sa.Integer(),
            nullable=False,
            comment="Where it stands in the patron's own order",
        ),
        sa.Column(
            "note", sa.String(), nullable=False, comment="What the patron has written about it"
        ),
        sa.Column(
            "is_read",
            sa.Boolean(),
            nullable=False,
            comment="Whether the patron has marked it as read",
        ),
        sa.Column(
            "removed_at",
            sa.DateTime(),
            nullable=True,
            comment="When it was taken off; it is forgotten after a while",
        ),
        sa.ForeignKeyConstraint(
            ["patron_id", "shelf_id"],
            ["shelf.patron_id", "shelf.id"],
            name=op.f("fk_shelf_book_patron_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["bibliographic_record.id"], name=op.f("fk_shelf_book_record_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", "shelf_id", "record_id", name=op.f("pk_shelf_book")),
    )
    with op.batch_alter_table("shelf_book", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelf_book_record_id"), ["record_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelf_book_removed_at"), ["removed_at"], unique=False)
