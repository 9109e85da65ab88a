"""The fields of a MARC record, and the 880 fields that hold their readings."""

import re
from collections import defaultdict
from dataclasses import dataclass

from pymarc import Field, Record

from portal_app.exchange.wording import has_kanji, is_japanese, tidy

_ALTERNATE = "880"
_KANA = "$1"
_ROMAJI = "(B"

# ``880-01`` in a field and ``245-01/$1`` in its 880 name each other.
_LINK = re.compile(r"([0-9A-Za-z]{3})-([0-9]{2,})(?:/([^/]*))?")
_UNLINKED = "00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A field as it is shown, with the same field in kana when the record has it."""

    shown: Field
    reading: Field | None


class MarcFields:
    """The fields of one record, by tag."""

    def __init__(self, record: Record) -> None:
        """Sort the fields of ``record`` by what they are."""
        self.leader = str(record.leader)
        self._control: dict[str, list[str]] = defaultdict(list)
        self._fields: dict[str, list[Field]] = defaultdict(list)
        for field in record.fields:
            if field.control_field:
                self._control[field.tag].append(field.data or "")
            else:
                self._fields[field.tag].append(field)
        self._links = _links(self._fields.pop(_ALTERNATE, []))

    def control(self, tag: str) -> str:
        """Return the text of a control field, spaces kept: every place in it has a meaning."""
        return next(iter(self._control.get(tag, [])), "")

    def all(self, *tags: str) -> list[Field]:
        """Return the fields of these tags, tag by tag."""
        return [field for tag in tags for field in self._fields.get(tag, [])]

    def written(self, *tags: str) -> list[Written]:
        """Return the fields of these tags with their readings."""
        return [self._written(field) for field in self.all(*tags)]

    def values(self, tags: tuple[str, ...], codes: str) -> list[str]:
        """Return the subfields with these codes of the fields of these tags."""
        return [text for field in self.all(*tags) for text in values(field, codes)]

    def tags(self) -> list[str]:
        """Return the tags of the fields that are not control fields, in order."""
        return sorted(self._fields)

    def _written(self, field: Field) -> Written:
        other = self._other_script(field)
        if other is None:
            return Written(shown=field, reading=None)
        # Libraries abroad write romaji in the field and Japanese in its 880.
        if has_kanji(_text(other)) and not is_japanese(_text(field)):
            return Written(shown=other, reading=None)
        return Written(shown=field, reading=other)

    def _other_script(self, field: Field) -> Field | None:
        for link in values(field, "6"):
            found = _LINK.match(link)
            if found and (linked := self._links.get((field.tag, found[2]))):
                return linked
        return None


def values(field: Field, codes: str) -> list[str]:
    """Return the subfields of a field with one of these codes, in their order."""
    return [
        text
        for subfield in field.subfields
        if subfield.code and subfield.code in codes and (text := tidy(subfield.value or ""))
    ]


def first(field: Field | None, codes: str) -> str:
    """Return the first subfield with one of these codes, or an empty text."""
    return next(iter(values(field, codes)), "") if field is not None else ""


def _links(alternates: list[Field]) -> dict[tuple[str, str], Field]:
    """Return the 880 fields in Japanese script by what they belong to; romaji is left out."""
    links: dict[tuple[str, str], Field] = {}
    for field in alternates:
        for link in values(field, "6")[:1]:
            found = _LINK.match(link)
            if found is None or found[2] == _UNLINKED:
                continue
            script = found[3] or ""
            if script == _KANA or (script != _ROMAJI and is_japanese(_text(field))):
                links.setdefault((found[1], found[2]), field)
    return links


def _text(field: Field) -> str:
    return " ".join(
        subfield.value or "" for subfield in field.subfields if subfield.code not in "0123456789"
    )
