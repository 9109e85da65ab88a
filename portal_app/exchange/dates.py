"""The year that a printed date means."""

import re
import unicodedata

_ERAS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "皇紀": -660,
    "明": 1867, "大": 1911, "昭": 1925, "平": 1988, "令": 2018,
    "M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018,
}  # fmt: skip
_LONGEST_ERA = 64

_YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_COMPACT = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?:0[1-9]|1[0-2])(?:[0-3][0-9])?(?![0-9])")
_ERA_YEAR = re.compile(
    r"(明治|大正|昭和|平成|令和|皇紀|[明大昭平令]|(?<![A-Za-z])[MTSHR])"
    r"\.?\s*(元|[0-9]{1,4}|[〇一二三四五六七八九十百]+)"
)
_KANJI_DIGITS = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100}


def year_of(printed: str) -> int | None:
    """Return the western year of a printed date, when it is clear: 昭和56.11 is 1981.

    ``[198-]`` and ``[19--]`` mean no year.
    """
    plain = unicodedata.normalize("NFKC", printed)
    for pattern in (_YEAR, _COMPACT):
        if found := pattern.search(plain):
            return int(found[1])
    for era, number in _ERA_YEAR.findall(plain):
        count = _number(number)
        if count and (era == "皇紀" or count <= _LONGEST_ERA):
            return _ERAS[era] + count
    return None


def _number(written: str) -> int:
    if written == "元":
        return 1
    if written.isascii():
        return int(written)
    if not any(unit in written for unit in _UNITS):
        return int("".join(str(_KANJI_DIGITS[kanji]) for kanji in written))
    total = digit = 0
    for kanji in written:
        if unit := _UNITS.get(kanji):
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = _KANJI_DIGITS[kanji]
    return total + digit
