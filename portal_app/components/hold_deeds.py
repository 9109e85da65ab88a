"""What can be done about one hold, as buttons in its row (G-31, G-32)."""

from dataclasses import dataclass

import reflex as rx

from portal_app.components import offline
from portal_app.components.buttons import button, button_or_reason, named, quiet_button
from portal_app.components.hold_questions import ask, takes_requests
from portal_app.components.holds import why_not_here
from portal_app.components.outbox import waits
from portal_app.components.records import full_title
from portal_app.components.rows import Row
from portal_app.components.words import t
from portal_app.domain.policies import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDeeds:
    """What a library lets patrons do about their holds."""

    library: Library

    def buttons(self, hold: Row) -> rx.Component:
        """Offer what can be done about a hold in its row (G-31, G-32)."""
        possible = rx.cond(hold.state == "waiting", self._of_waiting(hold), self._set_aside(hold))
        return rx.el.div(
            waits("holds.", "hold_id", hold.hold_id, otherwise=possible), class_name="hold-deeds"
        )

    def _of_waiting(self, hold: Row) -> rx.Component:
        seldom = [*self._pausing(hold), *self._yielding(hold)]
        more = rx.el.details(
            rx.el.summary(
                named(
                    t("holds.more"), in_full=t("holds.more_named", title=full_title(hold.record))
                ),
                rx.icon("chevron_down", size=18, class_name="fold"),
            ),
            rx.el.div(*seldom, class_name="hold-more"),
            class_name="downloads",
        )
        return rx.fragment(
            button(_named("change", hold), on_click=ask("change", hold), icon="pencil"),
            quiet_button(_named("cancel", hold), on_click=ask("cancel", hold), icon="x"),
            *([more] if seldom else []),
        )

    def _pausing(self, hold: Row) -> list[rx.Component]:
        if not self.library.holds.suspend_days_max:
            return []
        resume = offline.act("holds.resume", {"hold_id": hold.hold_id}, shown=hold)
        return [
            rx.cond(
                hold.suspended_until.is_none(),
                button(_named("suspend", hold), on_click=ask("suspend", hold), icon="pause"),
                button(_named("resume", hold), on_click=resume, icon="play"),
            )
        ]

    def _yielding(self, hold: Row) -> list[rx.Component]:
        if not self.library.holds.let_next_go_first:
            return []
        return [
            button_or_reason(
                _named("step_back", hold),
                on_click=ask("step_back", hold),
                reason=rx.cond(hold.is_last_in_line, t("holds.not_changed.nobody_behind"), "").to(
                    str
                ),
                name=rx.Var.create("last-") + hold.hold_id.to(str),
                icon="arrow_down",
            )
        ]

    def _set_aside(self, hold: Row) -> rx.Component:
        why = rx.el.p(why_not_here(hold, self.library.holds.when_set_aside), class_name="reason")
        if not takes_requests(self.library):
            return why
        asks = button(
            _named("ask_to_cancel", hold), on_click=ask("ask_to_cancel", hold), icon="send"
        )
        return rx.cond(
            hold.is_cancel_asked,
            rx.el.p(t("holds.asked_already"), class_name="reason"),
            rx.fragment(asks, why),
        )


def _named(what: str, hold: Row) -> rx.Component:
    return named(
        t(f"holds.{what}"), in_full=t(f"holds.{what}_named", title=full_title(hold.record))
    )
