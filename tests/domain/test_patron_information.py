"""What a patron says of themselves, and what is wrong with it (K-40 to K-47, G-42, G-43)."""

import pytest

from portal_app import libraries
from portal_app.domain.mail import AddressKind, NoticeKind
from portal_app.domain.notices import Choice
from portal_app.domain.patron_information import (
    Deed,
    Known,
    KnownAddress,
    Mistake,
    TypedAddress,
    deed_of,
    digits_of,
    masked_address,
    masked_telephone,
    mistakes_in,
    read,
)

KAGOSHIMA, KOGANEI = (libraries.load(name) for name in ("kagoshima", "koganei"))
OLD, NEW = "hanako@example.jp", "new@example.jp"
NOBODY = Known(addresses={}, telephone="")
HANAKO = Known(addresses={1: KnownAddress(current=OLD)}, telephone="0991234567")


def mistakes(known=NOBODY, library=KAGOSHIMA, **fields):
    return dict(mistakes_in(read(fields, library=library), known, library=library))


def address(typed: str, *, again: str | None = None) -> dict[str, str]:
    """Return the fields of E-mail1, with what needs a destination sent there."""
    to_first = {f"{kind}_to_1": "on" for kind in NoticeKind}
    days = {"due_date_days": "1"}
    repeated = typed if again is None else again
    return {"address_1": typed, "repeated_1": repeated, **to_first, **days}


@pytest.mark.parametrize(
    ("address", "masked"),
    [(OLD, "h***@example.jp"), ("h@example.jp", "h***@example.jp"), ("", "")],
)
def test_an_address_is_shown_by_its_first_letter_and_where_it_is(address, masked):
    assert masked_address(address) == masked


def test_a_telephone_number_is_shown_by_its_last_four_digits():
    assert masked_telephone("09012345678") == "*******5678"
    assert masked_telephone("") == ""


@pytest.mark.parametrize(
    ("typed", "known", "deed"),
    [
        ("", KnownAddress(current=OLD), Deed.DELETE),
        ("h***@example.jp", KnownAddress(current=OLD), Deed.KEEP),
        ("n***@example.jp", KnownAddress(current=OLD, pending=NEW), Deed.KEEP),
        (NEW, KnownAddress(current=OLD, pending=NEW), Deed.KEEP),
        (OLD, KnownAddress(current=OLD, pending=NEW), Deed.GO_BACK),
        (OLD, KnownAddress(current=OLD), Deed.GO_BACK),
        (OLD, KnownAddress(current=OLD, is_refused=True), Deed.PROVE),
        (NEW, KnownAddress(current=OLD), Deed.PROVE),
        (NEW, KnownAddress(), Deed.PROVE),
    ],
)
def test_g42_what_becomes_of_an_address_is_what_stands_in_its_field(typed, known, deed):
    written = TypedAddress(address=typed, repeated=typed, kind=AddressKind.PC)

    assert deed_of(written, known) is deed


@pytest.mark.parametrize(
    "typed",
    [
        NEW,
        "ｎｅｗ＠ｅｘａｍｐｌｅ．ｊｐ",
        " new@example.jp ",
        "a..b.@docomo.ne.jp",
        "o'hara+1@sub.example.co.jp",
    ],
)
def test_an_address_may_be_written_as_japanese_keyboards_and_telephones_write_it(typed):
    assert mistakes(**address(typed)) == {}


@pytest.mark.parametrize(
    "typed",
    [
        *("new", "new@", "@example.jp", "new@example", "new@example..jp", "ne w@example.jp"),
        *("new@example.jp\r\nBcc: a@b.jp", "new@example.jp,a@b.jp", "新@example.jp"),
        *("new@-example.jp", f"{'n' * 65}@example.jp", f"new@{'e' * 260}.jp"),
    ],
)
def test_what_is_no_address_is_refused_at_its_field(typed):
    assert mistakes(**address(typed)) == {"address_1": Mistake.ADDRESS_MALFORMED}


def test_k40_an_address_is_typed_twice():
    found = mistakes(**address(NEW, again="nwe@example.jp"))

    assert found == {"repeated_1": Mistake.ADDRESS_NOT_REPEATED}


def test_a_mask_that_was_changed_is_no_address():
    found = mistakes(HANAKO, **address("h***@example.com"))

    assert found == {"address_1": Mistake.ADDRESS_MASKED}


@pytest.mark.parametrize("typed", [NEW, "NEW@example.jp"])
def test_k40_the_two_addresses_are_two(typed):
    second = {"address_2": typed, "repeated_2": typed}

    assert mistakes(**address(NEW), **second) == {"address_2": Mistake.ADDRESS_TWICE}


def test_k40_an_address_is_marked_as_that_of_a_computer_or_a_telephone():
    typed = read({"kind_1": "mobile", "kind_2": "nonsense"}, library=KAGOSHIMA)

    assert [one.kind for one in typed.addresses.values()] == [AddressKind.MOBILE, AddressKind.PC]


def test_g42_the_library_with_one_address_reads_one_and_asks_for_no_kind():
    fields = {"address_1": NEW, "address_2": OLD, "kind_1": "mobile", "hold_to_2": "on"}

    typed = read(fields, library=KOGANEI)

    assert list(typed.addresses) == [1]
    assert typed.addresses[1].kind is AddressKind.PC
    assert typed.choices == {NoticeKind.HOLD: Choice(places=(), is_sent=True)}


def test_k41_to_k45_boxes_are_destinations_and_a_dot_says_whether_it_is_sent():
    fields = {
        "registration_to_1": "on",
        "registration_is_sent": "no",
        "hold_is_sent": "no",
        "due_date_to_2": "on",
        "due_date_days": "３",
    }

    choices = read(fields, library=KAGOSHIMA).choices

    assert choices[NoticeKind.REGISTRATION] == Choice(places=(1,), is_sent=False)
    assert choices[NoticeKind.HOLD] == Choice(places=(), is_sent=True)  # chosen each time
    assert choices[NoticeKind.DUE_DATE] == Choice(places=(2,), is_sent=True, days_before=3)


def test_k44_what_is_sent_needs_an_address_that_is_there():
    fields = address(NEW) | {"loan_to_2": "on"}
    del fields["loan_to_1"]

    assert mistakes(**fields) == {"loan": Mistake.NO_DESTINATION}
    assert mistakes(**fields, loan_is_sent="no") == {}


def test_k42_nowhere_is_a_wish_where_it_is_chosen_each_time():
    fields = address(NEW)
    del fields["hold_to_1"]

    assert mistakes(**fields) == {}


@pytest.mark.parametrize("days", ["0", "8", "", "x", "-1", "99999999"])
def test_k45_a_reminder_comes_as_many_days_before_as_the_library_allows(days):
    assert mistakes(due_date_days=days) == {"due_date_days": Mistake.DAYS_OUT_OF_RANGE}


def test_k46_g43_defaults_are_those_that_the_library_offers():
    found = mistakes(pickup_branch="nowhere", contact_method="pigeon", due_date_days="1")

    assert found == {
        "pickup_branch": Mistake.NOT_A_PICKUP_BRANCH,
        "contact_method": Mistake.NO_SUCH_CONTACT,
    }
    fields = {"pickup_branch": "honkan", "contact_method": "none", "due_date_days": "1"}
    assert mistakes(**fields) == {}


def test_k46_who_wants_to_be_told_says_where():
    assert mistakes(contact_method="mail", due_date_days="1") == {
        "contact_method": Mistake.CONTACT_NEEDS_ADDRESS
    }
    assert mistakes(contact_method="telephone", due_date_days="1") == {
        "contact_method": Mistake.CONTACT_NEEDS_TELEPHONE
    }


@pytest.mark.parametrize(
    "typed", ["099-123-4567", "０９９（１２３）４５６７", " 099 123 4567", "099ー123ー4567"]
)
def test_k46_a_telephone_number_is_its_digits(typed):
    assert digits_of(read({"telephone": typed}, library=KAGOSHIMA).telephone, known="") == (
        "0991234567"
    )
    assert "telephone" not in mistakes(telephone=typed)


def test_k46_a_masked_number_stays_and_an_empty_one_is_deleted():
    assert digits_of("******4567", known=HANAKO.telephone) == HANAKO.telephone
    assert digits_of("", known=HANAKO.telephone) == ""


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("12345", Mistake.TELEPHONE_MALFORMED),
        ("1991234567", Mistake.TELEPHONE_MALFORMED),
        ("099123456x", Mistake.TELEPHONE_MALFORMED),
        ("*****14567", Mistake.TELEPHONE_MASKED),
    ],
)
def test_k46_what_is_no_number_is_refused_at_its_field(typed, mistake):
    assert mistakes(HANAKO, telephone=typed, due_date_days="1")["telephone"] is mistake
