"""Putting records on shelves where the connection comes and goes (K-56, issue 4)."""

from pathlib import Path

import pytest

from e2e.offline.repetition import again_and_again
from e2e.pages.loans import LoansPage
from e2e.pages.record import RecordPage
from e2e.waiting import eventually

SUMMER, READ, NEW = "夏休みに読みたい本", "読んだ本", "旅先で読む本"
SNOW = "雪国"
BORROWED = [
    "雪国",
    "コンビニ人間",
    "博士の愛した数式",
    "アビイ・ロード",
    "西の魔女が死んだ",
    "舟を編む",
]

# What a dialog says, word by word, however short.
_LISTEN = """
window.heard = [];
const dialog = document.querySelector("dialog[open]");
const listen = () => window.heard.push(...dialog.innerText.split("\\n"));
const everything = { childList: true, subtree: true, characterData: true };
new MutationObserver(listen).observe(dialog, everything);
"""

IS_GONE = "UPDATE shelf SET deleted_at = '2026-11-22 09:00:00.000000' WHERE name = :name"


@pytest.fixture
def profile(hanakos_profile) -> Path:
    """Hanako's own device."""
    return hanakos_profile


@pytest.fixture
def loans(device) -> LoansPage:
    """Hanako at her loans."""
    return LoansPage(device.open()).open()


@pytest.fixture
def shelved(portal, ledger):
    """Ask the library itself what stands on Hanako's shelves."""
    return lambda: ledger.shelved_by(portal.cast["Hanako"].card_number)


@again_and_again
def test_records_are_put_on_old_and_new_shelves_and_reach_the_library_once(
    link, device, loans, shelved, time
):
    before = shelved()
    link.refuse()
    loans.should_be("reconnecting")

    shelving = loans.shelve_all("shelves").at("choose").should_offer(SUMMER, READ)
    shelving.choose(SUMMER).make(NEW).go_on().should_say("shelf_choice.check.will_wait")
    shelving.confirm().should_say("shelf_choice.done.waiting")
    for shelf in (SUMMER, NEW):
        shelving.should_tell(shelf, "outbox.waiting")
    shelving.close()
    loans.should_have_waiting(3)
    assert shelved() == before

    # The device itself has them there already, also after it was closed.
    loans = LoansPage(device.restart()).open()
    shelving = loans.shelve(SNOW).should_have_already(SUMMER).should_have_already(NEW)
    shelving.cancel()

    link.mend()
    loans.should_have_waiting(0)
    assert shelved() == {**before, SUMMER: [*before[SUMMER], *BORROWED], NEW: BORROWED}
    loans.shelve(SNOW).should_have_already(NEW)


def test_what_waits_is_not_said_to_be_done_for_a_moment(link, loans):
    link.refuse()
    loans.should_be("reconnecting")
    shelving = loans.shelve(SNOW).choose(SUMMER).go_on()
    loans.browser.evaluate(_LISTEN)

    shelving.confirm().should_say("shelf_choice.done.waiting")

    heard = loans.browser.evaluate("window.heard")
    assert loans.say("shelf_choice.done.waiting") in heard
    assert loans.say("shelf_choice.done.done") not in heard


def test_what_another_device_has_deleted_is_told_and_can_be_done_later(
    portal, link, loans, shelved
):
    before = shelved()
    link.refuse()
    loans.should_be("reconnecting")
    shelving = loans.shelve(SNOW).choose(SUMMER, READ).go_on().confirm()

    portal.meanwhile(IS_GONE, name=READ)
    link.mend()

    shelving.should_tell(SUMMER, "shelf_choice.done.put", count=1)
    shelving.should_tell(READ, "shelves.refusal.shelf_is_deleted")
    assert shelved() == {SUMMER: [*before[SUMMER], SNOW]}


def test_a_record_that_was_looked_at_is_put_there_later(link, loans, shelved, device):
    record = RecordPage(device.another_tab()).visit()
    title = record.browser.get_by_role("heading", level=2).first.inner_text()
    link.refuse()
    record.browser.reload()

    record.arrive_at(title).shelve(title).choose(SUMMER).go_on().confirm().close()
    record.should_stand_on(SUMMER, READ).should_have_waiting(1)

    link.mend()
    record.should_have_waiting(0)
    eventually(lambda: shelved()[SUMMER][-1], title)
