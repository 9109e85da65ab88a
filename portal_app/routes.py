"""Every address in the portal, written once."""

HOME = "/"
SEARCH = "/search"
ADVANCED_SEARCH = "/search/advanced"
RECORD = "/records/[record_id]"
ACCOUNT = "/account"
CARD = "/card"
LOANS = "/loans"
HOLDS = "/holds"
CART = "/cart"
CONFIRM_HOLDS = "/cart/confirm"
HOLDS_PLACED = "/cart/placed"
REQUESTS = "/requests"
SIGN_IN = "/sign-in"
PASSWORD = "/password"  # noqa: S105  an address, not a secret
NOT_FOUND = "404"  # what Reflex calls the page of every other address

# Answered by the server itself, never by a page.
DO_SIGN_IN = "/auth/sign-in"
DO_SIGN_OUT = "/auth/sign-out"
DO_CHANGE_PASSWORD = "/auth/password"  # noqa: S105  an address, not a secret


def record(record_id: object) -> str:
    """Return the address of a record. The number may be a Var."""
    return RECORD.replace("[record_id]", f"{record_id}")
