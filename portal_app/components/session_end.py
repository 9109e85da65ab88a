"""The end of a session, said before it comes, and what is being typed, which outlives it.

The Python face of portal_app/browser/session_end.js and drafting.js (WCAG 2.2.1, 2.2.6).
"""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.local import local
from portal_app.components.messages import information
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row
from portal_app.components.words import t, time_of
from portal_app.state.desk_session import DeskSessionState
from portal_app.state.session import Lasts, SessionState

_MODULE = "session_end"
_SEEN = use(_MODULE, "useSessionEnd", hook="const sessionEnd = useSessionEnd()")

AnySession = type[SessionState] | type[DeskSessionState]


class SessionEnd(rx.Component):
    """Watches the clock, and says what stands in it when the end is near."""

    library = "$/utils/session_end"
    tag = "SessionEnd"

    lasts: rx.Var[Lasts]
    handler: rx.Var[str]


class Drafting(rx.Component):
    """Stands around a form, and brings back what was typed into it."""

    library = "$/utils/drafting"
    tag = "Drafting"

    name: rx.Var[str]
    draft_key: rx.Var[str]
    done: rx.Var[str]
    is_done_when_sent: rx.Var[bool]


def session_end(session: AnySession = SessionState) -> rx.Component:
    """Say three minutes before that the session ends, with one press to stay."""
    ends_at = time_of(computed("sessionEnd.endsAt", str, _SEEN))
    may_stay = computed("sessionEnd.mayStay", bool, _SEEN)
    return SessionEnd.create(
        rx.icon("clock", size=22),
        rx.cond(
            may_stay,
            rx.fragment(
                rx.el.p(t("session_end.near", time=ends_at)),
                button(t("session_end.stay"), on_click=function("stay", _MODULE).partial()),
            ),
            rx.el.p(t("session_end.longest", time=ends_at)),
        ),
        lasts=session.lasts,
        handler=f"{session.get_full_name()}.stay",
    )


def drafting(
    *form: rx.Component,
    name: Row | str,
    session: AnySession = SessionState,
    done: Row | str = "",
    is_done_when_sent: bool = False,
) -> rx.Component:
    """Keep what is typed into a form until ``done`` changes, or its patron goes elsewhere."""
    is_back = local("page.draft_is_back", default="").value == name
    return rx.fragment(
        rx.el.div(rx.cond(is_back, information(t("session_end.draft_is_back"))), role="status"),
        Drafting.create(
            *form,
            name=name,
            draft_key=session.draft_key,
            done=rx.Var.create(done).to(str),
            is_done_when_sent=is_done_when_sent,
        ),
    )


def search_drafting(form: rx.Component) -> rx.Component:
    """Keep what is typed into the search box, which all pages share, until it is sent."""
    key = SessionState.draft_key
    return Drafting.create(form, name="search", draft_key=key, is_done_when_sent=True)
