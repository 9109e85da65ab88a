"""Keep the links by which patrons share shelves, without the secret that is in them.

Revision ID: 20261122_shelf_links
Revises: 20261122_shelves
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_shelf_links"
down_revision = "20261122_shelves"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "shelf_link",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose shelf"),
        sa.Column("shelf_id", sa.String(length=36), nullable=False, comment="Which shelf"),
        sa.Column(
            "nonce", sa.String(length=64), nullable=False, comment="Makes every link another one"
        ),
        sa.Column(
            "secret_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the secret in the link",
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="When it was made"),
        sa.ForeignKeyConstraint(
            ["patron_id", "shelf_id"],
            ["shelf.patron_id", "shelf.id"],
            name=op.f("fk_shelf_link_patron_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("patron_id", "shelf_id", name=op.f("pk_shelf_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_shelf_link_secret_hash")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("shelf_link")
