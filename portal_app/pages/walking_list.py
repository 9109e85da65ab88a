"""書架で探すリスト: a shelf as it is looked for in the stacks, on paper or on the phone."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import walking_list
from portal_app.components.badges import good_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import button, quiet_button
from portal_app.components.days import today
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox, option, select_field
from portal_app.components.layout import page
from portal_app.components.links import link, link_to_title
from portal_app.components.lists import toolbar
from portal_app.components.outbox import named_or_not
from portal_app.components.printing import print_page
from portal_app.components.records import full_title
from portal_app.components.rows import Row, shown
from portal_app.components.shelves import ALL, Kept, looking_into, number_here
from portal_app.components.walking_list import BRANCH, IS_HERE, IS_UNREAD
from portal_app.components.words import date_of, t, t_of, time_of
from portal_app.state.shelves import ShelvesState

LOOK_INTO = f"{ShelvesState.get_full_name()}.look_into"
KEPT = Kept(shelves=shown(ShelvesState.shelves), contents=shown(ShelvesState.contents))


def walking_list_page() -> rx.Component:
    """Show by branch, room and call number what stands on a shelf, to be ticked or printed."""
    kind = libraries.current().shelf.model
    return page(
        "walking_list.title",
        looking_into(event=LOOK_INTO),
        walking_list.Recollection.create(),
        rx.cond(
            ShelvesState.is_loaded & KEPT.shelf_here().is_none(),
            nothing_here(
                t("shelves.page.missing"),
                rx.el.p(t("shelves.page.missing_advice")),
                link(
                    t(f"shelves.{kind}.to_list"),
                    to=routes.SHELVES,
                    class_name="button button-primary",
                ),
            ),
            rx.cond(ShelvesState.is_loaded & KEPT.is_looked_into(), _list(), waiting_rows()),
        ),
        crumbs=[(f"shelves.{kind}.title", routes.SHELVES)],
        as_of=ShelvesState.as_of,
    )


def _list() -> rx.Component:
    return rx.el.div(
        _head(),
        _narrowing(),
        rx.cond(
            walking_list.walk(KEPT).record_ids.length() > 0,
            rx.fragment(
                _progress(), rx.foreach(walking_list.walk(KEPT).branches, _branch), _unplaced()
            ),
            nothing_here(t("walking_list.none"), rx.el.p(t("walking_list.none_advice"))),
        ),
        class_name="walk",
    )


def _head() -> rx.Component:
    """Say what is listed and how things stood when: on paper nothing else tells it."""
    kind, here = libraries.current().shelf.model, KEPT.shelf_here()
    as_of = ShelvesState.as_of
    name = rx.cond(number_here() == ALL, t(f"shelves.{kind}.all"), named_or_not(here.name))
    return rx.el.div(
        rx.el.p(rx.el.strong(name), class_name="walk-name"),
        rx.el.p(t("walking_list.as_of", day=date_of(as_of), time=time_of(as_of))),
        link(t("walking_list.back"), to=routes.shelf(number_here())),
        rx.el.p(
            t("walking_list.printed_on", day=date_of(today(as_of=as_of))), class_name="walk-day"
        ),
        class_name="walk-head",
    )


def _narrowing() -> rx.Component:
    branches = libraries.current().branches
    every = option("", t("walking_list.every_branch"))
    return toolbar(
        select_field(
            "branch",
            t("walking_list.branch"),
            every,
            *(option(branch.code, t(f"branch.{branch.code}")) for branch in branches),
            value=BRANCH.value,
            on_change=BRANCH.on_change,
        ),
        checkbox(
            "is_here",
            t("walking_list.is_here_only"),
            checked=IS_HERE.value,
            on_change=IS_HERE.set(~IS_HERE.value),
        ),
        checkbox(
            "is_unread",
            t("walking_list.is_unread_only"),
            checked=IS_UNREAD.value,
            on_change=IS_UNREAD.set(~IS_UNREAD.value),
        ),
    )


def _progress() -> rx.Component:
    count = walking_list.walk(KEPT).record_ids.length()
    return toolbar(
        rx.el.p(
            t("walking_list.found", count=count, found=walking_list.count_found(KEPT)),
            role="status",
            class_name="found",
        ),
        rx.el.div(
            quiet_button(t("walking_list.find_none"), on_click=walking_list.find_none(KEPT)),
            button(t("walking_list.print"), on_click=print_page(), icon="printer"),
            class_name="actions",
        ),
    )


def _branch(branch: Row) -> rx.Component:
    name = t_of("branch", branch.code)
    return rx.el.section(
        rx.el.h2(rx.cond(name == "", branch.code, name)),
        rx.foreach(branch.rooms, _room),
        class_name="walk-branch",
    )


def _room(room: Row) -> rx.Component:
    return rx.el.div(
        rx.cond(room.name != "", rx.el.h3(room.name)),
        rx.el.ol(rx.foreach(room.stops, _stop), class_name="stops"),
        class_name="walk-room",
    )


def _stop(stop: Row) -> rx.Component:
    return _line(
        stop.record,
        rx.el.span(
            rx.cond(stop.call_number == "", t("walking_list.no_call_number"), stop.call_number),
            class_name="call-number",
        ),
        rx.cond(stop.author != "", rx.el.span(stop.author, class_name="stop-author")),
        rx.el.span(
            rx.cond(
                stop.is_here,
                good_badge(t("walking_list.is_here")),
                plain_badge(t("walking_list.is_away")),
            ),
            rx.cond(stop.is_read, plain_badge(t("walking_list.is_read"))),
            class_name="badges",
        ),
    )


def _unplaced() -> rx.Component:
    unplaced = walking_list.walk(KEPT).unplaced
    return rx.cond(
        unplaced.length() > 0,
        rx.el.section(
            rx.el.h2(t("walking_list.unplaced")),
            rx.el.ol(
                rx.foreach(
                    unplaced,
                    lambda one: _line(
                        one.record,
                        rx.fragment(),
                        rx.el.span(t_of("walking_list.why", one.why), class_name="reason"),
                    ),
                ),
                class_name="stops",
            ),
            class_name="walk-branch",
        ),
    )


def _line(record: Row, place: rx.Component, *details: rx.Component) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            walking_list.found_box(record),
            rx.el.span(t("walking_list.tick_named", title=full_title(record)), class_name="unseen"),
            class_name="tick",
        ),
        rx.el.div(
            place,
            link_to_title(
                full_title(record), to=routes.record(record.record_id), class_name="stop-title"
            ),
            *details,
            class_name="stop-text",
        ),
        class_name="stop",
    )
