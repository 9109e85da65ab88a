"""The secret in the link to a shelf."""

from portal_app.domain import secret_links
from portal_app.domain.shelves import ShelfKey


def secret_of(signing_key: bytes, *, shelf: ShelfKey, nonce: str) -> str:
    """Return the secret that leads to a shelf."""
    leads_to = f"shelf link|{shelf.patron_id}|{shelf.shelf_id}"
    return secret_links.secret_of(signing_key, leads_to=leads_to, nonce=nonce)
