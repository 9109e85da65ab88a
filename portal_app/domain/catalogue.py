"""What a bibliographic record and its items are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MaterialClass(StrEnum):
    """What kind of thing a record describes (G-04, G-21). Limits may differ by it."""

    BOOK = "book"
    MAGAZINE = "magazine"
    CD = "cd"
    DVD = "dvd"
    OTHER = "other"


class Audience(StrEnum):
    """Whom the library keeps a record for (the column 区分 of G-22)."""

    GENERAL = "general"
    YOUNG_ADULT = "young_adult"
    CHILDREN = "children"


class IdentifierKind(StrEnum):
    """Who gave a number to a record."""

    ISBN = "isbn"
    ISSN = "issn"
    JPNO = "jpno"
    OTHER = "other"


class ItemState(StrEnum):
    """Where an item is when nobody has it on loan."""

    ON_SHELF = "on_shelf"
    IN_TRANSIT = "in_transit"
    ON_HOLD_SHELF = "on_hold_shelf"
    IN_REPAIR = "in_repair"
    MISSING = "missing"


class Availability(StrEnum):
    """What a patron needs to know about a record or an item (the badge of K-22)."""

    AVAILABLE = "available"
    ON_LOAN = "on_loan"
    ON_HOLD_SHELF = "on_hold_shelf"
    IN_TRANSIT = "in_transit"
    IN_LIBRARY_USE = "in_library_use"
    UNAVAILABLE = "unavailable"
    NO_ITEMS = "no_items"
    NOT_IN_CATALOGUE = "not_in_catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Creator:
    """A person or body that made a work, with what they did (K-23)."""

    name: str
    reading: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number of a record, as written but without hyphens; ISBN always with 13 digits."""

    kind: IdentifierKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A place in a classification: ``scheme`` is for example ``ndc10`` or ``ndlc``."""

    scheme: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguedItem:
    """One copy, as a file of records describes it."""

    barcode: str
    branch: str
    place: str = ""
    call_number: str = ""
    for_loan: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguedRecord:
    """A bibliographic record as it comes from outside, before the database has seen it.

    ``key`` names the record for ever: a later import with the same key updates it.
    ``published_on`` is what the record prints (``1981.11``), ``published_year`` what it means.
    """

    key: str
    title: str
    title_reading: str = ""
    volume: str = ""
    series: str = ""
    series_reading: str = ""
    series_volume: str = ""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    published_on: str = ""
    published_year: int | None = None
    classifications: tuple[Classification, ...] = ()
    subjects: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    material: MaterialClass = MaterialClass.BOOK
    audience: Audience = Audience.GENERAL
    language: str = ""
    extent: str = ""
    notes: tuple[str, ...] = ()
    items: tuple[CataloguedItem, ...] = ()


def bibliographic_line(
    *, people: Iterable[str], publisher: str, published_on: str, call_number: str
) -> str:
    """Return the line of K-23: ``やなせ たかし / 作・絵 -- フレーベル館 -- 1981.11 -- E``."""
    parts = (", ".join(people), publisher, published_on, call_number)
    return " -- ".join(filter(None, parts))


def credit(name: str, role: str) -> str:
    """Return how a creator is named in the line: ``やなせ たかし / 作・絵``."""
    return f"{name} / {role}" if role else name
