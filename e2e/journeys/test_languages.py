"""Pages are drawn in Japanese beforehand: who reads another language never sees them so."""

import json

import pytest

from e2e.narrowing import only_at, only_on
from e2e.pages.advanced_search import AdvancedSearchPage
from portal_app.text import Lang

# Notes, at every frame, the heading that can be seen.
_WATCH = """
window.headings = [];
const look = () => {
  const heading = document.querySelector("h1");
  const isSeen = heading?.checkVisibility({ visibilityProperty: true });
  if (isSeen && headings.at(-1) !== heading.textContent) headings.push(heading.textContent);
  requestAnimationFrame(look);
};
look();
"""
ITS_WORDS = "**/assets/en-*"


@only_at("kagoshima")
@only_on("phone")
@pytest.mark.parametrize("look", [{"lang": "en"}, {"mode": "child"}], ids=json.dumps)
def test_g01_a_language_is_spoken_from_the_first_paint_on(visitor, lang):
    visitor.add_init_script(_WATCH)

    AdvancedSearchPage(visitor, lang).open()

    assert len(visitor.evaluate("headings")) == 1


@only_at("kagoshima")
@only_on("phone")
@pytest.mark.parametrize("look", [{"lang": "en"}], ids=json.dumps)
def test_words_that_do_not_come_keep_nobody_from_the_page(visitor, lang):
    visitor.route(ITS_WORDS, lambda _asked: None)  # which is no answer

    AdvancedSearchPage(visitor, Lang.JA).open()
