"""Having what one does confirmed by mail, at an address of one's own choice (K-29, G-34)."""

from e2e.narrowing import only_at, only_on
from e2e.pages.cart import CartPage
from e2e.pages.holds import HoldsPage

NARUSE = "成瀬は天下を取りにいく"
FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"
AT_HOME, ON_THE_WAY = "hanako@example.jp", "hanako@mobile.example.jp"


@only_at("koganei")
@only_on("phone")
def test_k29_g34_holds_and_a_cancellation_are_confirmed_where_the_patron_says(hanako_at, portal):
    hanako = portal.cast["Hanako"].card_number
    holds = hanako_at(HoldsPage).ask_to_cancel(NARUSE)
    assert AT_HOME not in holds.browser.content()

    holds.choose("letters.confirm_cancelled", holds.say("letters.choice.mobile", place=2))
    holds.confirm().should_say("holds.done.cancel", title=NARUSE)
    confirmation = holds.follow_menu("frame.cart", CartPage).check()
    placed = confirmation.confirm_at("pc", place=1).place()
    placed.should_say("cart.placed.done", count=2).should_say("letters.prepared")

    cancelled, confirmed = portal.ledger.letters_to(hanako)
    assert (cancelled.kind, cancelled.address) == ("hold_cancelled", ON_THE_WAY)
    assert NARUSE in cancelled.body
    assert (confirmed.kind, confirmed.address) == ("hold_placed", AT_HOME)
    assert all(title in confirmed.body for title in (FIRST_HALF, SECOND_HALF))
    assert not any(title in confirmed.subject for title in (FIRST_HALF, SECOND_HALF))
