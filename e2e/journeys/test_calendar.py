"""Due dates in a patron's own calendar: an address made, changed and withdrawn."""

import icalendar
from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.loans import LoansPage

FOUND, NOT_FOUND = 200, 404


@only_at("koganei")
@only_on("phone")
def test_a_calendar_is_read_until_its_address_is_changed_or_withdrawn(hanako_at, newcomer):
    loans = hanako_at(LoansPage).open_calendar()
    first = loans.calendar_address.input_value()
    calendar = newcomer().request  # has no cookie of hers

    read = calendar.get(first)
    assert read.status == FOUND
    said = [str(event["summary"]) for event in icalendar.Calendar.from_ical(read.body()).events]
    assert "返却期限：雪国" in said
    link = loans.calendar.get_by_role("link", name=loans.say("calendar_link.open"))
    expect(link).to_have_attribute("href", first.replace("http:", "webcal:"))

    loans.end_calendar("calendar_link.reset")
    expect(loans.calendar_address).not_to_have_value(first)
    second = loans.calendar_address.input_value()
    assert [calendar.get(address).status for address in (first, second)] == [NOT_FOUND, FOUND]

    loans.end_calendar("calendar_link.withdraw")
    expect(loans.calendar_address).to_have_count(0)
    assert calendar.get(second).status == NOT_FOUND
