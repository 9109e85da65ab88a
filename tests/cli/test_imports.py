import csv
import re

import pytest

from portal_app.cli.imports import import_files
from portal_app.cli.refusals import WrongUse
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.search import Query
from portal_app.exchange.outcomes import Reason
from portal_app.services import search
from tests.exchange.marc_samples import deleted, field, iso2709, many, record, titled

TABLE = "書誌番号,書名,著者\n1,こころ,夏目 漱石\n2,,夏目 漱石\n3,門,夏目 漱石\n"


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


def lines_of(file):
    return list(csv.DictReader(file.read_text("utf-8").splitlines(), delimiter="\t"))


def titles_found():
    found = search.find(query=Query(materials=(MaterialClass.BOOK,)))
    return sorted(row.record.title for row in found.rows)


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "books.csv"
    file.write_text(TABLE, "utf-8")
    return file


@pytest.fixture
def marc(tmp_path):
    file = tmp_path / "books.mrc"
    file.write_bytes(iso2709(*many(["明暗", "道草"])))
    return file


def test_the_last_line_counts_the_records_of_all_files(library, table, marc, capsys):
    status = import_files([table, marc])

    assert last_line(capsys) == "read 5 = new 4 + updated 0 + unchanged 0 + rejected 1"
    assert status == 1


def test_a_second_import_of_a_good_file_changes_nothing(library, marc, capsys):
    assert import_files([marc]) == 0

    assert import_files([marc]) == 0
    assert last_line(capsys) == "read 2 = new 0 + updated 0 + unchanged 2 + rejected 0"


def test_a_rejected_record_is_named_with_file_number_and_reason(library, table):
    import_files([table])

    (line,) = lines_of(table.with_name("books.csv.rejected.tsv"))
    assert line == {"file": str(table), "number": "2", "reason": "the record has no title"}


def test_nothing_rejected_leaves_no_list_and_removes_an_old_one(library, table):
    import_files([table])
    table.write_text(TABLE.replace("2,,夏目", "2,三四郎,夏目"), "utf-8")

    assert import_files([table]) == 0
    assert [file.name for file in table.parent.iterdir() if file.suffix == ".tsv"] == []


def test_an_item_that_stays_outside_is_named(library, branches, tmp_path):
    file = tmp_path / "items.mrc"
    file.write_bytes(iso2709(record(field("245", "a 本"), field("952", "p 301", "a Atlantis"))))

    assert import_files([file]) == 1
    (line,) = lines_of(tmp_path / "items.mrc.items-left-out.tsv")
    assert (line["record"], line["barcode"], line["branch"]) == ("1", "301", "Atlantis")


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"a letter\n", None])
def test_a_file_that_cannot_be_read_keeps_the_others_out_too(library, marc, tmp_path, content):
    other = tmp_path / "other.csv"
    if content is not None:
        other.write_bytes(content)

    with pytest.raises(WrongUse, match=re.escape(str(other))):
        import_files([marc, other])

    assert import_files([marc]) == 0  # both are new still


def test_a_mistake_in_the_mapping_changes_nothing(library, marc, tmp_path, capsys):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[columns]\ntitel = "書名"\n', "utf-8")

    with pytest.raises(WrongUse, match="titel"):
        import_files([marc], mapping)

    import_files([marc])
    assert last_line(capsys) == "read 2 = new 2 + updated 0 + unchanged 0 + rejected 0"


def test_a_mapping_is_used(library, tmp_path, capsys):
    table = tmp_path / "table.tsv"
    table.write_text("なまえ\tだれ\nこころ\t夏目 漱石\n", "utf-8")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[columns]\ntitle = "なまえ"\ncreators = "だれ"\n', "utf-8")

    assert import_files([table], mapping) == 0
    assert last_line(capsys) == "read 1 = new 1 + updated 0 + unchanged 0 + rejected 0"


def test_a_record_that_a_file_deletes_leaves_the_catalogue_and_is_counted(
    library, marc, tmp_path, capsys
):
    import_files([marc])
    file = tmp_path / "deletions.mrc"
    file.write_bytes(iso2709(deleted(number="2"), titled("明暗")))

    assert import_files([file]) == 0
    assert last_line(capsys) == "read 2 = new 0 + updated 0 + unchanged 1 + left 1 + rejected 0"
    assert titles_found() == ["明暗"]


def test_a_deletion_imported_again_changes_nothing(library, marc, tmp_path, capsys):
    import_files([marc])
    file = tmp_path / "deletions.mrc"
    file.write_bytes(iso2709(deleted(number="2")))
    import_files([file])

    assert import_files([file]) == 0
    assert last_line(capsys) == "read 1 = new 0 + updated 0 + unchanged 1 + rejected 0"


def test_a_record_that_comes_again_is_in_the_catalogue_again(library, marc, tmp_path, capsys):
    import_files([marc])
    file = tmp_path / "deletions.mrc"
    file.write_bytes(iso2709(deleted(number="2")))
    import_files([file])

    assert import_files([marc]) == 0
    assert last_line(capsys) == "read 2 = new 0 + updated 1 + unchanged 1 + rejected 0"
    assert titles_found() == ["明暗", "道草"]


def test_the_last_word_of_a_file_on_a_record_counts(library, tmp_path, capsys):
    file = tmp_path / "changes.mrc"
    file.write_bytes(
        iso2709(
            titled("明暗"),
            deleted(),
            titled("明暗 : 改版"),
            titled("道草", number="2"),
            deleted(number="2"),
        )
    )

    assert import_files([file]) == 0
    assert last_line(capsys) == "read 5 = new 2 + updated 1 + unchanged 0 + left 2 + rejected 0"
    assert titles_found() == ["明暗 : 改版"]


def test_a_deletion_of_what_nobody_knows_is_named(library, marc, tmp_path):
    file = tmp_path / "deletions.mrc"
    file.write_bytes(iso2709(deleted(number="99")))

    assert import_files([file]) == 1
    (line,) = lines_of(tmp_path / "deletions.mrc.rejected.tsv")
    assert line["reason"].startswith(Reason.DELETED_UNKNOWN)
    assert line["reason"].endswith(": 99")
