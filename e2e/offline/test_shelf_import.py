"""Putting several books on a shelf where the connection comes and goes."""

from e2e.pages.account import AccountPage
from e2e.pages.shelf_import import ShelfImportPage

GURI = "9784834000825"


def test_what_was_found_is_put_there_without_a_connection_and_looking_up_needs_one(
    device, sign_in, link
):
    tab = device.open()
    sign_in(tab, "Hanako", AccountPage)
    importing = ShelfImportPage(tab).visit().paste(GURI).should_have_found("ぐりとぐら")

    link.refuse()
    importing.should_say("shelf_import.needs_connection").put_there(1).should_have_waiting(1)

    link.mend()
    importing.should_be("online").should_have_waiting(0)
    importing.paste(GURI).should_say("shelf_import.is_there")
