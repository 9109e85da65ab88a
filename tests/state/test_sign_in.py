import pytest

from portal_app.state.sign_in import LONGEST_PATH, PasswordState, SignInState


@pytest.mark.parametrize("kind", [SignInState, PasswordState])
async def test_the_address_says_why_and_where_to_go_next(tab, go_to, kind):
    go_to("/sign-in?problem=wrong&next=%2Frecords%2F7%3Fq%3Dhoshi&wish=7")
    state = await tab.get_state(kind)

    state.open()

    assert state.problem == "wrong"
    assert state.next_path == "/records/7?q=hoshi"
    assert state.wish == "7"


@pytest.mark.parametrize("kind", [SignInState, PasswordState])
async def test_a_bare_address_says_nothing(tab, go_to, kind):
    go_to("/sign-in")
    state = await tab.get_state(kind)

    state.open()

    assert (state.problem, state.next_path, state.wish) == ("", "", "")


async def test_nothing_longer_than_an_address_is_taken_up(tab, go_to):
    go_to("/sign-in?next=/" + "a" * 5_000)
    state = await tab.get_state(SignInState)

    state.open()

    assert len(state.next_path) == LONGEST_PATH
