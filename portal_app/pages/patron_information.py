"""利用者情報変更 (K-40 to K-47), or メール登録・変更 (G-42, G-43)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import patron_information as form
from portal_app.components.busy import rows_from_library
from portal_app.components.buttons import (
    actions,
    button,
    named,
    primary_button,
    quiet_button,
    small_submit_button,
    submit_button,
)
from portal_app.components.facts import fact, facts
from portal_app.components.fields import (
    checkbox,
    choice_group,
    option,
    radio,
    select_field,
    text_field,
)
from portal_app.components.forms import field_row, page_form
from portal_app.components.forms import form as event_form
from portal_app.components.layout import page
from portal_app.components.messages import done, information, refusal
from portal_app.components.pickup import contact_method_field, pickup_branch_field
from portal_app.components.push import answer_to_switching, notices_on_this_device
from portal_app.components.rows import Row, shown
from portal_app.components.session_end import drafting
from portal_app.components.steps import steps
from portal_app.components.words import date_of, spoken, t, t_of, time_of
from portal_app.state.patron_information import (
    CHOSEN_EACH_TIME,
    CODE_DIGITS,
    GOOD_ANSWERS,
    LONGEST_ADDRESS,
    NoticeKind,
    PatronInformationState,
)
from portal_app.state.push import PushState

ABOVE = [("account.title", routes.ACCOUNT)]
STEPS = ("patron_information.step.form", "patron_information.step.confirm")
KINDS = ("pc", "mobile")
HANDLERS = PatronInformationState.get_full_name()


def title() -> str:
    """Return the key of what this library calls the page: of one address, or of several."""
    return f"patron_information.{_shape()}.title"


def patron_information_page() -> rx.Component:
    """Show what the library knows, and ask what shall be otherwise."""
    known = shown(PatronInformationState.information)
    confirms = libraries.current().mail.confirms_changes
    return page(
        title(),
        *([steps(STEPS, here="patron_information.step.form")] if confirms else []),
        rx.cond(known.is_none(), nothing_yet(), rx.fragment(_addresses(known), _form(known))),
        *([_on_this_device()] if libraries.current().push.is_offered else []),
        crumbs=ABOVE,
        messages=[_answer(), _waiting_holds(), *_switched()],
    )


def _on_this_device() -> rx.Component:
    return notices_on_this_device(
        public_key=shown(PushState.public_key),
        is_on=shown(PushState.is_on),
        handlers=PushState.get_full_name(),
    )


def _switched() -> list[rx.Component]:
    if not libraries.current().push.is_offered:
        return []
    return [answer_to_switching(shown(PushState.answer))]


# ------------------------------------------------------------ as it is


def _shape() -> str:
    return "one" if libraries.current().mail.addresses == 1 else "many"


def nothing_yet() -> rx.Component:
    """Say why there is nothing to see: it comes, or it needs a connection."""
    return rows_from_library(t("patron_information.needs_connection"))


def _answer() -> rx.Component:
    answer = shown(PatronInformationState.answer)
    said = t_of("patron_information.answer", answer.said, place=answer.place, count=answer.count)
    is_good = rx.Var.create(list(GOOD_ANSWERS)).contains(answer.said)
    return rx.cond(answer.said != "", rx.cond(is_good, done(said), refusal(said)))


def _waiting_holds() -> rx.Component:
    """Ask whether the holds that wait shall follow the new defaults, too."""
    count = PatronInformationState.waiting_holds
    return rx.cond(
        count > 0,
        information(
            rx.el.p(t("patron_information.waiting_holds", count=count)),
            actions(
                primary_button(
                    t("patron_information.change_waiting_holds"),
                    on_click=PatronInformationState.change_waiting_holds,
                ),
                button(
                    t("patron_information.leave_waiting_holds"),
                    on_click=PatronInformationState.leave_waiting_holds,
                ),
            ),
        ),
    )


def _addresses(known: Row) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("patron_information.addresses"), id="addresses"),
        facts(rx.foreach(known.addresses, _address)),
        rx.foreach(known.addresses, _what_is_to_be_done),
        rx.el.p(t("patron_information.no_mail"), class_name="hint"),
        aria_labelledby="addresses",
    )


def _address(one: Row) -> rx.Component:
    kind = t_of("patron_information.kind", one.kind)
    asks_kind = libraries.current().mail.asks_kind
    in_use = rx.fragment(
        rx.el.span(one.in_use),
        *([" ", rx.el.span("（", kind, "）")] if asks_kind else []),
        " ",
        quiet_button(
            named(
                t("patron_information.test"),
                in_full=t("patron_information.test_in_full", place=one.place),
            ),
            on_click=PatronInformationState.send_test(one.place, shown(spoken())),
            icon="send",
        ),
    )
    return fact(
        t("patron_information.place", place=one.place),
        rx.cond(one.in_use != "", in_use, t("patron_information.none")),
    )


def _what_is_to_be_done(one: Row) -> rx.Component:
    return rx.fragment(
        rx.cond(
            one.refused_on.is_none(),
            rx.fragment(),
            refusal(t("patron_information.refused", day=date_of(one.refused_on))),
        ),
        rx.cond(one.waiting != "", _proof(one)),
    )


def _proof(one: Row) -> rx.Component:
    """Ask for the code from the mail, or offer another mail (G-42)."""
    again = quiet_button(
        t("patron_information.ask_again"),
        on_click=PatronInformationState.ask_again(one.place, shown(spoken())),
        icon="mail",
    )
    waiting = t(
        "patron_information.waiting",
        address=one.waiting,
        day=date_of(one.waits_until),
        time=time_of(one.waits_until),
    )
    code = event_form(
        rx.el.input(type="hidden", name="place", value=one.place.to(str)),
        text_field(
            "code",
            t("patron_information.code"),
            auto_complete="one-time-code",
            input_mode="numeric",
            max_length=CODE_DIGITS,
            is_required=True,
        ),
        small_submit_button(t("patron_information.prove"), icon="check"),
        on_submit=PatronInformationState.prove,
        class_name="form proof",
    )
    return rx.cond(
        one.is_void,
        refusal(rx.el.p(t("patron_information.void", address=one.waiting)), again),
        information(rx.el.p(waiting), code, again),
    )


# ------------------------------------------------------------ the form


def _form(known: Row) -> rx.Component:
    policy, saves = libraries.current().mail, PatronInformationState.saves
    on_submit = (
        form.check(f"{HANDLERS}.check", saves=saves)
        if policy.confirms_changes
        else form.save_at_once(f"{HANDLERS}.save")
    )
    warning = (
        [information(t("patron_information.not_yet_saved"))] if policy.confirms_changes else []
    )
    places = range(1, policy.addresses + 1)
    section = rx.el.section(
        rx.el.h2(t("patron_information.form"), id="changes"),
        page_form(
            *(_address_fields(place, known.addresses[place - 1]) for place in places),
            rx.el.h3(t("patron_information.notices")),
            *(_notice(kind, known.notices[at]) for at, kind in enumerate(policy.notices)),
            rx.el.h3(t("patron_information.defaults")),
            *_defaults(known),
            *warning,
            actions(
                submit_button(t(f"patron_information.{_shape()}.submit")),
                button(t("patron_information.reset"), on_click=form.forget_typed()),
                button(t("common.cancel"), on_click=form.leave(routes.ACCOUNT)),
            ),
            on_submit=on_submit,
            class_name="form information",
        ),
        # The fields begin anew when something was saved or thrown away, and when another
        # address or number stands behind the mask.
        key=_key(known, len(places)),
        aria_labelledby="changes",
    )
    done = shown(PatronInformationState.saves).to(str) + "." + form.resets().to(str)
    return drafting(section, name="information", done=done)


def _key(known: Row, count: int) -> rx.Var[str]:
    parts = [
        PatronInformationState.saves,
        form.resets(),
        known.telephone,
        *(known.addresses[at].field for at in range(count)),
    ]
    return rx.Var.create([rx.Var.create(part).to(str) for part in parts]).join(" ")


def _address_fields(place: int, one: Row) -> rx.Component:
    typing = {"auto_complete": "email", "input_mode": "email", "spell_check": False}
    address = text_field(
        f"address_{place}",
        t("patron_information.address", place=place),
        hint=t("patron_information.address_hint"),
        error=_mistake(f"address_{place}"),
        default_value=typed(f"address_{place}", one.field),
        max_length=LONGEST_ADDRESS,
        **typing,
    )
    repeated = text_field(
        f"repeated_{place}",
        t("patron_information.repeated", place=place),
        error=_mistake(f"repeated_{place}"),
        default_value=typed(f"repeated_{place}", one.field),
        max_length=LONGEST_ADDRESS,
        **typing,
    )
    asks_kind = libraries.current().mail.asks_kind
    return rx.fragment(
        rx.el.h3(t("patron_information.place", place=place)),
        *([_kind_of(place, one)] if asks_kind else []),
        field_row(address, repeated),
    )


def _kind_of(place: int, one: Row) -> rx.Component:
    name = f"kind_{place}"
    return choice_group(
        t("patron_information.kind_of", place=place),
        *(
            radio(
                name,
                t(f"patron_information.kind.{kind}"),
                value=kind,
                default_checked=typed(name, one.kind) == kind,
            )
            for kind in KINDS
        ),
        name=name,
    )


def _notice(kind: NoticeKind, notice: Row) -> rx.Component:
    policy = libraries.current().mail
    name = t(f"patron_information.notice.{kind}")
    saved = {1: notice.to_first, 2: notice.to_second}
    destinations = choice_group(
        t("patron_information.destinations", notice=name),
        *(
            checkbox(
                f"{kind}_to_{place}",
                t("patron_information.place", place=place),
                default_checked=ticked(f"{kind}_to_{place}", saved[place]),
            )
            for place in range(1, policy.addresses + 1)
        ),
        name=kind,
        error=_mistake(kind),
    )
    return field_row(
        destinations,
        _chosen_each_time(kind, name) if kind in CHOSEN_EACH_TIME else _is_sent(kind, name, notice),
        *([_days(notice)] if kind is NoticeKind.DUE_DATE else []),
    )


def _chosen_each_time(kind: NoticeKind, name: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(t("patron_information.state", notice=name))),
        rx.el.p(t(f"patron_information.chosen.{kind}")),
        class_name="field",
    )


def _is_sent(kind: NoticeKind, name: rx.Var[str], notice: Row) -> rx.Component:
    field = f"{kind}_is_sent"
    now = typed(field, rx.cond(notice.is_sent, "yes", "no"))
    return choice_group(
        t("patron_information.state", notice=name),
        radio(field, t("patron_information.is_sent"), value="yes", default_checked=now == "yes"),
        radio(field, t("patron_information.is_stopped"), value="no", default_checked=now == "no"),
        name=field,
    )


def _days(notice: Row) -> rx.Component:
    most = libraries.current().mail.days_before_due_max
    return select_field(
        f"{NoticeKind.DUE_DATE}_days",
        t("patron_information.days"),
        *(
            option(str(days), t("patron_information.days_before", days=days))
            for days in range(1, most + 1)
        ),
        default_value=typed(f"{NoticeKind.DUE_DATE}_days", notice.days_before.to(str)),
        error=_mistake(f"{NoticeKind.DUE_DATE}_days"),
    )


def _defaults(known: Row) -> list[rx.Component]:
    library = libraries.current()
    not_chosen = option("", t("patron_information.not_chosen"))
    return [
        field_row(
            pickup_branch_field(
                t("patron_information.pickup_branch"),
                not_chosen,
                library=library,
                default_value=typed("pickup_branch", known.pickup_branch),
                error=_mistake("pickup_branch"),
            ),
            contact_method_field(
                t("patron_information.contact_method"),
                not_chosen,
                library=library,
                default_value=typed("contact_method", known.contact_method),
                error=_mistake("contact_method"),
            ),
        ),
        text_field(
            "telephone",
            t("patron_information.telephone"),
            hint=t("patron_information.telephone_hint"),
            error=_mistake("telephone"),
            default_value=typed("telephone", known.telephone),
            auto_complete="tel",
            input_mode="tel",
            max_length=40,
        ),
    ]


def _mistake(name: str) -> rx.Var[str]:
    found = rx.Var.create(shown(PatronInformationState.mistakes)[name]).to(str) | ""
    most = libraries.current().mail.days_before_due_max
    said = t_of("patron_information.mistake", found, days=most)
    return rx.cond(found != "", said, "").to(str)


def typed(name: str, saved: Row) -> rx.Var[str]:
    """Return what stands in a field."""
    return form.typed(name, saved, saves=PatronInformationState.saves)


def ticked(name: str, saved: Row) -> rx.Var[bool]:
    """Return whether a box is ticked."""
    return form.ticked(name, saved, saves=PatronInformationState.saves)
