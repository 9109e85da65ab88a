"""A librarian shows the portal: as somebody of the cast, on a later day, and all is put back."""

import datetime as dt

from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.offline.stores import copies_in, wait_until_nothing_is_kept
from e2e.pages.demonstration import DemonstrationPage
from e2e.pages.loans import LoansPage
from e2e.pages.mailbox import MailboxPage
from e2e.waiting import eventually
from portal_app import clock

YUKIGUNI = "雪国"
READ = "SELECT count(*) FROM letter WHERE kind = 'overdue' AND sent_at IS NOT NULL"


@only_at("kagoshima")
@only_on("tablet")
def test_a_week_passes_mail_arrives_and_everything_is_put_back(visitor, newcomer, portal, lang):
    in_a_week = clock.now().date() + dt.timedelta(days=7)
    tools = DemonstrationPage(visitor, lang).open()
    tools.be(portal.cast["Hanako"].name)

    tools.open().go_on("week").should_be_on(in_a_week)

    eventually(lambda: portal.count(READ) > 0, expected=True)
    loans = LoansPage(visitor, lang).open()
    expect(loans.loan(YUKIGUNI)).to_contain_text(loans.say("loans.overdue"))
    MailboxPage(visitor, lang).open().open_newest(saying=YUKIGUNI)

    assert copies_in(visitor)
    DemonstrationPage(newcomer(), lang).open().put_back()
    wait_until_nothing_is_kept(visitor)
    expect(tools.arrive().card).to_have_count(0)
    assert portal.count(READ) == 0
