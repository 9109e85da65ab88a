import datetime as dt

import pytest
from sqlmodel import Session, select

from portal_app import routes
from portal_app.data.tables import CartLine, Hold
from portal_app.domain.cart import Refusal as CartRefusal
from portal_app.domain.holds import Problem, Refusal
from portal_app.state.cart import CartState, PickupForm
from portal_app.state.session import SessionState
from tests.conftest import NOW, TODAY
from tests.state.conftest import answers, leads_to


@pytest.fixture
def form(pickup_branch) -> PickupForm:
    """How Hanako wants to pick things up."""
    return PickupForm(pickup_branch=pickup_branch, contact_method="mail", expires_on="")


@pytest.fixture
async def cart(tab, library, hanako, ginga, kokoro) -> CartState:
    """Hanako's cart, on her screen: 銀河鉄道の夜, which is out, and こころ, which is not."""
    with Session(library) as tx, tx.begin():
        for minute, record_id in enumerate((ginga, kokoro)):
            added_at = NOW + dt.timedelta(minutes=minute)
            tx.add(CartLine(patron_id=hanako, record_id=record_id, added_at=added_at))
    state = await tab.get_state(CartState)
    await state.open()
    return state


def holds_in(library) -> list[int]:
    with Session(library) as tx:
        return list(tx.exec(select(Hold.record_id)))


async def test_what_can_be_placed_on_hold_is_chosen_at_once(cart, tab, ginga, kokoro):
    assert [line.record.record_id for line in cart.lines] == [ginga, kokoro]
    assert cart.chosen == [ginga]
    assert cart.lines[1].refused.why is Refusal.AVAILABLE_NOW
    assert (await tab.get_state(SessionState)).cart_count == 2


async def test_a_record_is_chosen_and_no_longer_chosen(cart, ginga, kokoro):
    await cart.choose(kokoro)
    assert cart.chosen == [ginga, kokoro]
    await cart.choose(ginga)
    assert cart.chosen == [kokoro]
    await cart.choose_none()
    assert cart.chosen == []
    await cart.choose_all()
    assert cart.chosen == [ginga, kokoro]
    await cart.choose(987)
    assert cart.chosen == [ginga, kokoro]


async def test_a_choice_outlives_a_visit_to_another_page(cart):
    await cart.choose_none()

    await cart.open()

    assert cart.chosen == []


async def test_what_is_removed_is_counted_and_no_longer_chosen(cart, tab, ginga, kokoro):
    await cart.remove(ginga)

    assert [line.record.record_id for line in cart.lines] == [kokoro]
    assert (cart.removed_count, cart.chosen) == (1, [])
    assert (await tab.get_state(SessionState)).cart_count == 1


async def test_removing_without_a_choice_says_so(cart):
    await cart.choose_none()

    await cart.remove_chosen()

    assert cart.problem == Problem.NOTHING_CHOSEN
    assert len(cart.lines) == 2


async def test_chosen_records_are_removed_together(cart):
    await cart.choose_all()

    await cart.remove_chosen()

    assert (cart.lines, cart.removed_count) == ([], 2)


async def test_holds_are_placed_once_confirmed_and_only_once(cart, form, library, ginga, kokoro):
    await cart.choose_all()

    assert leads_to(await cart.check(form)) == routes.CONFIRM_HOLDS
    assert await cart.open_confirmation() is None
    first = await answers(cart.place())
    second = await answers(cart.place())

    assert leads_to(first[-1]) == leads_to(second[-1]) == routes.HOLDS_PLACED
    assert await cart.open_placed() is None
    assert [outcome.record.record_id for outcome in cart.placed] == [ginga]
    assert [outcome.refused.why for outcome in cart.refused] == [Refusal.AVAILABLE_NOW]
    assert holds_in(library) == [ginga]
    assert not cart.is_placing


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"pickup_branch": "nowhere"}, Problem.NOT_A_PICKUP_BRANCH),
        ({"contact_method": "pigeon"}, Problem.NOT_A_CONTACT_METHOD),
        ({"expires_on": "2026-11-21"}, Problem.EXPIRY_HAS_PASSED),
        ({"expires_on": "tomorrow"}, Problem.EXPIRY_HAS_PASSED),
    ],
)
async def test_a_request_that_cannot_be_is_not_confirmed(cart, form, library, wrong, problem):
    assert await cart.check({**form, **wrong}) is None

    assert cart.problem == problem
    assert leads_to(await cart.open_confirmation()) == routes.HOLDS_PLACED
    assert leads_to(await cart.open_placed()) == routes.CART
    assert holds_in(library) == []


async def test_nothing_is_placed_without_a_confirmation(cart, library):
    await answers(cart.place())

    assert holds_in(library) == []
    assert leads_to(await cart.open_placed()) == routes.CART


async def test_putting_something_in_the_cart_says_so(cart, tab, library, hanako):
    with Session(library) as tx, tx.begin():
        tx.delete(tx.get(CartLine, (hanako, 1)) or pytest.fail("no such line"))

    assert await cart.add(1, "銀河鉄道の夜") is None
    assert (cart.answer, cart.answer_title) == ("added", "銀河鉄道の夜")
    await cart.add(1, "銀河鉄道の夜")
    assert cart.answer == CartRefusal.ALREADY_IN_CART
    cart.dismiss_answer()

    assert (cart.answer, cart.answer_title) == ("", "")
    assert (await tab.get_state(SessionState)).cart_count == 2


async def test_a_stranger_is_sent_to_sign_in_and_the_wish_is_remembered(tab, go_to, library):
    (await tab.get_state(SessionState))._patron_id = None
    go_to("/records/7?q=hoshi")
    cart = await tab.get_state(CartState)

    answer = await cart.add(7, "星の王子さま")

    assert leads_to(answer) == f"{routes.SIGN_IN}?next=%2Frecords%2F7%3Fq%3Dhoshi&wish=7"
    with Session(library) as tx:
        assert tx.exec(select(CartLine)).all() == []


async def test_pressing_before_the_page_has_opened_shows_what_became_of_it(cart, form, library):
    await cart.check(form)
    await answers(cart.place())

    assert leads_to(await cart.open_confirmation()) == routes.HOLDS_PLACED
    assert await cart.open_placed() is None


async def test_the_last_day_is_kept_on_the_way(cart, form, library):
    day = TODAY + dt.timedelta(days=30)
    await cart.check({**form, "expires_on": day.isoformat()})
    await answers(cart.place())

    with Session(library) as tx:
        assert tx.exec(select(Hold.expires_on)).all() == [day]
