import base64
import hashlib

import pytest

from portal_app.web.content_policy import policy_for

ORIGIN = "https://library.example"
PAGE = """<!doctype html><html><head><style>body{color:red}</style>
<script>const x = "</p>";</script><script src="/app.js"></script></head>
<body style="margin:0"><script type="module">go()</script></body></html>"""


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "loans").mkdir()
    (tmp_path / "loans" / "index.html").write_text(PAGE)
    (tmp_path / "404.html").write_text("<script>fallback()</script>")
    return tmp_path


def test_the_scripts_and_styles_of_a_page_are_allowed_by_their_hashes(pages):
    policy = _rules(policy_for("/loans", pages=pages, origin=ORIGIN))

    assert policy["script-src"] == {"'self'", _hash('const x = "</p>";'), _hash("go()")}
    assert policy["style-src-elem"] == {"'self'", _hash("body{color:red}")}
    assert policy["style-src-attr"] == {"'unsafe-hashes'", _hash("margin:0")}


def test_nothing_is_allowed_from_elsewhere(pages):
    policy = _rules(policy_for("/loans", pages=pages, origin=ORIGIN))

    assert policy["default-src"] == {"'none'"}
    assert policy["connect-src"] == {"'self'", "wss://library.example"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert policy["form-action"] == {"'self'"}
    assert "unsafe-inline" not in str(policy)
    assert "unsafe-eval" not in str(policy)


@pytest.mark.parametrize("path", ["/records/12", "/nowhere", "/../../etc/passwd", "/a\0b", "/"])
def test_a_page_that_was_not_drawn_beforehand_has_the_rules_of_the_one_that_draws_it(pages, path):
    policy = _rules(policy_for(path, pages=pages, origin=ORIGIN))

    assert policy["script-src"] == {"'self'", _hash("fallback()")}


def test_a_page_that_is_built_anew_has_new_rules(pages):
    before = policy_for("/loans", pages=pages, origin=ORIGIN)
    (pages / "loans" / "index.html").write_text("<script>new()</script>")

    after = policy_for("/loans", pages=pages, origin=ORIGIN)

    assert before != after
    assert _hash("new()") in after


def test_without_any_page_there_are_still_rules(tmp_path):
    policy = _rules(policy_for("/", pages=tmp_path, origin=ORIGIN))

    assert policy["script-src"] == {"'self'"}


def _rules(policy: str) -> dict[str, set[str]]:
    rules = (rule.split() for rule in policy.split("; "))
    return {name: set(sources) for name, *sources in rules}


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
