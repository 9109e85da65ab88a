"""What a patron searches for: the form and the address of every search."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from portal_app.domain.catalogue import Audience, MaterialClass

# Counts end here (「1,000 件以上」), and so do pages.
MOST_RESULTS = 1_000
PAGE_SIZES = (10, 20, 50, 100)
PAGE_SIZE = 20
MOST_CONDITIONS = 6
LONGEST_TEXT = 200
MOST_WORDS = 20
LATEST_YEAR = 2999

_BRANCH = re.compile(r"[a-z][a-z0-9_-]{0,15}")
_WORDS = re.compile(r"\"([^\"]+)\"|(\S+)")

Member = TypeVar("Member", bound=StrEnum)


class Field(StrEnum):
    """Where a condition looks (K-20)."""

    ANY = "any"
    TITLE = "title"
    AUTHOR = "author"
    SUBJECT = "subject"
    PUBLISHER = "publisher"
    ISBN = "isbn"
    NDC = "ndc"


WORDED = frozenset({Field.ANY, Field.TITLE, Field.AUTHOR, Field.SUBJECT, Field.PUBLISHER})


class Match(StrEnum):
    """How a condition compares."""

    CONTAINS = "contains"
    STARTS = "starts"
    EQUALS = "equals"


class Connector(StrEnum):
    """How a condition joins the ones before it."""

    AND = "and"
    OR = "or"
    NOT = "not"


class Sort(StrEnum):
    """In which order results are shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    AUTHOR = "author"


class Problem(StrEnum):
    """What is wrong with a search, as a page can say it. The rest of the search still holds."""

    TOO_LONG = "too_long"
    NO_SUCH_PAGE = "no_such_page"
    NO_SUCH_PAGE_SIZE = "no_such_page_size"
    NO_SUCH_SORT = "no_such_sort"
    NO_SUCH_CLASS = "no_such_class"
    NO_SUCH_BRANCH = "no_such_branch"
    NO_SUCH_AUDIENCE = "no_such_audience"
    NO_SUCH_CONDITION = "no_such_condition"
    NOT_A_YEAR = "not_a_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A line of the advanced search."""

    text: str
    field: Field = Field.ANY
    match: Match = Match.CONTAINS
    connector: Connector = Connector.AND


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Everything a search depends on. Conditions are joined from the first to the last."""

    words: str = ""
    conditions: tuple[Condition, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    materials: tuple[MaterialClass, ...] = ()
    branches: tuple[str, ...] = ()
    audience: Audience | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    problems: tuple[Problem, ...] = ()

    @property
    def asks_for_something(self) -> bool:
        """False for the empty form, which is no search."""
        bare = replace(self, sort=Sort.RELEVANCE, page=1, page_size=PAGE_SIZE, problems=())
        return bare != Query()

    @property
    def pages(self) -> int:
        """How many pages there can be at most."""
        return MOST_RESULTS // self.page_size


def parse(params: Mapping[str, str]) -> Query:
    """Return the search that an address asks for. What cannot be understood becomes a problem."""
    found: list[Problem] = []
    year_from = _year(params.get("year_from", ""), found)
    year_to = _year(params.get("year_to", ""), found)
    if year_from is not None and year_to is not None and year_from > year_to:
        year_from, year_to = year_to, year_from
    query = Query(
        words=_text(params.get("q", ""), found),
        conditions=tuple(_conditions(params, found)),
        year_from=year_from,
        year_to=year_to,
        materials=tuple(_materials(params.get("class", ""), found)),
        branches=tuple(_branches(params.get("branch", ""), found)),
        audience=_member(Audience, params.get("audience", ""), found, Problem.NO_SUCH_AUDIENCE),
        sort=_member(Sort, params.get("sort", ""), found, Problem.NO_SUCH_SORT) or Sort.RELEVANCE,
        page_size=_page_size(params.get("size", ""), found),
    )
    page = _page(params.get("page", ""), query.pages, found)
    return replace(query, page=page, problems=tuple(dict.fromkeys(found)))


def to_params(query: Query) -> dict[str, str]:
    """Return the address of a search: only what differs from an empty one."""
    params = {
        "q": query.words,
        "year_from": _written(query.year_from),
        "year_to": _written(query.year_to),
        "class": ",".join(query.materials),
        "branch": ",".join(query.branches),
        "audience": query.audience or "",
        "sort": "" if query.sort == Sort.RELEVANCE else query.sort,
        "page": "" if query.page == 1 else str(query.page),
        "size": "" if query.page_size == PAGE_SIZE else str(query.page_size),
    }
    for number, condition in enumerate(query.conditions, start=1):
        params |= {
            f"c{number}": "" if condition.connector == Connector.AND else condition.connector,
            f"f{number}": "" if condition.field == Field.ANY else condition.field,
            f"m{number}": "" if condition.match == Match.CONTAINS else condition.match,
            f"t{number}": condition.text,
        }
    return {name: str(value) for name, value in params.items() if value}


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a search, each of which a record must have. A quoted phrase is one."""
    written = unicodedata.normalize("NFKC", text).replace("“", '"').replace("”", '"')
    return tuple(quoted or word for quoted, word in _WORDS.findall(written))


def looked_for(query: Query) -> tuple[str, ...]:
    """Return the words to mark in what was found."""
    texts = [query.words, *(one.text for one in query.conditions if one.field in WORDED)]
    return tuple(word for text in texts for word in words_of(text))


def _text(written: str, found: list[Problem]) -> str:
    # NUL and its kin cannot be stored, shown or searched for.
    text = "".join(one if one.isprintable() else " " for one in written[: LONGEST_TEXT + 1]).strip()
    if len(written) > LONGEST_TEXT or len(words_of(text)) > MOST_WORDS:
        found.append(Problem.TOO_LONG)
        return ""
    return text


def _conditions(params: Mapping[str, str], found: list[Problem]) -> Iterator[Condition]:
    for number in range(1, MOST_CONDITIONS + 1):
        text = _text(params.get(f"t{number}", ""), found)
        field = _member(Field, params.get(f"f{number}", ""), found, Problem.NO_SUCH_CONDITION)
        match = _member(Match, params.get(f"m{number}", ""), found, Problem.NO_SUCH_CONDITION)
        connector = _member(
            Connector, params.get(f"c{number}", ""), found, Problem.NO_SUCH_CONDITION
        )
        if text:
            yield Condition(
                text=text,
                field=field or Field.ANY,
                match=match or Match.CONTAINS,
                connector=connector or Connector.AND,
            )


def _member(
    kind: type[Member], written: str, found: list[Problem], problem: Problem
) -> Member | None:
    try:
        return kind(written) if written else None
    except ValueError:
        found.append(problem)
        return None


def _materials(written: str, found: list[Problem]) -> Iterator[MaterialClass]:
    for word in dict.fromkeys(filter(None, written.split(","))):
        if material := _member(MaterialClass, word, found, Problem.NO_SUCH_CLASS):
            yield material


def _branches(written: str, found: list[Problem]) -> Iterator[str]:
    for word in dict.fromkeys(filter(None, written.split(","))):
        if _BRANCH.fullmatch(word):
            yield word
        else:
            found.append(Problem.NO_SUCH_BRANCH)


def _number(written: str) -> int | None:
    digits = unicodedata.normalize("NFKC", written).strip()
    # Longer numbers are no page and no year, and int() refuses very long ones.
    return int(digits) if digits.isdecimal() and len(digits) <= len(str(LATEST_YEAR)) else None


def _year(written: str, found: list[Problem]) -> int | None:
    if not written.strip():
        return None
    year = _number(written)
    if year is None or not 1 <= year <= LATEST_YEAR:
        found.append(Problem.NOT_A_YEAR)
        return None
    return year


def _page_size(written: str, found: list[Problem]) -> int:
    if not written:
        return PAGE_SIZE
    size = _number(written)
    if size not in PAGE_SIZES:
        found.append(Problem.NO_SUCH_PAGE_SIZE)
        return PAGE_SIZE
    return size


def _page(written: str, pages: int, found: list[Problem]) -> int:
    if not written:
        return 1
    page = _number(written)
    if page is None or not 1 <= page <= pages:
        found.append(Problem.NO_SUCH_PAGE)
        return 1
    return page


def _written(year: int | None) -> str:
    return "" if year is None else str(year)
