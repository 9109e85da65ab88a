"""What makes two spellings the same word: the form of a text in which it is compared."""

import re
import unicodedata

import joyokanji

# Old forms that joyokanji leaves alone, because they stand in names or outside its list.
_OLD_FORMS = (
    "髙﨑嵜鷗辨辯瓣嶋嶌峯凜冨舘桒邉濵槇遙堯亙檜篭萊頰剝塡搔摑繫蠟噓軀餠麴"
    "鹼蔣焰禱瀆簞醬顚鶯鰺俠壺屛幷邇諫敎戶靑淸𠮷內吳娛說稅脫銳悅閱產彥顏祿"
    "兔姬羣畧蠅禰藪靱潑讚絕緇瑤晉潁穎槪蘆驒啞籐埜曻"
)
_NEW_FORMS = (
    "高崎崎鴎弁弁弁島島峰凛富館桑辺浜槙遥尭亘桧籠莱頬剥填掻掴繋蝋嘘躯餅麹"
    "鹸蒋焔祷涜箪醤顛鴬鯵侠壷屏并迩諌教戸青清吉内呉娯説税脱鋭悦閲産彦顔禄"
    "兎姫群略蝿祢薮靭溌讃絶緇瑶晋頴頴概芦騨唖藤野昇"
)
_SMALL_KANA = str.maketrans(
    "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ",
)
_SAME_SOUND = str.maketrans("ヰヱヲヂヅ", "イエオジズ")
_V = (("ヴア", "バ"), ("ヴイ", "ビ"), ("ヴエ", "ベ"), ("ヴオ", "ボ"), ("ヴ", "ブ"))
_VOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホウ",
)

_SILENT = "ー'’"  # so that コンピュータ is コンピューター and Alices is Alice's
_KEPT_SYMBOLS = "+#"  # C++ and C# are other books than C
_LOOSE_MARKS = frozenset(map(chr, (*range(0x0300, 0x0370), 0x3099, 0x309A)))
_FIRST_HIRAGANA, _LAST_HIRAGANA, _TO_KATAKANA = 0x3041, 0x3096, 0x60

# The scripts of Japanese: no word of them ends at a space.
JAPANESE = "々〆〇ァ-ヿ㐀-䶿一-鿿豈-﫿𠀀-𯿿"
_NEEDED = re.compile(f"[^{JAPANESE} ] +[^{JAPANESE} ]")
_NOT_NEEDED = re.compile(f"^ +|(?<=[{JAPANESE}]) +| +(?=[{JAPANESE}]|$)")
_SPACES = re.compile("  +")


def search_key(text: str) -> str:
    """Return the form in which a text is searched for and compared.

    Width, case, script of kana, small kana, long vowels, accents, old kanji and
    punctuation make no difference. Spaces stay only between words that need them.
    """
    key = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    if "ヴ" in key:
        for written, said in _V:
            key = key.replace(written, said)
    return _closed_up(key) if " " in key else key


def _closed_up(key: str) -> str:
    """Return a key with one space between words that need it, and with no other."""
    if not _NEEDED.search(key):
        return key.replace(" ", "")
    return _SPACES.sub(" ", _NOT_NEEDED.sub("", key))


def reading_key(text: str) -> str:
    """Return the form in which readings are compared: 濁点 and spaces make no difference either."""
    return without_voice(search_key(text))


def without_voice(key: str) -> str:
    """Return the form in which a reading is compared of which the key is known."""
    return key.replace(" ", "").translate(_VOICED)


def sort_key(text: str, *, length: int = 200) -> str:
    """Return the form that orders readings as a dictionary does: か, then が, then かい."""
    half = (length - 1) // 2
    # A space comes before every character of a key, so the second half decides only ties.
    return f"{reading_key(text)[:half]} {search_key(text).replace(' ', '')[:half]}"


class _Fold(dict[int, str]):
    """What becomes of one character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    if character in _SILENT or character in _LOOSE_MARKS:
        return ""
    if _FIRST_HIRAGANA <= ord(character) <= _LAST_HIRAGANA:
        character = chr(ord(character) + _TO_KATAKANA)
    character = character.translate(_SMALL_KANA).translate(_SAME_SOUND)
    character = joyokanji.convert(character.translate(_MODERN), variants=True)
    plain = unicodedata.normalize("NFD", character)[0]
    if plain.isascii():
        character = plain
    if character in _KEPT_SYMBOLS or unicodedata.category(character)[0] in "LNM":
        return character
    return " "


_MODERN = str.maketrans(_OLD_FORMS, _NEW_FORMS)
_FOLD = _Fold()
