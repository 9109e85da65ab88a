"""What the index answers: the numbers of the records for which a term holds."""

from collections.abc import Iterator

from sqlmodel import Session

from portal_app.data.search_index import LETTERS
from portal_app.domain.search import Sort
from portal_app.domain.search_terms import All, Any, Found, Term, Without
from portal_app.domain.search_tokens import Phrase

# So many records are fetched and put in order. Where more are found, it is faster to
# go through the whole catalogue in that order and stop when the pages are full.
FEW = 20_000

_ORDERS = {
    Sort.NEWEST: "published_year DESC NULLS LAST, id DESC",
    Sort.OLDEST: "published_year ASC NULLS LAST, id DESC",
    Sort.TITLE: "title_sort{c}, id",
    Sort.AUTHOR: "author_sort{c}, title_sort{c}, id",
}
_LATEST_SQLITE = (
    "SELECT rowid FROM search_entry WHERE search_entry MATCH ? ORDER BY rowid DESC LIMIT ?"
)
_LATEST_POSTGRESQL = (
    "SELECT record_id FROM search_entry WHERE words @@ CAST(%s AS tsquery)"
    " ORDER BY record_id DESC LIMIT %s"
)


def latest(tx: Session, *, term: Term, limit: int) -> list[int]:
    """Return the records for which a term holds, the latest in the catalogue first."""
    connection = tx.connection()
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(_LATEST_SQLITE, (fts5(term), limit))
    else:
        found = connection.exec_driver_sql(_LATEST_POSTGRESQL, (tsquery(term), limit))
    return [number for (number,) in found]


def in_order(tx: Session, *, term: Term, sort: Sort, limit: int) -> list[int]:
    """Return the records for which a term holds, by year, title or author."""
    connection = tx.connection()
    if connection.dialect.name == "postgresql":
        order = _ORDERS[sort].format(c=' COLLATE "C"')
        sql = (
            "SELECT id FROM bibliographic_record JOIN search_entry ON record_id = id"  # noqa: S608  one of ours
            f" WHERE words @@ CAST(%s AS tsquery) ORDER BY {order} LIMIT %s"
        )
        return [number for (number,) in connection.exec_driver_sql(sql, (tsquery(term), limit))]
    order = _ORDERS[sort].format(c="")
    pool = latest(tx, term=term, limit=FEW + 1)
    is_few = len(pool) <= FEW
    source = "id" if is_few else "+id"  # a plus keeps SQLite from starting at the ids
    sql = (
        f"SELECT id FROM bibliographic_record WHERE {source} IN"  # noqa: S608  one of ours
        " (SELECT rowid FROM search_entry WHERE search_entry MATCH ?)"
        f" ORDER BY {order} LIMIT ?"
    )
    return [number for (number,) in connection.exec_driver_sql(sql, (fts5(term), limit))]


def fts5(term: Term) -> str:
    """Return a term as FTS5 reads it."""
    match term:
        case Found(columns=columns, phrase=phrase):
            tail = " *" if phrase.is_open else ""
            return " OR ".join(f'"{" ".join(tokens)}"{tail}' for tokens in _tokens(columns, phrase))
        case All(terms=terms):
            return " AND ".join(f"({fts5(one)})" for one in terms)
        case Any(terms=terms):
            return " OR ".join(f"({fts5(one)})" for one in terms)
        case Without(kept=kept, dropped=dropped):
            return f"({fts5(kept)}) NOT ({fts5(dropped)})"


def tsquery(term: Term) -> str:
    """Return a term as PostgreSQL reads it."""
    match term:
        case Found(columns=columns, phrase=phrase):
            tail = ":*" if phrase.is_open else ""
            return " | ".join(
                " <-> ".join(f"'{token}'" for token in tokens) + tail
                for tokens in _tokens(columns, phrase)
            )
        case All(terms=terms):
            return " & ".join(f"({tsquery(one)})" for one in terms)
        case Any(terms=terms):
            return " | ".join(f"({tsquery(one)})" for one in terms)
        case Without(kept=kept, dropped=dropped):
            return f"({tsquery(kept)}) & !({tsquery(dropped)})"


def _tokens(columns: tuple[str, ...], phrase: Phrase) -> Iterator[list[str]]:
    """Yield the tokens of a phrase as each column has them."""
    return ([LETTERS[column] + token for token in phrase.tokens] for column in columns)
