"""Notices to a device, which no preset offers, say all that there is to say."""

from portal_app.browser import words
from portal_app.components.push import answer_to_switching, notices_on_this_device
from portal_app.components.rows import shown
from portal_app.state.push import PushState
from portal_app.text import written


def test_no_text_is_forgotten(monkeypatch):
    monkeypatch.setattr(words, "_shown", set())

    notices_on_this_device(
        public_key=shown(PushState.public_key),
        is_on=shown(PushState.is_on),
        handlers=PushState.get_full_name(),
    )
    answer_to_switching(shown(PushState.answer))

    of_pages = {key for key in written() if key.startswith("push.")} - {
        key for key in written() if key.startswith("push.notice.")
    }
    assert of_pages <= set(words.shown())
