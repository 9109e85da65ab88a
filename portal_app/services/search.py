"""Finding records: a page of results, what stands beside a result, and how many of each kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sqlmodel import Session, col, select

from portal_app.data.database import reading
from portal_app.data.readings import Readings, readings
from portal_app.data.search_lookup import best, count, in_order
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Branch
from portal_app.domain.catalogue import Audience, MaterialClass
from portal_app.domain.highlights import Segment, pattern_of, segments
from portal_app.domain.search import (
    MOST_RESULTS,
    Problem,
    Query,
    Sort,
    looked_for,
)
from portal_app.domain.search_terms import better_tiers_of, everything_of, likeness_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A result. ``position`` counts from one through all pages.

    Only a search for children's books says how they are read.
    """

    position: int
    record: Summary
    title: tuple[Segment, ...]
    line: tuple[Segment, ...]
    readings: Readings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are: exactly, or at least so many (「1,000 件以上」)."""

    number: int = 0
    is_at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of results. ``are_alike`` says that only readings without 濁点 agreed."""

    rows: tuple[Row, ...] = ()
    count: Count = Count()
    page: int = 1
    pages: int = 0
    are_alike: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What 前へ and 次へ lead to, and 「N件中、M件目」 (K-22)."""

    position: int
    count: Count
    previous: int | None = None
    following: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many results a filter would leave."""

    value: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Material classes and branches, each as if it alone were chosen."""

    materials: tuple[Facet, ...] = ()
    branches: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    record_ids: Sequence[int] = ()
    count: Count = Count()
    are_alike: bool = False


@reading
def find(tx: Session, *, query: Query) -> Results:
    """Return the page of results that a query asks for, or the last one when there are fewer."""
    found = _found(tx, query, until=query.page * query.page_size)
    pages = -(-found.count.number // query.page_size)
    page = max(1, min(query.page, pages))
    first = (page - 1) * query.page_size
    shown = found.record_ids[first : first + query.page_size]
    records = summaries(tx, record_ids=shown) if shown else {}
    is_for_children = query.audience is Audience.CHILDREN
    read = readings(tx, record_ids=shown) if is_for_children else {}
    pattern = pattern_of(looked_for(query))
    rows = [
        Row(
            position=position,
            record=records[record_id],
            title=segments(records[record_id].title, pattern),
            line=segments(records[record_id].line, pattern),
            readings=read.get(record_id),
        )
        for position, record_id in enumerate(shown, start=first + 1)
    ]
    beyond = (Problem.NO_SUCH_PAGE,) if page < query.page else ()
    return Results(
        rows=tuple(rows),
        count=found.count,
        page=page,
        pages=pages,
        are_alike=found.are_alike,
        problems=tuple(dict.fromkeys((*query.problems, *beyond))),
    )


@reading
def neighbours(tx: Session, *, query: Query, position: int) -> Neighbours:
    """Return what stands before and after the result at a position, counted from one."""
    position = max(1, min(position, MOST_RESULTS))
    found = _found(tx, query, until=position + 1)
    at = dict(enumerate(found.record_ids, start=1))
    return Neighbours(
        position=position,
        count=found.count,
        previous=at.get(position - 1),
        following=at.get(position + 1),
    )


@reading
def facets(tx: Session, *, query: Query) -> Facets:
    """Return how many results each material class and each branch has."""
    branches = tx.exec(select(Branch.code).order_by(col(Branch.position)).limit(100)).all()
    return Facets(
        materials=_facets(
            tx, ((one.value, replace(query, materials=(one,))) for one in MaterialClass)
        ),
        branches=_facets(tx, ((code, replace(query, branches=(code,))) for code in branches)),
    )


def _facets(tx: Session, choices: Iterable[tuple[str, Query]]) -> tuple[Facet, ...]:
    return tuple(
        Facet(value=value, count=_found(tx, chosen, until=0).count) for value, chosen in choices
    )


def _found(tx: Session, query: Query, *, until: int) -> _Found:
    """Return the first results in their order, and the count of all."""
    everything = None if Problem.TOO_LONG in query.problems else everything_of(query)
    if everything is None:
        return _Found()
    better = better_tiers_of(query)
    number = count(tx, term=everything, limit=MOST_RESULTS + 1)
    are_alike = False
    if not number and (likeness := likeness_of(query)) is not None:
        everything, better = likeness, iter(())
        number = count(tx, term=everything, limit=MOST_RESULTS + 1)
        are_alike = number > 0
    until = min(until, number, MOST_RESULTS)
    if query.sort == Sort.RELEVANCE:
        record_ids = best(tx, tiers=chain(better, [everything]), limit=until)
    else:
        record_ids = in_order(tx, term=everything, sort=query.sort, limit=until)
    return _Found(
        record_ids=record_ids,
        count=Count(number=min(number, MOST_RESULTS), is_at_least=number > MOST_RESULTS),
        are_alike=are_alike,
    )
