"""The ten classes of the NDC and the picture books, as a child looks for them (G-01)."""

from enum import StrEnum

from portal_app.domain.catalogue import Audience
from portal_app.domain.search import Condition, Connector, Field, Match, Query


class Topic(StrEnum):
    """What books of one class are about."""

    PICTURE_BOOKS = "picture_books"
    STORIES = "stories"
    NATURE = "nature"
    MACHINES = "machines"
    WORK = "work"
    ARTS = "arts"
    LANGUAGES = "languages"
    LOOKING_UP = "looking_up"
    THINKING = "thinking"
    HISTORY = "history"
    SOCIETY = "society"


# Number 726.6 of the NDC; where the number is only the mark of the shelf, that is E.
_PICTURE_BOOKS = "726.6"
_PICTURE_BOOK_MARK = "E"

NUMBERS = {
    Topic.LOOKING_UP: "0",
    Topic.THINKING: "1",
    Topic.HISTORY: "2",
    Topic.SOCIETY: "3",
    Topic.NATURE: "4",
    Topic.MACHINES: "5",
    Topic.WORK: "6",
    Topic.ARTS: "7",
    Topic.LANGUAGES: "8",
    Topic.STORIES: "9",
}


def search_for(topic: Topic) -> Query:
    """Return the search for children's books of a topic."""
    return Query(conditions=_conditions(topic), audience=Audience.CHILDREN)


def topic_of(query: Query) -> Topic | None:
    """Return the topic that a search asks for, whatever else it asks."""
    return next((one for one in Topic if _conditions(one) == query.conditions), None)


def _conditions(topic: Topic) -> tuple[Condition, ...]:
    if topic is Topic.PICTURE_BOOKS:
        return (
            _begins_with(_PICTURE_BOOKS),
            Condition(
                text=_PICTURE_BOOK_MARK,
                field=Field.NDC,
                match=Match.EQUALS,
                connector=Connector.OR,
            ),
        )
    whole = _begins_with(NUMBERS[topic])
    # Among children's books most of class 7 would be picture books.
    pictures = _begins_with(_PICTURE_BOOKS, connector=Connector.NOT)
    return (whole, pictures) if topic is Topic.ARTS else (whole,)


def _begins_with(number: str, *, connector: Connector = Connector.AND) -> Condition:
    return Condition(text=number, field=Field.NDC, match=Match.STARTS, connector=connector)
