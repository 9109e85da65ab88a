"""Notes of a MARC record, one line each."""

from collections.abc import Iterator, Sequence

from pymarc import Field

from portal_app.exchange.marc_fields import MarcFields, first, values
from portal_app.exchange.wording import without_isbd, without_markup

# What a patron may read. The others are about the library: acquisition, actions, copies.
_PUBLIC_NOTES = frozenset(
    f"5{note}"
    for note in (
        *("00", "01", "02", "03", "04", "05", "07", "08", "10", "11", "13", "14", "15", "16", "18"),
        *("20", "21", "22", "24", "25", "26", "30", "33", "34", "35", "36", "38", "40", "45", "46"),
        *("47", "50", "55", "56", "80", "81", "85", "86"),
    )
)
_NOT_TEXT = frozenset("0123456789uw")


def notes_of(fields: MarcFields, *, more_series: Sequence[str]) -> tuple[str, ...]:
    """Return edition, numbering, form, further series, other titles and notes, each once."""
    said = [
        _note(field) for tag in fields.tags() if tag in _PUBLIC_NOTES for field in fields.all(tag)
    ]
    notes = (*_descriptions(fields), *more_series, *_other_titles(fields, said), *said)
    return tuple(note for note in dict.fromkeys(notes) if note)


def _descriptions(fields: MarcFields) -> Iterator[str]:
    for edition in fields.all("250"):
        yield without_isbd(" ".join(values(edition, "ab")))
    for numbering in fields.all("362"):
        yield without_isbd(first(numbering, "a"))
    for title in fields.all("245")[:1]:
        yield first(title, "h").strip("[] /:=.")


def _other_titles(fields: MarcFields, said: Sequence[str]) -> Iterator[str]:
    """Return the titles under which a patron may look for a record, but those it already shows."""
    shown = "\n".join((" ".join(fields.values(("245",), "abnp")), *said)).casefold()
    for written in fields.written("246", "740"):
        title = without_isbd(" ".join(values(written.shown, "abnp")))
        if title.casefold() not in shown:
            yield title


def _note(field: Field) -> str:
    texts = (
        without_markup(subfield.value or "")
        for subfield in field.subfields
        if subfield.code not in _NOT_TEXT
    )
    return without_isbd(" ".join(filter(None, texts)))
