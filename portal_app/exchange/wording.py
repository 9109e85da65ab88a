"""How the text of a catalogue becomes the text of a page."""

import re
import unicodedata

# Control characters mean nothing in a catalogue, and PostgreSQL takes no NUL. Lone
# surrogates cannot be written as UTF-8; the others are MARC's marks around articles.
_MEANINGLESS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\n\r\x0b\x0c\u00a0\u3000]+")
_MARKUP = re.compile(r"</?(?:br|p|b|i|em|strong|span|sup|sub)\b[^<>]*>", re.IGNORECASE)

_HAN = re.compile("[㐀-䶿一-鿿豈-﫿𠀀-𯿿]")
_JAPANESE = re.compile("[々〆〇ぁ-ゟァ-ヿㇰ-ㇿｦ-ﾟ㐀-䶿一-鿿豈-﫿𠀀-𯿿]")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}

_ISBD_MARKS = " \t/:;,="
_INITIAL_OR_ABBREVIATION = re.compile(
    r"(?:^|[\s.(])(?:[A-Za-z]|inc|ltd|co|corp|jr|sr|dr|mr|mrs|st|no|vol|ed|arr|etc)\.$",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Return a text on one line, composed, without what nobody can see."""
    if not text.isprintable() or "  " in text:
        text = _SPACES.sub(" ", _MEANINGLESS.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def without_controls(text: str) -> str:
    """Return a text with its own spaces and lines, but without what no file can hold."""
    return _MEANINGLESS.sub("", text)


def without_markup(text: str) -> str:
    """Return a note without the HTML that some systems leave in it."""
    return tidy(_MARKUP.sub(" ", text))


def without_isbd(text: str) -> str:
    """Return a text without the punctuation that only separates it from the next field.

    The full stop of an initial or an abbreviation is part of the text.
    """
    text = tidy(text).rstrip(_ISBD_MARKS)
    if text.endswith(".") and not text.endswith("..") and not _INITIAL_OR_ABBREVIATION.search(text):
        text = text[:-1].rstrip(_ISBD_MARKS)
    return text


def katakana(text: str) -> str:
    """Return a reading in katakana."""
    return tidy(unicodedata.normalize("NFKC", text)).translate(_TO_KATAKANA)


def has_kanji(text: str) -> bool:
    """Return whether a text needs a reading."""
    return _HAN.search(text) is not None


def is_japanese(text: str) -> bool:
    """Return whether a text is written in a Japanese script."""
    return _JAPANESE.search(text) is not None


def is_reading(text: str) -> bool:
    """Return whether a text is kana that can be read aloud as it stands."""
    return is_japanese(text) and not has_kanji(text)
