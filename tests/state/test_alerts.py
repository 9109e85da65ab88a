import pytest
import reflex as rx
import time_machine

from portal_app import clock, libraries, routes
from portal_app.services import alerts as service
from portal_app.state.access import access_of
from portal_app.state.alerts import AlertFormState, AlertsState, Condition, Draft, Field, Match
from portal_app.state.offline import kept
from portal_app.state.recency import LASTING
from portal_app.state.session import NotSignedIn
from tests.state.conftest import leads_to


def written(**typed: str) -> dict[str, str]:
    """Return the form as the guard hands it over, empty but for what was typed."""
    fields = ("title", "author", "subject", "publisher")
    empty = {"name": "", "memo": "", "titles": "10"}
    for number, field in enumerate(fields, start=1):
        empty |= {f"f{number}": field, f"t{number}": "", f"m{number}": "contains"}
    sent = empty | {"c2": "and", "c3": "and", "c4": "and"} | typed
    return access_of(AlertFormState.check.fn).admit({"written": sent})["written"]


def alerts_of(patron_id: int):
    return service.look(patron_id=patron_id, mail=libraries.current().mail).alerts


@pytest.fixture
async def form(tab, go_to, three_works) -> AlertFormState:
    """The form for a new alert, as it stands in Hanako's tab."""
    go_to(routes.NEW_ALERT)
    form = await tab.get_state(AlertFormState)
    await form.open()
    return form


def fill(patron_id: int) -> None:
    """Let a patron have as many alerts as the library allows."""
    line = Condition(field=Field.TITLE, match=Match.CONTAINS, text="猫")
    draft = Draft(name="猫", memo="", lines=(line,), titles_max=10)
    policy = libraries.current().alerts
    for _ in range(policy.limit):
        assert not service.register(
            patron_id=patron_id, draft=draft, policy=policy, now=clock.now()
        )


@pytest.fixture
async def listed(tab) -> AlertsState:
    """The list, before it has looked."""
    return await tab.get_state(AlertsState)


async def test_k63_an_alert_counts_only_after_the_check(form, listed, go_to, hanako):
    answer = await form.check(written(name="漱石", t2="夏目"))
    assert leads_to(answer) == routes.CONFIRM_ALERT
    assert alerts_of(hanako) == ()
    go_to(routes.CONFIRM_ALERT)
    await form.open_check()
    assert [one.text for one in form.lines] == ["夏目", "", "", ""]

    await form.register()
    await listed.open()

    assert [one.name for one in listed.alerts] == ["漱石"]
    assert (listed.done, listed.done_to) == ("registered", "漱石")


async def test_a_second_press_registers_nothing_more(form, hanako):
    await form.check(written(name="漱石", t2="夏目"))

    for _press in range(2):
        assert await form.register() is None

    assert len(alerts_of(hanako)) == 1


async def test_what_was_done_is_said_for_a_minute(form, listed):
    await form.check(written(name="漱石", t2="夏目"))
    await form.register()
    await listed.open()

    await listed.open()
    assert (listed.done, listed.done_to) == ("registered", "漱石")

    with time_machine.travel(clock.now() + LASTING):
        await listed.open()
    assert (listed.done, listed.done_to) == ("", "")


async def test_what_is_being_written_stays_when_the_line_has_broken(form):
    await form.preview(written(name="漱石", t2="夏目"))
    drawn = form.drawn

    await form.open()

    assert (form.name, form.lines[1].text, form.drawn) == ("漱石", "夏目", drawn)


async def test_after_one_alert_the_next_form_is_empty(form):
    await form.check(written(name="漱石", t2="夏目"))
    await form.register()

    await form.open()

    assert (form.name, form.lines[0].text, form.is_new) == ("", "", True)


async def test_k62_what_is_wrong_is_said_and_what_was_typed_stays(form):
    answer = await form.check(written(memo="とりあえず"))

    assert answer is None
    assert [flaw.problem for flaw in form.flaws] == ["no_name", "no_condition"]
    assert form.memo == "とりあえず"
    assert not form.is_checked


async def test_who_comes_back_from_the_check_goes_on_with_what_was_typed(form, go_to):
    await form.check(written(name="漱石", t2="夏目"))
    go_to(routes.CONFIRM_ALERT)
    await form.open_check()

    go_to(form.address)
    await form.open()

    assert (form.name, form.lines[0].text, form.is_checked) == ("漱石", "夏目", False)


async def test_k62_reset_forgets_what_was_typed(form):
    await form.check(written(name="漱石", titles="50"))
    drawn = form.drawn

    await form.begin_again()

    assert (form.name, form.titles_max, form.flaws) == ("", libraries.current().alerts.titles, [])
    assert form.drawn > drawn


async def test_k62_trying_it_out_shows_what_it_would_have_found(form, hanako):
    await form.preview(written(t2="夏目"))

    assert form.flaws == []
    assert form.found.number == 2
    assert {record.title for record in form.found.records} == {"こころ", "三四郎"}
    assert alerts_of(hanako) == ()


async def test_trying_out_nothing_says_what_is_missing(form):
    await form.preview(written())

    assert [flaw.problem for flaw in form.flaws] == ["no_condition"]
    assert form.found is None


async def test_k65_a_changed_alert_keeps_its_number(form, listed, go_to, hanako):
    await form.check(written(name="漱石", t2="夏目"))
    await form.register()
    [before] = alerts_of(hanako)
    go_to(routes.alert(before.alert_id))
    await form.open()
    assert (form.is_new, form.name, form.lines[0].text) == (False, "漱石", "夏目")

    await form.check(written(name="賢治", t2="宮沢", m2="starts"))
    await form.register()

    [after] = alerts_of(hanako)
    assert (after.alert_id, after.name) == (before.alert_id, "賢治")
    assert [(one.text, one.match) for one in after.conditions] == [("宮沢", "starts")]
    await listed.open()
    assert listed.done == "changed"


async def test_k63_who_has_no_room_left_is_told_before_writing_until_there_is_some(
    tab, go_to, hanako, three_works
):
    fill(hanako)
    go_to(routes.NEW_ALERT)
    form = await tab.get_state(AlertFormState)
    await form.open()
    assert form.is_full

    service.remove(patron_id=hanako, alert_id=alerts_of(hanako)[0].alert_id)
    await form.open()

    assert not form.is_full


async def test_k65_an_alert_can_be_changed_where_there_is_no_room_for_another(
    tab, go_to, hanako, three_works
):
    fill(hanako)
    go_to(routes.alert(alerts_of(hanako)[0].alert_id))
    form = await tab.get_state(AlertFormState)

    await form.open()

    assert (form.is_full, form.name) == (False, "猫")


async def test_an_alert_that_was_deleted_meanwhile_is_said_to_be_gone(form, go_to, hanako):
    await form.check(written(name="漱石", t2="夏目"))
    await form.register()
    [alert] = alerts_of(hanako)
    go_to(routes.alert(alert.alert_id))
    await form.open()
    await form.check(written(name="賢治", t2="宮沢"))
    service.remove(patron_id=hanako, alert_id=alert.alert_id)

    answer = await form.register()

    assert leads_to(answer) == routes.alert(alert.alert_id)
    assert [flaw.problem for flaw in form.flaws] == ["no_such_alert"]


@pytest.mark.parametrize("address", ["/alerts/987", "/alerts/0", "/alerts/x"])
async def test_an_address_without_an_alert_shows_none(form, go_to, address):
    go_to(address)

    await form.open()

    assert form.is_gone


async def test_k67_a_search_begins_an_alert(form, go_to):
    go_to(f"{routes.NEW_ALERT}?q=猫")

    await form.open()

    assert (form.begun_from, form.name, form.differs) == ("search", "猫", False)
    assert [one.text for one in form.lines] == ["猫", "猫", "猫", ""]


async def test_k67_a_record_begins_an_alert(form, go_to, three_works):
    go_to(f"{routes.NEW_ALERT}?record={three_works['こころ']}")

    await form.open()

    assert (form.begun_from, form.name) == ("record", "夏目 漱石")
    assert [one.text for one in form.lines] == ["夏目 漱石", "小説", "", ""]


async def test_k67_a_record_that_is_none_begins_an_empty_form(form, go_to):
    go_to(f"{routes.NEW_ALERT}?record=987")

    await form.open()

    assert not form.is_gone
    assert (form.begun_from, form.name) == ("", "")


async def test_k64_one_press_pauses_and_one_resumes(form, listed):
    await form.check(written(name="漱石", t2="夏目"))
    await form.register()
    await listed.open()
    [alert] = listed.alerts

    await listed.pause(alert.alert_id)
    assert (listed.alerts[0].is_active, listed.done) == (False, "paused")

    await listed.resume(alert.alert_id)
    assert (listed.alerts[0].is_active, listed.done) == (True, "resumed")


async def test_k66_a_deleted_alert_is_named_once_more(form, listed):
    await form.check(written(name="漱石", t2="夏目"))
    await form.register()
    await listed.open()

    await listed.remove(listed.alerts[0].alert_id)

    assert listed.alerts == []
    assert (listed.done, listed.done_to) == ("deleted", "漱石")


async def test_nothing_of_an_alert_is_kept_by_the_states_of_its_pages():
    assert not {AlertsState, AlertFormState} & set(kept())


async def test_strangers_do_nothing(library, three_works):
    listed = await rx.State().get_state(AlertsState)
    form = await rx.State().get_state(AlertFormState)

    for act in (
        listed.open(),
        listed.pause(1),
        listed.resume(1),
        listed.remove(1),
        form.open(),
        form.begin_again(),
        form.check(written()),
        form.preview(written()),
        form.open_check(),
        form.register(),
    ):
        with pytest.raises(NotSignedIn):
            await act
