"""Numbers and classes of a MARC record."""

import re
from collections.abc import Iterator

from pymarc import Field

from portal_app.domain.catalogue import Classification, Identifier
from portal_app.exchange.marc_fields import MarcFields, first, values
from portal_app.exchange.numbers import isbn_of, issn_of, jpno_of, ndc_of, other_number
from portal_app.exchange.wording import tidy

_JNB = "jnb"
_NDL = "JTNDL"
_NDC_EDITION = re.compile(r"nj?b?d?c?/?0*([0-9]{1,2})")
_NDLC = "kktb"
_LOOKS_LIKE_NDC = re.compile(r"[KEJ]?[0-9]{3}(?:\.[0-9]+)?(?:\s|$)")
_OTHER_SCHEMES = {"050": "lcc", "060": "nlm", "080": "udc", "082": "ddc"}
_EAN = "3"
_BOOKLAND = ("978", "979")


def identifiers_of(fields: MarcFields) -> tuple[Identifier, ...]:
    """Return the numbers by which others know a record, each once."""
    found = (number for number in _identifiers(fields) if number is not None)
    return tuple(dict.fromkeys(found))


def classifications_of(fields: MarcFields) -> tuple[Classification, ...]:
    """Return where classifications put a record, each place once."""
    return tuple(dict.fromkeys(_classifications(fields)))


def ndc_texts(fields: MarcFields) -> list[str]:
    """Return the classes of the NDC as they are written, with the mark of the children's room."""
    return [
        text
        for field in fields.all("084")
        if _scheme(field).startswith("ndc") and _scheme(field) != "ndlc"
        for text in values(field, "a")
    ]


def _identifiers(fields: MarcFields) -> Iterator[Identifier | None]:
    for text in fields.values(("020",), "a"):
        yield isbn_of(text)
    for text in fields.values(("020",), "z"):
        yield other_number(text.partition(":")[0].partition("(")[0])
    for text in fields.values(("022",), "a"):
        yield issn_of(text)
    for field in fields.all("015"):
        for text in values(field, "a"):
            yield jpno_of(text) if _is_of_japan(fields, field) else other_number(text)
    for field in fields.all("024"):
        for text in values(field, "a"):
            is_isbn = field.indicator1 == _EAN and text.startswith(_BOOKLAND)
            yield isbn_of(text) if is_isbn else other_number(text)
    for text in fields.values(("028",), "a"):
        yield other_number(text)


def _is_of_japan(fields: MarcFields, field: Field) -> bool:
    source = first(field, "2")
    return source == _JNB or (not source and tidy(fields.control("003")) == _NDL)


def _classifications(fields: MarcFields) -> Iterator[Classification]:
    for field in fields.all("084"):
        scheme = _scheme(field)
        for text in values(field, "a"):
            if scheme.startswith("ndc"):
                yield from ndc_of(text, scheme=scheme)
            else:
                yield Classification(scheme=scheme, number=text)
    for tag, scheme in _OTHER_SCHEMES.items():
        for field in fields.all(tag):
            for text in values(field, "a")[:1]:
                yield Classification(scheme=scheme, number=text.replace("/", ""))


def _scheme(field: Field) -> str:
    """Return ``ndc10`` for ``njb/10``; without a source, what the number looks like."""
    source = first(field, "2").lower()
    if source == _NDLC:
        return "ndlc"
    if edition := _NDC_EDITION.fullmatch(source):
        return f"ndc{edition[1]}"
    if source:
        return "ndc" if source in {"njb", "ndc"} else source
    return "ndc" if _LOOKS_LIKE_NDC.match(first(field, "a")) else "other"
