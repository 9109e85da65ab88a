"""The demonstration library as it is written down: real works, and people made up for it."""

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import count, cycle, islice

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt

from portal_app.domain.alerts import Field, Match
from portal_app.domain.catalogue import (
    Audience,
    CataloguedItem,
    CataloguedRecord,
    Classification,
    Creator,
    Identifier,
    IdentifierKind,
    MaterialClass,
)
from portal_app.domain.holds import HoldState
from portal_app.domain.mail import AddressKind
from portal_app.domain.policies import ContactMethod

KINDS = (
    "novels", "translations", "non_fiction", "children", "local",
    "english", "magazines", "music", "film",
)  # fmt: skip
KEY = "demonstration:"
NDC = "ndc10"
READERS_BIRTH = dt.date(1980, 1, 1)


class Written(BaseModel):
    """A part of cast.toml: a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LoanStory(Written):
    """What somebody has at home. Days are counted from the day the library is filled."""

    work: str
    lent_days_ago: NonNegativeInt
    due_in_days: int
    renewals: NonNegativeInt = 0


class HoldStory(Written):
    """What somebody waits for. ``pickup_in_days`` is about a hold that is ready."""

    work: str
    placed_days_ago: PositiveInt
    state: HoldState = HoldState.WAITING
    pickup_in_days: NonNegativeInt = 0


class AddressStory(Written):
    """Where somebody reads mail, confirmed long ago. Nobody does at example.jp."""

    address: str
    kind: AddressKind


class ShelfStory(Written):
    """What somebody keeps on a shelf; ``notes`` are about works, and ``read`` are read."""

    name: str
    works: tuple[str, ...]
    read: tuple[str, ...] = ()
    notes: Mapping[str, str] = {}


class AlertStory(Written):
    """What somebody wants to hear of when it is new: one condition is enough for a story."""

    name: str
    field: Field
    match: Match = Match.CONTAINS
    text: str
    memo: str = ""
    is_active: bool = True


class Person(Written):
    """Somebody with a card. A child has ``turned`` so many years, whatever year it is."""

    name: str
    card_number: str
    born_on: dt.date = READERS_BIRTH
    turned: PositiveInt | None = None
    card_expires_in_days: int = 365
    contact_method: ContactMethod = ContactMethod.NONE
    mail: tuple[AddressStory, ...] = ()
    cart: tuple[str, ...] = ()
    loans: tuple[LoanStory, ...] = ()
    holds: tuple[HoldStory, ...] = ()
    shelves: tuple[ShelfStory, ...] = ()
    alerts: tuple[AlertStory, ...] = ()

    def birth_date(self, *, today: dt.date) -> dt.date:
        """Return when they were born, so that a child stays one in later years."""
        if self.turned is None:
            return self.born_on
        return dt.date(today.year - self.turned, 1, 1)


class Story(Written):
    """One sentence about a member, for whoever tries the portal."""

    ja: str
    en: str
    ja_simple: str


class Member(Person):
    """Somebody whose part can be played: the password is known."""

    password: str
    password_is_initial: bool = False
    story: Story


class Clerk(Written):
    """Somebody who works at the desk, whose part can be played."""

    name: str
    login: str
    password: str
    story: Story


class Cast(Written):
    """Everybody: staff at the desk, members who may sign in, readers who make queues."""

    staff: tuple[Clerk, ...]
    members: tuple[Member, ...]
    readers: tuple[Person, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """The members, then the readers."""
        return (*self.members, *self.readers)


def cast() -> Cast:
    """Return the people of cast.toml."""
    text = (files(__name__) / "cast.toml").read_text("utf-8")
    return Cast.model_validate(tomllib.loads(text))


def works(*, branches: Sequence[str]) -> tuple[CataloguedRecord, ...]:
    """Return every work, its copies spread over the branches in turn."""
    serials, nearest = count(1), cycle(range(len(branches)))
    return tuple(
        _record(row, _items(row, [*branches[first:], *branches[:first]], serials))
        for row, first in zip(_rows(), nearest, strict=False)
    )


def _rows() -> Iterator[Mapping[str, str]]:
    for kind in KINDS:
        lines = (files(__name__) / f"{kind}.tsv").read_text("utf-8").splitlines()
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _record(row: Mapping[str, str], items: tuple[CataloguedItem, ...]) -> CataloguedRecord:
    isbn = row["isbn"]
    return CataloguedRecord(
        key=KEY + row["key"],
        title=row["title"],
        title_reading=row["title_reading"],
        volume=row["volume"],
        series=row["series"],
        series_reading=row["series_reading"],
        series_volume=row["series_volume"],
        creators=tuple(_creator(text) for text in _parts(row["creators"])),
        publisher=row["publisher"],
        published_on=row["published_on"],
        published_year=int(row["published_on"].partition(".")[0]),
        classifications=(Classification(scheme=NDC, number=row["ndc"]),),
        subjects=tuple(_parts(row["subjects"])),
        identifiers=(Identifier(kind=IdentifierKind.ISBN, value=isbn),) if isbn else (),
        material=MaterialClass(row["material"]),
        audience=Audience(row["audience"]),
        language=row["language"],
        items=items,
    )


def _items(
    row: Mapping[str, str], branches: Sequence[str], serials: Iterator[int]
) -> tuple[CataloguedItem, ...]:
    return tuple(
        CataloguedItem(
            barcode=f"D{serial:07d}",
            branch=branch,
            call_number=row["call_number"],
            for_loan=row["for_loan"] == "yes",
        )
        for serial, branch in zip(islice(serials, int(row["items"])), cycle(branches), strict=False)
    )


def _parts(text: str) -> list[str]:
    return text.split("; ") if text else []


def _creator(text: str) -> Creator:
    name, reading, role = text.split("/")
    return Creator(name=name, reading=reading, role=role)
