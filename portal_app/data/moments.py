"""Moments in the database: kept as the library's wall shows them, alike on both kinds."""

import datetime as dt
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

# As portal_app.clock has it, which data may not ask.
LIBRARY_TIME = ZoneInfo("Asia/Tokyo")


class Moment(sa.TypeDecorator[dt.datetime]):
    """A time that knows its zone in Python, where the database would forget it.

    SQLite drops the zone and PostgreSQL converts to the server's, so a moment
    written by one and read by the other would be nine hours off.
    """

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return what is written."""
        del dialect
        return None if value is None else value.astimezone(LIBRARY_TIME).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Return what is read."""
        del dialect
        return None if value is None else value.replace(tzinfo=LIBRARY_TIME)
