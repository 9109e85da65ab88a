"""A mail from the press of a button to where the patron reads it, and what staff see of it."""

from e2e.narrowing import only_at, only_on
from e2e.pages.desk import DeskSignInPage
from e2e.pages.desk_mail import DeskMailPage
from e2e.pages.holds import HoldsPage
from e2e.pages.mailbox import MailboxPage

NARUSE = "成瀬は天下を取りにいく"
ON_THE_WAY = "hanako@mobile.example.jp"


@only_at("koganei")
@only_on("phone")
def test_a_mail_arrives_and_staff_see_that_it_was_sent(inbox, hanako_at, newcomer, lang):
    cancel_with_confirmation(hanako_at)

    letter = inbox.wait_for(ON_THE_WAY)
    assert NARUSE in letter.text
    assert NARUSE not in letter.subject
    desk = DeskSignInPage(newcomer(), lang).open().sign_in(branch="honkan").go_to(DeskMailPage)
    desk.should_count("desk.mail.sent", "1").should_count("desk.mail.waiting", "0")
    MailboxPage(newcomer(), lang).open().should_be_nowhere()


@only_at("koganei")
@only_on("phone")
def test_the_demonstration_shows_what_it_would_have_sent(hanako_at, newcomer, lang):
    cancel_with_confirmation(hanako_at)

    mailbox = MailboxPage(newcomer(), lang).open()

    mailbox.open_newest(saying=NARUSE)


def cancel_with_confirmation(hanako_at) -> None:
    """Give a hold up, and have that confirmed by mail."""
    holds = hanako_at(HoldsPage).ask_to_cancel(NARUSE)
    holds.choose("letters.confirm_cancelled", holds.say("letters.choice.mobile", place=2))
    holds.confirm().should_say("holds.done.cancel", title=NARUSE)
