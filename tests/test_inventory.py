"""Every rule of the two guides about borrowing, mail and passwords has a test that names it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent

# Holds, loans, reading history, messages and alerts. A row of the guides is called K-… or G-….
ROWS = (
    "K-08",
    "K-10",
    "K-12",
    "K-13",
    *(f"K-{number}" for number in range(15, 19)),
    *(f"K-{number}" for number in range(24, 32)),
    *(f"K-{number}" for number in range(40, 49)),
    *(f"K-{number}" for number in range(60, 68)),
    "G-03",
    *(f"G-{number}" for number in range(20, 37) if number not in {28, 29}),
    # The password, and what is written to patrons by itself.
    "K-11",
    "G-02",
    "G-10",
    "G-41",
    "G-42",
    "G-43",
)
POLICIES = (
    "renew.base",
    "renew.days",
    "renew.max",
    "renew.window",
    "renew.block",
    "renew.client",
    "hold.block_if_overdue",
    "hold.default_expiry",
    "hold.limits",
    "loan.limits",
    "hold.order_mode",
    "hold.contact",
    "hold.edit_states",
    "hold.cancel_states",
    "hold.cancelled_visible",
    "hold.available_items",
    "history.opt_in",
)

# Names every row to say where a policy comes from, and shows no behaviour.
_VALUES = PROJECT / "tests" / "libraries" / "test_presets.py"
_IN_NAME = re.compile(r"(?<![a-z0-9])([kg])(\d{2})(?![0-9])")
_IN_DOCSTRING = re.compile(r"\b[KG]-\d{2}\b|``([a-z]+\.[a-z_]+)``")


def _named() -> Iterator[str]:
    for folder in ("tests", "e2e"):
        for file in (PROJECT / folder).rglob("test_*.py"):
            for row in _named_in(file):
                if file != _VALUES or row in POLICIES:
                    yield row


def _named_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _named_by(node)


def _named_by(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    if not node.name.startswith("test_"):
        return
    for guide, number in _IN_NAME.findall(node.name):
        yield f"{guide.upper()}-{number}"
    for found in _IN_DOCSTRING.finditer(ast.get_docstring(node) or ""):
        yield found[1] or found[0]


@pytest.fixture(scope="module")
def named() -> frozenset[str]:
    """All rows that the names and docstrings of tests name."""
    return frozenset(_named())


@pytest.mark.parametrize("row", ROWS + POLICIES)
def test_a_row_of_the_guides_has_a_test_that_names_it(row, named):
    assert row in named
