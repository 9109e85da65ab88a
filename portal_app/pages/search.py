"""資料検索: the results, the filters and the advanced form (K-20 to K-22, G-04)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import chosen_results as results
from portal_app.components import finding, offline
from portal_app.components.alerts import way_to_alert
from portal_app.components.asking import ask_at, asked, asked_for
from portal_app.components.badges import availability_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import action_bar, actions, quiet_button, submit_button
from portal_app.components.cart_button import (
    cart_answer,
    cart_button,
    cart_chosen,
    chosen_answer,
)
from portal_app.components.display import for_adults, in_childrens_mode
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox, number_field, option, select_field, text_field
from portal_app.components.filters import (
    filter_choice,
    filter_group,
    filter_panel,
    with_filters,
)
from portal_app.components.forms import field_row, page_form
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.lists import chosen_bar, few_first, pager, toolbar
from portal_app.components.messages import information, refusal
from portal_app.components.new_arrivals import way_to_new_arrivals
from portal_app.components.records import (
    cover,
    full_title,
    highlighted,
    how_read,
    material_name,
    record_list,
    record_row,
)
from portal_app.components.rows import Row, shown
from portal_app.components.search import TOO_LONG, search_box
from portal_app.components.session_end import drafting
from portal_app.components.shelf_choice import shelf_question, shelve_button, shelve_chosen
from portal_app.components.topics import (
    choice_of_audience,
    is_for_children,
    nothing_for_children,
    topic_shown,
    topics,
)
from portal_app.components.words import t, t_of
from portal_app.state.search import SearchState

# What the form and the lists of choices offer; the state reads them by these names.
FIELDS = ("any", "title", "author", "subject", "publisher", "isbn", "ndc")
MATCHES = ("contains", "starts", "equals")
CONNECTORS = ("and", "or", "not")
MATERIALS = ("book", "magazine", "cd", "dvd", "other")
AUDIENCES = ("general", "young_adult", "children")
SORTS = ("relevance", "newest", "oldest", "title", "author")
PAGE_SIZES = ("10", "20", "50", "100")


def search_page() -> rx.Component:
    """Show what an address searches for, and narrow it down."""
    return page(
        "search.title",
        search_box(
            SearchState.words,
            to_form=rx.Var.create(f"{routes.ADVANCED_SEARCH}?").to(str) + SearchState.address,
            among_all=(asked() != "") & ~is_for_children(),
        ),
        rx.cond(SearchState.asks_for_something, topic_shown(shown(SearchState.topic))),
        choice_of_audience(),
        rx.cond(
            SearchState.is_loaded,
            rx.cond(
                SearchState.asks_for_something,
                rx.cond(SearchState.count > 0, _results(), _nothing()),
                _begin(),
            ),
            rx.cond(offline.is_settled_without_server(), _on_this_device(), waiting_rows()),
        ),
        results.taken_up(SearchState.address, _records()),
        shelf_question(offered=_records()),
        messages=[
            rx.cond(results.is_put_together(), rx.fragment(), cart_answer()),
            rx.foreach(
                shown(SearchState.problems),
                lambda problem: refusal(t_of("search.problem", problem)),
            ),
        ],
        as_of=SearchState.as_of,
    )


def advanced_search_page() -> rx.Component:
    """Ask for conditions, and for what limits them (K-20)."""
    return page(
        "search.advanced.title",
        rx.el.p(t("search.advanced.lead"), class_name="lead"),
        # Drawn anew for each address: a list of choices would keep what it once stood at.
        rx.fragment(drafting(_form(), name="advanced_search", is_done_when_sent=True), key=asked()),
        crumbs=[("search.title", routes.SEARCH)],
    )


def _begin() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("search.begin"), class_name="lead"), topics(), actions(way_to_new_arrivals())
    )


def _on_this_device() -> rx.Component:
    return rx.cond(
        finding.has_looked(), rx.cond(finding.is_asked(), finding.found_here(), _begin())
    )


def _form() -> rx.Component:
    branches = tuple(branch.code for branch in libraries.current().branches)
    return page_form(
        *(_condition(number) for number in (1, 2, 3)),
        rx.el.fieldset(
            rx.el.legend(t("search.advanced.limits")),
            field_row(
                number_field(
                    "year_from",
                    t("search.advanced.year_from"),
                    max_length=4,
                    default_value=asked_for("year_from"),
                ),
                number_field(
                    "year_to",
                    t("search.advanced.year_to"),
                    max_length=4,
                    default_value=asked_for("year_to"),
                ),
            ),
            field_row(
                _choice("class", t("search.material"), "material", MATERIALS),
                _choice("branch", t("search.branch"), "branch", branches),
                _choice("audience", t("search.audience"), "catalogue.audience", AUDIENCES),
            ),
            class_name="condition",
        ),
        action_bar(submit_button(t("search.submit"), icon="search")),
        on_submit=ask_at(routes.SEARCH),
    )


def _condition(number: int) -> rx.Component:
    # What was asked for in one box becomes the first condition.
    words = asked_for(f"t{number}") if number > 1 else asked_for("t1") | asked_for("q")
    connector = select_field(
        f"c{number}",
        t("search.advanced.connector"),
        *(option(one, t(f"search.connector.{one}")) for one in CONNECTORS),
        default_value=asked_for(f"c{number}"),
    )
    return rx.el.fieldset(
        rx.el.legend(t("search.advanced.condition", number=number)),
        field_row(
            *([connector] if number > 1 else []),
            select_field(
                f"f{number}",
                t("search.advanced.field"),
                *(option(one, t(f"search.field.{one}")) for one in FIELDS),
                default_value=asked_for(f"f{number}"),
            ),
            text_field(
                f"t{number}",
                t("search.advanced.text"),
                max_length=TOO_LONG,
                default_value=words,
            ),
            select_field(
                f"m{number}",
                t("search.advanced.match"),
                *(option(one, t(f"search.match.{one}")) for one in MATCHES),
                default_value=asked_for(f"m{number}"),
            ),
        ),
        class_name="condition",
    )


def _choice(name: str, label: rx.Var[str], prefix: str, values: tuple[str, ...]) -> rx.Component:
    return select_field(
        name,
        label,
        option("", t("search.advanced.any")),
        *(option(one, t(f"{prefix}.{one}")) for one in values),
        default_value=asked_for(name),
    )


def _results() -> rx.Component:
    return with_filters(
        _filters(),
        rx.cond(SearchState.are_alike, information(t("search.are_alike"))),
        toolbar(
            rx.el.h2(
                rx.cond(
                    SearchState.is_at_least,
                    t("search.count_or_more", count=SearchState.count),
                    t("search.count", count=SearchState.count),
                ),
                class_name="result-count",
            ),
            for_adults(
                _sorting(),
                rx.cond(offline.without_server(), rx.fragment(), _highlighting()),
            ),
        ),
        rx.el.div(
            quiet_button(
                t("lists.select_all"),
                on_click=results.choose_page(SearchState.address, shown(SearchState.rows)),
                icon="list_checks",
            ),
            class_name="choose-page for-adults",
        ),
        record_list(rx.foreach(few_first(shown(SearchState.rows)), _row)),
        _chosen(),
        pager(
            here=SearchState.page_number,
            last=SearchState.pages,
            address=lambda number: (
                rx.Var.create(f"{routes.SEARCH}?") + SearchState.address + "&page=" + number.to(str)
            ),
        ),
        for_adults(actions(way_to_alert(t("alerts.from_search"), asked=SearchState.address))),
    )


def _records() -> Row:
    return shown(SearchState.rows).pluck("record")


def _chosen() -> rx.Component:
    chosen = results.chosen_at(SearchState.address)
    return chosen_bar(
        shelve_chosen(chosen, forget=results.CHOSEN),
        cart_chosen(SearchState.address, policy=libraries.current().holds),
        on_none=results.choose_none(SearchState.address),
        chosen=chosen.length(),
        answer=rx.cond(results.is_put_together(), chosen_answer()),
    )


def _sorting() -> rx.Component:
    return rx.el.div(
        select_field(
            "sort",
            t("search.sort"),
            *(option(one, t(f"search.sort_by.{one}")) for one in SORTS),
            value=SearchState.sort,
            on_change=SearchState.sort_by,
        ),
        select_field(
            "size",
            t("search.page_size"),
            *(option(one, t("common.count", count=one)) for one in PAGE_SIZES),
            value=SearchState.page_size,
            on_change=SearchState.resize,
        ),
        class_name="sorting",
    )


def _highlighting() -> rx.Component:
    return checkbox(
        "highlight",
        t("search.highlight"),
        checked=SearchState.is_highlighting,
        on_change=SearchState.highlight,
    )


def _filters() -> rx.Component:
    return filter_panel(
        t("search.filters"),
        filter_group(
            t("search.material"),
            rx.foreach(
                shown(SearchState.material_facets),
                lambda facet: _facet(
                    facet,
                    t_of("material", facet.value),
                    chosen=shown(SearchState.materials),
                    on_change=SearchState.filter_by_material(facet.value),
                ),
            ),
        ),
        filter_group(
            t("search.branch"),
            rx.foreach(
                shown(SearchState.branch_facets),
                lambda facet: _facet(
                    facet,
                    t_of("branch", facet.value),
                    chosen=shown(SearchState.branches),
                    on_change=SearchState.filter_by_branch(facet.value),
                ),
            ),
        ),
    )


def _facet(facet: Row, label: rx.Var[str], *, chosen: Row, on_change: Row) -> rx.Component:
    return filter_choice(
        "filter",
        label,
        value=facet.value,
        is_chosen=chosen.contains(facet.value),
        on_change=on_change,
        count=facet.count.number,
    )


def _row(row: Row) -> rx.Component:
    record = row.record
    return record_row(
        title=rx.fragment(
            rx.cond(SearchState.is_highlighting, highlighted(row.title), record.title),
            " ",
            record.volume,
        ),
        cover=cover(record.title, material=record.material),
        to=(
            rx.Var.create(routes.record(record.record_id)).to(str)
            + "?"
            + SearchState.address
            + "&n="
            + row.position.to(str)
        ),
        line=rx.cond(SearchState.is_highlighting, highlighted(row.line), record.line),
        readings=_readings(row),
        as_catalogued=(record.title, record.line),
        name=rx.Var.create("result-") + row.position.to(str),
        choice=rx.cond(
            in_childrens_mode(),
            rx.fragment(),
            checkbox(
                "chosen",
                rx.el.span(t("lists.choose_named", title=full_title(record)), class_name="unseen"),
                checked=results.is_chosen(SearchState.address, record),
                on_change=results.choose(SearchState.address, record),
            ),
        ),
        badges=(
            availability_badge(record.availability),
            plain_badge(material_name(record.material)),
            rx.cond(record.waiting > 0, plain_badge(t("catalogue.waiting", count=record.waiting))),
        ),
        actions=(
            cart_button(record, policy=libraries.current().holds),
            shelve_button(record),
        ),
    )


def _readings(row: Row) -> tuple[rx.Component, rx.Component]:
    title, creators = (
        rx.cond(row.readings.is_none(), "", getattr(row.readings, name)).to(str)
        for name in ("title", "creators")
    )
    return how_read(row.record.title, title), how_read(row.record.line, creators)


def _nothing() -> rx.Component:
    return nothing_here(
        t("search.none"),
        nothing_for_children(),
        rx.el.p(t("search.none_advice")),
        for_adults(
            link(
                t("search.to_advanced"), to=routes.ADVANCED_SEARCH, class_name="button button-plain"
            ),
            way_to_alert(t("alerts.from_search"), asked=SearchState.address),
        ),
        way_to_new_arrivals(),
        icon="search_x",
    )
