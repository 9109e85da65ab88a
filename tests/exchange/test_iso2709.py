import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymarc import Leader

from portal_app.exchange import iso2709
from portal_app.exchange.outcomes import Catalogued, Reason, Rejected
from tests.exchange.marc_samples import field, ginga, many, record, titled
from tests.exchange.marc_samples import iso2709 as file_of


def read(file: bytes):
    return list(iso2709.read(io.BytesIO(file)))


def titles(file: bytes):
    return [one.record.title for one in read(file) if isinstance(one, Catalogued)]


def reasons(file: bytes):
    return [(one.number, one.reason) for one in read(file) if isinstance(one, Rejected)]


def test_records_are_numbered_from_one():
    assert [one.number for one in read(file_of(*many(["こころ", "門", "明暗"])))] == [1, 2, 3]


def test_line_ends_between_records_do_no_harm():
    first, second = many(["こころ", "門"])

    assert titles(first.as_marc() + b"\r\n" + second.as_marc() + b"\n\x1a") == ["こころ", "門"]


def test_a_record_longer_than_may_be_is_rejected_and_the_next_are_read():
    giant = record(field("245", "a 長い"), *(field("500", f"a {'注' * 3000}") for _ in range(20)))
    wrapped = giant.as_marc()[:-1].replace(b"\x1d", b"")
    claimed = f"{len(wrapped) % 100_000:05}".encode() + wrapped[5:] + b"\x1d"

    file = claimed + file_of(*many(["こころ", "門"]))

    assert titles(file) == ["こころ", "門"]
    assert reasons(file) == [(1, Reason.TOO_LONG)]


def test_a_file_without_an_end_is_one_rejected_record():
    assert reasons(titled("こころ").as_marc()[:-1] + b"x" * 1_000_000) == [(1, Reason.TOO_LONG)]


def test_a_good_record_behind_a_long_piece_of_rubbish_is_found():
    file = b"x" * 1_000_000 + titled("こころ").as_marc()

    assert titles(file) == ["こころ"]
    assert [number for number, _ in reasons(file)] == [1]


def test_a_record_that_breaks_off_does_not_take_the_next_along():
    first, second = many(["こころ", "門"])

    file = first.as_marc()[:60] + second.as_marc()

    assert titles(file) == ["門"]
    assert [number for number, _ in reasons(file)] == [1]


def test_a_file_that_breaks_off_keeps_what_came_before():
    file = file_of(*many(["こころ", "門"]))[:-10]

    assert titles(file) == ["こころ"]
    assert reasons(file) == [(2, Reason.TRUNCATED)]


def test_a_directory_that_leads_astray_is_rejected():
    broken = bytearray(titled("こころ").as_marc())
    broken[27:31] = b"9999"  # the length of the first field

    assert reasons(bytes(broken) + titled("門").as_marc()) == [(1, Reason.BAD_DIRECTORY)]


def test_broken_utf8_is_rejected():
    broken = titled("こころ").as_marc().replace("ろ".encode(), b"\xe3\x28\xa1")

    assert reasons(broken) == [(1, Reason.BAD_TEXT)]


def test_a_length_that_was_never_filled_in_does_no_harm():
    assert titles(b"00000" + titled("こころ").as_marc()[5:]) == ["こころ"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"Caf\xe2e", "Café"),  # MARC-8: the accent stands before its letter
        ("Café".encode(), "Café"),  # UTF-8 that does not say so
        (b"Plain", "Plain"),
    ],
)
def test_a_record_that_does_not_claim_utf8_is_read_as_what_it_is(written, expected):
    plain = record(field("245", f"a {'?' * len(written)}"))
    plain.leader = Leader("00000nam  2200000 i 4500")
    file = plain.as_marc().replace(b"?" * len(written), written)
    file = file[:9] + b" " + file[10:]

    assert titles(file) == [expected]


@given(st.binary(max_size=600))
def test_no_bytes_stop_the_reader(file):
    read(file)


@given(st.integers(0, 900), st.binary(max_size=8))
def test_no_damage_to_a_record_stops_the_reader_or_hides_the_next(place, damage):
    first = bytearray(ginga().as_marc())
    first[place : place + len(damage)] = damage.replace(b"\x1d", b"")

    assert titles(bytes(first) + titled("門").as_marc())[-1:] == ["門"]
