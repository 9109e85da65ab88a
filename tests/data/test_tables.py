import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from portal_app.data import tables
from portal_app.data.tables import CartLine, Item, Loan, Patron
from tests.conftest import NOW, TODAY, lend

COLUMNS = [
    column
    for table in SQLModel.metadata.sorted_tables
    if table.name in {model.__tablename__ for model in tables.Table.__subclasses__()}
    for column in table.columns
]


def insert(library, row) -> None:
    with Session(library) as tx, tx.begin():
        tx.add(row)


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_explains_itself(column):
    assert column.comment


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=str)
def test_every_constraint_has_a_name_by_which_it_can_be_dropped(table):
    assert all(constraint.name for constraint in table.constraints)


def test_a_card_number_belongs_to_one_patron(library, hanako):
    twin = Patron(card_number="20000000000001", card_expires_on=TODAY, name="", born_on=TODAY)

    with pytest.raises(IntegrityError):
        insert(library, twin)


def test_a_record_is_in_a_cart_once(library, hanako, ginga):
    insert(library, CartLine(patron_id=hanako, record_id=ginga, added_at=NOW))

    with pytest.raises(IntegrityError):
        insert(library, CartLine(patron_id=hanako, record_id=ginga, added_at=NOW))


def test_an_item_belongs_to_a_branch_that_exists(library, ginga):
    with pytest.raises(IntegrityError):
        insert(library, Item(record_id=ginga, barcode="B999", branch_code="moon"))


def test_an_item_that_has_come_back_can_be_lent_again(library, hanako, ginga):
    with Session(library) as tx, tx.begin():
        tx.execute(sa.update(Loan).values(returned_at=NOW, patron_id=None))
        lend(tx, item_id=11, patron_id=hanako, due_on=TODAY)

        assert tx.scalar(sa.select(sa.func.count()).where(Loan.patron_id == hanako)) == 1
