"""What kind of thing a MARC record describes, and for whom."""

from portal_app.domain.catalogue import Audience, MaterialClass
from portal_app.exchange.marc_classes import ndc_texts
from portal_app.exchange.marc_fields import MarcFields
from portal_app.exchange.numbers import is_for_children

_STATUS, _TYPE, _LEVEL = 5, 6, 7  # places in the leader
_AUDIENCE, _TYPE_OF_VISUAL = 22, 33  # places in 008

_NOT_BIBLIOGRAPHIC = frozenset("qsuvwxyz")  # authorities, holdings and their kin
_DELETED = "d"
_PRINT = frozenset("acdt")  # text and scores
_SOUND = frozenset("ij")
_PROJECTED = "g"
_SERIAL_LEVELS = frozenset("bs")
_VIDEORECORDING = frozenset("v| ")

_CHILDREN = frozenset("abcj")
_YOUNG_ADULT = "d"


def is_bibliographic(fields: MarcFields) -> bool:
    """Return whether a record describes something that can be lent."""
    return _at(fields.leader, _TYPE) not in _NOT_BIBLIOGRAPHIC


def is_deleted(fields: MarcFields) -> bool:
    """Return whether a record says that it is no more."""
    return _at(fields.leader, _STATUS) == _DELETED


def material_of(fields: MarcFields) -> MaterialClass:
    """Return the class of a thing: leader first, 007 where carriers differ."""
    kind = _at(fields.leader, _TYPE)
    carrier = fields.control("007")
    if carrier.startswith("h"):  # microform, whatever is on it
        return MaterialClass.OTHER
    if kind in _PRINT or kind == " ":
        is_serial = _at(fields.leader, _LEVEL) in _SERIAL_LEVELS
        return MaterialClass.MAGAZINE if is_serial else MaterialClass.BOOK
    if kind in _SOUND:
        return _sound(carrier)
    if kind == _PROJECTED:
        return _picture(carrier, fields.control("008"))
    return MaterialClass.OTHER


def audience_of(fields: MarcFields) -> Audience:
    """Return for whom a record is kept: 008, or the mark of the children's room before the NDC."""
    is_serial = _at(fields.leader, _LEVEL) in _SERIAL_LEVELS  # there 22 says something else
    target = "" if is_serial else _at(fields.control("008"), _AUDIENCE)
    if target in _CHILDREN or any(map(is_for_children, ndc_texts(fields))):
        return Audience.CHILDREN
    return Audience.YOUNG_ADULT if target == _YOUNG_ADULT else Audience.GENERAL


def _sound(carrier: str) -> MaterialClass:
    """Return CD, unless 007 names a cassette or the speed of a gramophone."""
    is_disc = not carrier.startswith("s") or _at(carrier, 1) in "d| "
    is_gramophone = carrier.startswith("s") and _at(carrier, 3) in "abcde"
    return MaterialClass.CD if is_disc and not is_gramophone else MaterialClass.OTHER


def _picture(carrier: str, details: str) -> MaterialClass:
    """Return DVD, unless 007 or 008 name a tape, a film or a slide."""
    if carrier.startswith("v"):
        is_disc = _at(carrier, 1) in "d| " and _at(carrier, 4) not in "abcdefhijkmopqu"
        return MaterialClass.DVD if is_disc else MaterialClass.OTHER
    is_video = not carrier and _at(details, _TYPE_OF_VISUAL) in _VIDEORECORDING
    return MaterialClass.DVD if is_video else MaterialClass.OTHER


def _at(text: str, place: int) -> str:
    return text[place : place + 1] or " "
