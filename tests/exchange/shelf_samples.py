"""Books for the tests of what is taken away: two of the guide's, and whatever nobody expects."""

import datetime as dt

from hypothesis import strategies as st

from portal_app.domain.catalogue import Creator, MaterialClass
from portal_app.exchange.shelf_files import ShelfLine, TakenShelf
from portal_app.exchange.wording import without_controls

TODAY = dt.date(2026, 11, 22)

AKAMATSU = ShelfLine(
    record_id=11,
    title="赤松小三郎ともう一つの明治維新",
    title_reading="アカマツ コサブロウ ト モウ ヒトツ ノ メイジ イシン",
    creators=(Creator(name="関 良基", reading="セキ ヨシキ", role="著"),),
    publisher="作品社",
    published_on="2016.12",
    published_year=2016,
    isbn="9784861826016",
    call_number="289.1",
    branch="本館一般",
    availability="貸出可",
    added_on=dt.date(2026, 11, 1),
)
AKUI = ShelfLine(
    record_id=12,
    title="悪意",
    title_reading="アクイ",
    creators=(Creator(name="東野 圭吾", reading="ヒガシノ ケイゴ", role="著"),),
    publisher="双葉社",
    published_on="1996.9",
    published_year=1996,
    isbn="9784575232653",
    call_number="913.6",
    branch="谷山",
    availability="貸出中",
    added_on=dt.date(2026, 11, 3),
    is_read=True,
    note="もう一度読む",
)
RESTORATION = TakenShelf(name="明治維新", lines=(AKAMATSU, AKUI))

# What breaks files: quotes, formulas, ends of lines, marks of TeX and RIS, emoji, halves of emoji.
NASTY = (
    st.sampled_from(
        [
            "=1+1",
            "'=1+1",
            "''@SUM(A1)",
            "＝HYPERLINK(A1)",
            "-1",
            "\t=1",
            "\"引用\", と '句'",
            "一行目\r\n二行目\n三行目\r四行目",
            "a; b;c;;d; ",
            "}{\\%&$#_^~",
            "A and B",
            "others",
            "A, B, C, D",
            "ER  - ",
            "\n@book{x,",
            "葛\U000e0100飾区 か\u309a 👨‍👩‍👧‍👦 🦊",
            "\ud83e\x00\x1b\ufeff\uffff\x85",
            "\u2028\u2029\u202e\u200b",
            "_x0041_ &amp; <b>",
            "https://library.example/",
            "長" * 40_000,
        ]
    )
    | st.text(st.characters(codec=None), max_size=30)
    | st.text("=+-@'\"\t\r\n;, {}\\%あ漢", max_size=12)
)
NAMES = NASTY.filter(lambda name: without_controls(name) != "")
LINES = st.builds(
    ShelfLine,
    record_id=st.integers(1, 10**9),
    title=NAMES.filter(lambda title: without_controls(title).strip() != ""),
    volume=NASTY,
    title_reading=NASTY,
    creators=st.lists(st.builds(Creator, name=NAMES, reading=NASTY, role=NASTY), max_size=3).map(
        tuple
    ),
    publisher=NASTY,
    published_on=NASTY,
    published_year=st.none() | st.integers(0, 9999),
    isbn=NASTY,
    material=st.sampled_from(MaterialClass),
    call_number=NASTY,
    branch=NASTY,
    availability=NASTY,
    added_on=st.none() | st.dates(),
    is_read=st.booleans(),
    note=NASTY,
)
SHELVES = st.lists(
    st.builds(TakenShelf, name=NASTY, lines=st.lists(LINES, max_size=4).map(tuple)), max_size=3
)
