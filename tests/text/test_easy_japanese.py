"""Whether easy Japanese is easy, by what a machine can tell of the published guideline.

出入国在留管理庁・文化庁「在留支援のためのやさしい日本語ガイドライン」:
short sentences with one thing in each, no double negatives, nothing that is suffered (受身),
readings for characters.
"""

import re
from collections.abc import Iterator

import pytest

from portal_app import libraries
from portal_app.browser.words import words_of
from portal_app.text import Lang, written

# The characters of the first school year, which easy Japanese may use without a reading.
FIRST_YEAR = set(
    "一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤"
    "千川先早草足村大男竹中虫町天田土二日入年白八百文木本名目立力林六"
)
KANJI = "[一-龥々]"
READING = re.compile(rf"(?<={KANJI})\([ぁ-ゖー]+\)")
# Without spaces and readings. What stands in a blank is not counted, and a name in other letters
# as one: a name is as long as it is.
LONGEST_SENTENCE = 30
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .:-]*")
MANY_THINGS = re.compile(r"、.*、.*、")
# 「…ないと できません」 is two negatives, too, and so is 「…なければ なりません」: say when it can
# be done, or what to do.
DOUBLE_NEGATIVE = re.compile(
    r"(?:ない|なく|ません) ?(?:わけ|ことは|ことも|はな|もな)"
    r"|(?:なければ|なくては|ないと|しか)[ 、].*(?:ない|ません|だめ)"
)
# 「見られます」 says what somebody can do; 「言われました」 leaves out who did it. 生まれる and
# こわれる are no such verbs.
SUFFERED = re.compile(
    r"され(?:る|た|て|ま)|(?<!こ)われ(?:た|て|ま)|か(?:か)?れました|られ(?:た|て|まし)"
)
QUOTED = re.compile("「[^」]*」")
HONORIFIC = re.compile(r"いただ|ございま|いたしま|申し|くださいませ|お(?:いで|こし)に")


def _texts() -> Iterator[tuple[str, str]]:
    """Yield every easy text, with the words that each library calls things by."""
    yield from ((key, texts[Lang.EASY]) for key, texts in written().items())
    for preset in libraries.PRESETS:
        library = libraries.load(preset)
        for name, word in words_of(library).items():
            yield f"{preset}.{name}", word[Lang.EASY]
        for branch in library.branches:
            yield f"{preset}.{branch.code}", branch.name[Lang.EASY]


TEXTS = dict(_texts())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without readings and what stands in blanks."""
    return re.split("[。？！\n]", re.sub(r"\{.*?\}", "", READING.sub("", text)))


def those_with(rule: re.Pattern[str]) -> dict[str, str]:
    """Return the texts in which a sentence is as a rule says."""
    return {key: text for key, text in TEXTS.items() if any(map(rule.search, sentences(text)))}


def test_every_difficult_character_has_its_reading():
    without = {
        key: re.findall(rf"{KANJI}+(?!{KANJI}|\([ぁ-ゖー]+\))", text) for key, text in TEXTS.items()
    }

    assert {key: found for key, found in without.items() if set("".join(found)) - FIRST_YEAR} == {}


def test_a_bracket_is_a_reading_and_stands_behind_what_it_reads():
    # What is written otherwise would not become ruby; asides have wide brackets.
    assert {key: text for key, text in TEXTS.items() if "(" in READING.sub("", text)} == {}


def test_sentences_are_short():
    lengths = {
        key: [len(NAME.sub("N", one).replace(" ", "")) for one in sentences(TEXTS[key])]
        for key in TEXTS
    }

    assert {key: TEXTS[key] for key, some in lengths.items() if max(some) > LONGEST_SENTENCE} == {}


def test_a_sentence_says_one_thing():
    assert those_with(MANY_THINGS) == {}


def test_nothing_is_said_by_two_negatives():
    assert those_with(DOUBLE_NEGATIVE) == {}


def test_it_is_said_who_does_what():
    # What others have named stays as they have named it.
    asides = {key: QUOTED.sub("", text) for key, text in those_with(SUFFERED).items()}

    assert {key: text for key, text in asides.items() if SUFFERED.search(text)} == {}


def test_it_is_said_plainly():
    assert those_with(HONORIFIC) == {}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (DOUBLE_NEGATIVE, "できないわけではありません"),
        (DOUBLE_NEGATIVE, "つながないと できません"),
        (DOUBLE_NEGATIVE, "書かなければ なりません"),
        (SUFFERED, "予約が取り消されました"),
        (SUFFERED, "お知らせが とめられて います"),
        (HONORIFIC, "お待ちいただきます"),
    ],
)
def test_the_rules_know_what_they_are_about(rule, sentence):
    assert rule.search(sentence)


@pytest.mark.parametrize(
    "sentence", ["見られます", "生まれた 日", "こわれました", "わかりません", "たしかめて ください"]
)
def test_the_rules_leave_alone_what_is_plain(sentence):
    assert not any(rule.search(sentence) for rule in (DOUBLE_NEGATIVE, SUFFERED, HONORIFIC))
