"""What is being typed is the patron's: a line that breaks and comes back leaves it alone."""

from playwright.sync_api import expect

from e2e.pages.alerts import AlertFormPage


def test_what_is_typed_into_an_alert_stays_when_the_line_breaks(device, link, sign_in):
    form = sign_in(device.open(), "Hanako", AlertFormPage).call_it("書きかけ").write(1, "猫")
    typed_into = form.field("alerts.form.name").element_handle()
    link.refuse()
    form.should_be("reconnecting")
    link.mend()
    form.should_be("online")

    form.try_out()  # which is answered after the page was opened once more

    expect(form.preview).to_be_visible()
    form.should_ask_for("猫").should_be_called("書きかけ")
    assert typed_into.evaluate("(field) => field.isConnected")
