"""What the index answers: the numbers of the records for which a term holds."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from portal_app.data.search_index import LETTERS
from portal_app.data.statements import Statements
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
_FOUND = {
    "sqlite": "SELECT rowid FROM search_entry WHERE search_entry MATCH ?",
    "postgresql": "SELECT record_id FROM search_entry WHERE words @@ CAST(%s AS tsquery)",
}
_COUNT = {
    kind: f"SELECT count(*) FROM ({found} LIMIT {place}) AS found"  # noqa: S608  all ours
    for (kind, found), place in zip(_FOUND.items(), ("?", "%s"), strict=True)
}
_LATEST = {
    "sqlite": f"{_FOUND['sqlite']} ORDER BY rowid DESC LIMIT ?",
    "postgresql": f"{_FOUND['postgresql']} ORDER BY record_id DESC LIMIT %s",
}


def count(tx: Session, *, term: Term, limit: int) -> int:
    """Return for how many records a term holds, counting no further than the limit."""
    statements = Statements(tx)
    kind = statements.kind
    ((number,),) = statements.rows(_COUNT[kind], (written(term, kind), limit))
    return number


def best(tx: Session, *, tiers: Iterable[Term], limit: int) -> list[int]:
    """Return the first records: the better tiers first, in each the latest in the catalogue.

    The latest first is how the index finds, so that nothing has to be weighed and sorted.
    """
    if not limit:
        return []
    statements = Statements(tx)
    kind = statements.kind
    ranked: dict[int, None] = {}
    for term in tiers:
        rows = statements.rows(_LATEST[kind], (written(term, kind), limit))
        ranked |= dict.fromkeys(number for (number,) in rows)
        if len(ranked) >= limit:
            break
    return list(ranked)[:limit]


def in_order(tx: Session, *, term: Term, sort: Sort, limit: int) -> list[int]:
    """Return the first records for which a term holds, by year, title or author."""
    if not limit:
        return []
    statements = Statements(tx)
    kind = statements.kind
    order = _ORDERS[sort].format(c="" if kind == "sqlite" else ' COLLATE "C"')
    # A plus keeps SQLite from starting at the ids.
    is_many = kind == "sqlite" and count(tx, term=term, limit=FEW + 1) > FEW
    sql = (
        f"SELECT id FROM bibliographic_record WHERE {'+' if is_many else ''}id IN"  # noqa: S608  all ours
        f" ({_FOUND[kind]}) ORDER BY {order} LIMIT {limit:d}"
    )
    return [number for (number,) in statements.rows(sql, (written(term, kind),))]


def written(term: Term, kind: str) -> str:
    """Return a term as a kind of database reads it."""
    return fts5(term) if kind == "sqlite" else tsquery(term)


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
