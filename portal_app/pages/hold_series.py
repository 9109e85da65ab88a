"""シリーズ予約の組替・解除: holds that belong together (G-33)."""

import reflex as rx

from portal_app import routes
from portal_app.components import hold_series as mine
from portal_app.components import offline
from portal_app.components.badges import good_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import (
    actions,
    button,
    button_or_reason,
    danger_button,
    named,
    quiet_button,
)
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox
from portal_app.components.hold_series import Arranging, ShownSeries
from portal_app.components.holds import hold_badge
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.local import Local, local
from portal_app.components.messages import done, information
from portal_app.components.outbox import latest_answer, operation_list, reason_of, waits
from portal_app.components.records import cover, full_title, record_list, record_row
from portal_app.components.rows import Row, shown
from portal_app.components.series_draft import series_draft
from portal_app.components.words import t, t_of
from portal_app.state.holds import HoldsState

ABOVE = (("account.title", routes.ACCOUNT), ("holds.title", routes.HOLDS))
ARRANGING = Arranging(holds=shown(HoldsState.holds))


def hold_series_page() -> rx.Component:
    """Show which holds belong together, and let the patron arrange them."""
    return page(
        "hold_series.title",
        rx.cond(
            HoldsState.is_loaded,
            rx.cond(mine.draft().is_open, series_draft(ARRANGING), _as_it_stands()),
            waiting_rows(),
        ),
        _waiting(),
        _question(),
        crumbs=ABOVE,
        messages=[latest_answer("holds.arrange", in_full=_arranged)],
        as_of=HoldsState.as_of,
    )


def _as_it_stands() -> rx.Component:
    series, loose = ARRANGING.series(), ARRANGING.loose()
    return rx.fragment(
        rx.el.p(t("hold_series.lead"), class_name="lead"),
        rx.el.p(t("hold_series.which"), class_name="hint"),
        rx.cond(series.length() > 0, rx.foreach(series, _series)),
        rx.cond(
            loose.length() > 1,
            _loose(),
            rx.cond(
                series.length() == 0,
                nothing_here(
                    t("hold_series.none"),
                    rx.el.p(t("hold_series.too_few")),
                    link(t("cart.placed.to_holds"), to=routes.HOLDS, class_name="button"),
                    icon="list_ordered",
                ),
            ),
        ),
    )


def _series(series: Row) -> rx.Component:
    name = rx.Var.create("series-") + series.number.to(str)
    deeds = actions(
        button(
            named(
                t("hold_series.regroup"),
                in_full=t("hold_series.regroup_named", number=series.number),
            ),
            on_click=ARRANGING.regroup(series),
            icon="list_ordered",
        ),
        quiet_button(
            named(
                t("hold_series.dissolve"),
                in_full=t("hold_series.dissolve_named", number=series.number),
            ),
            on_click=_asked().set(series),
            icon="unlink",
        ),
    )
    return rx.el.section(
        rx.el.h2(
            t(
                "hold_series.number_with_kind",
                number=series.number,
                kind=t_of("hold_series.kind", series.kind),
            ),
            id=name,
        ),
        record_list(
            rx.foreach(ARRANGING.members(series), _member), class_name="records series-members"
        ),
        waits("holds.arrange", "series_id", series.series_id, otherwise=deeds),
        aria_labelledby=name,
        class_name="panel series",
        custom_attrs={"data-kind": series.kind},
    )


def _member(hold: Row) -> rx.Component:
    is_in_turn = hold.is_in_turn & (hold.state == "waiting") & (hold.series_kind == "in_order")
    return record_row(
        title=full_title(hold.record),
        cover=cover(hold.record.title, material=hold.record.material),
        to=routes.record(hold.record.record_id),
        line=hold.record.line,
        badges=(
            hold_badge(hold),
            rx.cond(is_in_turn, good_badge(t("hold_series.in_turn"))),
        ),
    )


def _loose() -> rx.Component:
    too_few = ARRANGING.ticked().length() < 2  # noqa: PLR2004  one book is no series
    return rx.el.section(
        rx.el.h2(t("hold_series.loose"), id="loose"),
        rx.el.p(t("hold_series.loose_hint"), class_name="hint"),
        record_list(rx.foreach(ARRANGING.loose(), _loose_row)),
        button_or_reason(
            t("hold_series.begin"),
            on_click=ARRANGING.begin(),
            reason=rx.cond(too_few, t("hold_series.choose_two"), "").to(str),
            name="begin-reason",
            icon="list_ordered",
        ),
        aria_labelledby="loose",
    )


def _loose_row(hold: Row) -> rx.Component:
    title = full_title(hold.record)
    return record_row(
        title=title,
        cover=cover(hold.record.title, material=hold.record.material),
        to=routes.record(hold.record.record_id),
        line=hold.record.line,
        choice=checkbox(
            "ticked",
            rx.el.span(t("hold_series.choose_named", title=title), class_name="unseen"),
            checked=mine.is_ticked(hold),
            on_change=mine.tick(hold),
        ),
    )


def _asked() -> Local:
    return local("page.asked", default=None, kind=ShownSeries | None)


def _question() -> rx.Component:
    asked = _asked().value
    return dialog(
        t("hold_series.dissolve_question"),
        rx.el.p(rx.el.strong(t("hold_series.number", number=asked.number))),
        rx.el.ol(
            rx.foreach(ARRANGING.members(asked), lambda hold: rx.el.li(full_title(hold.record))),
            class_name="parts",
        ),
        rx.el.p(t("hold_series.dissolve_advice")),
        rx.cond(offline.without_server(), information(t("holds.confirm.will_wait"))),
        name="dissolving",
        is_open=~asked.is_none(),
        on_dismiss=_asked().set(None),
        answers=(
            danger_button(
                t("hold_series.dissolve_yes"),
                on_click=[ARRANGING.dissolve(asked), _asked().set(None)],
            ),
            button(t("hold_series.dissolve_no"), on_click=_asked().set(None)),
        ),
    )


def _arranged(operation: Row) -> rx.Component:
    return done(t("hold_series.arranged"), " ", reason_of(operation))


def _waiting() -> rx.Component:
    count = offline.operations_that_are("waiting", kind="holds.arrange").length()
    return rx.cond(
        offline.without_server() & (count > 0),
        rx.el.section(
            rx.el.h2(t("outbox.waiting_title", count=count), id="waiting"),
            rx.el.p(t("outbox.waiting_hint"), class_name="hint"),
            operation_list("waiting", kind="holds.arrange"),
            aria_labelledby="waiting",
        ),
    )
