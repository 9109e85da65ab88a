"""How long a page goes on saying what was done, however often it is opened.

A page is opened a second time by whoever turns back to it, and also when a line that broke
is there again: nobody shall miss an answer because of that.
"""

import datetime as dt

from portal_app import clock

LASTING = dt.timedelta(minutes=1)


def is_recent(moment: dt.datetime | None) -> bool:
    """Tell whether it was less than a minute ago."""
    return moment is not None and clock.now() - moment < LASTING
