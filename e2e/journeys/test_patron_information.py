"""Changing what the library knows of oneself, and proving a new address (K-40 to K-48, G-42)."""

import re

from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.patron_information import AddressProofPage, PatronInformationPage
from e2e.serving import Serving
from portal_app.text import Lang, say

OLD, NEW, MASKED_OLD, MASKED_NEW = (
    *("hanako@example.jp", "atarashii@example.ne.jp"),
    *("h***@example.jp", "a***@example.ne.jp"),
)


@only_at("kagoshima")
@only_on("phone")
def test_k47_k48_a_new_address_is_used_once_it_is_proved(inbox, hanako_at, newcomer, portal):
    account = hanako_at(AccountPage)
    form = account.follow("patron_information.set", PatronInformationPage).should_use(MASKED_OLD)
    form.write_address(1, NEW, again="atarasii@example.ne.jp")
    form.press("patron_information.many.submit")
    form.should_say("patron_information.mistake.address_not_repeated")
    form.write_address(1, NEW).choose("patron_information.pickup_branch", "jido")

    confirmation = form.go_on().should_show(NEW).should_show("本館児童")
    saved = confirmation.save().should_say("patron_information.answer.asked").should_use(MASKED_OLD)
    assert OLD not in saved.browser.content()
    saved.press("patron_information.change_waiting_holds")
    saved.should_say("patron_information.answer.holds_changed", count=1)

    assert inbox.wait_for(OLD).subject == say_subject("settings_changed", portal)
    [address] = inbox.wait_for(NEW).links
    link = AddressProofPage(newcomer()).follow_link(address)
    saved.open().should_use(MASKED_OLD)  # that the link was opened proves nothing
    link.confirm().should_say("address_proof.confirmed")
    saved.open().should_use(MASKED_NEW)
    told = inbox.wait_for(OLD, count=2)
    assert told.subject == say_subject("address_changed", portal)
    assert MASKED_NEW in told.text
    assert NEW not in told.text


@only_at("koganei")
@only_on("desktop")
def test_g42_g43_one_address_is_registered_in_one_step_and_proved_by_its_code(hanako_at, portal):
    form = hanako_at(PatronInformationPage)

    form.write_address(1, NEW).press("patron_information.one.submit")
    form.should_say("patron_information.answer.asked")
    proof = portal.ledger.letters_to(portal.cast["Hanako"].card_number)[-1]
    form.write_code("000000" if code_in(proof.body) != "000000" else "111111")
    form.should_say("patron_information.answer.code_wrong", place=1)
    form.write_code(code_in(proof.body))

    form.should_say("patron_information.answer.confirmed", place=1).should_use(MASKED_NEW)


def say_subject(kind: str, portal: Serving) -> str:
    """Return what a letter is about."""
    return say(f"letters.{kind}.subject", Lang.JA, library=portal.library.name["ja"])


def code_in(body: str) -> str:
    """Return the code that stands in a mail."""
    found = re.search(r"\b\d{6}\b", body)
    assert found
    return found[0]
