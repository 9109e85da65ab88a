"""A series while its patron arranges it: nothing of it is sent before it is saved (G-33)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import hold_series as mine
from portal_app.components.badges import hold_state_badge
from portal_app.components.buttons import (
    action_bar,
    button,
    named,
    primary_button,
    quiet_button,
    refused_button,
)
from portal_app.components.fields import choice_group, radio
from portal_app.components.grips import grip, ordered_list
from portal_app.components.hold_series import Arranging, DraftHeading
from portal_app.components.messages import information
from portal_app.components.records import cover, full_title, record_list, record_row
from portal_app.components.rows import Row
from portal_app.components.words import t, t_of


def series_draft(arranging: Arranging) -> rx.Component:
    """Let a patron put holds together, in an order, and say what that will mean."""
    draft = mine.draft()
    title = rx.cond(
        draft.number.is_none(),
        t("hold_series.draft.new"),
        t("hold_series.draft.of", number=draft.number),
    )
    return rx.el.div(
        DraftHeading.create(title),
        *([_kinds()] if libraries.current().holds.series.any_one else []),
        rx.el.section(
            rx.el.h3(t("hold_series.draft.members"), id="members"),
            _fixed(arranging),
            _rows(arranging),
            aria_labelledby="members",
        ),
        rx.el.div(
            _meaning(arranging),
            rx.el.p(t("hold_series.draft.unsent"), class_name="hint"),
            class_name="draft-meaning",
        ),
        _others(arranging),
        action_bar(_save(arranging), button(t("hold_series.draft.leave"), on_click=mine.leave())),
        class_name="draft",
        custom_attrs={"data-kind": draft.kind},
    )


def _kinds() -> rx.Component:
    return choice_group(
        t("hold_series.draft.kind"),
        *(
            radio(
                "kind",
                t(f"hold_series.draft.kind_is.{kind}"),
                value=kind,
                checked=mine.draft().kind == kind,
                on_change=mine.set_kind(kind),
            )
            for kind in ("in_order", "any_one")
        ),
        name="kind",
    )


def _fixed(arranging: Arranging) -> rx.Component:
    rows = arranging.draft_fixed()
    return rx.cond(
        rows.length() > 0,
        record_list(rx.foreach(rows, _fixed_row), class_name="records series-fixed"),
    )


def _fixed_row(hold: Row) -> rx.Component:
    return _row(
        hold,
        badges=(hold_state_badge(hold.state),),
        details=(rx.el.p(t_of("hold_series.draft.fixed", hold.state), class_name="reason"),),
    )


def _rows(arranging: Arranging) -> rx.Component:
    in_order = ordered_list(
        rx.foreach(arranging.draft_rows(), lambda hold: _drafted(hold, is_ordered=True)),
        keys=arranging.draft_keys(),
        on_move=mine.place(),
        class_name="records series-members",
    )
    in_any = record_list(
        rx.foreach(arranging.draft_rows(), lambda hold: _drafted(hold, is_ordered=False))
    )
    return rx.cond(mine.draft().kind == "any_one", in_any, in_order)


def _drafted(hold: Row, *, is_ordered: bool) -> rx.Component:
    title = full_title(hold.record)
    handle = rx.el.div(grip(title=title, key=hold.record.record_id), class_name="record-marks")
    out = quiet_button(
        named(
            t("hold_series.draft.take_out"),
            in_full=t("hold_series.draft.take_out_named", title=title),
        ),
        on_click=mine.take_out(hold),
        icon="x",
    )
    return _row(hold, choice=handle if is_ordered else None, actions=(out,))


def _others(arranging: Arranging) -> rx.Component:
    rows = arranging.draft_others()
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h3(t("hold_series.draft.others"), id="others"),
            record_list(rx.foreach(rows, _other)),
            aria_labelledby="others",
        ),
    )


def _other(hold: Row) -> rx.Component:
    into = button(
        named(
            t("hold_series.draft.take_in"),
            in_full=t("hold_series.draft.take_in_named", title=full_title(hold.record)),
        ),
        on_click=mine.take_in(hold),
        icon="plus",
    )
    return _row(hold, actions=(into,))


def _row(
    hold: Row,
    *,
    choice: rx.Component | None = None,
    badges: tuple[rx.Component, ...] = (),
    details: tuple[rx.Component, ...] = (),
    actions: tuple[rx.Component, ...] = (),
) -> rx.Component:
    return record_row(
        title=full_title(hold.record),
        cover=cover(hold.record.title, material=hold.record.material),
        to=routes.record(hold.record.record_id),
        line=hold.record.line,
        choice=choice,
        badges=badges,
        details=details,
        actions=actions,
    )


def _meaning(arranging: Arranging) -> rx.Component:
    count = arranging.draft_fixed().length() + arranging.draft_rows().length()
    said = t_of("hold_series.draft.means", mine.draft().kind, count=count)
    return rx.cond(arranging.is_too_short(), rx.fragment(), information(said))


def _save(arranging: Arranging) -> rx.Component:
    label = t("hold_series.draft.save")
    return rx.cond(
        arranging.is_too_short(),
        refused_button(label, reason=t("hold_series.draft.needs_two"), name="save-reason"),
        primary_button(label, on_click=arranging.send()),
    )
