"""What one library has decided: the keys of its file, with their meaning.

Section 1.3 of the inventory lists how two libraries differ; each row is a key
here. A field without a default must be in every library's file.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt, StringConstraints

from portal_app.domain.catalogue import MaterialClass

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Language = Literal["ja", "en", "ja-simple"]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def _in_every_language(words: Mapping[Language, str]) -> Mapping[Language, str]:
    missing = set(get_args(Language)) - {language for language, word in words.items() if word}
    if missing:
        problem = f"no word in {', '.join(sorted(missing))}"
        raise ValueError(problem)
    return words


# One expression in the three languages of the portal.
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
    """How a patron signs in (K-03, G-10)."""

    initial_password: InitialPassword
    initial_failures_max: PositiveInt = 5


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


class Holds(Policy):
    """Who may place holds, on what, and how (K-24 to K-30, G-30)."""

    limits: Limits
    block_if_overdue: bool
    available_items: bool
    contact_methods: Annotated[tuple[ContactMethod, ...], Field(min_length=1)]
    pickup_days: PositiveInt = 7


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
    words: Terms

    @property
    def pickup_branches(self) -> tuple[str, ...]:
        """The codes of the branches where a hold can be picked up."""
        return tuple(branch.code for branch in self.branches if branch.is_pickup_branch)
