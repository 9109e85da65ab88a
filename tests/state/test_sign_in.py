import pytest

from portal_app.state.sign_in import LONGEST_PROBLEM, PasswordState, SignInState


@pytest.mark.parametrize("kind", [SignInState, PasswordState])
async def test_the_address_says_why_the_patron_is_here(tab, go_to, kind):
    go_to("/sign-in?problem=wrong&next=%2Floans")
    state = await tab.get_state(kind)

    state.open()

    assert state.problem == "wrong"


@pytest.mark.parametrize("kind", [SignInState, PasswordState])
async def test_a_bare_address_says_nothing(tab, go_to, kind):
    go_to("/sign-in")
    state = await tab.get_state(kind)

    state.open()

    assert state.problem == ""


@pytest.mark.parametrize(("address", "has_wish"), [("/sign-in?wish=7", True), ("/sign-in", False)])
async def test_who_wishes_for_a_book_is_told_what_becomes_of_it(tab, go_to, address, has_wish):
    go_to(address)
    state = await tab.get_state(SignInState)

    state.open()

    assert state.has_wish is has_wish


async def test_nothing_longer_than_what_can_be_said_is_taken_up(tab, go_to):
    go_to("/sign-in?problem=" + "a" * 5_000)
    state = await tab.get_state(SignInState)

    state.open()

    assert len(state.problem) == LONGEST_PROBLEM
