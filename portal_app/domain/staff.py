"""Staff: what they sign in with, and how long a desk stays open to them."""

import re
import unicodedata

from portal_app.domain.policies import Session

LONGEST_LOGIN = 40
LONGEST_NAME = 120

# A desk is left alone for a while, and a working day ends.
DESK_SESSION = Session(idle_seconds=3600, longest_seconds=43_200)

_LOGIN = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{LONGEST_LOGIN - 1}}}")


def normal_login(typed: str) -> str:
    """Return a login as it is compared, or an empty text when it cannot be one."""
    if len(typed) > 4 * LONGEST_LOGIN:
        return ""
    login = unicodedata.normalize("NFKC", typed).strip().casefold()
    return login if _LOGIN.fullmatch(login) else ""
