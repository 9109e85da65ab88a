"""Copies that a MARC record describes: Koha's 952, and 852 with a barcode."""

from collections.abc import Iterator

from pymarc import Field

from portal_app.domain.catalogue import CataloguedItem
from portal_app.exchange.marc_fields import MarcFields, first, values

_NOT_FOR_LOAN = "7"  # Koha: empty or 0 may be lent


def items_of(fields: MarcFields) -> tuple[CataloguedItem, ...]:
    """Return the copies that have a barcode, each barcode once."""
    items = (*_of_koha(fields), *_of_holdings(fields))
    return tuple({item.barcode: item for item in items}.values())


def _of_koha(fields: MarcFields) -> Iterator[CataloguedItem]:
    for field in fields.all("952"):
        if barcode := first(field, "p"):
            yield CataloguedItem(
                barcode=barcode,
                branch=first(field, "a") or first(field, "b"),
                place=first(field, "c"),
                call_number=first(field, "o"),
                for_loan=first(field, _NOT_FOR_LOAN) in ("", "0"),
            )


def _of_holdings(fields: MarcFields) -> Iterator[CataloguedItem]:
    for field in fields.all("852"):
        if barcode := first(field, "p"):
            yield CataloguedItem(
                barcode=barcode,
                branch=first(field, "b") or first(field, "a"),
                place=first(field, "c"),
                call_number=_call_number(field),
            )


def _call_number(field: Field) -> str:
    return " ".join(values(field, "khim")) or first(field, "j")
