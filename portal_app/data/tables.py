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

from portal_app.data.languages import Language
from portal_app.data.moments import Moment
from portal_app.domain.alerts import Connector, Match
from portal_app.domain.alerts import Field as AlertField
from portal_app.domain.catalogue import Audience, IdentifierKind, ItemState, MaterialClass
from portal_app.domain.hold_series import SeriesKind
from portal_app.domain.holds import EndReason, HoldState
from portal_app.domain.mail import AddressKind, LetterKind, NoticeKind
from portal_app.domain.push import PushKind
from portal_app.text.languages import Lang

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


def language(comment: str, **options: Any) -> Any:  # noqa: ANN401  as Field itself
    """Return a field that holds a language."""
    return column(comment, sa_type=Language, **options)


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

    __table_args__ = (Index(None, "added_on", "id"),)

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
    added_on: dt.date = column("When the record came into this catalogue")
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

    __table_args__ = (
        Index(
            "ix_item_away",
            "state",
            sqlite_where=text("state <> 'on_shelf'"),
            postgresql_where=text("state <> 'on_shelf'"),
        ),
    )

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
    at_branch: str | None = column(
        "Where it is now, when that is not where it belongs",
        default=None,
        foreign_key="branch.code",
        max_length=16,
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
    telephone: str = column("Where they are called (K-46), digits only", default="", max_length=20)
    language: Lang = language("In which language mail is written to them", default=Lang.JA)
    display: str = column(
        "What they have chosen in the display menu (domain/display.py); empty until then",
        default="",
        max_length=200,
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


class HoldSeries(Table, table=True):
    """Holds of a patron that belong together: one after another, or any one of them.

    まとめて予約 and シリーズ予約 (K-28, G-31, G-33) are the same thing, made when
    placing or later.
    """

    __table_args__ = (
        CheckConstraint("number >= 1", name="numbers_count_from_one"),
        Index("uq_hold_series_patron_number", "patron_id", "number", unique=True),
    )

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("Whose holds", foreign_key="patron.id")
    number: int = column("What the patron knows it by (G-31), the lowest free one")
    kind: SeriesKind = one_of(SeriesKind, "In order, or any one")
    made_at: dt.datetime = moment("When it was made")


class Hold(Table, table=True):
    """A patron's place in the queue for a record.

    ``slot`` and ``class_slot`` make limits race-proof: a patron who may have ten
    holds has the slots one to ten, and two holds cannot take the same one.
    One that was lent says no longer whose it was: the loan does, while it lasts.
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
        CheckConstraint("(state = 'lent') = (patron_id IS NULL)", name="lent_to_nobody_we_know"),
        CheckConstraint(
            "(state IN ('lapsed', 'cancelled')) = (end_reason IS NOT NULL)",
            name="ended_for_a_reason",
        ),
        CheckConstraint(
            "(series_id IS NULL) = (series_place IS NULL)", name="in_a_series_at_a_place"
        ),
        CheckConstraint("series_id IS NULL OR ended_at IS NULL", name="in_a_series_while_open"),
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
        unique_while("series_id IS NOT NULL", "uq_hold_in_series", "series_id", "series_place"),
    )

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int | None = column(
        "Who waits; empty once it was lent", default=None, foreign_key="patron.id", index=True
    )
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
    series_id: int | None = column(
        "The series it is asked for in, while open (K-28, G-33)",
        default=None,
        foreign_key="hold_series.id",
        index=True,
    )
    series_place: int | None = column("Orders the series; numbers may be left out", default=None)
    suspended_until: dt.date | None = column(
        "Last day on which it is passed over; empty is not suspended", default=None
    )
    sent_at: dt.datetime | None = moment("When its item was sent to the branch", default=None)
    ready_at: dt.datetime | None = moment("When it was ready to be fetched", default=None)
    item_id: int | None = column("The copy kept for it", default=None, foreign_key="item.id")
    pickup_by: dt.date | None = column("Last day it is kept on the hold shelf", default=None)
    cancel_asked_at: dt.datetime | None = moment(
        "When the patron asked the library to cancel what is set aside", default=None
    )
    ended_at: dt.datetime | None = moment("When it ended; empty while open", default=None)
    end_reason: EndReason | None = one_of(
        EndReason, "Why it ended without a loan (G-36)", default=None, nullable=True
    )


class Loan(Table, table=True):
    """An item a patron has at home. Once it is back, it says no longer who had it (K-18)."""

    __table_args__ = (
        CheckConstraint("renewals >= 0", name="renewals"),
        CheckConstraint(
            "(returned_at IS NULL) = (patron_id IS NOT NULL)", name="nobodys_once_returned"
        ),
        CheckConstraint(
            "series_id IS NULL OR returned_at IS NULL", name="in_no_series_once_returned"
        ),
        CheckConstraint(
            "returned_at IS NULL OR (reminded_of IS NULL AND overdue_letters = 0)",
            name="no_reminders_once_returned",
        ),
        unique_while("returned_at IS NULL", "uq_loan_open_item", "item_id"),
        Index(
            "ix_loan_open_patron",
            "patron_id",
            sqlite_where=text("returned_at IS NULL"),
            postgresql_where=text("returned_at IS NULL"),
        ),
    )

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int | None = column(
        "Who has it; empty once it is back", default=None, foreign_key="patron.id"
    )
    item_id: int = column("What they have", foreign_key="item.id", index=True)
    branch_code: str = column("Where it was lent", foreign_key="branch.code", max_length=16)
    lent_on: dt.date = column("When it was lent")
    due_on: dt.date = column("Last day to bring it back")
    renewals: int = column("How often the due date has been moved", default=0)
    is_interlibrary: bool = column("Borrowed from another library (G-25)", default=False)
    series_id: int | None = column(
        "The series of holds it was lent from, while out",
        default=None,
        foreign_key="hold_series.id",
        index=True,
        ondelete="SET NULL",
    )
    returned_at: dt.datetime | None = moment("When it came back; empty while out", default=None)
    reminded_of: dt.date | None = column(
        "The due date of which its patron was reminded, while out (K-45)", default=None
    )
    overdue_letters: int = column("How often its patron was told it is late, while out", default=0)


class HistoryKey(Table, table=True):
    """The lock of a patron's reading history. There is one only where history is kept (K-18).

    What closes it is here to read; what opens it is wrapped by the patron's
    password and by the recovery code, which the library does not have.
    """

    patron_id: int = column("Whose history", foreign_key="patron.id", primary_key=True)
    public_key: bytes = column("Closes: anybody may put a loan in")
    by_password: bytes = column("The private key, wrapped by the password")
    by_recovery_code: bytes = column("The same, wrapped by the printed recovery code")


class SessionHistoryKey(Table, table=True):
    """The private key of a history for the length of a session, wrapped by the cookie's secret."""

    id_hash: str = column(
        "Which session",
        foreign_key="patron_session.id_hash",
        primary_key=True,
        max_length=64,
        ondelete="CASCADE",
    )
    wrapped: bytes = column("The private key, wrapped by a key from the cookie")


class HistoryEntry(Table, table=True):
    """A returned loan, sealed so that only its patron can read it.

    Without a day and with a random number, so that nothing tells which loan it was;
    SQLite keeps the rows in the order of that number, not of arrival.
    """

    __table_args__ = {"sqlite_with_rowid": False}

    id: str = column("A random number", primary_key=True, max_length=32)
    patron_id: int = column("Whose history", foreign_key="patron.id", index=True)
    sealed: bytes = column("The loan in a sealed box, padded to a length that tells nothing")


class CalendarLink(Table, table=True):
    """The secret address of a patron's calendar of due dates and pickup dates.

    As with shelves, the secret itself is made from the portal's key and the nonce.
    """

    patron_id: int = column("Whose days", foreign_key="patron.id", primary_key=True)
    nonce: str = column("Makes every address another one", max_length=64)
    secret_hash: str = column("SHA-256 of the secret in the address", unique=True, max_length=64)
    created_at: dt.datetime = moment("When it was made")


class Message(Table, table=True):
    """What the library has written to one patron (K-13)."""

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("To whom", foreign_key="patron.id", index=True)
    subject: str = column("What it is about", max_length=200)
    body: str = column("What it says")
    sent_at: dt.datetime = moment("When it was written")
    read_at: dt.datetime | None = moment("When the patron read it", default=None)


class GroupMessage(Table, table=True):
    """What the library has written to many patrons: of a branch, of an age, or to all."""

    id: int | None = column("Our number for it", default=None, primary_key=True)
    subject: str = column("What it is about", max_length=200)
    body: str = column("What it says")
    sent_at: dt.datetime = moment("When it was written", index=True)
    branch_code: str | None = column(
        "To those who pick up there; empty is everywhere",
        default=None,
        foreign_key="branch.code",
        max_length=16,
    )
    born_from: dt.date | None = column("To those born on this day or later", default=None)
    born_until: dt.date | None = column("To those born on this day or earlier", default=None)
    shown_until: dt.date = column("Last day it is shown")


class GroupMessageReading(Table, table=True):
    """That a patron has read a message to many. No row means unread."""

    message_id: int = column(
        "What was read", foreign_key="group_message.id", primary_key=True, ondelete="CASCADE"
    )
    patron_id: int = column("Who read it", foreign_key="patron.id", primary_key=True, index=True)
    read_at: dt.datetime = moment("When")


class News(Table, table=True):
    """What stands on the first page for everybody (G-03)."""

    id: int | None = column("Our number for it", default=None, primary_key=True)
    subject: str = column("What it is about", max_length=200)
    body: str = column("What it says")
    is_important: bool = column(
        "図書館からの重要なお知らせ: stands first, and stands out", default=False
    )
    published_at: dt.datetime = moment("When it was written", index=True)
    shown_from: dt.date = column("First day it is shown")
    shown_until: dt.date | None = column("Last day it is shown; empty is for ever", default=None)


class MailAddress(Table, table=True):
    """Where a patron reads mail (K-40). Nothing is written to it before it is confirmed."""

    __table_args__ = (CheckConstraint("place BETWEEN 1 AND 2", name="place"),)

    patron_id: int = column("Who reads there", foreign_key="patron.id", primary_key=True)
    place: int = column("E-mail1 or E-mail2", primary_key=True)
    address: str = column("The address itself, which no page shows", max_length=254)
    kind: AddressKind = one_of(AddressKind, "自PC or 携帯電話")
    confirmed_at: dt.datetime | None = moment(
        "When the patron proved that they read it; empty until then", default=None
    )
    refused_at: dt.datetime | None = moment(
        "When a mail server last said that nobody reads there; empty is well", default=None
    )


class AddressProof(Table, table=True):
    """An address that a patron wants to use, until they prove that they read it (G-42).

    The address that is there goes on being used until then. The link and the code in
    the mail are not here.
    """

    __table_args__ = (
        CheckConstraint("place BETWEEN 1 AND 2", name="place"),
        CheckConstraint("wrong_codes >= 0", name="wrong_codes"),
    )

    patron_id: int = column("Who wants it", foreign_key="patron.id", primary_key=True)
    place: int = column("E-mail1 or E-mail2", primary_key=True)
    address: str = column("The address that is to be proved", max_length=254)
    kind: AddressKind = one_of(AddressKind, "自PC or 携帯電話")
    secret_hash: str = column("SHA-256 of the secret in the link", unique=True, max_length=64)
    code_hash: str = column("Keyed hash of the code to type in", max_length=64)
    wrong_codes: int = column("Wrong codes typed in", default=0)
    asked_at: dt.datetime = moment("When the mail was written", index=True)


class NoticeChoice(Table, table=True):
    """Where a kind of notice goes, and whether it is sent (K-41 to K-45).

    Without a row the notice goes where ``domain/notices.py`` says.
    """

    __table_args__ = (CheckConstraint("days_before >= 1", name="days_before"),)

    patron_id: int = column("Who chose", foreign_key="patron.id", primary_key=True)
    kind: NoticeKind = one_of(NoticeKind, "Of which notice", primary_key=True)
    to_first: bool = column("Whether it goes to E-mail1")
    to_second: bool = column("Whether it goes to E-mail2")
    is_sent: bool = column("配信 or 停止; where it is chosen each time, always true")
    days_before: int | None = column("How many days before the due date (K-45)", default=None)


class StopLink(Table, table=True):
    """The address at which a mail can be stopped without signing in (List-Unsubscribe).

    As with shelves, the secret itself is made from the portal's key and the nonce.
    """

    patron_id: int = column("Whose mail", foreign_key="patron.id", primary_key=True)
    kind: NoticeKind = one_of(NoticeKind, "Which notice it stops", primary_key=True)
    nonce: str = column("Makes every address another one", max_length=64)
    secret_hash: str = column("SHA-256 of the secret in the address", unique=True, max_length=64)


class Letter(Table, table=True):
    """A mail to a patron, written in the transaction of what it tells. It is soon forgotten."""

    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries"),
        CheckConstraint("sent_at IS NULL OR given_up_at IS NULL", name="sent_or_given_up"),
        Index(
            "ix_letter_waiting",
            "next_try_at",
            sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("To whom", foreign_key="patron.id", index=True)
    address: str = column("Where to, as it was when it was written", max_length=254)
    kind: LetterKind = one_of(LetterKind, "What it tells")
    language: Lang = language("What the patron read when they asked for it")
    subject: str = column("What it is about, without a title", max_length=200)
    body: str = column("What it says, as plain text; emptied once it was sent by SMTP")
    message_id: str = column(
        "Random: the same however often it is sent", unique=True, max_length=32
    )
    written_at: dt.datetime = moment("When it was written", index=True)
    next_try_at: dt.datetime | None = moment(
        "Not to be sent before; empty is at once", default=None
    )
    tries: int = column("How often it was tried", default=0)
    leased_by: str = column("Which worker is sending it, or empty", default="", max_length=32)
    leased_until: dt.datetime | None = moment("Until when nobody else does", default=None)
    problem: str = column(
        "Why the last try failed: a code, without anything personal", default="", max_length=80
    )
    sent_at: dt.datetime | None = moment("When it was handed on; empty until then", default=None)
    given_up_at: dt.datetime | None = moment("When nobody tried any more", default=None)


class PasswordLink(Table, table=True):
    """A link by mail that leads to a new password, once and not for long (G-02)."""

    secret_hash: str = column("SHA-256 of the secret in it", primary_key=True, max_length=64)
    patron_id: int = column("Whose password", foreign_key="patron.id", index=True)
    asked_at: dt.datetime = moment("When it was asked for", index=True)
    used_at: dt.datetime | None = moment("When it was used; empty until then", default=None)


class Job(Table, table=True):
    """Work that is done every now and then, by one worker at a time."""

    name: str = column("Which work", primary_key=True, max_length=40)
    leased_by: str = column("Which worker does it, or empty", default="", max_length=32)
    leased_until: dt.datetime | None = moment("Until when nobody else does", default=None)
    ran_at: dt.datetime | None = moment("When it was last done to its end", default=None)


class Arrival(Table, table=True):
    """A record that is new in the catalogue and was not yet compared with any alert."""

    record_id: int = column(
        "Which record", foreign_key="bibliographic_record.id", primary_key=True, ondelete="CASCADE"
    )


class Alert(Table, table=True):
    """What a patron wants to hear of when it is new in the catalogue (K-60 to K-67)."""

    __table_args__ = (CheckConstraint("titles_max >= 1", name="titles_max"),)

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("Who wants to hear of it", foreign_key="patron.id", index=True)
    name: str = column("お知らせメールタイトル", max_length=400)
    memo: str = column("What the patron noted about it", default="")
    is_active: bool = column("配信 or 停止", default=True)
    titles_max: int = column("最大抽出件数: how many titles one mail tells of")
    anchors: str = column("Its clauses as they are looked for, one a line; worked out", default="")
    made_at: dt.datetime = moment("When it was made")


class AlertCondition(Table, table=True):
    """A line of an alert: where to look, for what, and how it joins the next one."""

    alert_id: int = column(
        "Of which alert", foreign_key="alert.id", primary_key=True, ondelete="CASCADE"
    )
    position: int = column("Order in the form, from one", primary_key=True)
    field: AlertField = one_of(AlertField, "Where to look")
    match: Match = one_of(Match, "How to compare")
    text: str = column("What the patron wrote", max_length=400)
    connector: Connector = one_of(Connector, "How it joins the line before it")


class AlertFind(Table, table=True):
    """A new record that an alert has found, until the mail about it is written.

    Also what another alert of the same patron has found: one that is deleted meanwhile
    takes nothing with it.
    """

    patron_id: int = column("Who hears of it", foreign_key="patron.id", primary_key=True)
    record_id: int = column(
        "Which record", foreign_key="bibliographic_record.id", primary_key=True, ondelete="CASCADE"
    )
    alert_id: int = column(
        "Which alert found it",
        foreign_key="alert.id",
        primary_key=True,
        ondelete="CASCADE",
        index=True,
    )


class PushSubscription(Table, table=True):
    """A device to which short notices are sent, where the library offers that."""

    id: int | None = column("Our number for it", default=None, primary_key=True)
    patron_id: int = column("Whose device", foreign_key="patron.id", index=True)
    endpoint: str = column("Where the browser's maker takes notices", unique=True, max_length=1000)
    public_key: str = column("p256dh: what they are encrypted for", max_length=120)
    secret: str = column("auth: what else it takes to read them", max_length=60)
    language: Lang = language("In which language")
    made_at: dt.datetime = moment("When the patron asked for them")


class PushNotice(Table, table=True):
    """A notice that a device is to get. Whoever sends it takes it out first: it comes once."""

    subscription_id: int = column(
        "To which device", foreign_key="push_subscription.id", primary_key=True, ondelete="CASCADE"
    )
    kind: PushKind = one_of(PushKind, "What it is about, and no more", primary_key=True)
    written_at: dt.datetime = moment("When it was written", index=True)
    next_try_at: dt.datetime | None = moment(
        "Not to be sent before; empty is at once", default=None
    )
    tries: int = column("How often it was tried", default=0)


class StaffMember(Table, table=True):
    """Somebody who works at a desk of the library."""

    id: int | None = column("Our number for them", default=None, primary_key=True)
    login: str = column("What they sign in with", unique=True, max_length=40)
    name: str = column("Name, as colleagues know it", max_length=120)
    password_hash: str = column("argon2id; empty until a password is issued", default="")
    branch_code: str | None = column(
        "At which desk they mostly are", default=None, foreign_key="branch.code", max_length=16
    )
    left_on: dt.date | None = column("When they stopped; they cannot sign in", default=None)


class StaffSession(Table, table=True):
    """A desk at which somebody is signed in. As for patrons, the secret is in the cookie only."""

    id_hash: str = column("SHA-256 of the cookie's secret", primary_key=True, max_length=64)
    staff_id: int = column("Who signed in", foreign_key="staff_member.id", index=True)
    branch_code: str = column("At which desk", foreign_key="branch.code", max_length=16)
    created_at: dt.datetime = moment("When they signed in")
    seen_at: dt.datetime = moment("When they last did something", index=True)
    ended_at: dt.datetime | None = moment("When it ended; empty while it lasts", default=None)


class StaffTab(Table, table=True):
    """A browser tab of a desk, so that it can be emptied when the session ends."""

    id_hash: str = column(
        "Which session", foreign_key="staff_session.id_hash", primary_key=True, ondelete="CASCADE"
    )
    token: str = column("The tab's key on the server, bound to the session", primary_key=True)


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


class ShelfLink(Table, table=True):
    """A link by which anybody may read a shelf, until its patron withdraws it.

    The link itself is not here: it takes the portal's key to make it from the nonce.
    """

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["patron_id", "shelf_id"], ["shelf.patron_id", "shelf.id"], ondelete="CASCADE"
        ),
    )

    patron_id: int = column("Whose shelf", primary_key=True)
    shelf_id: str = column("Which shelf", primary_key=True, max_length=36)
    nonce: str = column("Makes every link another one", max_length=64)
    secret_hash: str = column("SHA-256 of the secret in the link", unique=True, max_length=64)
    created_at: dt.datetime = moment("When it was made")


class Showing(Table, table=True):
    """The demonstration as it is being shown, from one putting back to the next.

    One row, and none in a real library: without it nothing is set forward or put back.
    """

    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("seconds_ahead >= 0", name="never_behind"),
    )

    id: int = column("Always one", default=1, primary_key=True)
    edition: str = column("Random: another one whenever everything is put back", max_length=32)
    seconds_ahead: int = column("How far its clock has been set forward", default=0)


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
