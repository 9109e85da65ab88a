"""What a patron does on a visit that leaves traces wherever anything is kept."""

from e2e.pages.account import AccountPage
from e2e.pages.cart import CartPage
from e2e.pages.holds import HoldsPage
from e2e.pages.loans import LoansPage
from e2e.pages.shelves import ShelvesPage

FIRST_HALF, SECOND_HALF = "ノルウェイの森 上", "ノルウェイの森 下"
SHELF, NOTED = "夏休みに読みたい本", "82年生まれ、キム・ジヨン"
NOTE = "誰にも見せない走り書き"


def use_everything(loans: LoansPage) -> CartPage:
    """Look at each page that could be kept, and change something."""
    loans.follow_menu("frame.portal", AccountPage)
    shelves = loans.follow_menu("frame.holds", HoldsPage).follow_menu("frame.shelves", ShelvesPage)
    shelf = shelves.open_shelf(SHELF).look_for("キム").write_note(NOTED, NOTE)
    shelf.should_have_note(NOTED, NOTE)
    cart = shelf.follow_menu("frame.cart", CartPage)
    cart.remove(SECOND_HALF).should_hold(FIRST_HALF)
    return cart
