"""Where records are found: the same tokens in FTS5 and in a tsvector, written with the records."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, SQLModel

from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.search_entry import COLUMNS, Entry, entry_of
from portal_app.domain.search_tokens import tokens_of

# FTS5 keeps no text of its own (content=''), and forgets a record only when told once
# more what it was told about it. That is what search_source is for.
CREATE = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE IF NOT EXISTS search_entry USING fts5(words,"
            " content='', columnsize=0, prefix='2 3', tokenize=\"ascii tokenchars '+#:.=_-'\")"
        ),
        (
            "CREATE TABLE IF NOT EXISTS search_source"
            " (record_id INTEGER PRIMARY KEY NOT NULL, keys BLOB NOT NULL)"
        ),
    ),
    "postgresql": (
        (
            "CREATE TABLE IF NOT EXISTS search_entry"
            " (record_id INTEGER PRIMARY KEY NOT NULL, words TSVECTOR NOT NULL)"
        ),
        "CREATE INDEX IF NOT EXISTS ix_search_entry_words ON search_entry USING gin (words)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE IF EXISTS search_entry", "DROP TABLE IF EXISTS search_source"),
    "postgresql": ("DROP TABLE IF EXISTS search_entry",),
}
for _moment, _statements in (("after_create", CREATE), ("after_drop", DROP)):
    for _dialect, _statement in ((name, one) for name, some in _statements.items() for one in some):
        _ddl = sa.DDL(_statement).execute_if(dialect=_dialect)
        event.listen(SQLModel.metadata, _moment, _ddl)

# A tsvector knows places up to 16,383. Whatever a column has beyond its share is not
# found, on either database, so that both answer alike.
MOST_TOKENS = 2_000
_AT_ONCE = 500

# Each token begins with the letter of its column. A column of FTS5 or a weight of a tsvector
# would be looked at only after the token: to find no title with 書房 in it, every record of a
# publisher called 書房 would have to be read.
LETTERS = {column: column[0] for column in COLUMNS} | {"facet": ""}

_VALUE, _COLUMN = "\n", "\f"  # no key contains them
_INSERT_SQLITE = "INSERT INTO search_entry (rowid, words) VALUES (?, ?)"
_FORGET_SQLITE = "INSERT INTO search_entry (search_entry, rowid, words) VALUES ('delete', ?, ?)"
_SOURCE_SQLITE = "INSERT OR REPLACE INTO search_source (record_id, keys) VALUES (?, ?)"
_PUT_POSTGRESQL = (
    "INSERT INTO search_entry (record_id, words) VALUES (%s, CAST(%s AS tsvector))"
    " ON CONFLICT (record_id) DO UPDATE SET words = excluded.words"
)


def put(tx: Session, *, records: Sequence[tuple[int, CataloguedRecord]]) -> None:
    """Make these records findable as they are now, and forget what they were before."""
    entries = {record_id: entry_of(record) for record_id, record in records}
    if not entries:
        return
    connection = tx.connection()
    if connection.dialect.name == "postgresql":
        vectors = [(record_id, _vector(entry)) for record_id, entry in entries.items()]
        connection.exec_driver_sql(_PUT_POSTGRESQL, vectors)
        return
    sources = {record_id: _source(entry) for record_id, entry in entries.items()}
    _forget(connection, record_ids=entries)
    connection.exec_driver_sql(
        _SOURCE_SQLITE,
        [(record_id, zlib.compress(source.encode(), 1)) for record_id, source in sources.items()],
    )
    connection.exec_driver_sql(
        _INSERT_SQLITE,
        [(record_id, _words(source)) for record_id, source in sources.items()],
    )


def remove(tx: Session, *, record_ids: Iterable[int]) -> None:
    """Make records unfindable, because they leave the catalogue."""
    connection = tx.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("DELETE FROM search_entry WHERE record_id = ANY(:ids)"),
            {"ids": list(record_ids)},
        )
        return
    _forget(connection, record_ids=record_ids)


def tidy(tx: Session) -> None:
    """Join what many imports have written apart, so that searches read less."""
    if tx.connection().dialect.name == "sqlite":
        tx.connection().exec_driver_sql(
            "INSERT INTO search_entry (search_entry) VALUES ('optimize')"
        )


def _forget(connection: sa.Connection, *, record_ids: Iterable[int]) -> None:
    remaining = iter(record_ids)
    while some := list(islice(remaining, _AT_ONCE)):
        places = ", ".join("?" * len(some))
        known = connection.exec_driver_sql(
            f"SELECT record_id, keys FROM search_source WHERE record_id IN ({places})",  # noqa: S608  only places
            tuple(some),
        ).all()
        if known:
            told = [(number, _words(zlib.decompress(keys).decode())) for number, keys in known]
            connection.exec_driver_sql(_FORGET_SQLITE, told)
            connection.exec_driver_sql(
                "DELETE FROM search_source WHERE record_id = ?", [(number,) for number, _ in known]
            )


def _source(entry: Entry) -> str:
    return _COLUMN.join(_VALUE.join(getattr(entry, column)) for column in COLUMNS)


def _words(source: str) -> str:
    """Return the tokens of a source as FTS5 takes them, with spaces between."""
    columns = zip(COLUMNS, source.split(_COLUMN), strict=True)
    return " ".join(
        chain.from_iterable(
            _tokens(column, values.split(_VALUE) if values else ()) for column, values in columns
        )
    )


def _vector(entry: Entry) -> str:
    """Return an entry as PostgreSQL writes a tsvector: each token with its place."""
    columns = ((column, getattr(entry, column)) for column in COLUMNS)
    tokens = chain.from_iterable(_tokens(column, keys) for column, keys in columns)
    return " ".join(f"'{token}':{place}" for place, token in enumerate(tokens, start=1))


def _tokens(column: str, keys: Iterable[str]) -> Iterator[str]:
    if column == "facet":
        return iter(keys)
    letter = LETTERS[column]
    return islice((letter + token for key in keys for token in tokens_of(key)), MOST_TOKENS)
