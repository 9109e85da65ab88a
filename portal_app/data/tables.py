"""Every table, in one file, so the schema can be read top to bottom.

What must never happen is written here as a constraint, so that it cannot
happen whatever the code above it believes.
"""

import datetime as dt
import re
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr
from sqlmodel import CheckConstraint, Field, Index, SQLModel, text

from portal_app.data.moments import Moment
from portal_app.domain.catalogue import Audience, IdentifierKind, ItemState, MaterialClass
from portal_app.domain.holds import HoldState

# Names for every constraint, or SQLite could not drop one in a later migration.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def column(comment: str, **options: Any) -> Any:  # noqa: ANN401  as Field itself
    """Return a field whose column carries its explanation into the database."""
    return Field(sa_column_kwargs={"comment": comment}, **options)


def one_of(kind: type[StrEnum], comment: str, **options: Any) -> Any:  # noqa: ANN401
    """Return a field that holds the value of one member, checked by the database."""
    words = sa.Enum(
        kind,
        name=kind.__name__,
        native_enum=False,  # so that a new member is a new CHECK, not a new type
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )
    return column(comment, sa_type=words, **options)


def moment(comment: str, **options: Any) -> Any:  # noqa: ANN401  as Field itself
    """Return a field that holds a moment with its zone."""
    return column(comment, sa_type=Moment, **options)


def unique_while(condition: str, name: str, *columns: str) -> Index:
    """Return a unique index over the rows for which ``condition`` holds."""
    rows = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=rows, postgresql_where=rows)


class Table(SQLModel):
    """A table called like its class: ``CartLine`` is ``cart_line``."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # pyright: ignore[reportIncompatibleVariableOverride]  SQLModel has it too
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Branch(Table, table=True):
    """A building of the library."""

    code: str = column("Short name used in files and settings", primary_key=True, max_length=16)
    name: str = column("Name on the door, in Japanese", max_length=80)
    name_en: str = column("The same in English", default="", max_length=80)
    position: int = column("Where it stands in lists, from one")


class BranchHours(Table, table=True):
    """When a branch is open on a day of the week; no row means closed (G-03)."""

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    branch_code: str = column(
        "Which branch", foreign_key="branch.code", primary_key=True, max_length=16
    )
    weekday: int = column("Monday is 0, as in Python", primary_key=True)
    opens_at: dt.time = column("When the doors open, library time")
    closes_at: dt.time = column("When the doors close, library time")


class BibliographicRecord(Table, table=True):
    """What the library knows about a title. Its items are the things on the shelf."""

    id: int | None = column("Our number for it, used in addresses", default=None, primary_key=True)
    key: str = column("Its name in the file it came from", unique=True, max_length=120)
    digest: str = column("SHA-256 of the imported form: equal means unchanged", max_length=64)
    title: str = column("Title proper with its subtitle, as printed")
    title_reading: str = column("Reading of the title in katakana", default="")
    title_sort: str = column("Key that orders titles by reading", index=True, max_length=200)
    author_sort: str = column("Key that orders by first creator", index=True, max_length=200)
    volume: str = column("Volume or issue, as printed", default="", max_length=200)
    series: str = column("Series the record belongs to", default="")
    series_reading: str = column("Reading of the series in katakana", default="")
    series_volume: str = column("Number within the series", default="", max_length=200)
    publisher: str = column("Publisher, as printed", default="")
    published_on: str = column("Date of publication, as printed", default="", max_length=80)
    published_year: int | None = column("The year that date means", default=None, index=True)
    material: MaterialClass = one_of(MaterialClass, "Kind of thing; limits differ by it")
    audience: Audience = one_of(Audience, "Whom the library keeps it for")
    language: str = column("ISO 639-2 code, or empty", default="", max_length=3)
    extent: str = column("Pages, size, playing time, as printed", default="")
    notes: str = column("Notes, one a line", default="")
    added_on: dt.date = column("When the record came into this catalogue", index=True)
    left_on: dt.date | None = column(
        "When it left the catalogue; kept for whoever has it on a shelf", default=None
    )


class RecordCreator(Table, table=True):
    """Someone who made a work, in the order of the title page."""

    record_id: int = column(
        "Whose work", foreign_key="bibliographic_record.id", primary_key=True, ondelete="CASCADE"
    )
    position: int = column("Order on the title page, from one", primary_key=True)
    name: str = column("Name, as printed")
    reading: str = column("Reading in katakana", default="")
    role: str = column("What they did: 著, 訳, 絵 …", default="", max_length=120)


class RecordSubject(Table, table=True):
    """What a record is about (一般件名)."""

    record_id: int = column(
        "Which record", foreign_key="bibliographic_record.id", primary_key=True, ondelete="CASCADE"
    )
    position: int = column("Order in the record, from one", primary_key=True)
    term: str = column("Heading, as printed")


class RecordClassification(Table, table=True):
    """Where a classification puts a record: NDC and others."""

    __table_args__ = (Index(None, "scheme", "number"),)

    record_id: int = column(
        "Which record", foreign_key="bibliographic_record.id", primary_key=True, ondelete="CASCADE"
    )
    position: int = column("Order in the record, from one", primary_key=True)
    scheme: str = column("ndc8, ndc9, ndc10, ndlc …", max_length=16)
    number: str = column("The class number, for example 913.6", max_length=40)


class RecordIdentifier(Table, table=True):
    """A number by which a record is known elsewhere."""

    __table_args__ = (Index(None, "kind", "value"),)

    record_id: int = column(
        "Which record", foreign_key="bibliographic_record.id", primary_key=True, ondelete="CASCADE"
    )
    position: int = column("Order in the record, from one", primary_key=True)
    kind: IdentifierKind = one_of(IdentifierKind, "Who gave the number")
    value: str = column("The number without hyphens; ISBN with 13 digits", max_length=80)


class Item(Table, table=True):
    """A thing on the shelf that can be lent."""

    id: int | None = column("Our number for it", default=None, primary_key=True)
    record_id: int = column(
        "What it is a copy of", foreign_key="bibliographic_record.id", index=True
    )
    barcode: str = column("As printed on the label", unique=True, max_length=40)
    branch_code: str = column(
        "Where it belongs", foreign_key="branch.code", index=True, max_length=16
    )
    place: str = column("Shelf or room within the branch", default="", max_length=120)
    call_number: str = column("As printed on the spine", default="", max_length=120)
    for_loan: bool = column("False for use in the library only", default=True)
    state: ItemState = one_of(
        ItemState, "Where it is while nobody has it", default=ItemState.ON_SHELF
    )


class Patron(Table, table=True):
    """Someone with a library card."""

    __table_args__ = (CheckConstraint("initial_failures >= 0", name="initial_failures"),)

    id: int | None = column("Our number for them, never shown", default=None, primary_key=True)
    card_number: str = column("As printed on the card, digits only", unique=True, max_length=20)
    card_expires_on: dt.date = column("Last day the card works, inclusive")
    name: str = column("Name, as on the card", max_length=120)
    born_on: dt.date = column("Birth date: the first password at some libraries (K-04)")
    password_hash: str = column("argon2id; empty until a password is issued", default="")
    password_is_initial: bool = column("True until the patron has chosen one", default=True)
    initial_failures: int = column("Wrong guesses at the first password, for life", default=0)
    pickup_branch: str | None = column(
        "Where they like to pick up (K-46)", default=None, foreign_key="branch.code", max_length=16
    )
    contact_method: str = column(
        "How they like to hear of a hold (K-46)", default="", max_length=16
    )


class PatronSession(Table, table=True):
    """A signed-in browser. Its secret is in the browser's cookie and nowhere else."""

    id_hash: str = column("SHA-256 of the cookie's secret", primary_key=True, max_length=64)
    patron_id: int = column("Who signed in", foreign_key="patron.id", index=True)
    created_at: dt.datetime = moment("When they signed in")
    seen_at: dt.datetime = moment("When they last did something", index=True)
    ended_at: dt.datetime | None = moment("When it ended; empty while it lasts", default=None)


class SessionTab(Table, table=True):
    """A browser tab that shows a session, so that it can be emptied when the session ends."""

    id_hash: str = column(
        "Which session", foreign_key="patron_session.id_hash", primary_key=True, ondelete="CASCADE"
    )
    token: str = column("The tab's key on the server, bound to the session", primary_key=True)


class SignInAttempt(Table, table=True):
    """A guess at a password, counted before it is checked."""

    __table_args__ = (Index(None, "bucket", "tried_at"),)

    id: int | None = column("Our number for it", default=None, primary_key=True)
    bucket: str = column("Keyed hash of the card number or of the address", max_length=64)
    tried_at: dt.datetime = moment("When")


class CartLine(Table, table=True):
    """A record a patron means to place on hold. In the cart is not a hold (K-24)."""

    patron_id: int = column("Whose cart", foreign_key="patron.id", primary_key=True)
    record_id: int = column("Which record", foreign_key="bibliographic_record.id", primary_key=True)
    added_at: dt.datetime = moment("When it was put in; the cart is shown in this order")


class Hold(Table, table=True):
    """A patron's place in the queue for a record.

    ``slot`` and ``class_slot`` make limits race-proof: a patron who may have ten
    holds has the slots one to ten, and two holds cannot take the same one.
    """

    __table_args__ = (
        CheckConstraint(
            "(state IN ('waiting', 'in_transit', 'ready'))"
            " = (slot IS NOT NULL AND queue_number IS NOT NULL AND ended_at IS NULL)",
            name="open_holds_have_a_slot_and_a_queue_number",
        ),
        CheckConstraint("slot >= 1 AND class_slot >= 1", name="slots_count_from_one"),
        CheckConstraint(
            "(state IN ('in_transit', 'ready')) = (item_id IS NOT NULL)",
            name="an_item_is_kept_from_transit_to_pickup",
        ),
        CheckConstraint("(state = 'ready') <= (pickup_by IS NOT NULL)", name="ready_has_a_date"),
        unique_while("ended_at IS NULL", "uq_hold_open_patron_record", "patron_id", "record_id"),
        unique_while("ended_at IS NULL", "uq_hold_open_slot", "patron_id", "slot"),
        unique_while(
            "ended_at IS NULL AND class_slot IS NOT NULL",
            "uq_hold_open_class_slot",
            "patron_id",
            "limit_class",
            "class_slot",
        ),
        unique_while("ended_at IS NULL", "uq_hold_open_queue", "record_id", "queue_number"),
        unique_while("item_id IS NOT NULL", "uq_hold_kept_item", "item_id"),
    )

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("Who waits", foreign_key="patron.id", index=True)
    record_id: int = column("For what", foreign_key="bibliographic_record.id", index=True)
    state: HoldState = one_of(HoldState, "How far it has come (G-32)", default=HoldState.WAITING)
    slot: int | None = column(
        "Lowest free number up to the patron's limit, while open", default=None
    )
    limit_class: str = column(
        "Material class with a limit of its own, or empty", default="", max_length=16
    )
    class_slot: int | None = column("The same within that class", default=None)
    queue_number: int | None = column("Orders the queue of the record, while open", default=None)
    pickup_branch: str = column("Where to fetch it", foreign_key="branch.code", max_length=16)
    contact_method: str = column("How the patron hears of it", max_length=16)
    placed_at: dt.datetime = moment("When it was placed")
    expires_on: dt.date | None = column(
        "Last day the patron wants it; empty is for ever", default=None
    )
    item_id: int | None = column("The copy kept for it", default=None, foreign_key="item.id")
    pickup_by: dt.date | None = column("Last day it is kept on the hold shelf", default=None)
    ended_at: dt.datetime | None = moment("When it ended; empty while open", default=None)


class Loan(Table, table=True):
    """An item a patron has at home."""

    __table_args__ = (
        CheckConstraint("renewals >= 0", name="renewals"),
        unique_while("returned_at IS NULL", "uq_loan_open_item", "item_id"),
        Index(
            "ix_loan_open_patron",
            "patron_id",
            sqlite_where=text("returned_at IS NULL"),
            postgresql_where=text("returned_at IS NULL"),
        ),
    )

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("Who has it", foreign_key="patron.id")
    item_id: int = column("What they have", foreign_key="item.id", index=True)
    branch_code: str = column("Where it was lent", foreign_key="branch.code", max_length=16)
    lent_on: dt.date = column("When it was lent")
    due_on: dt.date = column("Last day to bring it back")
    renewals: int = column("How often the due date has been moved", default=0)
    is_interlibrary: bool = column("Borrowed from another library (G-25)", default=False)
    returned_at: dt.datetime | None = moment("When it came back; empty while out", default=None)


class Shelf(Table, table=True):
    """A patron's own list of records: a shelf, or a category of their one list (K-50, G-40).

    The patron's device gives it its number, so that it can be made without a
    connection. A number is of one patron only: nobody reaches another's shelf by it.
    """

    patron_id: int = column("Whose shelf", foreign_key="patron.id", primary_key=True)
    id: str = column("The UUID that the device gave it", primary_key=True, max_length=36)
    name: str = column("As the patron calls it; two may have the same", max_length=400)
    rank: int = column("Where it stands in the patron's own order")
    created_at: dt.datetime = moment("When it was made")
    deleted_at: dt.datetime | None = moment(
        "When it was deleted; it can be brought back for a while", default=None, index=True
    )


class ShelfBook(Table, table=True):
    """A record on a shelf. One that was taken off keeps its note for a while."""

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["patron_id", "shelf_id"], ["shelf.patron_id", "shelf.id"], ondelete="CASCADE"
        ),
    )

    patron_id: int = column("Whose shelf", primary_key=True)
    shelf_id: str = column("Which shelf", primary_key=True, max_length=36)
    record_id: int = column(
        "Which record; one that has left the catalogue stays",
        foreign_key="bibliographic_record.id",
        primary_key=True,
        index=True,
    )
    added_at: dt.datetime = moment("When it was put there")
    rank: int = column("Where it stands in the patron's own order")
    note: str = column("What the patron has written about it", default="")
    is_read: bool = column("Whether the patron has marked it as read", default=False)
    removed_at: dt.datetime | None = moment(
        "When it was taken off; it is forgotten after a while", default=None, index=True
    )


class DeliveredOperation(Table, table=True):
    """The answer to an operation from a patron's device, so that it is acted on once.

    What was asked for is not kept: nobody can read here what a patron reads.
    """

    patron_id: int = column("Whose device sent it", foreign_key="patron.id", primary_key=True)
    id: str = column("The UUID that the device gave it", primary_key=True, max_length=36)
    delivered_at: dt.datetime = moment("When it was first acted on", index=True)
    is_done: bool = column("False when the library refused")
    reason: str = column("Key of the text that says why, or empty", default="", max_length=80)
    day: dt.date | None = column("The day in that text, or a new due date", default=None)
    limit: int | None = column("The number in that text", default=None)
    place: int | None = column("Place in the queue of a new hold", default=None)
