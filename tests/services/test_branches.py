from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data.tables import Branch, BranchHours
from portal_app.services.branches import open_branches


def test_the_branches_of_the_file_are_opened_with_their_days(library):
    koganei = libraries.load("koganei")

    open_branches(branches=koganei.branches)

    with Session(library) as tx:
        codes = tx.exec(select(Branch.code).order_by(Branch.position)).all()
        monday = tx.exec(select(BranchHours).where(BranchHours.weekday == 0)).all()
        wednesday = tx.get_one(BranchHours, ("honkan", 2))
    assert codes == ["honkan", "nishi", "higashi"]
    assert monday == []
    assert wednesday.closes_at.hour == 20  # G-03


def test_opening_them_again_changes_nothing(library):
    branches = libraries.load("koganei").branches
    open_branches(branches=branches)
    with Session(library) as tx:
        before = tx.exec(select(BranchHours)).all()

    open_branches(branches=branches)

    with Session(library) as tx:
        assert tx.exec(select(BranchHours)).all() == before


def test_a_branch_that_left_the_file_keeps_its_row_and_has_no_hours(library):
    branches = libraries.load("koganei").branches
    open_branches(branches=branches)

    open_branches(branches=branches[:2])

    with Session(library) as tx:
        assert tx.get_one(Branch, "higashi").name == "東分室"
        assert tx.get(BranchHours, ("higashi", 1)) is None
