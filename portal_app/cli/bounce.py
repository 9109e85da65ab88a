"""Mail that comes back: what a mail server's alias for the portal's address calls."""

import sys

from portal_app import clock
from portal_app.cli import database
from portal_app.cli.refusals import WrongUse
from portal_app.domain.mail import is_sealed, nobody_reads_there
from portal_app.exchange import returned_mail
from portal_app.exchange.returned_mail import Returned
from portal_app.services import post
from portal_app.settings import Settings

# A report brings a letter of ours along, which is short. The rest says nothing to us.
LONGEST_MAIL = 2**20
TRY_AGAIN = 75  # EX_TEMPFAIL, as mail servers understand it


def bounce() -> int:
    """Read a mail that came back from standard input, and note where nobody reads mail.

    Whatever else it is, it is passed over in silence.
    """
    returned = returned_mail.read(sys.stdin.buffer.read(LONGEST_MAIL))
    if returned is None:
        return 0
    settings = Settings.read()
    failed = _failed_for_good(returned, key=settings.secret_key())
    if not failed:
        return 0
    try:
        database.open_database(settings)
    except WrongUse:
        return TRY_AGAIN
    for address in failed:
        post.note_returned(address=address, now=clock.now())
    return 0


def _failed_for_good(returned: Returned, *, key: bytes) -> set[str]:
    return {
        address.lower()
        for address, status in returned.statuses
        if nobody_reads_there(status) and is_sealed(returned.number, address=address, key=key)
    }
