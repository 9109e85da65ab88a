import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pymarc.marcxml import record_to_xml

from portal_app.exchange import iso2709, marcxml
from portal_app.exchange.outcomes import Catalogued, Reason, Rejected
from tests.exchange.marc_samples import ginga, many

SLIM = "http://www.loc.gov/MARC21/slim"


def _text(record):
    # pymarc writes every kanji as a reference.
    return etree.tostring(etree.fromstring(record_to_xml(record)), encoding="unicode")


def xml(*records, encoding="UTF-8"):
    bodies = "".join(_text(one) for one in records)
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{declaration}<collection xmlns="{SLIM}">{bodies}</collection>'.encode(encoding)


def read(file: bytes):
    return list(marcxml.read(io.BytesIO(file)))


def titles(file: bytes):
    return [one.record.title for one in read(file) if isinstance(one, Catalogued)]


def reasons(file: bytes):
    return [(one.number, one.reason) for one in read(file) if isinstance(one, Rejected)]


def test_a_record_says_the_same_in_both_forms():
    assert read(xml(ginga())) == list(iso2709.read(io.BytesIO(ginga().as_marc())))


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "Shift_JIS"])
def test_the_encoding_is_the_one_declared(encoding):
    assert titles(xml(*many(["こころ", "門"]), encoding=encoding)) == ["こころ", "門"]


def test_prefixes_and_envelopes_do_no_harm():
    inner = xml(*many(["こころ"])).decode().partition("?>")[2]
    prefixed = inner.replace("</", "</marc:").replace("<", "<marc:").replace("<marc:/", "</")
    prefixed = prefixed.replace("</marc:marc:", "</marc:").replace("xmlns=", "xmlns:marc=")
    file = f"<r><records><record><recordData>{prefixed}</recordData></record></records></r>"

    assert titles(file.encode()) == ["こころ"]


def test_a_broken_record_does_not_take_the_next_along():
    file = xml(*many(["こころ", "門", "明暗"])).replace("門".encode(), "門 < & >".encode())

    assert titles(file) == ["こころ", "明暗"]
    assert reasons(file) == [(2, Reason.BAD_XML)]


def test_a_record_whose_end_is_lost_does_not_take_the_next_along():
    file = xml(*many(["こころ", "門"])).replace(b"</record>", b"", 1)

    assert titles(file) == ["門"]
    assert reasons(file) == [(1, Reason.BAD_XML)]


def test_a_file_that_breaks_off_keeps_what_came_before():
    file = xml(*many(["こころ", "門"]))

    assert reasons(file[: file.rindex("門".encode())]) == [(2, Reason.TRUNCATED)]


def test_entities_of_the_file_are_not_expanded():
    bomb = '<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    file = bomb.encode() + xml(*many(["こころ"])).replace("こころ".encode(), b"&a;")

    assert reasons(file) == [(1, Reason.BAD_XML)]


def test_records_are_found_across_the_blocks_in_which_a_file_is_read():
    names = [f"本{number}" for number in range(400)]

    assert titles(xml(*many(names))) == names


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(file):
    read(b"<record><leader>" + file + b"</record>" + file)
