import pytest
import reflex as rx
import time_machine
from sqlmodel import Session, select

from portal_app import clock, libraries, routes
from portal_app.data.database import current_engine
from portal_app.data.tables import Letter, Patron
from portal_app.state.address_proof import AddressProofState
from portal_app.state.offline import kept
from portal_app.state.patron_information import Answer, PatronInformationState
from portal_app.state.recency import LASTING
from portal_app.state.session import NotSignedIn
from portal_app.text import Lang
from tests.state.conftest import leads_to

NEW, MASKED = "new@example.jp", "n***@example.jp"
TYPED = {
    "address_1": NEW,
    "repeated_1": NEW,
    "telephone": "099-123-4567",
    "due_date_days": "1",
    **{f"{kind}_to_1": "on" for kind in libraries.load("kagoshima").mail.notices},
}
WRONG = TYPED | {"repeated_1": "nwe@example.jp"}


@pytest.fixture(autouse=True)
def settings(monkeypatch) -> None:
    monkeypatch.setenv("PORTAL_KEY", "a key for these tests")
    monkeypatch.setenv("PORTAL_ORIGIN", "https://portal.example")


@pytest.fixture
async def information(tab, hanako, go_to) -> PatronInformationState:
    """What Hanako's tab knows of her information."""
    go_to(routes.PATRON_INFORMATION)
    state = await tab.get_state(PatronInformationState)
    await state.open()
    return state


def proof() -> str:
    """Return what the mail says that proves the address."""
    with Session(current_engine()) as tx:
        return tx.exec(select(Letter.body)).one()


async def test_k47_what_is_typed_is_looked_at_and_not_saved(information):
    answer = await information.check(TYPED)

    assert leads_to(answer) == routes.CONFIRM_INFORMATION
    assert information.mistakes == {}
    with Session(current_engine()) as tx:
        assert tx.exec(select(Patron.telephone)).one() == ""


async def test_k47_a_mistake_is_said_at_its_field_and_leads_nowhere(information):
    assert await information.check(WRONG) is None

    assert information.mistakes == {"repeated_1": "address_not_repeated"}
    assert information.answer.said == "mistakes"


async def test_k48_saved_on_the_confirmation_page_it_is_said_on_the_form(information, go_to):
    go_to(routes.CONFIRM_INFORMATION)

    answer = await information.save(TYPED, Lang.JA)
    await information.open()

    assert leads_to(answer) == routes.PATRON_INFORMATION
    assert information.answer == Answer(said="asked")
    assert information.saves == 1
    assert information.information.addresses[0].waiting == MASKED


async def test_what_was_done_is_said_for_a_minute_however_often_the_page_is_opened(information):
    await information.save(TYPED, Lang.JA)

    await information.open()
    await information.open()
    assert information.answer == Answer(said="asked")

    with time_machine.travel(clock.now() + LASTING):
        await information.open()
    assert information.answer == Answer()


async def test_g42_in_one_step_the_page_stays(information):
    assert await information.save(TYPED, Lang.JA) is None

    assert (information.answer.said, information.saves) == ("asked", 1)


async def test_a_mistake_saves_nothing_and_leaves_what_was_typed(information):
    await information.save(WRONG, Lang.JA)

    assert (information.answer.said, information.saves) == ("mistakes", 0)


async def test_the_tab_on_the_server_keeps_nothing_that_was_typed(information):
    await information.check(TYPED)
    await information.save(TYPED, Lang.JA)

    kept_here = repr({name: getattr(information, name) for name in information.base_vars})
    assert NEW not in kept_here
    assert "0991234567" not in kept_here
    assert "099-123" not in kept_here


async def test_g42_the_code_in_the_mail_proves_the_address(information):
    await information.save(TYPED, Lang.JA)
    code = proof().partition("確認番号：")[2][:6]

    await information.prove({"place": "1", "code": code})

    assert information.answer == Answer(said="confirmed", place=1)
    assert information.information.addresses[0].in_use == MASKED


@pytest.mark.parametrize("place", ["1", "9", "x", ""])
async def test_g42_another_code_proves_nothing(information, place):
    await information.save(TYPED, Lang.JA)

    await information.prove({"place": place, "code": "x"})

    assert information.answer.said in {"code_wrong", "proof_over"}
    assert information.information.addresses[0].in_use == ""


async def test_the_link_proves_the_address_when_it_is_pressed_and_not_before(
    information, tab, go_to
):
    await information.save(TYPED, Lang.JA)
    [link] = [line for line in proof().split("\n") if line.startswith("https://portal.example/")]
    go_to(link.removeprefix("https://portal.example"))
    page = await tab.get_state(AddressProofState)

    page.open()
    await information.open()
    assert information.information.addresses[0].in_use == ""
    await page.confirm()
    await information.open()

    assert page.outcome == "confirmed"
    assert information.information.addresses[0].in_use == MASKED


async def test_a_link_to_nowhere_says_so_when_it_is_pressed(library, go_to, tab):
    go_to(routes.confirm_address("A" * 24))
    page = await tab.get_state(AddressProofState)

    page.open()
    assert page.outcome == ""
    await page.confirm()

    assert page.outcome == "nowhere"


async def test_asking_for_a_mail_says_what_became_of_it(information):
    await information.save(TYPED, Lang.JA)

    await information.ask_again(1, Lang.JA)
    assert information.answer == Answer(said="asked_again", place=1)
    await information.ask_again(2, Lang.JA)
    assert information.answer == Answer(said="asked_too_often", place=2)
    await information.send_test(1, Lang.JA)
    assert information.answer == Answer(said="no_such_address", place=1)


async def test_no_device_keeps_it():
    assert PatronInformationState not in kept()


async def test_strangers_learn_and_change_nothing(library):
    state = await rx.State().get_state(PatronInformationState)

    for act in (state.open(), state.check(TYPED), state.save(TYPED, Lang.JA)):
        with pytest.raises(NotSignedIn):
            await act
    assert state.information is None
