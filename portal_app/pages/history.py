"""借りたことがある資料: what a patron has borrowed, which only they can read (K-08, K-18)."""

import reflex as rx

from portal_app import routes
from portal_app.components import history as mine
from portal_app.components import offline
from portal_app.components.buttons import (
    actions,
    button,
    button_or_reason,
    danger_button,
    named,
    primary_button,
    quiet_button,
    small_submit_button,
    submit_button,
)
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.fields import (
    checkbox,
    date_field,
    password_field,
    search_field,
    text_field,
)
from portal_app.components.forms import field_row, page_form
from portal_app.components.layout import page
from portal_app.components.links import link_to_title
from portal_app.components.list_downloads import Written, list_downloads
from portal_app.components.lists import toolbar
from portal_app.components.messages import done, information, refusal
from portal_app.components.printing import print_button, printed_on
from portal_app.components.records import full_title, record_line
from portal_app.components.rows import Row
from portal_app.components.shelf_choice import shelf_question, shelve_button
from portal_app.components.tables import Column, Sorting, table
from portal_app.components.words import date_of, t, t_named, t_of
from portal_app.state.account import AccountState

SORTING = Sorting(name="history", by="-returned_on")


def history_page() -> rx.Component:
    """Show what the patron has borrowed, or what it means to keep that."""
    return page(
        "history.title",
        mine.read_at_once(),
        rx.cond(
            offline.without_server(),
            information(t("history.needs_connection")),
            rx.cond(
                mine.code().is_none(),
                rx.match(
                    mine.state(),
                    ("off", _offer()),
                    ("locked", _locked()),
                    ("open", _open()),
                    _opening(),
                ),
                _code(),
            ),
        ),
        _question(),
        shelf_question(),
        crumbs=[("account.title", routes.ACCOUNT)],
        messages=[_what_happened()],
        as_of=AccountState.as_of,
    )


def _opening() -> rx.Component:
    return rx.cond(
        mine.problem() == "",
        rx.el.p(t("history.loading"), aria_busy=True),
        actions(button(t("history.try_again"), on_click=mine.read())),
    )


def _what_happened() -> rx.Component:
    said = mine.said()
    return rx.fragment(
        rx.cond(
            mine.problem() == "",
            rx.fragment(),
            refusal(t_named(mine.problem(), "history.problem")),
        ),
        rx.match(
            said.what,
            ("begun", done(t("history.begun"))),
            ("opened", done(t("history.opened"))),
            ("ended", done(t("history.ended"))),
            ("forgotten", done(t("history.forgotten", count=said.count))),
            rx.fragment(),
        ),
    )


def _offer() -> rx.Component:
    """Say what is protected and what is not, before anything is asked."""
    return rx.fragment(
        rx.el.p(t("history.off.lead"), class_name="lead"),
        rx.el.section(
            rx.el.h2(t("history.off.kept_title"), id="kept"),
            rx.el.p(t("history.off.kept")),
            aria_labelledby="kept",
        ),
        rx.el.section(
            rx.el.h2(t("history.off.protected_title"), id="protected"),
            rx.el.p(t("history.off.protected")),
            aria_labelledby="protected",
        ),
        rx.el.section(
            rx.el.h2(t("history.off.not_protected_title"), id="not-protected"),
            rx.el.ul(
                rx.el.li(t("history.off.lost_password")),
                rx.el.li(t("history.off.still_known")),
                rx.el.li(t("history.off.running_server")),
                class_name="points",
            ),
            aria_labelledby="not-protected",
        ),
        rx.el.section(
            rx.el.h2(t("history.offer"), id="offer"),
            page_form(
                _password(hint=t("history.off.password_hint")),
                submit_button(t("history.off.begin"), is_busy=mine.is_busy()),
                on_submit=mine.begin(),
            ),
            aria_labelledby="offer",
        ),
    )


def _password(*, hint: rx.Var[str]) -> rx.Component:
    return password_field(
        "password",
        t("history.off.password"),
        hint=hint,
        auto_complete="current-password",
        is_required=True,
    )


def _code() -> rx.Component:
    """Show a recovery code for the one time that it is shown."""
    code = mine.code()
    is_new = code.draft == ""
    return rx.el.section(
        rx.el.h2(t("history.code.title"), id="code"),
        rx.cond(is_new, information(t("history.code.renewed"))),
        rx.el.p(t("history.code.lead")),
        rx.el.p(code.code, class_name="recovery-code"),
        actions(print_button()),
        rx.cond(
            is_new,
            actions(primary_button(t("history.code.done"), on_click=mine.drop_code())),
            rx.fragment(
                checkbox(
                    "is_kept",
                    t("history.code.is_kept"),
                    checked=code.is_kept,
                    on_change=mine.tick_kept(),
                ),
                actions(
                    button_or_reason(
                        t("history.code.keep"),
                        on_click=mine.keep(),
                        reason=rx.cond(code.is_kept, "", t("history.code.keep_first")).to(str),
                        name="keep-first",
                        is_busy=mine.is_busy(),
                    ),
                    quiet_button(t("history.code.stop"), on_click=mine.drop_code()),
                ),
            ),
        ),
        aria_labelledby="code",
        class_name="recovery",
    )


def _locked() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("history.locked.lead"), class_name="lead"),
        page_form(
            password_field(
                "password",
                t("history.locked.password"),
                auto_complete="current-password",
                is_required=True,
            ),
            text_field(
                "code",
                t("history.locked.code"),
                hint=t("history.locked.code_hint"),
                auto_complete="off",
                spell_check=False,
            ),
            submit_button(t("history.locked.open"), is_busy=mine.is_busy()),
            on_submit=mine.unlock(),
        ),
        rx.el.section(
            rx.el.h2(t("history.settings"), id="settings"),
            rx.el.p(t("history.locked.no_code")),
            _end(),
            aria_labelledby="settings",
        ),
    )


def _open() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("history.lead"), class_name="lead"),
        rx.cond(
            mine.count() > 0,
            _history(),
            nothing_here(t("history.none"), icon="book_open_check"),
        ),
        _settings(),
    )


def _history() -> rx.Component:
    by = SORTING.choice.value
    found = mine.found(by)
    return rx.fragment(
        toolbar(
            rx.el.div(
                search_field(
                    "words",
                    t("history.search"),
                    default_value=mine.words(),
                    on_change=mine.search(),
                    auto_complete="off",
                ),
                class_name="words-within",
            ),
            print_button(),
            list_downloads(
                t("history.title"),
                Written(heading=t("history.column.title"), path="record.title"),
                Written(heading=t("history.column.volume"), path="record.volume"),
                Written(heading=t("history.column.line"), path="record.line"),
                Written(heading=t("history.column.returned_on"), path="returned_on"),
                Written(heading=t("history.column.lent_on"), path="lent_on"),
                Written(heading=t("history.column.branch"), path="branch_code", texts="branch"),
                rows=found,
                as_of=AccountState.as_of,
            ),
        ),
        printed_on(as_of=AccountState.as_of),
        rx.el.p(
            rx.cond(
                found.length() == mine.count(),
                t("history.count", count=mine.count()),
                t("history.count_found", count=found.length(), total=mine.count()),
            ),
            role="status",
        ),
        rx.cond(
            found.length() > 0, _table(by), nothing_here(t("history.none_found"), icon="search_x")
        ),
        rx.cond(
            found.length() > mine.entries(by).length(),
            actions(button(t("history.more"), on_click=mine.show_more())),
        ),
    )


def _table(by: Row) -> rx.Component:
    return table(
        t("history.title"),
        Column(heading=t("history.column.title"), show=_title, sorts_by="record.title"),
        Column(
            heading=t("history.column.returned_on"),
            show=lambda entry: date_of(entry.returned_on),
            sorts_by="returned_on",
        ),
        Column(
            heading=t("history.column.lent_on"),
            show=lambda entry: date_of(entry.lent_on),
            sorts_by="lent_on",
        ),
        Column(
            heading=t("history.column.branch"), show=lambda entry: t_of("branch", entry.branch_code)
        ),
        Column(heading=t("history.column.forget"), show=_forget, is_action=True, is_printed=False),
        rows=mine.entries(by),
        sorting=SORTING,
    )


def _title(entry: Row) -> rx.Component:
    record = entry.record
    return rx.fragment(
        link_to_title(full_title(record), to=routes.record(record.record_id)),
        record_line(record.line),
        shelve_button(record),
    )


def _forget(entry: Row) -> rx.Component:
    label = named(
        t("history.forget"), in_full=t("history.forget_named", title=full_title(entry.record))
    )
    return quiet_button(label, on_click=mine.ask_to_forget(entry), icon="trash_2")


def _settings() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("history.settings"), id="settings"),
        rx.cond(mine.count() > 0, _period()),
        rx.el.section(
            rx.el.h3(t("history.new_code.title"), id="new-code"),
            page_form(
                _password(hint=t("history.new_code.lead")),
                small_submit_button(t("history.new_code.make")),
                on_submit=mine.renew_code(),
            ),
            aria_labelledby="new-code",
        ),
        _end(),
        aria_labelledby="settings",
        class_name="history-settings",
    )


def _period() -> rx.Component:
    return rx.el.section(
        rx.el.h3(t("history.forget_period.title"), id="period"),
        page_form(
            field_row(
                date_field("first", t("history.forget_period.from")),
                date_field("last", t("history.forget_period.until")),
            ),
            small_submit_button(t("history.forget_period.ask")),
            on_submit=mine.ask_to_forget_period(),
        ),
        aria_labelledby="period",
    )


def _end() -> rx.Component:
    return actions(danger_button(t("history.end.title"), on_click=mine.ask_to_end()))


def _question() -> rx.Component:
    asked = mine.asked()
    is_end = asked.what == "end"
    title = rx.match(
        asked.what,
        ("end", t("history.end.title")),
        ("some", t("history.forget_some.title")),
        t("history.forget_one.title"),
    )
    about = rx.match(
        asked.what,
        ("end", t("history.end.lead")),
        ("some", t("history.forget_some.lead", count=asked.chosen.length())),
        t("history.forget_one.lead", title=full_title(asked.chosen[0].record)),
    )
    return dialog(
        rx.Var.create(title).to(str),
        rx.el.p(about),
        name="forgetting",
        is_open=~asked.is_none(),
        on_dismiss=mine.dismiss(),
        answers=(
            rx.cond(
                is_end,
                danger_button(t("history.end.yes"), on_click=mine.end()),
                danger_button(t("history.forget"), on_click=mine.forget_asked()),
            ),
            button(t("common.cancel"), on_click=mine.dismiss()),
        ),
    )
