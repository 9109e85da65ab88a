import pytest

from portal_app import libraries
from portal_app.browser import words
from portal_app.components.layout import page_title
from portal_app.domain.policies import Terms
from portal_app.portal_app import PAGES, app
from portal_app.text import blanks, written
from portal_app.text.languages import BUILT_IN, FURTHER

OWN_WORDS = {"library", *Terms.model_fields}
# No preset has a home page to lead to.
NOT_IN_A_PRESET = {
    "frame.library_home_page",
    # Nor an address to turn to; and what the checks have found changes (tests/components).
    "accessibility.known.none",
    "accessibility.due",
    "accessibility.contact.office",
    "accessibility.contact.telephone",
    "accessibility.contact.mail",
    "accessibility.known.some",
    "accessibility.results.finding.fault_found",
    "accessibility.results.part",
    "accessibility.results.when",
    "accessibility.results.when_in_one_day",
}
# No preset offers notices to devices: a test of their own draws them (tests/components).
NOT_OFFERED = "push."
KEYS = sorted(written())
# Said on the page from which a tablet takes a certificate (tests/cli/test_lan.py).
OF_LAN = {key for key in KEYS if key.startswith("lan.")}
# Said in the files that a patron takes away, whose tests hold that each of them is needed.
IN_FILES = {key for key in KEYS if key.startswith("downloads.")}
# Said in mail, whose tests hold the same.
IN_LETTERS = {
    key
    for key in KEYS
    if key.startswith(
        (
            "letters.hold_placed.",
            "letters.hold_cancelled.",
            "letters.new_arrivals.",
            "letters.ending",
            "letters.hold_ready.",
            "letters.lent.",
            "letters.due_soon.",
            "letters.overdue.",
            "letters.password_link.",
            "letters.password_changed.",
            "mail.given_up.",
            "mail.kind.",
            "mail.returned.",
            "stop.",
            "letters.address_proof.",
            "letters.address_changed.",
            "letters.settings_changed.",
            "letters.test.",
        )
    )
}


@pytest.fixture
def shown_in_every_library(monkeypatch) -> set[str]:
    """Draw every page as each library has it, and return the texts that were shown."""
    monkeypatch.setattr(words, "_shown", set())
    monkeypatch.setattr(words, "_built_in", set())
    for preset in libraries.PRESETS:
        monkeypatch.setenv("PORTAL_LIBRARY", preset)
        _forget_the_library()
        for page in PAGES.values():
            page.draw()
            page_title(page.title)
        for wrap in app.app_wraps.values():
            wrap(True)  # noqa: FBT003  as Reflex calls it
    _forget_the_library()
    return {*words.shown(), *words.built_in()}


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_written_in_every_language(key):
    assert tuple(written()[key]) == (*BUILT_IN, *FURTHER)
    assert all(text.strip() for text in written()[key].values())


@pytest.mark.parametrize("key", KEYS)
def test_every_language_has_the_same_blanks_to_fill(key):
    # A language may do without the library's own word for a thing.
    japanese, *others = (blanks(text) - OWN_WORDS for text in written()[key].values())

    assert all(other == japanese for other in others)


def test_no_text_is_forgotten(shown_in_every_library):
    assert (
        sorted(
            key
            for key in set(KEYS)
            - shown_in_every_library
            - NOT_IN_A_PRESET
            - IN_FILES
            - IN_LETTERS
            - OF_LAN
            if not key.startswith(NOT_OFFERED)
        )
        == []
    )


def _forget_the_library() -> None:
    libraries.current.cache_clear()
    words.texts.cache_clear()
