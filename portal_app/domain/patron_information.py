"""What a patron says of themselves: addresses, notices, how they like to be served (K-40 to K-48).

A page shows an address and a telephone number masked. Whoever leaves the mask as it is,
leaves what is behind it.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal_app.domain.mail import AddressKind, NoticeKind
from portal_app.domain.notices import CHOSEN_EACH_TIME, Choice
from portal_app.domain.policies import ContactMethod, Library

LONGEST_ADDRESS = 254
MASK = "***"
_SHOWN_DIGITS = 4

# Dots may stand anywhere before the sign: some Japanese mobile addresses are older than the rule.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_TELEPHONE = re.compile(r"0\d{9,10}")
_BETWEEN_DIGITS = re.compile(r"[\s()（）.‐-―−ー-]")


class Mistake(StrEnum):
    """What is wrong with a field: ``patron_information.mistake.<value>``."""

    ADDRESS_MASKED = "address_masked"
    ADDRESS_MALFORMED = "address_malformed"
    ADDRESS_NOT_REPEATED = "address_not_repeated"
    ADDRESS_TWICE = "address_twice"
    ASKED_TOO_OFTEN = "asked_too_often"
    NO_DESTINATION = "no_destination"
    DAYS_OUT_OF_RANGE = "days_out_of_range"
    NOT_A_PICKUP_BRANCH = "not_a_pickup_branch"
    NO_SUCH_CONTACT = "no_such_contact"
    CONTACT_NEEDS_ADDRESS = "contact_needs_address"
    CONTACT_NEEDS_TELEPHONE = "contact_needs_telephone"
    TELEPHONE_MASKED = "telephone_masked"
    TELEPHONE_MALFORMED = "telephone_malformed"


class Deed(StrEnum):
    """What becomes of an address."""

    KEEP = "keep"
    GO_BACK = "go_back"  # the one in use stays, and the one that was to be proved is forgotten
    DELETE = "delete"
    PROVE = "prove"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """An address in use, and one that is to be proved; either may be empty."""

    current: str = ""
    pending: str = ""
    is_refused: bool = False

    @property
    def shown(self) -> str:
        """The one that stands, masked, in the field."""
        return self.pending or self.current


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the library knows: the addresses by place, and the telephone number."""

    addresses: Mapping[int, KnownAddress]
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAddress:
    """An address as it was typed, twice."""

    address: str
    repeated: str
    kind: AddressKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The form as a patron filled it in. Nought days are none that could be meant."""

    addresses: Mapping[int, TypedAddress]
    choices: Mapping[NoticeKind, Choice]
    pickup_branch: str
    contact_method: str
    telephone: str


def masked_address(address: str) -> str:
    """Return an address as a page shows it: h***@example.jp."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}{MASK}{at}{domain}" if address else ""


def masked_telephone(telephone: str) -> str:
    """Return a telephone number as a page shows it: ******5678."""
    hidden = max(0, len(telephone) - _SHOWN_DIGITS)
    return "*" * hidden + telephone[hidden:]


def read(fields: Mapping[str, str], *, library: Library) -> Typed:
    """Return what the fields of the form say. What is not of this library is not read."""
    places = range(1, library.mail.addresses + 1)
    return Typed(
        addresses={place: _address_in(fields, place, library) for place in places},
        choices={kind: _choice_in(fields, kind, places) for kind in library.mail.notices},
        pickup_branch=fields.get("pickup_branch", ""),
        contact_method=fields.get("contact_method", ""),
        telephone=_plain(fields.get("telephone", "")),
    )


def deed_of(typed: TypedAddress, known: KnownAddress) -> Deed:
    """Return what becomes of an address by what stands in its field.

    At one that was refused the patron may want to read mail again: it is proved anew.
    """
    if not typed.address:
        return Deed.DELETE
    if typed.address in {masked_address(known.shown), known.pending}:
        return Deed.KEEP
    if typed.address == known.current and not known.is_refused:
        return Deed.GO_BACK
    return Deed.PROVE


def digits_of(typed: str, *, known: str) -> str:
    """Return the telephone number that a field means."""
    return known if typed and typed == masked_telephone(known) else _BETWEEN_DIGITS.sub("", typed)


def mistakes_in(typed: Typed, known: Known, *, library: Library) -> Mapping[str, Mistake]:
    """Return what is wrong, by the name of the field."""
    found = {
        **_in_addresses(typed, known),
        **_in_choices(typed, library),
        **_in_defaults(typed, known, library),
    }
    return {name: mistake for name, mistake in found.items() if mistake is not None}


def _address_in(fields: Mapping[str, str], place: int, library: Library) -> TypedAddress:
    asked = fields.get(f"kind_{place}") if library.mail.asks_kind else None
    return TypedAddress(
        address=_plain(fields.get(f"address_{place}", "")),
        repeated=_plain(fields.get(f"repeated_{place}", "")),
        kind=AddressKind.MOBILE if asked == AddressKind.MOBILE else AddressKind.PC,
    )


def _choice_in(fields: Mapping[str, str], kind: NoticeKind, places: range) -> Choice:
    days = _plain(fields.get(f"{kind}_days", ""))
    return Choice(
        places=tuple(place for place in places if f"{kind}_to_{place}" in fields),
        is_sent=kind in CHOSEN_EACH_TIME or fields.get(f"{kind}_is_sent", "yes") == "yes",
        days_before=(int(days) if days.isdecimal() else 0) if kind is NoticeKind.DUE_DATE else None,
    )


def _plain(typed: str) -> str:
    # Full-width letters and digits, which a Japanese keyboard writes as easily.
    return unicodedata.normalize("NFKC", typed).strip()


def _in_addresses(typed: Typed, known: Known) -> dict[str, Mistake | None]:
    found: dict[str, Mistake | None] = {}
    meant: set[str] = set()
    for place, one in typed.addresses.items():
        there = known.addresses.get(place, KnownAddress())
        found |= _in_address(place, one, there)
        address = there.shown if deed_of(one, there) is Deed.KEEP else one.address
        if address and address.lower() in meant:
            found[f"address_{place}"] = Mistake.ADDRESS_TWICE
        meant.add(address.lower())
    return found


def _in_address(place: int, typed: TypedAddress, known: KnownAddress) -> dict[str, Mistake | None]:
    if typed.address != typed.repeated:
        return {f"repeated_{place}": Mistake.ADDRESS_NOT_REPEATED}
    if deed_of(typed, known) is not Deed.PROVE:
        return {}
    if "*" in typed.address:
        return {f"address_{place}": Mistake.ADDRESS_MASKED}
    is_one = len(typed.address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(typed.address)
    return {} if is_one else {f"address_{place}": Mistake.ADDRESS_MALFORMED}


def _in_choices(typed: Typed, library: Library) -> dict[str, Mistake | None]:
    found: dict[str, Mistake | None] = {}
    there = {place for place, one in typed.addresses.items() if one.address}
    for kind, choice in typed.choices.items():
        # Nowhere at all is a wish like another where it is chosen each time what is sent.
        is_nowhere = kind in CHOSEN_EACH_TIME and not choice.places
        if there and choice.is_sent and not is_nowhere and there.isdisjoint(choice.places):
            found[kind] = Mistake.NO_DESTINATION
        days = choice.days_before
        if days is not None and not 1 <= days <= library.mail.days_before_due_max:
            found[f"{kind}_days"] = Mistake.DAYS_OUT_OF_RANGE
    return found


def _in_defaults(typed: Typed, known: Known, library: Library) -> dict[str, Mistake | None]:
    digits = digits_of(typed.telephone, known=known.telephone)
    return {
        "pickup_branch": None
        if typed.pickup_branch in {"", *library.pickup_branches}
        else Mistake.NOT_A_PICKUP_BRANCH,
        "contact_method": _in_contact(typed, digits, library),
        "telephone": _in_telephone(digits),
    }


def _in_contact(typed: Typed, digits: str, library: Library) -> Mistake | None:
    contact = typed.contact_method
    if contact not in {"", *library.holds.contact_methods}:
        return Mistake.NO_SUCH_CONTACT
    if contact == ContactMethod.MAIL and not any(one.address for one in typed.addresses.values()):
        return Mistake.CONTACT_NEEDS_ADDRESS
    if contact == ContactMethod.TELEPHONE and not digits:
        return Mistake.CONTACT_NEEDS_TELEPHONE
    return None


def _in_telephone(digits: str) -> Mistake | None:
    if "*" in digits:
        return Mistake.TELEPHONE_MASKED
    return None if not digits or _TELEPHONE.fullmatch(digits) else Mistake.TELEPHONE_MALFORMED
