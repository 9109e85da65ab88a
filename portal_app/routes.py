"""Every address in the portal, written once."""

HOME = "/"
SEARCH = "/search"
ADVANCED_SEARCH = "/search/advanced"
RECORD = "/records/[record_id]"
NEW_ARRIVALS = "/new"
ACCESSIBILITY = "/accessibility"
ACCESSIBILITY_RESULTS = "/accessibility/results"
ACCOUNT = "/account"
CARD = "/card"
LOANS = "/loans"
HOLDS = "/holds"
HOLD_SERIES = "/holds/series"
CART = "/cart"
CONFIRM_HOLDS = "/cart/confirm"
HOLDS_PLACED = "/cart/placed"
SHELVES = "/shelves"
SHELF = "/shelves/[shelf_id]"
WALKING_LIST = "/shelves/[shelf_id]/walk"
SHELF_IMPORT = "/shelves/[shelf_id]/import"
REQUESTS = "/requests"
SHARED_SHELF = "/shared/[link]"
HISTORY = "/history"
SIGN_IN = "/sign-in"
PASSWORD = "/password"  # noqa: S105  an address, not a secret
FORGOTTEN_PASSWORD = "/forgotten-password"  # noqa: S105  an address, not a secret
NEW_PASSWORD = "/new-password"  # noqa: S105  an address, not a secret
MESSAGES = "/messages"
PATRON_INFORMATION = "/account/information"
CONFIRM_INFORMATION = "/account/information/confirm"
CONFIRM_ADDRESS = "/confirm-address/[link]"
DEMONSTRATION = "/demonstration"
MAILBOX = "/mailbox"  # of the demonstration
ALERTS = "/alerts"
NEW_ALERT = "/alerts/new"
CONFIRM_ALERT = "/alerts/confirm"
ALERT = "/alerts/[alert_id]"

# For staff alone.
DESK = "/desk"
DESK_LEND = "/desk/lend"
DESK_FETCH = "/desk/fetch"
DESK_HOLD_SHELF = "/desk/hold-shelf"
DESK_PATRON = "/desk/patron"
DESK_MESSAGES = "/desk/messages"
DESK_NEWS = "/desk/news"
DESK_MAIL = "/desk/mail"
DESK_SIGN_IN = "/desk/sign-in"
DESK_PASSWORD = "/desk/password"  # noqa: S105  an address, not a secret

NOT_FOUND = "404"  # what Reflex calls the page of every other address

# Answered by the server itself, never by a page.
DO_SIGN_IN = "/auth/sign-in"
DO_SIGN_OUT = "/auth/sign-out"
DO_CHANGE_PASSWORD = "/auth/password"  # noqa: S105  an address, not a secret
DO_ASK_FOR_PASSWORD = "/auth/forgotten-password"  # noqa: S105  an address, not a secret
DO_FOLLOW_PASSWORD_LINK = "/new-password/[secret]"  # noqa: S105  an address, not a secret
DO_SET_PASSWORD = "/auth/new-password"  # noqa: S105  an address, not a secret
DO_TAKE_SHELVES = "/files/shelves"
DO_READ_CALENDAR = "/files/calendar/[secret].ics"
DO_STOP_MAIL = "/stop/[secret]"
DO_READ_NEW_ARRIVALS = "/new.atom"
DO_READ_LIST = "/files/lists"
DO_READ_PHOTO = "/files/photos"
DO_READ_HISTORY = "/files/history"
DO_BEGIN_HISTORY = "/files/history/begin"
DO_KEEP_HISTORY = "/files/history/keep"
DO_UNLOCK_HISTORY = "/files/history/unlock"
DO_RENEW_HISTORY_CODE = "/files/history/code"
DO_FORGET_HISTORY = "/files/history/forget"
DO_END_HISTORY = "/files/history/end"
DO_SET_CLOCK = "/demonstration/clock"
DO_PUT_BACK = "/demonstration/put-back"
DO_DESK_SIGN_IN = "/desk/auth/sign-in"
DO_DESK_SIGN_OUT = "/desk/auth/sign-out"
DO_DESK_CHANGE_PASSWORD = "/desk/auth/password"  # noqa: S105  an address, not a secret


def record(record_id: object) -> str:
    """Return the address of a record. The number may be a Var."""
    return RECORD.replace("[record_id]", f"{record_id}")


def alert(alert_id: object) -> str:
    """Return the address where an alert is changed. The number may be a Var."""
    return ALERT.replace("[alert_id]", f"{alert_id}")


def shelf(shelf_id: object) -> str:
    """Return the address of a shelf. The number may be a Var."""
    return SHELF.replace("[shelf_id]", f"{shelf_id}")


def shelf_import(shelf_id: object) -> str:
    """Return the address where several books are put on a shelf. The number may be a Var."""
    return SHELF_IMPORT.replace("[shelf_id]", f"{shelf_id}")


def shared_shelf(secret: str) -> str:
    """Return the address of a shelf that is shared by a secret link."""
    return SHARED_SHELF.replace("[link]", secret)


def confirm_address(secret: str) -> str:
    """Return the address at which a mail address is proved."""
    return CONFIRM_ADDRESS.replace("[link]", secret)


def calendar(secret: str) -> str:
    """Return the address at which a patron's calendar is read."""
    return DO_READ_CALENDAR.replace("[secret]", secret)


def walking_list(shelf_id: object) -> str:
    """Return the address of a shelf as it is looked for in the stacks."""
    return WALKING_LIST.replace("[shelf_id]", f"{shelf_id}")


def stop_mail(secret: str) -> str:
    """Return the address at which mail of a kind is stopped."""
    return DO_STOP_MAIL.replace("[secret]", secret)


def new_password(secret: str) -> str:
    """Return the address that a mailed link to a new password has."""
    return DO_FOLLOW_PASSWORD_LINK.replace("[secret]", secret)
