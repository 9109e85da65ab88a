"""利用者ポータル: the patron's own page (K-06, K-07, K-14)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import days, offline
from portal_app.components.alerts import are_offered, settings_of_alerts
from portal_app.components.buttons import named
from portal_app.components.counts import count_tile, plain_tile, tiles
from portal_app.components.display import for_adults, in_childrens_mode
from portal_app.components.keeping import keep_choice
from portal_app.components.layout import page
from portal_app.components.letters import newest_unread
from portal_app.components.links import link, link_button
from portal_app.components.messages import done, information, refusal
from portal_app.components.patron_information import information_facts
from portal_app.components.rows import shown
from portal_app.components.search import search_box
from portal_app.components.shelves import first_page
from portal_app.components.words import date_of, t
from portal_app.state.account import AccountState
from portal_app.state.messages import MessagesState
from portal_app.state.patron_information import PatronInformationState
from portal_app.state.session import SessionState
from portal_app.state.sign_in import PasswordState


def account_page() -> rx.Component:
    """Show what a patron has with the library, and what needs doing first."""
    overview = shown(AccountState.overview)
    overdue = days.count_past(overview.due_dates, as_of=AccountState.as_of)
    expires_on = SessionState.card_expires_on
    return page(
        "account.title",
        rx.el.p(t("account.lead"), class_name="lead"),
        rx.el.p(link_button(t("card.title"), to=routes.CARD, icon="id_card")),
        search_box(),
        _newest_message(),
        rx.cond(
            (expires_on != "") & days.is_past(expires_on, as_of=AccountState.as_of),
            refusal(t("account.card_expired", day=date_of(expires_on))),
        ),
        rx.cond(
            overdue > 0,
            refusal(link(t("account.overdue", count=overdue), to=routes.LOANS)),
        ),
        rx.cond(
            overview.ready > 0,
            information(
                link(
                    t("account.ready", count=overview.ready, day=date_of(overview.pickup_by)),
                    to=routes.HOLDS,
                )
            ),
        ),
        rx.el.section(
            rx.el.h2(t("account.library_of", name=SessionState.name), id="my-library"),
            tiles(
                count_tile(
                    t("account.loans"),
                    caption=rx.cond(
                        overview.next_due_on.is_none(),
                        t("account.loans_caption"),
                        t("account.next_due", day=date_of(overview.next_due_on)),
                    ).to(str),
                    count=overview.loans,
                    icon="book_open_check",
                    to=routes.LOANS,
                ),
                count_tile(
                    t("account.holds"),
                    caption=t("account.holds_caption"),
                    count=overview.holds,
                    icon="bookmark",
                    to=routes.HOLDS,
                ),
                count_tile(
                    t("account.cart"),
                    caption=t("account.cart_caption"),
                    count=overview.in_cart,
                    icon="shopping_basket",
                    to=routes.CART,
                ),
                count_tile(
                    t("account.shelves"),
                    caption=t("account.shelves_caption"),
                    count=overview.on_shelves,
                    icon="library",
                    to=first_page(),
                ),
                *([rx.cond(overview.keeps_history, _history_tile())] if _offers_history() else []),
            ),
            *([rx.cond(~overview.keeps_history, _history_offer())] if _offers_history() else []),
            aria_labelledby="my-library",
        ),
        for_adults(
            _information(), *([settings_of_alerts(overview.alerts)] if are_offered() else [])
        ),
        _this_device(),
        rx.el.p(link(t("password.title"), to=routes.PASSWORD)),
        _more_for_adults(),
        messages=[rx.cond(PasswordState.is_changed, done(t("password.changed")))],
        as_of=AccountState.as_of,
    )


def _more_for_adults() -> rx.Component:
    """Say where the settings are that a child does not see."""
    return rx.cond(in_childrens_mode(), rx.el.p(t("account.for_adults"), class_name="hint"))


def _offers_history() -> bool:
    return libraries.current().history.is_offered


def _history_tile() -> rx.Component:
    return plain_tile(
        t("history.title"), caption=t("history.tile_caption"), icon="history", to=routes.HISTORY
    )


def _history_offer() -> rx.Component:
    return rx.el.p(link(t("history.offer"), to=routes.HISTORY))


def _newest_message() -> rx.Component:
    """Show the newest message that was not read, and lead to the others (K-13)."""
    newest = newest_unread(shown(MessagesState.messages))
    others = link(
        named(t("messages.others"), in_full=t("messages.others_in_full")), to=routes.MESSAGES
    )
    return rx.cond(
        newest.is_none(),
        rx.fragment(),  # the bar with the card leads there, too
        information(t("messages.newest", subject=newest.subject), " ", others),
    )


def _information() -> rx.Component:
    """List what the library knows of the patron, and lead to where it is changed (K-10)."""
    known = shown(PatronInformationState.information)
    return rx.el.section(
        rx.el.h2(t("patron_information.heading"), id="information"),
        rx.cond(
            known.is_none(),
            rx.cond(
                offline.without_server(),
                rx.el.p(t("patron_information.needs_connection"), class_name="hint"),
            ),
            rx.fragment(information_facts(known)),
        ),
        rx.el.p(
            link_button(t("patron_information.set"), to=routes.PATRON_INFORMATION, icon="settings")
        ),
        aria_labelledby="information",
    )


def _this_device() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("keeping.title"), id="this-device"),
        keep_choice(),
        rx.el.p(link(t("outbox.title"), to=routes.REQUESTS)),
        aria_labelledby="this-device",
    )
