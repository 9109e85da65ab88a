"""新着図書お知らせメール as several pages show it (K-12, K-60 to K-67)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components.badges import good_badge, plain_badge
from portal_app.components.facts import fact, facts
from portal_app.components.links import link, link_button
from portal_app.components.messages import information
from portal_app.components.rows import Row
from portal_app.components.words import t, t_of


def are_offered() -> bool:
    """Return whether this library sends alerts."""
    return libraries.current().alerts.is_offered


def way_to_alert(label: rx.Var[str], *, asked: rx.Var[str] | str) -> rx.Component:
    """Lead to a form that begins with what is asked for here (K-67), where there are alerts."""
    if not are_offered():
        return rx.fragment()
    to = rx.Var.create(f"{routes.NEW_ALERT}?").to(str) + rx.Var.create(asked).to(str)
    return link_button(label, to=to, icon="bell_plus")


def alert_state(alert: Row) -> rx.Component:
    """Say 配信中 or 停止中."""
    return rx.cond(
        alert.is_active,
        good_badge(t("alerts.state.active")),
        plain_badge(t("alerts.state.paused")),
    )


def reach_of_alerts(reach: Row) -> rx.Component:
    """Say why no mail would come, if none would, and lead to where that is mended (K-60)."""
    return rx.cond(
        reach == "reached",
        rx.fragment(),
        information(
            rx.el.p(t_of("alerts.reach", reach)),
            rx.el.p(link(t("alerts.to_information"), to=routes.PATRON_INFORMATION)),
        ),
    )


def alert_facts(*, name: Row, memo: Row, conditions: Row, titles_max: Row) -> rx.Component:
    """Show all of an alert, in words."""
    return facts(
        fact(t("alerts.form.name"), name),
        rx.cond(memo != "", fact(t("alerts.form.memo"), rx.el.p(memo, class_name="as-written"))),
        fact(t("alerts.form.conditions"), conditions_in_words(conditions)),
        fact(t("alerts.form.titles"), t("common.count", count=titles_max)),
    )


def conditions_in_words(conditions: Row) -> rx.Component:
    """Say the conditions one below the other, each with how it joins the one before."""
    return rx.el.ul(
        rx.foreach(
            conditions,
            # The form has lines that ask for nothing, too.
            lambda one, number: rx.cond(one.text != "", _in_words(one, number), rx.fragment()),
        ),
        class_name="parts",
    )


def _in_words(condition: Row, number: Row) -> rx.Component:
    said = t_of(
        "alerts.condition",
        condition.match,
        field=t_of("alerts.field", condition.field),
        text=condition.text,
    )
    joined = rx.el.strong(t_of("alerts.connector", condition.connector))
    return rx.el.li(rx.cond(number > 0, rx.fragment(joined, " ")), said)


def settings_of_alerts(alerts: Row) -> rx.Component:
    """Show a line for each alert on the patron's own page (K-12)."""
    return rx.el.section(
        rx.el.h2(t("alerts.settings"), id="my-alerts"),
        rx.cond(
            alerts.length() > 0,
            rx.el.ul(
                rx.foreach(
                    alerts, lambda alert: rx.el.li(rx.el.span(alert.name), " ", alert_state(alert))
                ),
                class_name="alert-lines",
            ),
        ),
        rx.el.p(
            link(
                rx.cond(alerts.length() > 0, t("alerts.to_list"), t("alerts.offer")),
                to=routes.ALERTS,
            )
        ),
        aria_labelledby="my-alerts",
    )
