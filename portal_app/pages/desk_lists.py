"""取り寄せる資料 and 取置棚: what is to be fetched, kept, sent, put back and cancelled."""

import reflex as rx

from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import actions, button, named
from portal_app.components.desk_layout import desk_page
from portal_app.components.empty import nothing_here
from portal_app.components.messages import done, refusal
from portal_app.components.patron_at_desk import asked_hold, cancel_question
from portal_app.components.printing import print_button, printed_on
from portal_app.components.records import full_title
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.tables import Column, table
from portal_app.components.words import date_of, t, t_of
from portal_app.state.desk_lists import REASONS, FetchState, HoldShelfState


def fetch_page() -> rx.Component:
    """List what should be fetched from the shelves, for the screen and for paper."""
    items = shown(FetchState.items)
    return desk_page(
        "desk.nav.fetch",
        rx.el.p(t("desk.fetch.lead"), class_name="lead"),
        printed_on(as_of=FetchState.as_of),
        rx.cond(
            FetchState.is_loaded,
            rx.fragment(
                actions(
                    print_button(),
                    button(t("desk.fetch.again"), on_click=FetchState.open, icon="refresh_cw"),
                ),
                rx.cond(items.length() > 0, _to_fetch(items), nothing_here(t("desk.fetch.none"))),
            ),
            waiting_rows(),
        ),
        messages=[
            rx.cond(
                FetchState.missing != "",
                done(t("desk.fetch.marked", barcode=FetchState.missing)),
            ),
            rx.cond(
                FetchState.problem != "",
                refusal(t_of("desk.not_marked", FetchState.problem)),
            ),
        ],
    )


def hold_shelf_page() -> rx.Component:
    """List what lies behind the desk, and what is to be done with it."""
    return desk_page(
        "desk.nav.hold_shelf",
        rx.cond(HoldShelfState.is_loaded, _hold_shelf(), waiting_rows()),
        cancel_question(_asked(), on_cancel=HoldShelfState.cancel, reasons=REASONS),
        messages=[
            rx.cond(
                HoldShelfState.cancelled != "",
                done(t("desk.cancelled", title=HoldShelfState.cancelled)),
            ),
            rx.cond(
                HoldShelfState.problem != "",
                refusal(t_of("desk.not_cancelled", HoldShelfState.problem)),
            ),
        ],
    )


def _to_fetch(items: Row) -> rx.Component:
    return table(
        t("desk.nav.fetch"),
        Column(heading=t("desk.column.item"), show=_title),
        Column(heading=t("desk.column.call_number"), show=_place),
        Column(heading=t("desk.column.barcode"), show=lambda item: item.barcode),
        Column(
            heading=t("desk.column.pickup_branch"),
            show=lambda item: t_of("branch", item.pickup_branch),
        ),
        Column(heading=t("desk.column.deed"), show=_missing, is_action=True),
        rows=items,
    )


def _place(item: Row) -> rx.Component:
    return rx.fragment(rx.el.span(item.call_number), rx.el.p(item.place, class_name="record-line"))


def _missing(item: Row) -> rx.Component:
    in_full = t("desk.fetch.missing_named", title=full_title(item.record), barcode=item.barcode)
    return button(
        named(t("desk.fetch.missing"), in_full=in_full),
        on_click=FetchState.mark_missing(item.barcode),
        icon="search_x",
    )


def _hold_shelf() -> rx.Component:
    asked, ready = shown(HoldShelfState.asked_to_cancel), shown(HoldShelfState.ready)
    to_send, to_put_back = shown(HoldShelfState.to_send), shown(HoldShelfState.to_put_back)
    count = asked.length() + ready.length() + to_send.length() + to_put_back.length()
    return rx.cond(
        count > 0,
        rx.fragment(
            _section("asked", asked, *_columns_of_kept(), _deed()),
            _section("ready", ready, *_columns_of_kept()),
            _section("to_send", to_send, *_columns_of_moving()),
            _section(
                "to_put_back",
                to_put_back,
                *_columns_of_moving(),
                hint=t("desk.hold_shelf.to_put_back_hint"),
            ),
        ),
        nothing_here(t("desk.hold_shelf.none"), icon="bookmark"),
    )


def _section(
    name: str, rows: Row, *columns: Column, hint: rx.Var[str] | None = None
) -> rx.Component:
    heading = t(f"desk.hold_shelf.{name}", count=rows.length())
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2(heading, id=name),
            *([] if hint is None else [rx.el.p(hint, class_name="hint")]),
            table(heading, *columns, rows=rows),
            aria_labelledby=name,
        ),
    )


def _columns_of_kept() -> tuple[Column, ...]:
    return (
        Column(heading=t("desk.column.item"), show=_title),
        Column(heading=t("desk.column.card"), show=lambda kept: kept.card_number),
        Column(heading=t("desk.column.pickup_by"), show=_pickup_by),
        Column(heading=t("desk.column.barcode"), show=lambda kept: kept.barcode),
    )


def _columns_of_moving() -> tuple[Column, ...]:
    return (
        Column(heading=t("desk.column.item"), show=_title),
        Column(heading=t("desk.column.barcode"), show=lambda item: item.barcode),
        Column(heading=t("desk.column.to"), show=lambda item: t_of("branch", item.branch_code)),
    )


def _deed() -> Column:
    return Column(heading=t("desk.column.deed"), show=_cancel, is_action=True)


def _cancel(kept: Row) -> rx.Component:
    in_full = t("desk.cancel_named", title=full_title(kept.record))
    return button(named(t("desk.cancel"), in_full=in_full), on_click=_asked().set(kept), icon="x")


def _asked():  # noqa: ANN202  as asked_hold
    return asked_hold(kind_of_rows(HoldShelfState.asked_to_cancel) | None)


def _title(row: Row) -> rx.Component:
    return rx.fragment(
        rx.el.span(full_title(row.record)),
        rx.el.p(row.record.line, class_name="record-line"),
    )


def _pickup_by(kept: Row) -> rx.Component:
    return rx.cond(
        kept.pickup_by.is_none(),
        rx.el.span("—", aria_hidden="true"),
        rx.el.span(date_of(kept.pickup_by)),
    )
