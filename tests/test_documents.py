"""The documents do not rot: what they lead to is there."""

import re
from itertools import pairwise

import pytest

from portal_app.settings import PROJECT

LINK = re.compile(r"\]\(([^)#\s]+)|src=\"([^\"]+)\"")
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(PROJECT)))
def test_every_link_leads_somewhere(document):
    links = [one or other for one, other in LINK.findall(document.read_text("utf-8"))]

    missing = [
        link for link in links if "://" not in link and not (document.parent / link).exists()
    ]

    assert not missing


def test_both_readmes_lead_to_the_same():
    links = [
        {one or other for one, other in LINK.findall((PROJECT / name).read_text("utf-8"))}
        for name in ("README.md", "README.ja.md")
    ]

    assert links[0] - {"README.ja.md"} == links[1] - {"README.md"}


def test_every_decision_is_listed_in_order():
    listed = LINK.findall((PROJECT / "docs" / "adr" / "README.md").read_text("utf-8"))
    numbers = [int(link[:4]) for link, _ in listed]

    assert {link for link, _ in listed} == {
        file.name for file in (PROJECT / "docs" / "adr").glob("0*.md")
    }
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
