"""Holds that are served otherwise (G-35): where, until when, later, or after somebody else."""

from datetime import timedelta

from playwright.sync_api import expect

from e2e.narrowing import crosswise, only_at, only_on
from e2e.pages.holds import HoldsPage
from portal_app import clock

NARUSE = "成瀬は天下を取りにいく"


@crosswise
def test_g35_a_hold_is_picked_up_elsewhere_and_wanted_until_a_day(portal, hanako_at):
    holds = hanako_at(HoldsPage)
    elsewhere = portal.library.branches[0].name["ja"]
    today = clock.now().date()

    holds.ask(NARUSE, "change").choose("holds.column.pickup_branch", elsewhere)
    holds.write("holds.column.expires_on", "2020-01-01").press("holds.change_question.yes")
    expect(holds.dialog).to_contain_text(holds.say("holds.problem.expiry_has_passed"))
    last = today + timedelta(days=90)
    holds.write("holds.column.expires_on", last.isoformat()).answer("holds.change_question.yes")

    holds.should_say("holds.done.change", title=NARUSE)
    expect(holds.hold(NARUSE)).to_contain_text(elsewhere)
    expect(holds.hold(NARUSE)).to_contain_text(holds.day(last))


@only_at("kagoshima")
@only_on("phone")
def test_a_hold_is_suspended_keeps_its_place_and_is_resumed(hanako_at):
    holds = hanako_at(HoldsPage)
    until = clock.now().date() + timedelta(days=30)

    holds.unfold(NARUSE).ask(NARUSE, "suspend").press("holds.suspension.yes")
    expect(holds.dialog).to_contain_text(holds.say("holds.suspension_problem.no_day"))
    holds.write("holds.suspension.until", until.isoformat()).answer("holds.suspension.yes")
    holds.should_say("holds.done.suspend", title=NARUSE)
    hold = holds.hold(NARUSE)
    expect(hold).to_contain_text(holds.say("holds.status.suspended", day=holds.day(until)))
    expect(hold).to_contain_text(holds.say("holds.place", place=2, length=3))
    holds.button(NARUSE, "resume").click()

    holds.should_say("holds.done.resume", title=NARUSE)
    holds.should_wait_for(NARUSE, place=2, length=3, branch="")


@only_at("koganei")
@only_on("desktop")
def test_the_next_reader_goes_first_until_nobody_is_behind(hanako_at):
    holds = hanako_at(HoldsPage)

    holds.unfold(NARUSE).ask(NARUSE, "step_back").answer("holds.step_back")

    holds.should_say("holds.done.step_back", title=NARUSE)
    holds.should_wait_for(NARUSE, place=3, length=3, branch="")
    last = holds.button(NARUSE, "step_back")
    expect(last).to_have_attribute("aria-disabled", "true")
    expect(last).to_have_accessible_description(holds.say("holds.not_changed.nobody_behind"))
