"""What the index answers: the numbers of the records for which a term holds."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from portal_app.data.search_index import LETTERS
from portal_app.data.statements import kind_of, place_in, rows_of
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
_NUMBER = {"sqlite": "rowid", "postgresql": "record_id"}

# Where so few were found, asking of each whether it is of a better tier costs less than
# asking the whole catalogue.
_FEW_TO_ASK = 50


def hits(tx: Session, *, term: Term, limit: int) -> list[int]:
    """Return records for which a term holds, in the order that costs least."""
    kind = kind_of(tx)
    sql = f"{_FOUND[kind]} LIMIT {place_in(tx)}"
    return [number for (number,) in rows_of(tx, sql, (written(term, kind), limit))]


def best(
    tx: Session, *, tiers: Sequence[Term], everything: Sequence[int] | None, limit: int
) -> list[int]:
    """Return the first records: the better tiers first, in each the latest in the catalogue.

    The latest first is how the index finds, so that nothing has to be weighed and sorted.
    ``everything`` holds all that the last tier finds, where that is known.
    """
    ranked: dict[int, None] = {}
    for term in tiers if everything is None else tiers[:-1]:
        if len(ranked) >= limit:
            break
        ranked |= dict.fromkeys(_latest(tx, term, everything, limit))
    if everything is not None:
        ranked |= dict.fromkeys(sorted(everything, reverse=True))
    return list(ranked)[:limit]


def _latest(tx: Session, term: Term, everything: Sequence[int] | None, limit: int) -> Iterator[int]:
    kind, place = kind_of(tx), place_in(tx)
    number = _NUMBER[kind]
    among: Sequence[int] = ()
    sql = _FOUND[kind]
    if everything is not None and len(everything) <= _FEW_TO_ASK:
        among = everything
        sql += f" AND {number} IN ({', '.join([place] * len(among))})"
    sql += f" ORDER BY {number} DESC LIMIT {place}"
    return (one for (one,) in rows_of(tx, sql, (written(term, kind), *among, limit)))


def in_order(tx: Session, *, term: Term, sort: Sort, limit: int) -> list[int]:
    """Return the first records for which a term holds, by year, title or author."""
    kind = kind_of(tx)
    order = _ORDERS[sort].format(c="" if kind == "sqlite" else ' COLLATE "C"')
    # A plus keeps SQLite from starting at the ids.
    is_many = kind == "sqlite" and len(hits(tx, term=term, limit=FEW + 1)) > FEW
    sql = (
        f"SELECT id FROM bibliographic_record WHERE {'+' if is_many else ''}id IN"  # noqa: S608  all ours
        f" ({_FOUND[kind]}) ORDER BY {order} LIMIT {limit:d}"
    )
    return [number for (number,) in rows_of(tx, sql, (written(term, kind),))]


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
