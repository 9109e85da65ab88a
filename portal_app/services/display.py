"""Remembering with the account how a patron has chosen that the pages look."""

from sqlmodel import Session

from portal_app.data.database import transactional
from portal_app.data.tables import Patron
from portal_app.domain import display as rules
from portal_app.text import Lang, offered


@transactional
def choose(tx: Session, *, patron_id: int, name: str, choice: str) -> bool:
    """Remember one choice for every device, and return whether there is such a choice.

    Whoever chooses a language reads their mail in it, too.
    """
    if not rules.is_offered(name, choice, languages=offered()):
        return False
    patron = tx.get_one(Patron, patron_id, with_for_update=True)
    patron.display = rules.written(
        {**rules.read(patron.display, languages=offered()), name: choice}
    )
    if name == "lang":
        patron.language = Lang(choice)
    return True
