"""Who made what a MARC record describes: headings for names, the title page for roles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pymarc import Field

from portal_app.domain.catalogue import Creator
from portal_app.domain.search_key import reading_key, search_key
from portal_app.exchange.creators import each_once, joined_roles, own_reading
from portal_app.exchange.marc_fields import MarcFields, Written, values
from portal_app.exchange.statements import Named, names_in, role_of
from portal_app.exchange.wording import is_japanese, is_reading, katakana, without_isbd

_HEADINGS = ("100", "110", "111", "700", "710", "711", "720")
_PEOPLE = ("100", "700", "720")
_SHORTEST_PARENT = 3  # letters of a body whose section is named on the title page
_SHORTEST_VARIANT = 3
_RELATORS = {
    "aut": "著", "trl": "訳", "edt": "編", "ill": "絵", "pht": "写真", "com": "編", "ctb": "著",
    "art": "画", "cmp": "作曲", "lyr": "作詞", "arr": "編曲", "prf": "演奏", "cnd": "指揮",
    "nrt": "朗読", "drt": "監督", "sng": "歌",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Heading:
    name: str
    reading: str
    is_person: bool
    role: str
    places: list[int]


def creators_of(fields: MarcFields, statement: str) -> tuple[Creator, ...]:
    """Return the creators in the order of the title page.

    A heading gives name and reading, the statement of responsibility what was
    done. Whom only the title page names comes along without a reading.
    """
    headings = [_heading(written) for written in fields.written(*_HEADINGS)]
    headings = [heading for heading in headings if heading.name]
    named = names_in(statement)
    _find(headings, named)
    _find_sections(headings, named)
    _find_variants(headings, named)
    _pair_foreigners(headings, named)
    found = [(place, _from_title_page(named[place])) for place in _left(headings, named)]
    for order, heading in enumerate(headings):
        role = heading.role or joined_roles(named[place].role for place in heading.places)
        creator = Creator(
            name=heading.name,
            reading=heading.reading,
            role=role or ("" if named else role_of(heading.name, statement)),
        )
        found.append((min(heading.places, default=len(named) + order), creator))
    if not found and (alone := without_isbd(statement).removeprefix("by ")):
        return (Creator(name=alone),)
    return each_once(creator for _, creator in sorted(found, key=lambda placed: placed[0]))


def _from_title_page(one: Named) -> Creator:
    return Creator(name=one.name, reading=own_reading(one.name), role=one.role)


def _heading(written: Written) -> _Heading:
    field = written.shown
    return _Heading(
        name=_name(field),
        reading=katakana(_name(written.reading)) if written.reading else own_reading(_name(field)),
        is_person=field.tag in _PEOPLE,
        role=_relator(field),
        places=[],
    )


def _name(field: Field) -> str:
    name = " ".join(map(without_isbd, values(field, "ab")))
    # A comma parts a Japanese family name from the given one only in catalogues.
    return name.replace(", ", " ").replace(",", " ") if is_japanese(name) else name


def _relator(field: Field) -> str:
    written = [without_isbd(text) for text in values(field, "e")]
    coded = [_RELATORS.get(code[-3:], "") for code in values(field, "4")]
    return joined_roles(written or coded)


def _find(headings: Sequence[_Heading], named: Sequence[Named]) -> None:
    """Give each heading the places where the statement names it."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(named):
        places[_key(one.name)].append(place)
        if is_reading(one.name):
            places[reading_key(one.name)].append(place)
    for heading in headings:
        found = places.get(_key(heading.name)) or places.get(
            reading_key(heading.reading) or "-", []
        )
        heading.places.extend(dict.fromkeys(found))


def _find_sections(headings: Sequence[_Heading], named: Sequence[Named]) -> None:
    """Give bodies the places where the statement names a section of theirs."""
    left = _left(headings, named)
    for heading in headings:
        body = _key(heading.name.partition(" (")[0])
        if heading.is_person or heading.places or len(body) < _SHORTEST_PARENT:
            continue
        heading.places.extend(place for place in left if _key(named[place].name).startswith(body))
        left = _left(headings, named)


def _find_variants(headings: Sequence[_Heading], named: Sequence[Named]) -> None:
    """Give people the place where one character of their name is written otherwise: 渕 for 淵."""
    for heading in headings:
        if not heading.is_person or heading.places or not is_japanese(heading.name):
            continue
        name = _key(heading.name)
        for place in _left(headings, named):
            other = _key(named[place].name)
            if len(name) == len(other) >= _SHORTEST_VARIANT and _differences(name, other) == 1:
                heading.places.append(place)
                break


def _pair_foreigners(headings: Sequence[_Heading], named: Sequence[Named]) -> None:
    """Give headings in Latin letters the names in kana that are left, when none is over.

    NDL enters ``Cave, Roderick`` for ロデリック・ケイヴ, without a reading.
    """
    left = [place for place in _left(headings, named) if is_reading(named[place].name)]
    foreign = [
        heading
        for heading in headings
        if heading.is_person and not heading.places and not is_japanese(heading.name)
    ]
    if len(left) != len(foreign):
        return
    for heading, place in zip(foreign, left, strict=True):
        heading.places.append(place)
        heading.reading = heading.reading or katakana(named[place].name)


def _left(headings: Sequence[_Heading], named: Sequence[Named]) -> list[int]:
    """Return the places of the statement that belong to no heading yet."""
    taken = {place for heading in headings for place in heading.places}
    return [place for place in range(len(named)) if place not in taken]


def _differences(name: str, other: str) -> int:
    return sum(one != two for one, two in zip(name, other, strict=True))


def _key(name: str) -> str:
    return search_key(name).replace(" ", "")
