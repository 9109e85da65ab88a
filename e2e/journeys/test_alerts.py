"""Hearing of new arrivals: begun with a search or a record, tried out, kept, changed, deleted."""

from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.alerts import AlertFormPage, AlertsPage
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage

OF_HANAKO = ("辻村深月の新刊", "猫の本")
HER_ADDRESS = "hanako@example.jp"
LETTERS = "SELECT count(*) FROM letter WHERE kind = 'new_arrivals'"
ARRIVED = "書誌番号,書名,著者\nA1,奄美の灯台,山田 渚\nA2,山の郵便局,川村 岳\n"


@only_at("kagoshima")
@only_on("phone")
def test_k60_to_k67_an_alert_from_its_search_to_its_end(hanako_at):
    found = hanako_at(AccountPage).search("の")

    form = found.follow("alerts.from_search", AlertFormPage)
    form.should_say("alerts.form.from_search").should_ask_for("の", "の", "の", "")
    expect(form.try_out().found).to_have_count(10)
    form.call_it("").register().should_say("alerts.problem.no_name")
    form.call_it("「の」の付く本").write(2, "").write(3, "")
    confirmation = form.check().should_say("alerts.confirm.lead")
    form = confirmation.go_back().should_ask_for("の", "", "", "")
    listed = form.check().register()
    listed.should_say("alerts.done.registered", name="「の」の付く本")
    listed.should_list(*OF_HANAKO, "「の」の付く本").should_be("「の」の付く本", "active")

    listed.press("pause", "「の」の付く本").should_be("「の」の付く本", "paused")
    form = listed.edit("「の」の付く本").should_ask_for("の", "", "", "")
    listed = form.call_it("海の本").write(1, "海").check().register()
    listed.should_list(*OF_HANAKO, "海の本").should_be("海の本", "paused")
    account = listed.follow("account.title", AccountPage).should_say("alerts.state.paused")
    listed = account.follow("alerts.to_list", AlertsPage).press("delete", "海の本")
    expect(listed.question).to_contain_text("海")
    listed.answer("common.cancel").press("delete", "海の本").answer("alerts.delete")
    listed.should_say("alerts.done.deleted", name="海の本").should_list(*OF_HANAKO)


@only_at("kagoshima")
@only_on("desktop")
def test_k22_k67_a_stranger_begins_with_a_record_and_signs_in(visitor, portal, lang):
    member = portal.cast["Hanako"]
    record = SearchPage(visitor, lang).open_at(q="かがみの孤城").open_record("かがみの孤城")

    sign_in = record.ask_for_alert()
    sign_in.sign_in(card_number=member.card_number, password=member.password)

    form = AlertFormPage(visitor, lang).arrive().should_ask_for("辻村 深月", "", "", "")
    form.should_say("alerts.form.from_record")
    form.call_it("別の名前").begin_again()
    expect(form.field("alerts.form.name")).to_have_value("辻村 深月")


@only_at("koganei")
@only_on("phone")
def test_a_library_without_alerts_speaks_of_none(hanako_at, visitor, lang):
    account = hanako_at(AccountPage)

    expect(account.browser.get_by_text(account.say("alerts.settings"))).to_have_count(0)
    found = SearchPage(visitor, lang).visit()
    expect(found.browser.get_by_text(found.say("alerts.from_search"))).to_have_count(0)
    record = RecordPage(visitor, lang).visit()
    expect(record.browser.get_by_text(record.say("alerts.title"))).to_have_count(0)


@only_at("kagoshima")
@only_on("phone")
def test_k60_what_came_in_is_told_by_one_mail_and_never_again(inbox, hanako_at, portal, tmp_path):
    form = hanako_at(AccountPage).search("奄美の灯台").follow("alerts.from_search", AlertFormPage)
    listed = form.call_it("島の灯台").check().register()
    listed.should_say("alerts.done.registered", name="島の灯台")
    new = tmp_path / "new.csv"
    new.write_text(ARRIVED, "utf-8")

    portal.import_catalogue(new)
    portal.wait_for_job("alerts")
    letter = inbox.wait_for(HER_ADDRESS)
    assert "奄美の灯台" in letter.text
    assert "島の灯台" in letter.text
    assert "山の郵便局" not in letter.text
    assert "灯台" not in letter.subject
    assert letter.stop_link.startswith(portal.address)

    portal.import_catalogue(new)
    portal.wait_for_job("alerts")
    assert portal.count(LETTERS) == 1
