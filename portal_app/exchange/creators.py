"""Creators that several statements name: each once, with everything they did."""

from collections.abc import Iterable

from portal_app.domain.catalogue import Creator
from portal_app.exchange.wording import is_reading, katakana


def each_once(creators: Iterable[Creator]) -> tuple[Creator, ...]:
    """Return each name once, with everything it did, where it first stood."""
    by_name: dict[str, Creator] = {}
    for creator in creators:
        known = by_name.get(creator.name, creator)
        by_name[creator.name] = Creator(
            name=creator.name,
            reading=known.reading or creator.reading,
            role=joined_roles((known.role, creator.role)),
        )
    return tuple(by_name.values())


def joined_roles(roles: Iterable[str]) -> str:
    """Return several roles as one: 編・著."""
    return "・".join(dict.fromkeys(filter(None, roles)))


def own_reading(name: str) -> str:
    """Return the reading of a name in kana, which it is itself."""
    return katakana(name) if is_reading(name) else ""
