import pytest
import reflex as rx

from portal_app.components.links import link_to_title
from portal_app.components.records import cover, record_line, record_row


def _row() -> rx.Component:
    title = rx.Var.create("銀河鉄道の夜")
    return record_row(
        title=title,
        cover=cover(title, material="book"),
        to="/records/1",
        line=rx.Var.create("宮沢賢治 著"),
    )


@pytest.mark.parametrize(
    ("drawn", "times"),
    [
        (_row(), 2),
        (link_to_title(rx.Var.create("こころ"), to="/records/2"), 1),
        (record_line(rx.Var.create("夏目漱石 著")), 1),
    ],
    ids=["row", "link", "line"],
)
def test_what_a_page_has_from_the_catalogue_says_its_language(drawn, times):
    assert str(drawn).count("langOf(") == times
