"""Loans and holds as files that the device makes: read back by what patrons open them with."""

import csv
import io
import json
from typing import Any

import pandas as pd
import pytest

from portal_app.browser import words
from portal_app.components.list_downloads import Written, list_downloads
from portal_app.components.words import t
from portal_app.text import Lang
from portal_app.text.dates import Years

COLUMNS = [
    {"heading": "タイトル", "path": "record.title", "texts": ""},
    {"heading": "返却期限日", "path": "due_on", "texts": ""},
    {"heading": "貸出館", "path": "branch_code", "texts": "branch"},
    {"heading": "バーコード", "path": "barcode", "texts": ""},
    {"heading": "延長", "path": "renewals", "texts": ""},
]


def loan(title: str, **about: Any) -> dict[str, Any]:
    """Return a loan as the page has it."""
    return {
        "record": {"title": title},
        "due_on": "2026-12-05",
        "branch_code": "honkan",
        "barcode": "0012345",
        "renewals": 0,
        **about,
    }


LOANS = [
    loan("銀河鉄道の夜"),
    loan('=HYPERLINK("x"),\r\n二行目', due_on=None, branch_code="gone", barcode="+81"),
    loan("\u0007葛\U000e0100飾\u3000区 🦊", renewals=1),
]


@pytest.fixture
def written(in_browser):
    """Write loans as a file, as the page does."""
    list_downloads(
        t("loans.title"),
        Written(heading=t("loans.column.branch"), path="branch_code", texts="branch"),
        rows=[],
        as_of="",
    )

    def written(
        name: str,
        rows: list[dict[str, Any]],
        lang: Lang = Lang.JA,
        years: Years = Years.WESTERN,
    ) -> str:
        given = {"title": "借りている資料", "columns": COLUMNS, "rows": rows, "asOf": "2026-11-22"}
        given["years"] = years
        return in_browser(
            f"""
            import * as files from "./utils/list_files.js";
            import {{ learn }} from "./utils/speech.js";
            await learn({json.dumps(lang)});
            answer(files.{name}({json.dumps(lang)}, {json.dumps(given)}));
            """
        )

    return written


def test_pandas_reads_the_table_back(written):
    table = pd.read_csv(io.StringIO(written("listAsCsv", LOANS)), dtype=str, keep_default_na=False)

    assert list(table.columns) == [column["heading"] for column in COLUMNS]
    assert table.iloc[0].tolist() == ["銀河鉄道の夜", "2026-12-05", "本館一般", "0012345", "0"]
    assert table.iloc[2]["タイトル"] == "葛\U000e0100飾\u3000区 🦊"


def test_nothing_in_the_table_is_run_by_a_spreadsheet(written):
    rows = list(csv.reader(io.StringIO(written("listAsCsv", LOANS), newline="")))

    assert rows[2] == ['\'=HYPERLINK("x"),\r\n二行目', "", "gone", "'+81", "0"]


def test_every_line_of_the_table_ends_as_windows_ends_it(written):
    table = written("listAsCsv", [LOANS[0]])

    assert table.count("\r\n") == table.count("\n") == 2
    assert table.endswith("\r\n")


def test_a_list_of_nothing_is_a_table_with_headings(written):
    assert written("listAsCsv", []) == "タイトル,返却期限日,貸出館,バーコード,延長\r\n"


def test_the_text_says_when_it_was_made_and_names_each_fact(written):
    assert written("listAsText", LOANS).split("\r\n") == [
        "借りている資料",
        "2026年11月22日（日）　3冊",
        "",
        "1  銀河鉄道の夜",
        "   返却期限日：2026年12月5日（土）",
        "   貸出館：本館一般",
        "   バーコード：0012345",
        "   延長：0",
        "",
        '2  =HYPERLINK("x"), 二行目',
        "   貸出館：gone",
        "   バーコード：+81",
        "   延長：0",
        "",
        "3  葛\U000e0100飾 区 🦊",
        "   返却期限日：2026年12月5日（土）",
        "   貸出館：本館一般",
        "   バーコード：0012345",
        "   延長：1",
        "",
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (Lang.EN, "   返却期限日: Sat 5 Dec 2026"),
        (Lang.EASY, "   返却期限日：2026年 12月 5日（土曜日）"),
    ],
)
def test_the_text_speaks_the_patron_s_language(written, lang, said):
    assert said in written("listAsText", LOANS, lang)


def test_the_text_counts_years_as_the_patron_does_and_the_table_as_programs_do(written):
    text = written("listAsText", LOANS, years=Years.JAPANESE)

    assert "令和8年11月22日（日）　3冊" in text
    assert "返却期限日：令和8年12月5日（土）" in text
    assert "令和" not in written("listAsCsv", LOANS, years=Years.JAPANESE)


def test_every_word_of_a_file_is_sent_to_the_browser(written):
    in_files = {"downloads.fact", "downloads.taken_on", "downloads.column.shelf", "branch.honkan"}

    assert in_files <= words.shown()
