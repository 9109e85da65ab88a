from portal_app.state.new_arrivals import NewArrivalsState
from tests.conftest import TODAY


async def test_an_address_leads_to_what_is_new_of_its_kind(tab, go_to, three_works):
    go_to("/new?class=cd&page=1&x=1")
    page = await tab.get_state(NewArrivalsState)

    await page.open()

    assert [row.record.title for row in page.rows] == ["三四郎"]
    assert (page.asked, page.asked_for_ever) == ("class=cd", "class=cd")
    assert page.rows[0].added_on == TODAY
    assert page.shown_at == "/new?class=cd&page=1&x=1"


async def test_a_feed_is_offered_for_every_week(tab, go_to, three_works):
    go_to("/new?week=2026-11-16&branch=west")
    page = await tab.get_state(NewArrivalsState)

    await page.open()

    assert page.count == 1
    assert page.weeks[0] == "2026-11-16"
    assert (page.asked, page.asked_for_ever) == ("week=2026-11-16&branch=west", "branch=west")
