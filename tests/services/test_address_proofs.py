"""Proving an address by the code or the link in its mail (G-42)."""

import datetime as dt

import pytest
from sqlmodel import Session, col, select

from portal_app.data.database import current_engine
from portal_app.data.tables import AddressProof, Letter, MailAddress
from portal_app.domain.address_proofs import MOST_WRONG_CODES, Means, Proved
from portal_app.domain.mail import AddressKind, LetterKind
from portal_app.services import address_proofs, patron_information
from portal_app.text import Lang
from tests.conftest import NOW
from tests.services.queues import OUR_LIBRARY, at_once

KEY = b"of these tests"
OLD, NEW = "hanako@example.jp", "new@example.jp"
SECRET, CODE = "s" * 24, "123456"
OVER = NOW + dt.timedelta(hours=OUR_LIBRARY.mail.proof_hours, seconds=1)


def means(secret: str = SECRET, code: str = CODE) -> Means:
    return Means(secret=secret, code=code, key=KEY, origin="https://portal.example")


def by_code(patron_id: int, code: str = CODE, *, now: dt.datetime = NOW) -> Proved:
    return address_proofs.prove_by_code(
        patron_id=patron_id, place=1, code=code, key=KEY, library=OUR_LIBRARY, now=now
    )


def by_link(secret: str = SECRET, *, now: dt.datetime = NOW) -> bool:
    return address_proofs.prove_by_link(secret=secret, library=OUR_LIBRARY, now=now)


def ask_again(patron_id: int, secret: str, code: str = "654321") -> bool:
    return address_proofs.ask_again(
        patron_id=patron_id,
        place=1,
        means=means(secret, code),
        lang=Lang.JA,
        library=OUR_LIBRARY,
        now=NOW,
    )


def addresses() -> list[str]:
    with Session(current_engine()) as tx:
        return list(tx.exec(select(MailAddress.address)))


def letters() -> list[Letter]:
    with Session(current_engine()) as tx:
        return list(tx.exec(select(Letter).order_by(col(Letter.id))))


@pytest.fixture
def asked(hanako) -> int:
    """Hanako wants to read mail at a new address instead of her old one."""
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            MailAddress(
                patron_id=hanako, place=1, address=OLD, kind=AddressKind.PC, confirmed_at=NOW
            )
        )
    patron_information.save(
        patron_id=hanako,
        fields={"address_1": NEW, "repeated_1": NEW, "due_date_days": "1"}
        | dict.fromkeys(("registration_to_1", "due_date_to_1", "loan_to_1"), "on"),
        means=[means(), means("t" * 24)],
        lang=Lang.JA,
        library=OUR_LIBRARY,
        now=NOW,
    )
    return hanako


def test_g42_the_right_code_changes_the_address_once(asked):
    assert by_code(asked) is Proved.CONFIRMED

    assert addresses() == [NEW]
    assert by_code(asked) is Proved.PROOF_OVER


def test_g42_the_link_changes_the_address_once(asked):
    assert by_link()

    assert addresses() == [NEW]
    assert not by_link()


def test_two_presses_in_the_same_moment_tell_the_old_address_once(asked):
    told = at_once(by_link, by_link)

    assert sorted(told) == [False, True]
    assert [letter.kind for letter in letters()].count(LetterKind.ADDRESS_CHANGED) == 1


def test_g42_the_old_address_is_told_without_the_new_one(asked):
    by_code(asked)

    told = letters()[-1]
    assert (told.kind, told.address) == (LetterKind.ADDRESS_CHANGED, OLD)
    assert "n***@example.jp" in told.body
    assert NEW not in told.body + told.subject


def test_a_few_wrong_codes_end_the_proof_and_its_link_too(asked):
    told = [by_code(asked, "000000") for _ in range(MOST_WRONG_CODES)]

    assert told == [Proved.CODE_WRONG] * (MOST_WRONG_CODES - 1) + [Proved.CODES_USED_UP]
    assert by_code(asked) is Proved.CODES_USED_UP
    assert not by_link()
    assert addresses() == [OLD]


def test_asked_again_there_is_another_link_and_code_and_the_first_ones_are_void(asked):
    for _ in range(MOST_WRONG_CODES):
        by_code(asked, "000000")

    assert ask_again(asked, "u" * 24)

    assert not by_link()
    assert by_code(asked) is Proved.CODE_WRONG
    assert by_code(asked, "654321") is Proved.CONFIRMED
    assert [letter.address for letter in letters()] == [NEW, NEW, OLD]


def test_asking_again_is_not_for_ever(asked):
    told = [ask_again(asked, f"{number:024}") for number in range(3)]

    assert told == [True, True, False]  # the first of three was written when it was saved


def test_after_a_while_neither_proves_anything(asked):
    assert by_code(asked, now=OVER) is Proved.PROOF_OVER
    assert not by_link(now=OVER)
    assert addresses() == [OLD]


def test_what_nobody_proved_in_time_is_forgotten(asked):
    address_proofs.forget_the_past(policy=OUR_LIBRARY.mail, now=OVER)

    with Session(current_engine()) as tx:
        assert tx.exec(select(AddressProof)).all() == []


def test_another_patron_proves_nothing_by_the_code(asked, ken):
    assert by_code(ken) is Proved.PROOF_OVER
    assert not ask_again(ken, "u" * 24)


@pytest.mark.parametrize("secret", ["", "nonsense", "S" * 24, "s" * 25, "\0", "ｓ" * 24])
def test_whatever_else_stands_in_the_address_leads_nowhere(asked, secret):
    assert not by_link(secret)
