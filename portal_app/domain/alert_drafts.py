"""An alert as it is written down: what a form may hold, and what it begins with (K-62, K-67)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from portal_app.domain import search
from portal_app.domain.alert_matching import Condition, Mistake, mistake_in
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.policies import Alerts as Policy
from portal_app.domain.shelves import length_of, tidy_name, tidy_note

LINES = 4
LONGEST_NAME = 50
LONGEST_MEMO = 500
LONGEST_TEXT = 100
# What the columns hold: a character that people see may be written with several.
LONGEST_WRITTEN = 400

_FIELDS = {
    search.Field.TITLE: Field.TITLE,
    search.Field.AUTHOR: Field.AUTHOR,
    search.Field.SUBJECT: Field.SUBJECT,
    search.Field.PUBLISHER: Field.PUBLISHER,
}
_MATCHES = {
    search.Match.CONTAINS: Match.CONTAINS,
    search.Match.STARTS: Match.STARTS,
    search.Match.EQUALS: Match.EQUALS,
}
# Where a search in one box finds most of what it finds.
_ANYWHERE = (Field.TITLE, Field.AUTHOR, Field.SUBJECT)


class Problem(StrEnum):
    """Why an alert is not kept. Each value names its text: ``alerts.problem.<value>``."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    MEMO_TOO_LONG = "memo_too_long"
    NO_CONDITION = "no_condition"
    ONLY_LACKS = "only_lacks"
    TEXT_TOO_LONG = "text_too_long"
    NO_SUCH_NUMBER = "no_such_number"
    TOO_MANY = "too_many"
    NO_SUCH_ALERT = "no_such_alert"
    NOT_OFFERED = "not_offered"


_PROBLEMS = {
    Mistake.NOTHING_ASKED: Problem.NO_CONDITION,
    Mistake.ONLY_LACKS: Problem.ONLY_LACKS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A problem, with the number of the condition and the limit that its text may name."""

    problem: Problem
    number: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An alert as its patron writes it. Lines without a text are not used."""

    name: str = ""
    memo: str = ""
    lines: tuple[Condition, ...] = ()
    titles_max: int

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The lines that say something."""
        return tuple(line for line in self.lines if line.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a form begins with, and whether it asks for something else than the search did."""

    draft: Draft
    differs: bool = False


def tidied(draft: Draft) -> Draft:
    """Return a draft as it is kept: without what is not text."""
    return replace(
        draft,
        name=tidy_name(draft.name),
        memo=tidy_note(draft.memo),
        lines=tuple(replace(line, text=tidy_name(line.text)) for line in draft.lines),
    )


def flaws_of(draft: Draft, *, policy: Policy) -> tuple[Flaw, ...]:
    """Return all that keeps a tidied draft from being registered, in the order of the form."""
    return (*_flaws_of_name(draft), *flaws_of_conditions(draft, policy=policy))


def flaws_of_conditions(draft: Draft, *, policy: Policy) -> tuple[Flaw, ...]:
    """Return what keeps a draft from being tried out, which needs no name."""
    return tuple(_flaws_of_conditions(draft, policy))


def all_lines(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return as many lines as the form has: these, then empty ones for what they do not ask."""
    unused = [field for field in Field if field not in {one.field for one in conditions}]
    fields = [*unused, *[Field.TITLE] * LINES][: LINES - len(conditions)]
    empty = (
        Condition(field=field, match=Match.CONTAINS, text="", connector=Connector.AND)
        for field in fields
    )
    return (*conditions, *empty)


def begun_empty(*, policy: Policy) -> Begun:
    """Return the form as it stands for 新規登録."""
    return Begun(draft=Draft(titles_max=policy.titles))


def begun_from_search(query: search.Query, *, policy: Policy) -> Begun:
    """Return the form for new arrivals of the kind that a search finds (K-67).

    The one box looks in everything. That is three lines here, or the title alone where the
    search asks for more.
    """
    asked = tuple(_asked(query))
    lines = _anywhere(asked[0]) if _is_one_box(asked) else [*_same(asked)]
    texts = (one.text for one in asked if one.connector != search.Connector.NOT)
    return Begun(
        draft=Draft(
            name=next(texts, "")[:LONGEST_NAME].strip(),
            lines=tuple(lines[:LINES]),
            titles_max=policy.titles,
        ),
        differs=not _is_sayable(query, asked),
    )


def begun_from_record(
    *, title: str, authors: Sequence[str], subjects: Sequence[str], policy: Policy
) -> Begun:
    """Return the form for new arrivals by the author of a record, or about its subject (K-67)."""
    lines = [
        Condition(
            field=field, match=Match.CONTAINS, text=tidy_name(texts[0]), connector=Connector.OR
        )
        for field, texts in ((Field.AUTHOR, authors), (Field.SUBJECT, subjects))
        if texts
    ]
    if not lines:
        lines = [
            Condition(field=Field.TITLE, match=Match.CONTAINS, text=title, connector=Connector.AND)
        ]
    draft = Draft(name=lines[0].text[:LONGEST_NAME], lines=tuple(lines), titles_max=policy.titles)
    return Begun(draft=draft)


def _flaws_of_name(draft: Draft) -> Iterator[Flaw]:
    if not draft.name:
        yield Flaw(problem=Problem.NO_NAME)
    elif length_of(draft.name) > LONGEST_NAME or len(draft.name) > LONGEST_WRITTEN:
        yield Flaw(problem=Problem.NAME_TOO_LONG, limit=LONGEST_NAME)
    if len(draft.memo) > LONGEST_MEMO:
        yield Flaw(problem=Problem.MEMO_TOO_LONG, limit=LONGEST_MEMO)


def _flaws_of_conditions(draft: Draft, policy: Policy) -> Iterator[Flaw]:
    if mistake := mistake_in(draft.conditions):
        yield Flaw(problem=_PROBLEMS[mistake])
    for number, line in enumerate(draft.lines, start=1):
        if length_of(line.text) > LONGEST_TEXT or len(line.text) > LONGEST_WRITTEN:
            yield Flaw(problem=Problem.TEXT_TOO_LONG, number=number, limit=LONGEST_TEXT)
    if draft.titles_max not in policy.titles_choices:
        yield Flaw(problem=Problem.NO_SUCH_NUMBER)


def _asked(query: search.Query) -> Iterator[search.Condition]:
    if query.words:
        yield search.Condition(text=query.words)
    yield from query.conditions


def _is_one_box(asked: Sequence[search.Condition]) -> bool:
    return (
        len(asked) == 1
        and asked[0].field == search.Field.ANY
        and asked[0].connector != search.Connector.NOT
    )


def _anywhere(asked: search.Condition) -> list[Condition]:
    match = _MATCHES[asked.match]
    return [
        Condition(field=field, match=match, text=asked.text, connector=Connector.OR)
        for field in _ANYWHERE
    ]


def _same(asked: Sequence[search.Condition]) -> Iterator[Condition]:
    """Yield the lines that ask for the same, without what no line can ask for."""
    for one in asked:
        if _is_line(one):
            is_not = one.connector == search.Connector.NOT
            yield Condition(
                field=_FIELDS.get(one.field, Field.TITLE),
                match=Match.LACKS if is_not else _MATCHES[one.match],
                text=one.text,
                connector=Connector.OR if one.connector == search.Connector.OR else Connector.AND,
            )


def _is_line(asked: search.Condition) -> bool:
    if asked.connector == search.Connector.NOT and asked.match != search.Match.CONTAINS:
        return False
    return asked.field in search.WORDED


def _is_sayable(query: search.Query, asked: Sequence[search.Condition]) -> bool:
    """Return whether an alert can ask for what a search asks for.

    A search joins from the first to the last; in an alert かつ comes before または.
    """
    if _is_one_box(asked):
        is_same = len(search.words_of(asked[0].text)) == 1
    else:
        joined = [one.connector for one in asked[1:]]
        first_or = joined.index(search.Connector.OR) if search.Connector.OR in joined else LINES
        is_same = (
            all(_is_line(one) and one.field != search.Field.ANY for one in asked)
            and len(asked) <= LINES
            and all(one == search.Connector.OR for one in joined[first_or:])
        )
    return is_same and _limits_of(query) <= {"q"}


def _limits_of(query: search.Query) -> set[str]:
    """Return by which parts of its address a search is limited, beside its conditions."""
    bare = search.Query(conditions=query.conditions, sort=query.sort, page_size=query.page_size)
    unpaged = replace(query, page=1)
    return search.to_params(unpaged).keys() - search.to_params(bare).keys()
