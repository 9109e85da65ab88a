"""本棚へ: the button wherever a record is shown, and the question behind it (K-56, G-24, G-40)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import choosing_shelves as choice
from portal_app.components import offline
from portal_app.components.badges import good_badge, plain_badge, waiting_badge, warning_badge
from portal_app.components.buttons import (
    button,
    named,
    primary_button,
    quiet_button,
    small_submit_button,
)
from portal_app.components.choosing_shelves import model
from portal_app.components.dialogs import dialog
from portal_app.components.fields import checkbox, choice_group, radio, text_field
from portal_app.components.forms import page_form
from portal_app.components.links import link
from portal_app.components.messages import done, information, refusal
from portal_app.components.outbox import named_or_not, reason_of
from portal_app.components.records import full_title
from portal_app.components.rows import Row
from portal_app.components.shelves import is_one_list
from portal_app.components.words import t, t_named, t_of

ICON = "library"  # as in the menu


class Step(rx.Component):
    """A step within a dialog: whoever goes on to it is put at its heading."""

    library = "$/utils/shelves/choice"
    tag = "Step"

    name: rx.Var[str]


def shelve_button(record: Row) -> rx.Component:
    """Offer to put a record on shelves, small enough for each row of a list."""
    label = named(
        t("shelf_choice.shelve"),
        in_full=t("shelf_choice.shelve_named", title=full_title(record)),
    )
    return quiet_button(label, on_click=choice.ask([record]), icon=ICON)


def shelve_chosen(records: Row, *, forget: str) -> rx.Component:
    """Offer to put what was ticked on shelves. ``forget`` names where it is remembered."""
    label = named(t("shelf_choice.shelve"), in_full=t("shelf_choice.shelve_chosen"))
    return button(label, on_click=choice.ask(records, forget=forget), icon=ICON)


def shelve_all(records: Row) -> rx.Component:
    """Offer to put a whole list on shelves, or on the one list without more ado (G-24)."""
    label = t(f"{model()}.shelve_all")
    return button(label, on_click=choice.ask_to_add_all(records), icon=ICON)


def standing_on(record: Row) -> rx.Component:
    """Say on which shelves a record stands already, and lead to them."""
    found = choice.standing_on(record)
    return rx.cond(
        found.length() > 0,
        rx.el.p(
            rx.icon(ICON, size=18),
            rx.el.span(t(f"{model()}.standing")),
            rx.foreach(
                found, lambda shelf: link(named_or_not(shelf.name), to=routes.shelf(shelf.shelf_id))
            ),
            class_name="standing-on",
        ),
    )


def shelf_question(*, offered: Row = None) -> rx.Component:
    """Ask where to put what is to be put on shelves. Stands once on a page.

    ``offered`` are the records of a page for strangers: whoever wished for one of
    them is asked on after signing in.
    """
    step = choice.question().step
    return rx.fragment(
        *([] if offered is None else [choice.taken_up(offered)]),
        dialog(
            t_of("shelf_choice.title", step),
            Step.create(
                rx.match(step, ("check", _checking()), ("done", _done()), _choosing()),
                name=step,
            ),
            name="shelving",
            is_open=step != "",
            on_dismiss=choice.dismiss(),
            answers=(
                rx.fragment(
                    rx.match(
                        step,
                        ("check", _answers_to_check()),
                        ("done", primary_button(t("common.close"), on_click=choice.dismiss())),
                        _answers_to_choice(),
                    )
                ),
            ),
        ),
    )


def _choosing() -> rx.Component:
    return rx.fragment(
        rx.el.p(_about(), class_name="shelving-about"),
        rx.cond(
            choice.is_loaded(),
            _shelves(),
            rx.cond(
                offline.without_server(),
                rx.fragment(information(t("shelf_choice.not_here")), _shelves()),
                rx.el.p(t("shelf_choice.loading"), aria_busy=True),
            ),
        ),
        _new_shelf(),
    )


def _about() -> rx.Var[str]:
    records = choice.question().records
    title, others = full_title(records[0]), records.length() - 1
    return rx.cond(
        others > 0,
        t("shelf_choice.about_more", title=title, count=others),
        t("shelf_choice.about", title=title),
    ).to(str)


def _shelves() -> rx.Component:
    offered = choice.offered()
    group = choice_group(t(f"{model()}.which"), rx.foreach(offered, _shelf), name="shelves")
    if is_one_list():
        return group
    return rx.cond(offered.length() > 0, group, rx.el.p(t("shelf_choice.none_yet")))


def _shelf(shelf: Row) -> rx.Component:
    tick = radio if is_one_list() else checkbox
    return tick(
        "shelf",
        rx.fragment(
            rx.el.span(named_or_not(shelf.name), class_name="shelf-name"),
            _standing(shelf),
            rx.cond(
                shelf.is_new,
                plain_badge(t("shelf_choice.new")),
                rx.el.span(t("common.items", count=shelf.count), class_name="shelf-count"),
            ),
        ),
        checked=shelf.is_chosen & (shelf.fitting > 0),
        disabled=shelf.fitting == 0,
        on_change=choice.choose(shelf.shelf_id),
    )


def _standing(shelf: Row) -> rx.Component:
    limit = libraries.current().shelf.items_max
    return rx.cond(
        shelf.missing == 0,
        good_badge(t("shelf_choice.whole")),
        rx.cond(
            shelf.fitting == 0,
            warning_badge(t("shelf_choice.full", limit=limit)),
            rx.cond(shelf.already > 0, plain_badge(t("shelf_choice.partly", count=shelf.already))),
        ),
    )


def _new_shelf() -> rx.Component:
    limit = libraries.current().shelf.name_max
    return page_form(
        text_field(
            "shelf_name",
            t(f"{model()}.make"),
            hint=t("shelf_choice.name_hint", limit=limit),
            auto_complete="off",
        ),
        small_submit_button(t("shelf_choice.add_name")),
        on_submit=choice.make(),
        class_name="new-shelf",
    )


def _said() -> rx.Component:
    """Say what is wrong, or new, where the way on is: a phone may show no more of the dialog."""
    problem, said = choice.question().problem, choice.question().said
    prefixes = ("shelves.refusal", "shelf_choice.problem")
    limit = choice.question().limit
    return rx.el.div(
        rx.cond(problem != "", refusal(t_named(problem, *prefixes, limit=limit))),
        rx.cond(
            said != "",
            information(t_of("shelf_choice.said", said, name=choice.question().name)),
        ),
        role="status",
        class_name="said",
    )


def _answers_to_choice() -> rx.Component:
    return rx.fragment(
        _said(),
        primary_button(t("shelf_choice.choose"), on_click=choice.check()),
        button(t("common.cancel"), on_click=choice.dismiss()),
    )


def _checking() -> rx.Component:
    records = choice.question().records
    return rx.fragment(
        rx.el.p(t("shelf_choice.check.records", count=records.length())),
        rx.el.ul(
            rx.foreach(records, lambda record: rx.el.li(full_title(record))),
            tab_index=0,
            class_name="shelved-titles",
        ),
        rx.el.h3(t("shelf_choice.check.where")),
        rx.cond(
            choice.chosen().length() > 0,
            rx.el.ul(rx.foreach(choice.chosen(), _checked), class_name="shelving-where"),
            rx.el.p(t("shelf_choice.check.nothing")),
        ),
        rx.cond(offline.without_server(), information(t("shelf_choice.check.will_wait"))),
    )


def _checked(shelf: Row) -> rx.Component:
    limit, too_many = libraries.current().shelf.items_max, shelf.missing - shelf.fitting
    return rx.el.li(
        rx.el.strong(named_or_not(shelf.name)),
        rx.el.span(t("shelf_choice.check.puts", count=shelf.fitting)),
        rx.cond(
            shelf.already > 0,
            rx.el.span(t("shelf_choice.check.already", count=shelf.already)),
        ),
        rx.cond(
            too_many > 0,
            rx.el.span(
                t("shelf_choice.check.no_room", count=too_many, limit=limit), class_name="reason"
            ),
        ),
    )


def _answers_to_check() -> rx.Component:
    return rx.fragment(
        rx.cond(
            choice.chosen().length() > 0,
            primary_button(t("shelf_choice.check.confirm"), on_click=choice.confirm()),
        ),
        button(t("common.cancel"), on_click=choice.dismiss()),
        quiet_button(t("shelf_choice.check.back"), on_click=choice.choose_again()),
    )


def _done() -> rx.Component:
    found = choice.outcomes()
    return rx.el.div(
        rx.cond(choice.are_all(found, "done"), done(t("shelf_choice.done.done"))),
        rx.cond(
            choice.are_all(found, "waiting") & offline.without_server(),
            information(t("shelf_choice.done.waiting")),
        ),
        rx.el.ul(rx.foreach(found, _outcome), class_name="shelving-where"),
        role="status",
        class_name="dialog-body",
    )


def _outcome(outcome: Row) -> rx.Component:
    return rx.el.li(
        link(
            t("shelf_choice.done.look", name=named_or_not(outcome.name)),
            to=routes.shelf(outcome.shelf_id),
        ),
        rx.cond(
            outcome.state == "refused",
            rx.fragment(
                rx.el.span(reason_of(outcome.operation), class_name="reason"),
                rx.cond(
                    outcome.left_out > 0,
                    rx.el.span(t("shelf_choice.done.left_out", count=outcome.left_out)),
                ),
            ),
            _put(outcome),
        ),
    )


def _put(outcome: Row) -> rx.Component:
    told = outcome.operation.answer
    return rx.fragment(
        rx.cond(
            (outcome.state == "waiting") & offline.without_server(),
            waiting_badge(t("outbox.waiting")),
        ),
        rx.el.span(t("shelf_choice.done.put", count=outcome.fitting)),
        rx.cond(
            outcome.already > 0,
            rx.el.span(t("shelf_choice.done.already", count=outcome.already)),
            # What this device had not known.
            rx.cond(told.reason, rx.el.span(reason_of(outcome.operation), class_name="reason")),
        ),
    )
