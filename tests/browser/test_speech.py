"""In which language a page says what it has from the catalogue."""

import json

TITLES = {
    "銀河鉄道の夜": "ja",
    "ノルウェイの森": "ja",
    "Night on the Galactic Railroad": None,
    "Pippi Långstrump": None,
    "ABC こどもえいご": "ja",
    "": None,
}


def test_what_is_catalogued_in_japanese_is_said_in_japanese(in_browser):
    said = in_browser(f"""
        import {{ langOf }} from "./utils/speech.js";
        answer({json.dumps(list(TITLES))}.map((title) => langOf(title) ?? null));
    """)

    assert dict(zip(TITLES, said, strict=True)) == TITLES
