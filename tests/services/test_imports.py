from dataclasses import replace

from sqlmodel import Session, select

from portal_app.data.tables import BibliographicRecord
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.services import imports
from tests.conftest import TODAY

KOKORO = CataloguedRecord(key="kokoro", title="こころ")
MON = CataloguedRecord(key="mon", title="門")


def impossible(library) -> CataloguedRecord:
    """Return a record that the kind of database at hand does not take."""
    if library.dialect.name == "postgresql":
        return replace(KOKORO, key="impossible", title="\x00")
    return replace(KOKORO, key="impossible", title_reading=None)


def test_a_second_import_changes_nothing(library):
    imports.import_batch(records=[KOKORO, MON], today=TODAY)

    again = imports.import_batch(records=[KOKORO, MON], today=TODAY)

    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)


def test_a_record_that_the_database_refuses_rejects_only_itself(library):
    bad = impossible(library)

    imported = imports.import_batch(records=[KOKORO, bad, MON], today=TODAY)

    assert (imported.new, [one.place for one in imported.refused]) == (2, [1])
    with Session(library) as tx:
        titles = tx.exec(select(BibliographicRecord.title)).all()
    assert sorted(titles) == ["こころ", "門"]


def test_what_leaves_is_told_apart_from_what_has_left_and_from_what_nobody_knows(library):
    imports.import_batch(records=[KOKORO, MON], today=TODAY)
    imports.let_leave(keys=["mon"], today=TODAY)

    departed = imports.let_leave(keys=["kokoro", "sorekara", "mon", "kokoro"], today=TODAY)

    assert departed == imports.Departed(left=1, unchanged=2, unknown=(1,))


def test_a_record_with_a_long_key_leaves_by_it(library):
    long = replace(KOKORO, key="k" * 200)
    imports.import_batch(records=[long], today=TODAY)

    assert imports.let_leave(keys=[long.key], today=TODAY).left == 1


def test_the_search_index_can_be_put_in_order(library):
    imports.import_batch(records=[KOKORO], today=TODAY)

    imports.finish()

    again = imports.import_batch(records=[KOKORO], today=TODAY)
    assert again.unchanged == 1
