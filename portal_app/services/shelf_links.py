"""Sharing a shelf by a secret link: making it, showing it again, withdrawing it, following it."""

import datetime as dt
import hmac
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from portal_app.data.database import reading, transactional, within
from portal_app.data.shelf_books import open_shelf
from portal_app.data.standings import lock_patron
from portal_app.data.summaries import Summary
from portal_app.data.tables import ShelfLink
from portal_app.domain import secret_links
from portal_app.domain import shelf_links as rules
from portal_app.domain.shelves import Refusal, ShelfKey, View
from portal_app.services import shelf_books


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How a shelf is shared: by a secret since a day, or not at all."""

    secret: str = ""
    since: dt.date | None = None
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedShelf:
    """A page of a shelf as anybody sees it who has the link: nothing about whose it is.

    What has no category has no name.
    """

    name: str
    count: int
    page: int
    pages: int
    records: tuple[Summary, ...]


@transactional
def make(
    tx: Session, *, shelf: ShelfKey, signing_key: bytes, nonce: str, now: dt.datetime
) -> Sharing:
    """Share a shelf by a new link. One that is shared already keeps the link that it has."""
    lock_patron(tx, patron_id=shelf.patron_id)
    refused = _refused(tx, shelf)
    if refused is not None:
        return Sharing(refused=refused)
    there = tx.get(ShelfLink, (shelf.patron_id, shelf.shelf_id))
    if there is not None and _secret_in(there, signing_key):
        return _sharing(there, signing_key)
    link = there or ShelfLink(
        patron_id=shelf.patron_id, shelf_id=shelf.shelf_id, nonce="", secret_hash="", created_at=now
    )
    secret = rules.secret_of(signing_key, shelf=shelf, nonce=nonce)
    link.nonce, link.secret_hash, link.created_at = nonce, secret_links.hash_of(secret), now
    tx.add(link)
    return Sharing(secret=secret, since=now.date())


@reading
def find(tx: Session, *, shelf: ShelfKey, signing_key: bytes) -> Sharing:
    """Return how a patron's shelf is shared now."""
    refused = _refused(tx, shelf)
    if refused is not None:
        return Sharing(refused=refused)
    link = tx.get(ShelfLink, (shelf.patron_id, shelf.shelf_id))
    return Sharing() if link is None else _sharing(link, signing_key)


@transactional
def withdraw(tx: Session, *, shelf: ShelfKey) -> None:
    """Let the link to a shelf lead nowhere from now on."""
    tx.exec(
        delete(ShelfLink).where(
            col(ShelfLink.patron_id) == shelf.patron_id, col(ShelfLink.shelf_id) == shelf.shelf_id
        )
    )


@reading
def look(tx: Session, *, secret: str, signing_key: bytes, view: View) -> SharedShelf | None:
    """Return a page of the shelf that a secret leads to, or None, whatever the reason."""
    if not secret_links.could_be_secret(secret):
        return None
    hashed = secret_links.hash_of(secret)
    link = tx.exec(select(ShelfLink).where(ShelfLink.secret_hash == hashed)).first()
    # Whoever can write into the database still needs the key to make a link.
    if link is None or not hmac.compare_digest(_secret_in(link, signing_key), secret):
        return None
    contents = within(tx, shelf_books.look)(
        patron_id=link.patron_id, shelf_id=link.shelf_id, view=view
    )
    if contents.refused is not None:
        return None
    return SharedShelf(
        name=contents.name,
        count=len(contents.found),
        page=contents.page,
        pages=contents.pages,
        records=tuple(book.record for book in contents.books),
    )


def _refused(tx: Session, shelf: ShelfKey) -> Refusal | None:
    there = open_shelf(tx, key=shelf)
    return there if isinstance(there, Refusal) else None


def _sharing(link: ShelfLink, signing_key: bytes) -> Sharing:
    secret = _secret_in(link, signing_key)
    return Sharing(secret=secret, since=link.created_at.date()) if secret else Sharing()


def _secret_in(link: ShelfLink, signing_key: bytes) -> str:
    """Return the secret of a link, or an empty text where it was made with another key."""
    shelf = ShelfKey(patron_id=link.patron_id, shelf_id=link.shelf_id)
    secret = rules.secret_of(signing_key, shelf=shelf, nonce=link.nonce)
    return secret if secret_links.hash_of(secret) == link.secret_hash else ""
