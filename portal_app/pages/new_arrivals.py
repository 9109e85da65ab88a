"""新着資料: what is new by week, class and branch, to be put in the cart and on shelves."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import chosen_results as results
from portal_app.components.asking import ask_at, asked, asked_for
from portal_app.components.badges import availability_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import quiet_button, submit_button
from portal_app.components.cart_button import (
    cart_answer,
    cart_button,
    cart_chosen,
    chosen_answer,
)
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox, option, select_field
from portal_app.components.forms import field_row, page_form
from portal_app.components.layout import page
from portal_app.components.links import anchor
from portal_app.components.lists import chosen_bar, pager, toolbar
from portal_app.components.records import (
    cover,
    full_title,
    material_name,
    record_list,
    record_row,
)
from portal_app.components.rows import Row, shown
from portal_app.components.shelf_choice import shelf_question, shelve_button, shelve_chosen
from portal_app.components.words import date_of, spoken, t
from portal_app.state.new_arrivals import MATERIALS, NDC_CLASSES, NewArrivalsState


def new_arrivals_page() -> rx.Component:
    """Show what came in, the newest first, and narrow it down."""
    return page(
        "new_arrivals.title",
        rx.el.p(
            t("new_arrivals.lead", count=libraries.current().new_arrivals.weeks),
            class_name="lead",
        ),
        rx.cond(NewArrivalsState.is_loaded, _arrivals(), waiting_rows()),
        results.taken_up(_list(), _records()),
        shelf_question(offered=_records()),
        rx.el.link(
            rel="alternate",
            type="application/atom+xml",
            title=t("new_arrivals.feed_title"),
            href=_feed(),
        ),
        messages=[rx.cond(results.is_put_together(), rx.fragment(), cart_answer())],
        as_of=NewArrivalsState.as_of,
    )


def _arrivals() -> rx.Component:
    return rx.fragment(
        # Drawn anew for each address: a list of choices would keep what it once stood at.
        rx.el.div(_form(), key=asked()),
        rx.cond(
            NewArrivalsState.count > 0,
            _found(),
            nothing_here(t("new_arrivals.none"), icon="book_open"),
        ),
        rx.el.p(
            anchor(
                rx.icon("rss", size=18),
                t("new_arrivals.feed"),
                to=_feed(),
            ),
            class_name="hint",
        ),
    )


def _form() -> rx.Component:
    branches = tuple(branch.code for branch in libraries.current().branches)
    return page_form(
        field_row(
            select_field(
                "week",
                t("new_arrivals.week"),
                option("", t("new_arrivals.every_week")),
                rx.foreach(
                    NewArrivalsState.weeks,
                    lambda week: option(week, t("new_arrivals.week_from", day=date_of(week))),
                ),
                default_value=asked_for("week"),
            ),
            select_field(
                "ndc",
                t("new_arrivals.ndc"),
                option("", t("search.advanced.any")),
                *(option(one, t(f"new_arrivals.class.{one}")) for one in NDC_CLASSES),
                default_value=asked_for("ndc"),
            ),
            select_field(
                "class",
                t("search.material"),
                option("", t("search.advanced.any")),
                *(option(one, t(f"material.{one}")) for one in MATERIALS),
                default_value=asked_for("class"),
            ),
            select_field(
                "branch",
                t("search.branch"),
                option("", t("search.advanced.any")),
                *(option(code, t(f"branch.{code}")) for code in branches),
                default_value=asked_for("branch"),
            ),
        ),
        submit_button(t("new_arrivals.show"), icon="list_filter"),
        on_submit=ask_at(routes.NEW_ARRIVALS),
    )


def _found() -> rx.Component:
    return rx.fragment(
        toolbar(
            rx.el.h2(
                rx.cond(
                    NewArrivalsState.is_at_least,
                    t("search.count_or_more", count=NewArrivalsState.count),
                    t("search.count", count=NewArrivalsState.count),
                ),
                class_name="result-count",
            ),
            quiet_button(
                t("lists.select_all"),
                on_click=results.choose_page(_list(), shown(NewArrivalsState.rows)),
                icon="list_checks",
            ),
        ),
        record_list(rx.foreach(shown(NewArrivalsState.rows), _row)),
        _chosen(),
        pager(
            here=NewArrivalsState.page_number,
            last=NewArrivalsState.pages,
            address=lambda number: (
                rx.Var.create(f"{routes.NEW_ARRIVALS}?").to(str)
                + NewArrivalsState.asked
                + "&page="
                + number.to(str)
            ),
        ),
    )


def _row(row: Row) -> rx.Component:
    record = row.record
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        choice=checkbox(
            "chosen",
            rx.el.span(t("lists.choose_named", title=full_title(record)), class_name="unseen"),
            checked=results.is_chosen(_list(), record),
            on_change=results.choose(_list(), record),
        ),
        badges=(
            availability_badge(record.availability),
            plain_badge(material_name(record.material)),
            plain_badge(t("new_arrivals.added_on", day=date_of(row.added_on))),
            rx.cond(record.waiting > 0, plain_badge(t("catalogue.waiting", count=record.waiting))),
        ),
        actions=(
            cart_button(record, policy=libraries.current().holds),
            shelve_button(record),
        ),
    )


def _chosen() -> rx.Component:
    chosen = results.chosen_at(_list())
    return chosen_bar(
        shelve_chosen(chosen, forget=results.CHOSEN),
        cart_chosen(_list(), policy=libraries.current().holds),
        on_none=results.choose_none(_list()),
        chosen=chosen.length(),
        answer=rx.cond(results.is_put_together(), chosen_answer()),
    )


def _records() -> Row:
    return shown(NewArrivalsState.rows).pluck("record")


def _feed() -> rx.Var[str]:
    """Return the address of what is asked for as a feed, in the reader's language."""
    asked_for_ever = NewArrivalsState.asked_for_ever
    here = rx.Var.create(f"{routes.DO_READ_NEW_ARRIVALS}?lang=").to(str) + spoken().to(str)
    return rx.cond(asked_for_ever != "", here + "&" + asked_for_ever, here).to(str)


def _list() -> Row:
    """Return by what name is remembered what is ticked here: no search is called so."""
    return rx.Var.create("new&").to(str) + NewArrivalsState.asked
