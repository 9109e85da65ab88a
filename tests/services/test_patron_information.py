"""Changing the patron's information, all of it or nothing (K-40 to K-48, G-42, G-43)."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest
from sqlmodel import Session, col, select

from portal_app.data.database import current_engine
from portal_app.data.tables import AddressProof, Letter, MailAddress, NoticeChoice, Patron
from portal_app.domain.address_proofs import Means
from portal_app.domain.holds import HoldState
from portal_app.domain.mail import AddressKind, LetterKind, NoticeKind
from portal_app.domain.patron_information import Mistake
from portal_app.services import patron_information
from portal_app.services.patron_information import Information, Saved, Trial
from portal_app.text import Lang
from tests.conftest import NOW
from tests.services.queues import OUR_LIBRARY, library_of, set_aside, wait_for, written

T = TypeVar("T")

KEY = b"of these tests"
OLD, SECOND, NEW = "hanako@example.jp", "hanako@mobile.example.jp", "new@example.jp"
MASKED_OLD = "h***@example.jp"


def means(number: int = 0) -> list[Means]:
    """Return what the mails for both places are made of."""
    return [
        Means(
            secret=f"{place}{number:023}", code=f"{place}{number:05}", key=KEY, origin="https://p"
        )
        for place in (1, 2)
    ]


def look(patron_id: int) -> Information:
    return patron_information.look(patron_id=patron_id, library=OUR_LIBRARY)


def as_shown(patron_id: int) -> dict[str, str]:
    """Return the fields of the form as a browser sends them when nothing was touched."""
    shown = look(patron_id)
    fields = {
        "pickup_branch": shown.pickup_branch,
        "contact_method": shown.contact_method,
        "telephone": shown.telephone,
    }
    for one in shown.addresses:
        fields[f"kind_{one.place}"] = one.kind.value
        fields[f"address_{one.place}"] = fields[f"repeated_{one.place}"] = one.field
    for notice in shown.notices:
        for place, is_ticked in ((1, notice.to_first), (2, notice.to_second)):
            if is_ticked:
                fields[f"{notice.kind}_to_{place}"] = "on"
        fields[f"{notice.kind}_is_sent"] = "yes" if notice.is_sent else "no"
        if notice.days_before:
            fields[f"{notice.kind}_days"] = str(notice.days_before)
    return fields


def save(patron_id: int, *, now: dt.datetime = NOW, number: int = 0, **changes: str) -> Saved:
    """Save the form as it is shown, but for these fields."""
    return patron_information.save(
        patron_id=patron_id,
        fields=as_shown(patron_id) | changes,
        means=means(number),
        lang=Lang.EN,
        library=OUR_LIBRARY,
        now=now,
    )


def type_address(place: int, address: str) -> dict[str, str]:
    return {f"address_{place}": address, f"repeated_{place}": address}


def rows(kind: type[T]) -> Sequence[T]:
    with Session(current_engine()) as tx:
        return tx.exec(select(kind)).all()


def letters() -> list[tuple[LetterKind, str]]:
    with Session(current_engine()) as tx:
        found = tx.exec(select(Letter).order_by(col(Letter.id)))
        return [(letter.kind, letter.address) for letter in found]


@pytest.fixture
def give() -> Callable[..., None]:
    """Let a patron have an address."""

    def give(patron_id: int, place: int, address: str, **facts) -> None:
        with Session(current_engine()) as tx, tx.begin():
            kind = AddressKind.PC if place == 1 else AddressKind.MOBILE
            where = {"patron_id": patron_id, "place": place, "address": address, "kind": kind}
            tx.add(MailAddress(**where | {"confirmed_at": NOW} | facts))

    return give


@pytest.fixture
def addresses(hanako, give) -> None:
    """Hanako reads mail at two addresses."""
    give(hanako, 1, OLD)
    give(hanako, 2, SECOND)


def test_k10_k40_what_is_shown_names_no_address_and_no_number_in_full(hanako, addresses):
    save(hanako, telephone="099-123-4567")

    shown = look(hanako)

    first, second = shown.addresses
    assert (first.kind, first.in_use) == (AddressKind.PC, MASKED_OLD)
    assert (second.kind, second.in_use) == (AddressKind.MOBILE, "h***@mobile.example.jp")
    assert shown.telephone == "******4567"
    assert not any(whole in repr(shown) for whole in (OLD, SECOND, "099123"))


def test_saving_what_is_shown_changes_nothing_but_the_language_of_mail(hanako, addresses):
    before = look(hanako)

    saved = save(hanako)

    assert saved == Saved(mistakes={})
    assert look(hanako) == before
    assert (letters(), rows(AddressProof), rows(NoticeChoice)) == ([], [], [])
    assert rows(Patron)[0].language is Lang.EN


def test_g42_a_new_address_is_written_to_and_not_used_yet(hanako, addresses):
    saved = save(hanako, **type_address(1, NEW), kind_1="mobile")

    assert saved.asked == (1,)
    assert letters() == [(LetterKind.ADDRESS_PROOF, NEW)]
    [letter] = rows(Letter)
    assert "https://p/confirm-address/1" in letter.body
    assert "Code: 100000" in letter.body
    assert (letter.language, letter.patron_id) == (Lang.EN, hanako)
    first = look(hanako).addresses[0]
    assert (first.in_use, first.waiting, first.field) == (
        MASKED_OLD,
        "n***@example.jp",
        "n***@example.jp",
    )
    assert first.waits_until == NOW + dt.timedelta(hours=OUR_LIBRARY.mail.proof_hours)


def test_g42_the_link_and_the_code_are_not_in_the_table(hanako):
    save(hanako, **type_address(1, NEW))

    [proof] = rows(AddressProof)
    [made, _] = means()
    assert made.secret not in repr(proof)
    assert made.code not in repr(proof)


def test_a_second_press_writes_no_second_mail(hanako, addresses):
    fields = as_shown(hanako) | type_address(1, NEW)
    how = {"means": means(), "lang": Lang.JA, "library": OUR_LIBRARY, "now": NOW}

    for _ in range(2):
        patron_information.save(patron_id=hanako, fields=fields, **how)

    assert letters() == [(LetterKind.ADDRESS_PROOF, NEW)]


def test_g42_an_empty_field_deletes_the_address_and_tells_it(hanako, addresses):
    save(hanako, **type_address(2, ""))

    assert [row.address for row in rows(MailAddress)] == [OLD]
    assert letters() == [(LetterKind.ADDRESS_CHANGED, SECOND)]


def test_typing_the_old_address_again_takes_the_new_one_back(hanako, addresses):
    save(hanako, **type_address(1, NEW))

    save(hanako, **type_address(1, OLD))

    assert rows(AddressProof) == []
    assert look(hanako).addresses[0].field == MASKED_OLD


def test_an_address_that_was_refused_is_proved_again(hanako, give):
    give(hanako, 1, OLD, refused_at=NOW)
    assert look(hanako).addresses[0].refused_on == NOW.date()

    assert save(hanako, **type_address(1, OLD)).asked == (1,)
    assert letters() == [(LetterKind.ADDRESS_PROOF, OLD)]


def test_k40_the_kind_of_an_address_needs_no_proof(hanako, addresses):
    save(hanako, kind_1="mobile")

    assert look(hanako).addresses[0].kind is AddressKind.MOBILE
    assert letters() == []


def test_k47_with_one_mistake_nothing_is_saved(hanako, addresses):
    saved = save(hanako, **type_address(1, NEW), telephone="1")

    assert saved.mistakes == {"telephone": Mistake.TELEPHONE_MALFORMED}
    assert (letters(), rows(AddressProof)) == ([], [])


def test_k47_looking_at_what_was_typed_saves_nothing(hanako, addresses):
    fields = as_shown(hanako) | type_address(1, NEW)

    found = patron_information.check(patron_id=hanako, fields=fields, library=OUR_LIBRARY)

    assert found == {}
    assert (letters(), rows(AddressProof)) == ([], [])


def test_the_portal_does_not_fill_a_strangers_mailbox(hanako, ken):
    """Three mails to one address within an hour, whoever asks, and a mistake after that."""
    for number in range(3):
        assert save(hanako, number=number, **type_address(1, NEW)).asked == (1,)
        save(hanako, **type_address(1, ""))

    refused = [
        save(one, number=8 + one, **type_address(1, "New@example.jp")) for one in (hanako, ken)
    ]

    too_often = {"address_1": Mistake.ASKED_TOO_OFTEN}
    assert [one.mistakes for one in refused] == [too_often, too_often]
    assert len(letters()) == 3
    later = NOW + dt.timedelta(hours=1, seconds=1)
    assert save(ken, number=20, now=later, **type_address(1, NEW)).asked == (1,)


def test_one_patron_asks_for_so_many_mails_and_no_more(hanako):
    asked = [
        save(hanako, number=number, **type_address(1, f"n{number}@example.jp")).asked
        for number in range(7)
    ]

    assert asked == [(1,)] * 6 + [()]


def test_k41_to_k45_choices_are_kept(hanako, addresses):
    save(
        hanako,
        registration_is_sent="no",
        hold_to_2="on",
        loan_is_sent="yes",
        due_date_days="3",
        new_arrivals_to_2="on",
    )

    shown = {notice.kind: notice for notice in look(hanako).notices}
    assert not shown[NoticeKind.REGISTRATION].is_sent
    assert (shown[NoticeKind.HOLD].to_first, shown[NoticeKind.HOLD].to_second) == (True, True)
    assert shown[NoticeKind.NEW_ARRIVALS].to_second
    assert shown[NoticeKind.LOAN].is_sent
    assert shown[NoticeKind.DUE_DATE].days_before == 3


def test_who_has_only_the_second_address_is_shown_it_as_the_destination(hanako, give):
    give(hanako, 2, SECOND)

    shown = look(hanako)

    assert {(one.to_first, one.to_second) for one in shown.notices} == {(False, True)}
    assert shown.letter_to == 2


def test_k48_a_change_is_confirmed_by_mail_where_the_patron_wants_that(hanako, addresses):
    save(hanako, letter="on", letter_to="2")
    save(hanako, letter_to="1")  # not ticked
    save(hanako, letter="on", letter_to="3")

    assert letters() == [(LetterKind.SETTINGS_CHANGED, SECOND)]
    [letter] = rows(Letter)
    assert "Changed on: Sun 22 Nov 2026" in letter.body


def test_k41_who_wants_no_confirmations_is_offered_none(hanako, addresses):
    assert look(hanako).letter_to == 1

    save(hanako, registration_is_sent="no")

    assert look(hanako).letter_to == 0


def test_k46_g43_new_defaults_are_offered_to_the_holds_that_wait(hanako, addresses, ginga, kokoro):
    waiting, ready = wait_for(hanako, ginga, kokoro)
    set_aside(ready, item_id=21)

    saved = save(hanako, pickup_branch="west", contact_method="mail")
    assert saved.waiting_holds == 1
    assert written(waiting).pickup_branch == "main"
    changed = patron_information.change_waiting_holds(
        patron_id=hanako, library=OUR_LIBRARY, today=NOW.date()
    )

    assert changed == 1
    hold = written(waiting)
    assert (hold.pickup_branch, hold.contact_method) == ("west", "mail")
    assert (written(ready).pickup_branch, written(ready).state) == ("main", HoldState.READY)
    assert save(hanako).waiting_holds == 0


def test_a_hold_of_another_patron_does_not_follow(hanako, ken, ginga):
    save(hanako, pickup_branch="west")
    [hold_of_ken] = wait_for(ken, ginga)

    patron_information.change_waiting_holds(patron_id=hanako, library=OUR_LIBRARY, today=NOW.date())

    assert written(hold_of_ken).pickup_branch == "main"


def test_a_test_mail_goes_to_a_confirmed_address_and_not_too_often(hanako, give):
    give(hanako, 1, OLD)
    give(hanako, 2, SECOND, confirmed_at=None)
    how = {"lang": Lang.JA, "key": KEY, "library": OUR_LIBRARY, "now": NOW}

    told = [
        patron_information.send_test(patron_id=hanako, place=place, **how) for place in (1, 2, 9)
    ]
    again = [patron_information.send_test(patron_id=hanako, place=1, **how) for _ in range(3)]

    assert told == [Trial.WRITTEN, Trial.NO_SUCH_ADDRESS, Trial.NO_SUCH_ADDRESS]
    assert again == [Trial.WRITTEN, Trial.WRITTEN, Trial.TOO_OFTEN]
    assert letters() == [(LetterKind.TEST, OLD)] * 3


def test_g42_g43_the_library_with_one_address_shows_one_and_its_one_notice(hanako, addresses):
    koganei = library_of("koganei")

    shown = patron_information.look(patron_id=hanako, library=koganei)

    assert [one.place for one in shown.addresses] == [1]
    assert [one.kind for one in shown.notices] == [NoticeKind.HOLD]
