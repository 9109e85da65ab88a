"""Find records by overlapping threes.

Revision ID: 20261122_find
Revises: 20261122_start
"""

from alembic import op

revision = "20261122_find"
down_revision = "20261122_start"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward: FTS5 without a text of its own on SQLite, a tsvector on PostgreSQL."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_entry USING fts5(words,"
            " content='', columnsize=0, prefix='2 3', tokenize=\"ascii tokenchars '+#:.=_-'\")"
        )
        op.execute(
            "CREATE TABLE search_source"
            " (record_id INTEGER PRIMARY KEY NOT NULL, keys BLOB NOT NULL)"
        )
        return
    op.execute(
        "CREATE TABLE search_entry"
        " (record_id INTEGER PRIMARY KEY NOT NULL, words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (words)")


def downgrade() -> None:
    """Go back."""
    op.execute("DROP TABLE search_entry")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_source")
