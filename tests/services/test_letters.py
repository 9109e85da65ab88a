"""Letters: written if and only if what they tell has come about (K-29, K-40, G-34)."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

import pytest
from sqlmodel import Session, col, select

from portal_app.data.database import current_engine
from portal_app.data.tables import Letter, MailAddress
from portal_app.domain.holds import HoldState
from portal_app.domain.mail import LETTERS_KEPT_FOR, AddressKind, LetterKind
from portal_app.domain.outbox import Answer, Operation
from portal_app.services import cart, letters, outbox, post
from portal_app.services.letters import Choice
from portal_app.text import Lang, offered
from tests.conftest import NOW, add_record
from tests.services.queues import OUR_LIBRARY, set_aside, wait_for, written

NO_ADDRESS = "letters.note.no_such_address"
NOTHING_ON_HOLD = "letters.note.nothing_on_hold"
TO_FIRST = {"letter_to": 1, "lang": "ja"}
PLACING = {"pickup_branch": "main", "contact_method": "none", "expires_on": ""}


def send(patron_id, deed, /, *, number: str = "", **payload) -> tuple[bool, str]:
    """Send an operation, and return whether it is done and what there is to say about it."""
    operation = Operation(id=number or str(uuid.uuid4()), kind=deed, payload=payload)
    answer: Answer = outbox.deliver(
        patron_id=patron_id, operation=operation, library=OUR_LIBRARY, now=NOW
    )
    return answer.is_done, answer.reason


def all_letters() -> Sequence[Letter]:
    """Return every letter there is, in the order in which they were written."""
    with Session(current_engine()) as tx:
        return tx.exec(select(Letter).order_by(col(Letter.id))).all()


@pytest.fixture
def give() -> Callable[..., None]:
    """Let a patron have an address."""

    def give(patron_id: int, place: int, address: str, *, confirmed_at=NOW) -> None:
        with Session(current_engine()) as tx, tx.begin():
            kind = AddressKind.PC if place == 1 else AddressKind.MOBILE
            where = {"patron_id": patron_id, "place": place, "address": address, "kind": kind}
            tx.add(MailAddress(**where, confirmed_at=confirmed_at))

    return give


@pytest.fixture
def addresses(hanako, ken, give) -> None:
    """Hanako has proved one of her addresses, and Ken both of his."""
    give(hanako, 1, "hanako@example.jp")
    give(hanako, 2, "new@example.jp", confirmed_at=None)
    give(ken, 1, "ken@example.jp")
    give(ken, 2, "ken@mobile.example.jp")


def test_k40_a_choice_is_the_kind_of_a_confirmed_address_and_never_the_address(
    hanako, ken, taro, addresses
):
    pc, mobile = Choice(place=1, kind=AddressKind.PC), Choice(place=2, kind=AddressKind.MOBILE)

    assert letters.choices(patron_id=hanako) == (pc,)
    assert letters.choices(patron_id=ken) == (pc, mobile)
    assert letters.choices(patron_id=taro) == ()


def test_g34_a_cancellation_is_confirmed_by_one_letter_without_a_title_outside(
    hanako, addresses, ginga
):
    (hold_id,) = wait_for(hanako, ginga)

    told = send(hanako, "holds.cancel", hold_id=hold_id, letter_to=1, lang="en")

    assert told == (True, "")
    [letter] = all_letters()
    assert (letter.patron_id, letter.address) == (hanako, "hanako@example.jp")
    assert (letter.kind, letter.language) == (LetterKind.HOLD_CANCELLED, Lang.EN)
    assert letter.subject == f"Your hold is cancelled ({OUR_LIBRARY.name['en']})"
    assert "銀河鉄道の夜" in letter.body
    assert OUR_LIBRARY.branches[0].name["en"] in letter.body
    assert "Cancelled on: Sun 22 Nov 2026" in letter.body
    assert (letter.written_at, letter.sent_at) == (NOW, None)
    assert len(letter.message_id) == 32


@pytest.mark.parametrize("wish", [{}, {"letter_to": 0, "lang": "ja"}])
def test_g34_no_letter_is_written_where_none_is_asked_for(hanako, addresses, ginga, wish):
    (hold_id,) = wait_for(hanako, ginga)

    assert send(hanako, "holds.cancel", hold_id=hold_id, **wish) == (True, "")

    assert all_letters() == []


def test_g34_what_is_not_cancelled_is_not_confirmed(hanako, ken, addresses, ginga):
    (hold_id,) = wait_for(hanako, ginga)
    set_aside(hold_id, item_id=11)

    is_done, _ = send(hanako, "holds.cancel", hold_id=hold_id, **TO_FIRST)
    is_done_by_another, _ = send(ken, "holds.cancel", hold_id=hold_id, **TO_FIRST)

    assert not is_done
    assert not is_done_by_another
    assert all_letters() == []


@pytest.mark.parametrize("place", [2, 3])
def test_an_address_that_is_not_confirmed_or_not_there_gets_no_letter_and_that_is_said(
    hanako, addresses, ginga, place
):
    (hold_id,) = wait_for(hanako, ginga)

    told = send(hanako, "holds.cancel", hold_id=hold_id, letter_to=place, lang="ja")

    assert told == (True, NO_ADDRESS)
    assert written(hold_id).state is HoldState.CANCELLED
    assert all_letters() == []


def test_the_address_of_another_is_none(hanako, taro, addresses, ginga):
    wait_for(hanako, ginga)
    (theirs,) = wait_for(hanako, add_record(8, "門", lent=True))

    assert send(taro, "holds.confirm", record_ids=[ginga], **TO_FIRST) == (True, NOTHING_ON_HOLD)
    is_done, _ = send(taro, "holds.cancel", hold_id=theirs, **TO_FIRST)

    assert not is_done
    assert all_letters() == []


def test_k29_one_letter_lists_what_of_a_press_is_on_hold_and_nothing_else(
    hanako, addresses, ginga, kokoro
):
    gate = add_record(8, "門", lent=True)
    cart.add(patron_id=hanako, record_ids=[gate, ginga], limit=100, now=NOW)
    pressed = [gate, kokoro, ginga]  # こころ is no longer in the cart

    done = [send(hanako, "holds.place", record_id=one, **PLACING)[0] for one in pressed]
    told = send(hanako, "holds.confirm", record_ids=pressed, letter_to=1, lang="ja-simple")

    assert done == [True, False, True]
    assert told == (True, "")
    [letter] = all_letters()
    assert (letter.kind, letter.language) == (LetterKind.HOLD_PLACED, Lang.EASY)
    titles = [line for line in letter.body.splitlines() if line.startswith("■")]
    assert titles == ["■ 門", "■ 銀河鉄道の夜"]
    assert "予約(よやく)した 日(ひ)：2026年 11月 22日（日曜日）" in letter.body
    assert "いつまで 待(ま)つか：ずっと" in letter.body
    assert not any(title in letter.subject for title in ("門", "銀河鉄道の夜"))


def test_k29_where_nothing_was_placed_there_is_no_letter_and_that_is_said(
    hanako, addresses, kokoro
):
    told = send(hanako, "holds.confirm", record_ids=[kokoro], **TO_FIRST)

    assert told == (True, NOTHING_ON_HOLD)
    assert all_letters() == []


def test_what_is_sent_again_is_written_once(hanako, addresses, ginga):
    (hold_id,) = wait_for(hanako, ginga)
    once, again = str(uuid.uuid4()), str(uuid.uuid4())

    for _ in range(3):
        send(hanako, "holds.confirm", number=once, record_ids=[ginga], **TO_FIRST)
    for _ in range(3):
        send(hanako, "holds.cancel", number=again, hold_id=hold_id, **TO_FIRST)

    told = [letter.kind for letter in all_letters()]
    assert told == [LetterKind.HOLD_PLACED, LetterKind.HOLD_CANCELLED]
    assert len({letter.message_id for letter in all_letters()}) == 2


def test_a_title_may_look_like_a_blank(hanako, addresses):
    odd = add_record(9, "{count} と {title}", lent=True)
    wait_for(hanako, odd)

    send(hanako, "holds.confirm", record_ids=[odd], **TO_FIRST)

    [letter] = all_letters()
    assert "■ {count} と {title}\n" in letter.body


@pytest.mark.parametrize("lang", offered())
@pytest.mark.parametrize("deed", ["holds.cancel", "holds.confirm"])
def test_every_letter_can_be_written_in_every_language(hanako, addresses, ginga, lang, deed):
    (hold_id,) = wait_for(hanako, ginga)
    about = {"hold_id": hold_id} if deed == "holds.cancel" else {"record_ids": [ginga]}

    assert send(hanako, deed, **about, letter_to=1, lang=lang) == (True, "")

    [letter] = all_letters()
    assert OUR_LIBRARY.name[lang] in letter.subject
    assert OUR_LIBRARY.name[lang] in letter.body


@pytest.mark.parametrize(
    "wish", [{"letter_to": -1}, {"letter_to": "1"}, {"lang": "xx"}, {"letter_to": None}]
)
def test_a_wish_that_cannot_be_read_is_not_guessed(hanako, addresses, ginga, wish):
    (hold_id,) = wait_for(hanako, ginga)

    told = send(hanako, "holds.cancel", hold_id=hold_id, **wish)

    assert told == (False, "outbox.refusal.not_understood")
    assert written(hold_id).state is HoldState.WAITING


def test_letters_are_forgotten_a_day_after_they_were_sent(hanako, addresses, ginga):
    wait_for(hanako, ginga)
    send(hanako, "holds.confirm", record_ids=[ginga], **TO_FIRST)
    post.keep_here(signing_key=b"key", now=NOW)

    letters.forget_the_past(now=NOW + LETTERS_KEPT_FOR)
    assert len(all_letters()) == 1
    letters.forget_the_past(now=NOW + LETTERS_KEPT_FOR + dt.timedelta(seconds=1))

    assert all_letters() == []
