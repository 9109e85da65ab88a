"""How a language is kept in the database."""

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from portal_app.text import Lang, language_of

LONGEST = 35  # what RFC 5646 (4.4.1) lets every tag have


class Language(sa.TypeDecorator[Lang]):
    """A language, by its tag. One that the library offers no longer is read as Japanese."""

    impl = sa.String(LONGEST)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is written."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Lang | None:
        """Return what is read."""
        del dialect
        return None if value is None else language_of(value, otherwise=Lang.JA)
