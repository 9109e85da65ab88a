"""What a device sends about the messages of the library."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from portal_app.data.database import within
from portal_app.domain.outbox import Answer
from portal_app.services import messages
from portal_app.services.deliveries import Delivery, Kind, Number, Payload


class OneMessage(Payload):
    """A message to the patron, alone or, as older releases cannot say, among others."""

    message_id: Number
    is_to_many: bool = False


def _read(tx: Session, sent: Delivery[OneMessage]) -> Answer:
    mark = messages.mark_group_read if sent.payload.is_to_many else messages.mark_read
    within(tx, mark)(patron_id=sent.patron_id, message_id=sent.payload.message_id, now=sent.now)
    return sent.done()


MESSAGE_KINDS: Mapping[str, Kind[Any]] = {
    "messages.read": Kind(payload=OneMessage, act=_read),
}
