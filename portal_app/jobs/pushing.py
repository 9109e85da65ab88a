"""Sending the notices that wait for devices, once a minute and by day.

A notice is taken out before it is sent, so that it comes once or never: of what it is about
there is a mail, or the portal.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from time import monotonic

import structlog

from portal_app import clock, routes
from portal_app.domain.policies import Library
from portal_app.domain.push import KEPT_FOR, PushKind, is_known
from portal_app.domain.reminders import is_a_time_to_write
from portal_app.exchange.web_push import Parcel, Sender
from portal_app.jobs.push_service import Outcome, Request, send_all
from portal_app.services import push
from portal_app.services.push import Taken
from portal_app.settings import Settings
from portal_app.text import say

logger = structlog.get_logger(__name__)

# Then it is the turn of other work; the rest follows a minute later.
SECONDS_AT_ONCE = 60

LEADS_TO = {
    PushKind.HOLDS: routes.HOLDS,
    PushKind.LOANS: routes.LOANS,
    PushKind.ALERTS: routes.ALERTS,
    PushKind.MESSAGES: routes.MESSAGES,
}
# A phone that saves its battery may leave this for later.
_CAN_WAIT = {PushKind.ALERTS}


def send_waiting(library: Library, now: dt.datetime) -> None:
    """Send what waits, a portion at a time, where the library offers notices."""
    if not library.push.is_offered or not is_a_time_to_write(now):
        return
    settings = Settings.read()
    sender = Sender(key=settings.secret_key(), contact=settings.contact())
    stop_at = monotonic() + SECONDS_AT_ONCE
    while monotonic() < stop_at and push.is_waiting(now=clock.now()):
        _send(push.take(now=clock.now()), library, sender)


def _send(notices: Sequence[Taken], library: Library, sender: Sender) -> None:
    # A service may have been taken off the library's list since a device was switched on.
    services = library.push.services
    known = [one for one in notices if is_known(one.device.endpoint, services=services)]
    requests = [_request(notice, library, sender) for notice in known]
    outcomes = send_all(requests)
    for notice, outcome in zip(known, outcomes, strict=True):
        if outcome is Outcome.GONE:
            push.forget_subscription(subscription_id=notice.subscription_id)
        if outcome is Outcome.LATER:
            push.put_back(notice=notice, now=clock.now())
    # Neither whose device it was, nor where.
    if failed := Counter(one.value for one in outcomes if one is not Outcome.TAKEN):
        logger.warning("notices not taken", **failed)


def _request(notice: Taken, library: Library, sender: Sender) -> Request:
    device, lang, now = notice.device, notice.device.lang, clock.now()
    parcel = Parcel(
        endpoint=device.endpoint,
        public_key=device.public_key,
        secret=device.secret,
        contents={
            "title": library.name[lang],
            "body": say(f"push.notice.{notice.kind}", lang),
            "lang": lang,
            "tag": notice.kind.value,
            "address": LEADS_TO[notice.kind],
            "unread": notice.unread,
        },
        topic=notice.kind.value,
        urgency="low" if notice.kind in _CAN_WAIT else "normal",
        seconds_kept=max(int((notice.written_at + KEPT_FOR - now).total_seconds()), 0),
    )
    return Request(
        endpoint=device.endpoint,
        body=sender.body_of(parcel),
        # Signed for the browser's maker, whose clock no demonstration sets.
        headers=sender.headers_of(parcel, now=clock.real_now().timestamp()),
    )
