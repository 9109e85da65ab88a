"""Let a library add languages: which there are is in files, no longer in the database.

Revision ID: 20261129_languages
Revises: 20261129_showing
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_languages"
down_revision = "20261129_showing"
branch_labels = None
depends_on = None

TABLES = ("patron", "letter", "push_subscription")
OF_ENUM = sa.Enum("ja", "en", "ja-simple", name="Lang", native_enum=False, create_constraint=True)


def upgrade() -> None:
    """Go forward."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_Lang"), type_="check")
            batch_op.alter_column("language", type_=sa.String(35), existing_nullable=False)


def downgrade() -> None:
    """Go back: whoever reads another language reads Japanese."""
    for table in TABLES:
        op.execute(
            f"UPDATE {table} SET language = 'ja' WHERE language NOT IN ('ja', 'en', 'ja-simple')"  # noqa: S608
        )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(
                "language", type_=OF_ENUM, existing_type=sa.String(35), existing_nullable=False
            )
