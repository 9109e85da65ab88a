"""The library's buildings and when they are open."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from portal_app.data import tables
from portal_app.data.database import transactional
from portal_app.domain import policies


@transactional
def open_branches(tx: Session, *, branches: Sequence[policies.Branch]) -> None:
    """Make the branches in the database those of the library's file, opening days included.

    A branch that has left the file keeps its row, since items and loans name it.
    """
    known = {branch.code: branch for branch in tx.exec(select(tables.Branch))}
    for position, branch in enumerate(branches, start=1):
        row = known.get(branch.code) or tables.Branch(code=branch.code, name="", position=position)
        row.name, row.name_en, row.position = branch.name["ja"], branch.name["en"], position
        tx.add(row)
    tx.flush()  # hours need their branch first
    tx.exec(delete(tables.BranchHours).where(col(tables.BranchHours.weekday) >= 0))
    tx.add_all(
        tables.BranchHours(
            branch_code=branch.code,
            weekday=policies.WEEKDAYS.index(weekday),
            opens_at=hours.opens,
            closes_at=hours.closes,
        )
        for branch in branches
        for weekday, hours in branch.hours.items()
    )
