"""What one library has decided: the keys of its file, with their meaning.

Section 1.3 of the inventory lists how two libraries differ; each row is a key
here. A field without a default must be in every library's file.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    StringConstraints,
    model_validator,
)

from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.mail import NoticeKind

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"  # as BCP 47 has them
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_TAG)]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
LANGUAGES = ("ja", "en", "ja-simple")  # that every portal speaks


def _in_every_language(words: Mapping[Language, str]) -> Mapping[Language, str]:
    missing = set(LANGUAGES) - {language for language, word in words.items() if word}
    if missing:
        problem = f"no word in {', '.join(sorted(missing))}"
        raise ValueError(problem)
    return words


# One expression in those languages, and in others that the library offers besides.
Words = Annotated[Mapping[Language, str], AfterValidator(_in_every_language)]

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,15}$")]


class Policy(BaseModel):
    """A table of the library's file: every key is known, and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ContactMethod(StrEnum):
    """How a patron hears that a hold is ready (K-26, G-34)."""

    NONE = "none"
    MAIL = "mail"
    TELEPHONE = "telephone"


class RenewalBase(StrEnum):
    """From which day the days of a renewal are counted (K-17, G-25)."""

    NOW = "now"
    DUE_DATE = "due_date"


class NextInSeries(StrEnum):
    """What must have become of a volume before the next one is asked for (K-28, G-33)."""

    LENT = "lent"
    RETURNED = "returned"
    READY = "ready"


class SetAsideCancellation(StrEnum):
    """What a patron can do about a hold that is on its way or ready (G-34)."""

    CONTACT_LIBRARY = "contact_library"  # 電話またはカウンターで
    REQUEST = "request"  # ask here, and the library cancels it


class InitialPassword(StrEnum):
    """What a patron types the first time (K-04, G-02)."""

    BIRTH_DATE = "birth_date"
    ISSUED = "issued"


class CheckDigit(StrEnum):
    """How a card's barcode guards against a misread digit, by the rules in use with NW-7."""

    NONE = "none"
    # モジュラス10 ウェイト3・1: the rule of JAN, too.
    MODULUS_10_WEIGHT_3 = "modulus_10_weight_3"
    # モジュラス10 ウェイト2・1 分割: that of payment cards.
    LUHN = "luhn"
    # セブンチェック DR: what is left after dividing the number by seven.
    SEVEN_DR = "seven_dr"
    # モジュラス11 ウェイト2~7: that of driving licences.
    MODULUS_11 = "modulus_11"
    # モジュラス16: start and stop count, and the result may be a sign.
    MODULUS_16 = "modulus_16"


class ShelfModel(StrEnum):
    """How patrons keep what they want to find again (K-50, G-40): the same tables either way."""

    SHELVES = "shelves"  # as many named shelves as they like
    CATEGORIES = "categories"  # one list, whose parts are its categories


class Hours(Policy):
    """When a branch opens and closes on a day, library time."""

    opens: dt.time
    closes: dt.time


class Branch(Policy):
    """A building of the library, or a desk of it where holds can be picked up."""

    code: Code
    name: Words
    hours: dict[Weekday, Hours] = {}
    is_pickup_branch: bool = True


class SignIn(Policy):
    """How a patron signs in (K-03, G-10), and whether a password can be had by mail (G-02).

    ``link_minutes`` is how long the link in such a mail leads to a new password.
    """

    initial_password: InitialPassword
    initial_failures_max: PositiveInt = 5
    issues_by_mail: bool = True
    link_minutes: Annotated[int, Field(ge=5, le=1440)] = 30


class Session(Policy):
    """How long a patron stays signed in (G-12)."""

    idle_seconds: Annotated[int, Field(ge=60, le=43_200)] = 3600
    longest_seconds: Annotated[int, Field(ge=60, le=86_400)] = 43_200


class Password(Policy):
    """What a password must be (G-41)."""

    min_length: Annotated[int, Field(ge=6, le=64)] = 10
    needs_letters_and_digits: bool = False


class Limits(Policy):
    """How many a patron may have, in all and of one class. No number means no limit."""

    total: PositiveInt | None = None
    by_class: dict[MaterialClass, PositiveInt] = {}


class Series(Policy):
    """Whether holds can be asked for in an order, when that is said, and what it means.

    ``when_placing`` is まとめて予約 (K-28), ``later`` is シリーズ予約組替 (G-33), and
    ``any_one`` is いずれか予約.
    """

    when_placing: bool = True
    later: bool = True
    any_one: bool = False
    next_when: NextInSeries = NextInSeries.LENT


class Holds(Policy):
    """Who may place holds, on what, and how (K-24 to K-36, G-30 to G-36).

    ``pickup_days`` counts days on which the pickup branch is open.
    ``expires_after_days`` is what the cart proposes; without it a hold waits for ever (K-26).
    ``suspend_days_max`` is how long a hold may be suspended; 0 is not at all.
    """

    limits: Limits
    block_if_overdue: bool
    available_items: bool
    contact_methods: Annotated[tuple[ContactMethod, ...], Field(min_length=1)]
    pickup_days: PositiveInt = 7
    expires_after_days: PositiveInt | None = None
    series: Series = Series()
    suspend_days_max: Annotated[int, Field(ge=0, le=730)] = 365
    let_next_go_first: bool = True
    when_set_aside: SetAsideCancellation = SetAsideCancellation.CONTACT_LIBRARY
    ended_shown_months: Annotated[int, Field(ge=1, le=12)] = 1


class Renewals(Policy):
    """When a due date may be moved, and to which day (K-16, K-17, G-25).

    ``opens_days_before_due`` without a number: any time. ``closes_days_after_due``:
    0 is "not once overdue", 7 is "until a week after the due date".
    """

    base: RenewalBase
    days: PositiveInt
    limit: Annotated[int, Field(ge=0)]
    opens_days_before_due: Annotated[int, Field(ge=0)] | None = None
    closes_days_after_due: Annotated[int, Field(ge=0)] = 0
    not_when_waited_for: bool = True
    not_interlibrary: bool = False
    not_classes: frozenset[MaterialClass] = frozenset()


class Loans(Policy):
    """How much a patron may take home, and for how long (G-21)."""

    limits: Limits
    days: PositiveInt
    renewals: Renewals


class History(Policy):
    """Whether patrons may have what they return written down for themselves alone (K-08, K-18)."""

    is_offered: bool = True


class Closure(Policy):
    """Days on which no branch is open, the last one included."""

    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            problem = "the last day is before the first"
            raise ValueError(problem)
        return self


class Accessibility(Policy):
    """Who hears of barriers, and by when the library wants to have removed them.

    Which levels are aimed at is the same for every public library (総務省 みんなの公共サイト運用
    ガイドライン).
    """

    office: Words | None = None
    telephone: Annotated[str, StringConstraints(pattern=r"^[0-9+() -]*$")] = ""
    mail: Annotated[str, StringConstraints(pattern=r"^([^\s@<>]+@[^\s@<>]+)?$")] = ""
    reached_by: dt.date | None = None


class OpeningDays(Policy):
    """When branches are closed although the day of the week says they are open."""

    closed_on_holidays: bool = False
    closures: tuple[Closure, ...] = ()


class Cart(Policy):
    """How many records wait in a cart before they are placed on hold (K-24)."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100


class Shelf(Policy):
    """What a patron may keep on shelves, and for how long a deleted one can be brought back.

    ``name_max`` counts characters as people see them (K-52); ``items_max`` is for each
    shelf (K-55).
    """

    model: ShelfModel = ShelfModel.SHELVES
    name_max: Annotated[int, Field(ge=1, le=100)] = 32
    items_max: Annotated[int, Field(ge=1, le=5000)] = 1000
    shelves_max: Annotated[int, Field(ge=1, le=500)] = 100
    restore_days: Annotated[int, Field(ge=1, le=365)] = 30


class Mail(Policy):
    """Where patrons read mail, and what the library writes to them (K-40 to K-48, G-42).

    ``asks_kind`` is whether an address is marked as 自PC or 携帯電話. ``notices`` are those
    of which patrons choose where they go and whether they are sent. A reminder comes
    ``days_before_due`` days before the due date unless the patron says otherwise, and again
    each of ``overdue_after_days`` days after it. ``confirms_changes`` is whether a page shows
    all that is to be changed before it is saved (K-47, K-48).
    """

    addresses: Annotated[int, Field(ge=1, le=2)] = 2
    asks_kind: bool = True
    confirms_changes: bool = True
    notices: tuple[NoticeKind, ...] = tuple(NoticeKind)
    days_before_due: Annotated[int, Field(ge=1, le=14)] = 1
    days_before_due_max: Annotated[int, Field(ge=1, le=14)] = 7
    overdue_after_days: tuple[PositiveInt, ...] = ()
    proof_hours: Annotated[int, Field(ge=1, le=168)] = 24


MOST_ALERTS = 100  # that a library may let a patron have


class Alerts(Policy):
    """新着図書お知らせメール (K-60 to K-67): how many alerts, and how many titles a mail tells of.

    ``titles_choices`` are what a patron may choose from; ``titles`` is chosen for them (K-62).
    """

    is_offered: bool = True
    limit: Annotated[int, Field(ge=1, le=MOST_ALERTS)] = 20
    titles: PositiveInt = 10
    titles_choices: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (5, 10, 20, 50)


class NewArrivals(Policy):
    """The page of new arrivals: for how many weeks a record is new."""

    weeks: Annotated[int, Field(ge=1, le=26)] = 8


Service = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(:\d{1,5})?$")]


class Push(Policy):
    """Whether the library sends notices to devices (extra ``push``), and by which services.

    A service is a host, or one above it, at which a browser's maker takes notices: Google,
    Mozilla, Apple and Microsoft. The portal sends to no other address.
    """

    is_offered: bool = False
    services: Annotated[tuple[Service, ...], Field(min_length=1)] = (
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    )


class CardBarcode(Policy):
    """What stands around the card number in the card's NW-7 barcode.

    ``check_digit`` is a rule only where the number as patrons know it is without
    the check digit; where they know it as part of their number, it is "none".
    """

    start: Literal["A", "B", "C", "D"] = "A"
    stop: Literal["A", "B", "C", "D"] = "A"
    check_digit: CheckDigit = CheckDigit.NONE


class Card(Policy):
    """How a page shows a card: how many digits of its number (G-07), and its barcode.

    The other digits become stars.
    """

    shown_digits: Annotated[int, Field(ge=0, le=20)] = 3
    barcode: CardBarcode = CardBarcode()


class Terms(Policy):
    """What this library calls things. Texts have a blank for each (section 1.3, last row)."""

    card_number: Words
    cart: Words
    shelf: Words
    shelf_short: Words
    renew: Words
    contact_none: Words
    contact_mail: Words
    contact_telephone: Words


class Library(Policy):
    """Everything a library has decided."""

    name: Words
    short_name: Words | None = None  # stands under the icon on a phone, where six characters fit
    home_page: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = ""
    branches: Annotated[tuple[Branch, ...], Field(min_length=1)]
    sign_in: SignIn
    session: Session = Session()
    password: Password = Password()
    card: Card = Card()
    cart: Cart = Cart()
    shelf: Shelf = Shelf()
    holds: Holds
    loans: Loans
    history: History = History()
    mail: Mail = Mail()
    alerts: Alerts = Alerts()
    new_arrivals: NewArrivals = NewArrivals()
    push: Push = Push()
    opening_days: OpeningDays = OpeningDays()
    accessibility: Accessibility = Accessibility()
    further_languages: tuple[Language, ...] = ()  # docs/languages.md
    words: Terms

    @property
    def pickup_branches(self) -> tuple[str, ...]:
        """The codes of the branches where a hold can be picked up."""
        return tuple(branch.code for branch in self.branches if branch.is_pickup_branch)
