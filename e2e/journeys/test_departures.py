"""A record that leaves the catalogue while somebody looks at it."""

from e2e.narrowing import only_at, only_on
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage

CAT = "吾輩は猫である"
LEAVE = "UPDATE bibliographic_record SET left_on = '2026-11-22' WHERE title = :title"


@only_at("kagoshima")
@only_on("phone")
def test_a_record_that_has_left_says_so_and_offers_nothing(visitor, portal, lang):
    found = SearchPage(visitor, lang).open_at(q="吾輩は猫である")
    address = found.open_record(CAT).browser.url

    portal.meanwhile(LEAVE, title=CAT)
    visitor.goto(address)

    record = RecordPage(visitor, lang).arrive_at(CAT).should_say("record.has_left")
    record.should_offer_nothing()
