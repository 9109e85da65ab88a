from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app.exchange.catalogue_files import CatalogueFile
from portal_app.exchange.columns import default_mapping, read_mapping
from portal_app.exchange.outcomes import Catalogued, NotReadable, Reason, Rejected
from tests.exchange.marc_samples import field, iso2709, many, record, titled

XML = (
    '<collection xmlns="http://www.loc.gov/MARC21/slim"><record>'
    '<leader>00000nam a2200000 i 4500</leader><controlfield tag="001">1</controlfield>'
    '<datafield tag="245" ind1=" " ind2=" "><subfield code="a">こころ</subfield></datafield>'
    "</record></collection>"
)


def read(folder, content: bytes, *, name="file", mapping=None):
    file = folder / name
    file.write_bytes(content)
    with CatalogueFile(file, mapping or default_mapping()) as source:
        return list(source.outcomes())


@pytest.mark.parametrize("name", ["file.csv", "file.mrc", "file.xml", "file"])
@pytest.mark.parametrize(
    "content",
    [
        iso2709(titled("こころ")),
        XML.encode(),
        b"\xef\xbb\xbf" + XML.encode(),
        "書名,著者\nこころ,夏目 漱石\n".encode("cp932"),
    ],
    ids=["iso2709", "marcxml", "marcxml with mark", "csv"],
)
def test_the_format_is_known_by_what_is_in_the_file(tmp_path, name, content):
    (outcome,) = read(tmp_path, content, name=name)

    assert outcome.record.title == "こころ"


def test_a_file_that_begins_with_a_broken_record_is_still_marc(tmp_path):
    outcomes = read(tmp_path, b"rubbish\x1e\x1d" + iso2709(titled("こころ")))

    assert [type(outcome) for outcome in outcomes] == [Rejected, Catalogued]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><body>not found</body></html>", "not MARCXML"),
        (b"\x89PNG\r\n\x00\x00", "neither MARC"),
        (b"just a letter\n", "title"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_one_sentence(tmp_path, content, reason):
    with pytest.raises(NotReadable, match=reason):
        read(tmp_path, content)


@pytest.mark.parametrize("name", ["missing.mrc", "."])
def test_what_cannot_be_opened_is_refused_by_name(tmp_path, name):
    with pytest.raises(NotReadable, match=str(tmp_path)):
        CatalogueFile(tmp_path / name, default_mapping())


def test_a_record_that_comes_twice_counts_twice(tmp_path):
    outcomes = read(tmp_path, iso2709(titled("こころ"), titled("こころ")))

    assert [type(outcome) for outcome in outcomes] == [Catalogued, Catalogued]


def test_a_number_that_two_records_share_is_rejected_the_second_time(tmp_path):
    outcomes = read(tmp_path, iso2709(titled("こころ"), titled("門")))

    assert outcomes[1] == Rejected(number=2, reason=Reason.OTHER_CONTENT, detail="1")


def test_a_mapping_says_which_branch_a_file_means(tmp_path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[branches]\nCPL = "main"\n', "utf-8")
    item = record(field("245", "a 本"), field("952", "p 1", "a CPL"), field("952", "p 2", "a west"))

    (outcome,) = read(tmp_path, iso2709(item), mapping=read_mapping(mapping))

    assert [one.branch for one in outcome.record.items] == ["main", "west"]


def test_the_share_that_was_read_ends_at_all(tmp_path):
    file = tmp_path / "file.mrc"
    file.write_bytes(iso2709(*many(["こころ", "門"])))

    with CatalogueFile(file, default_mapping()) as source:
        assert source.share_read() == 0
        list(source.outcomes())
        assert source.share_read() == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(tmp_path, content):
    with suppress(NotReadable):
        read(tmp_path, content)
