"""新着図書お知らせメール: the list, the form and the check before it counts (K-60 to K-67)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components.alerts import (
    alert_facts,
    alert_state,
    conditions_in_words,
    reach_of_alerts,
)
from portal_app.components.attention import attention, fields_of
from portal_app.components.busy import rows_from_library
from portal_app.components.buttons import (
    action_bar,
    actions,
    button,
    danger_button,
    named,
    primary_button,
    quiet_button,
    submit_button,
)
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.fields import option, select_field, text_area, text_field
from portal_app.components.forms import field_row, form
from portal_app.components.layout import page
from portal_app.components.links import Link, elsewhere, link_button, primary_link_button
from portal_app.components.local import Local, local
from portal_app.components.messages import done, information, refusal
from portal_app.components.new_arrivals import way_to_new_arrivals
from portal_app.components.records import cover, full_title, record_list, record_row
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.session_end import drafting
from portal_app.components.tables import Column, table
from portal_app.components.words import t, t_of
from portal_app.state.alerts import (
    LINES,
    LONGEST_MEMO,
    LONGEST_NAME,
    LONGEST_TEXT,
    AlertFormState,
    AlertsState,
    Connector,
    Field,
    Match,
    WrittenAlert,
)

ACCOUNT = ("account.title", routes.ACCOUNT)
ABOVE_FORM = (ACCOUNT, ("alerts.title", routes.ALERTS))
FORM = "alert-form"


def alerts_page() -> rx.Component:
    """List the alerts, each with one button that pauses or resumes it (K-61, K-64)."""
    return page(
        "alerts.title",
        rx.el.p(t("alerts.lead"), class_name="lead"),
        rx.cond(AlertsState.is_loaded, _list(), _nothing_yet()),
        _question(),
        crumbs=[ACCOUNT],
        messages=[
            rx.cond(
                AlertsState.done != "",
                done(t_of("alerts.done", AlertsState.done, name=AlertsState.done_to)),
            )
        ],
    )


def alert_form_page() -> rx.Component:
    """Ask for the conditions of an alert (K-62, K-65)."""
    is_new = AlertFormState.is_new
    return page(
        rx.cond(is_new, t("alerts.form.new"), t("alerts.form.change")),
        rx.cond(
            AlertFormState.is_loaded,
            rx.cond(
                AlertFormState.is_gone,
                _gone(),
                rx.cond(AlertFormState.is_full, _full(), _form_and_found()),
            ),
            _nothing_yet(),
        ),
        crumbs=ABOVE_FORM,
    )


def confirm_alert_page() -> rx.Component:
    """Show once more what is about to be registered, before it counts (K-63)."""
    return page(
        "alerts.confirm.title",
        rx.cond(
            AlertFormState.is_loaded,
            rx.cond(AlertFormState.is_checked, _check(), elsewhere(routes.ALERTS)),
            _nothing_yet(),
        ),
        crumbs=ABOVE_FORM,
    )


def _nothing_yet() -> rx.Component:
    return rows_from_library(t("alerts.needs_connection"))


# ------------------------------------------------------------ the list


def _list() -> rx.Component:
    alerts = shown(AlertsState.alerts)
    limit = libraries.current().alerts.limit
    return rx.fragment(
        reach_of_alerts(AlertsState.reach),
        rx.cond(
            alerts.length() < limit,
            actions(primary_link_button(t("alerts.new"), to=routes.NEW_ALERT, icon="bell_plus")),
            information(t("alerts.full", limit=limit)),
        ),
        rx.cond(
            alerts.length() > 0,
            table(
                t("alerts.title"),
                Column(heading=t("alerts.column.name"), show=_name),
                Column(heading=t("alerts.column.state"), show=_state),
                Column(heading=t("alerts.column.deed"), show=_deeds, is_action=True),
                rows=alerts,
            ),
            nothing_here(t("alerts.none"), rx.el.p(t("alerts.start_here")), icon="bell"),
        ),
        rx.el.p(t("alerts.limit", limit=limit), class_name="hint"),
        actions(way_to_new_arrivals()),
    )


def _name(alert: Row) -> rx.Component:
    return rx.fragment(
        rx.el.span(alert.name), rx.el.div(conditions_in_words(alert.conditions), class_name="hint")
    )


def _state(alert: Row) -> rx.Component:
    pause = button(
        named(t("alerts.pause"), in_full=t("alerts.pause_named", name=alert.name)),
        on_click=AlertsState.pause(alert.alert_id),
        icon="pause",
    )
    resume = button(
        named(t("alerts.resume"), in_full=t("alerts.resume_named", name=alert.name)),
        on_click=AlertsState.resume(alert.alert_id),
        icon="play",
    )
    return rx.el.div(
        alert_state(alert), rx.cond(alert.is_active, pause, resume), class_name="alert-state"
    )


def _deeds(alert: Row) -> rx.Component:
    return actions(
        Link.create(
            rx.icon("pencil", size=20),
            named(t("alerts.edit"), in_full=t("alerts.edit_named", name=alert.name)),
            to=routes.alert(alert.alert_id),
            class_name="button button-plain",
        ),
        quiet_button(
            named(t("alerts.delete"), in_full=t("alerts.delete_named", name=alert.name)),
            on_click=_asked().set(alert),
            icon="trash_2",
        ),
    )


def _asked() -> Local:
    return local("page.asked", default=None, kind=kind_of_rows(AlertsState.alerts) | None)


def _question() -> rx.Component:
    asked = _asked().value
    return dialog(
        t("alerts.delete_question"),
        alert_facts(
            name=asked.name,
            memo=asked.memo,
            conditions=asked.conditions,
            titles_max=asked.titles_max,
        ),
        rx.el.p(t("alerts.delete_advice")),
        name="deleting",
        is_open=~asked.is_none(),
        on_dismiss=_asked().set(None),
        answers=(
            danger_button(
                t("alerts.delete"),
                on_click=[AlertsState.remove(asked.alert_id), _asked().set(None)],
            ),
            button(t("common.cancel"), on_click=_asked().set(None)),
        ),
    )


# ------------------------------------------------------------ the form


def _gone() -> rx.Component:
    return nothing_here(
        t("alerts.form.gone"),
        primary_link_button(t("alerts.to_list"), to=routes.ALERTS),
        icon="bell_off",
    )


def _full() -> rx.Component:
    return nothing_here(
        t("alerts.full", limit=libraries.current().alerts.limit),
        primary_link_button(t("alerts.to_list"), to=routes.ALERTS),
        icon="bell_ring",
    )


def _form_and_found() -> rx.Component:
    found = shown(AlertFormState.found)
    return rx.fragment(
        reach_of_alerts(AlertFormState.reach),
        rx.match(
            AlertFormState.begun_from,
            ("search", information(_about_search())),
            ("record", information(t("alerts.form.from_record"))),
            rx.fragment(),
        ),
        rx.cond(
            shown(AlertFormState.flaws).length() > 0,
            attention(rx.foreach(shown(AlertFormState.flaws), _flaw), since=AlertFormState.tries),
        ),
        # Drawn anew where it begins anew: fields would keep what was typed.
        drafting(
            rx.el.div(_form(), key=shown(AlertFormState.drawn).to(str)),
            name=rx.cond(AlertFormState.is_new, "alert", "alert.changed"),
            done=shown(AlertFormState.drawn),
        ),
        rx.cond(found, attention(_found(found), since=AlertFormState.tries)),
    )


def _about_search() -> rx.Component:
    return rx.el.p(
        rx.cond(AlertFormState.differs, t("alerts.form.differs"), t("alerts.form.from_search"))
    )


def _flaw(flaw: Row) -> rx.Component:
    return refusal(t_of("alerts.problem", flaw.problem, number=flaw.number, limit=flaw.limit))


def _form() -> rx.Component:
    choices = libraries.current().alerts.titles_choices
    return form(
        text_field(
            "name",
            t("alerts.form.name"),
            hint=t("alerts.form.name_hint"),
            default_value=AlertFormState.name,
            max_length=LONGEST_NAME,
            auto_complete="off",
            is_required=True,
        ),
        text_area(
            "memo",
            t("alerts.form.memo"),
            rows=2,
            default_value=AlertFormState.memo,
            max_length=LONGEST_MEMO,
        ),
        rx.el.section(
            rx.el.h2(t("alerts.form.conditions"), id="conditions"),
            rx.el.p(t("alerts.form.conditions_hint"), class_name="hint"),
            *(_condition(number) for number in range(1, LINES + 1)),
            aria_labelledby="conditions",
            class_name="alert-conditions",
        ),
        rx.el.fieldset(
            rx.el.legend(t("alerts.form.more")),
            select_field(
                "titles",
                t("alerts.form.titles"),
                *(option(str(number), t("common.count", count=number)) for number in choices),
                hint=t("alerts.form.titles_hint"),
                default_value=shown(AlertFormState.titles_max).to(str),
            ),
            class_name="condition",
        ),
        actions(
            quiet_button(t("alerts.form.reset"), on_click=AlertFormState.begin_again),
            link_button(t("common.cancel"), to=routes.ALERTS),
        ),
        action_bar(
            submit_button(t("alerts.form.register")),
            button(
                t("alerts.form.preview"),
                on_click=AlertFormState.preview(fields_of(FORM, WrittenAlert)),
            ),
        ),
        on_submit=AlertFormState.check,
        class_name=f"form {FORM}",
    )


def _condition(number: int) -> rx.Component:
    line = shown(AlertFormState.lines)[number - 1]
    connector = select_field(
        f"c{number}",
        t("alerts.form.connector"),
        *(option(one.value, t(f"alerts.connector.{one}")) for one in Connector),
        default_value=line.connector,
    )
    return rx.el.fieldset(
        rx.el.legend(t("alerts.form.condition", number=number)),
        field_row(
            *([connector] if number > 1 else []),
            select_field(
                f"f{number}",
                t("alerts.form.field"),
                *(option(one.value, t(f"alerts.field.{one}")) for one in Field),
                default_value=line.field,
            ),
            text_field(
                f"t{number}",
                t("alerts.form.text"),
                default_value=line.text,
                max_length=LONGEST_TEXT,
                auto_complete="off",
            ),
            select_field(
                f"m{number}",
                t("alerts.form.match"),
                *(option(one.value, t(f"alerts.match.{one}")) for one in Match),
                default_value=line.match,
            ),
        ),
        class_name="condition",
    )


def _found(found: Row) -> rx.Component:
    weeks = libraries.current().new_arrivals.weeks
    count = rx.cond(
        found.is_at_least,
        t("alerts.preview.count_or_more", weeks=weeks, count=found.number),
        t("alerts.preview.count", weeks=weeks, count=found.number),
    )
    some = t("alerts.preview.some", shown=found.records.length())
    return rx.el.section(
        rx.el.h2(t("alerts.preview.title"), id="found"),
        rx.cond(
            found.number > 0,
            rx.fragment(
                rx.el.p(count, " ", rx.cond(found.number > found.records.length(), some, "")),
                record_list(rx.foreach(found.records, _found_row)),
            ),
            rx.el.p(t("alerts.preview.none", weeks=weeks)),
        ),
        aria_labelledby="found",
    )


def _found_row(record: Row) -> rx.Component:
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
    )


# ------------------------------------------------------------ the check


def _check() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("alerts.confirm.lead"), class_name="lead"),
        reach_of_alerts(AlertFormState.reach),
        alert_facts(
            name=AlertFormState.name,
            memo=AlertFormState.memo,
            conditions=shown(AlertFormState.lines),
            titles_max=AlertFormState.titles_max,
        ),
        action_bar(
            primary_button(t("alerts.form.register"), on_click=AlertFormState.register),
            link_button(t("alerts.confirm.back"), to=AlertFormState.address),
        ),
    )
