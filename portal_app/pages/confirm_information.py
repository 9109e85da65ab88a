"""利用者情報変更確認: all values once more, before they are saved (K-48)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import patron_information as form
from portal_app.components.buttons import actions, submit_button
from portal_app.components.facts import fact, facts
from portal_app.components.fields import checkbox, option, select_field
from portal_app.components.forms import page_form
from portal_app.components.layout import page
from portal_app.components.links import elsewhere, link
from portal_app.components.messages import information
from portal_app.components.rows import Row, shown
from portal_app.components.steps import steps
from portal_app.components.words import t
from portal_app.pages.patron_information import (
    ABOVE,
    HANDLERS,
    STEPS,
    nothing_yet,
    ticked,
    title,
    typed,
)
from portal_app.state.patron_information import NoticeKind, PatronInformationState


def confirm_information_page() -> rx.Component:
    """Show all values once more. This page alone saves (K-48)."""
    known, saves = shown(PatronInformationState.information), PatronInformationState.saves
    return page(
        "patron_information.confirm.title",
        # Whoever comes here with nothing typed, or has saved it.
        rx.cond(~form.is_typed(saves), elsewhere(routes.PATRON_INFORMATION)),
        steps(STEPS, here="patron_information.step.confirm"),
        information(t("patron_information.confirm.lead")),
        rx.cond(known.is_none(), nothing_yet(), _confirmation(known)),
        crumbs=[*ABOVE, (title(), routes.PATRON_INFORMATION)],
    )


def _confirmation(known: Row) -> rx.Component:
    policy, saves = libraries.current().mail, PatronInformationState.saves
    return page_form(
        facts(
            *(
                _confirmed_address(place, known.addresses[place - 1])
                for place in range(1, policy.addresses + 1)
            ),
            *(_confirmed_notice(kind, known.notices[at]) for at, kind in enumerate(policy.notices)),
            *_confirmed_defaults(known),
        ),
        rx.el.p(t("patron_information.confirm.will_be_proved"), class_name="hint"),
        rx.cond(_has_addresses(known), _letter(known)),
        actions(
            submit_button(t("patron_information.many.submit")),
            link(
                t("patron_information.confirm.back"),
                to=routes.PATRON_INFORMATION,
                class_name="button button-plain",
            ),
        ),
        on_submit=form.save(f"{HANDLERS}.save", saves=saves),
    )


def _confirmed_address(place: int, one: Row) -> rx.Component:
    meant = typed(f"address_{place}", one.field)
    is_deleted = (meant == "") & (one.field != "")
    said = form.address_said(_or_unchanged(meant, one.field), typed(f"kind_{place}", one.kind))
    return fact(
        t("patron_information.place", place=place),
        rx.cond(is_deleted, t("patron_information.confirm.deleted"), said),
    )


def _or_unchanged(meant: rx.Var[str], saved: Row) -> rx.Var[str]:
    unchanged = t("patron_information.confirm.unchanged", value=meant)
    return rx.cond((meant == saved) & (meant != ""), unchanged, meant).to(str)


def _confirmed_notice(kind: NoticeKind, notice: Row) -> rx.Component:
    saved = {1: notice.to_first, 2: notice.to_second}
    places = range(1, libraries.current().mail.addresses + 1)
    return form.notice_said(
        kind,
        {place: ticked(f"{kind}_to_{place}", saved[place]) for place in places},
        is_sent=typed(f"{kind}_is_sent", rx.cond(notice.is_sent, "yes", "no")) == "yes",
        days=typed(f"{kind}_days", notice.days_before.to(str)),
    )


def _confirmed_defaults(known: Row) -> list[rx.Component]:
    return form.defaults_said(
        typed("pickup_branch", known.pickup_branch),
        typed("contact_method", known.contact_method),
        _or_unchanged(typed("telephone", known.telephone), known.telephone),
    )


def _has_addresses(known: Row) -> rx.Var[bool]:
    count = libraries.current().mail.addresses
    in_use = [known.addresses[at].in_use != "" for at in range(count)]
    return in_use[0] | in_use[1] if count > 1 else in_use[0]


def _letter(known: Row) -> rx.Component:
    """Ask whether the change is confirmed by mail, and where there are several, at which."""
    count = libraries.current().mail.addresses
    wanted = known.letter_to
    options = [_option(at + 1, known.addresses[at].in_use) for at in range(count)]
    first = rx.cond(known.addresses[0].in_use != "", "1", "2")
    return rx.el.div(
        checkbox(
            "letter",
            t("patron_information.confirm.send_letter"),
            default_checked=wanted > 0,
        ),
        select_field(
            "letter_to",
            t("patron_information.confirm.letter_to"),
            *options,
            default_value=rx.cond(wanted > 0, wanted.to(str), first),
        ),
        class_name="letter-choice",
    )


def _option(place: int, address: Row) -> rx.Component:
    named = t("patron_information.confirm.letter_place", place=place, address=address)
    return rx.cond(address != "", option(str(place), named))
