"""What is promised about accessibility, and what the checks have found, from their own record."""

from collections.abc import Iterator, Mapping, Sequence

import reflex as rx

from portal_app import libraries
from portal_app.components.facts import fact, facts
from portal_app.components.links import anchor
from portal_app.components.tables import Column, table
from portal_app.components.words import chosen, here, t_here
from portal_app.domain.accessibility import Criterion, Finding, Run, criteria, latest_run
from portal_app.text import Lang, offered

TECHNOLOGIES = "HTML, CSS, JavaScript, WAI-ARIA, SVG"

ByLanguage = Mapping[Lang, str]


def policy() -> rx.Component:
    """Say what is aimed at, for which pages, by when, and what is known to be missing."""
    accessibility = libraries.current().accessibility
    due = accessibility.reached_by
    return rx.fragment(
        rx.el.p(t_here("accessibility.lead"), class_name="lead"),
        facts(
            fact(t_here("accessibility.scope_title"), t_here("accessibility.scope")),
            fact(t_here("accessibility.target_title"), t_here("accessibility.target")),
            fact(
                t_here("accessibility.due_title"),
                t_here("accessibility.due", day=due) if due else t_here("accessibility.due_open"),
            ),
        ),
        rx.el.h2(t_here("accessibility.known.title")),
        *_known(latest_run()),
        rx.el.h2(t_here("accessibility.contact.title")),
        *_contact(),
    )


def _known(run: Run) -> Iterator[rx.Component]:
    by_finding = {
        finding: [one for one in criteria() if run.finding_for(one) is finding]
        for finding in Finding
    }
    if faulty := by_finding[Finding.FAULT_FOUND]:
        yield rx.el.p(t_here("accessibility.known.some", day=run.ended_on))
        yield rx.el.ul(*(rx.el.li(chosen(_named(one))) for one in faulty))
    else:
        yield rx.el.p(t_here("accessibility.known.none", day=run.ended_on))
    count = len(by_finding[Finding.FOR_PEOPLE])
    yield rx.el.p(t_here("accessibility.known.for_people", count=count))


def _contact() -> Iterator[rx.Component]:
    contact = libraries.current().accessibility
    yield rx.el.p(t_here("accessibility.contact.lead"))
    rows = []
    if contact.office:
        office = {lang: contact.office[lang] for lang in offered()}
        rows.append(fact(t_here("accessibility.contact.office"), chosen(office)))
    if contact.telephone:
        call = anchor(rx.Var.create(contact.telephone), to=f"tel:{contact.telephone}")
        rows.append(fact(t_here("accessibility.contact.telephone"), call))
    if contact.mail:
        write = anchor(rx.Var.create(contact.mail), to=f"mailto:{contact.mail}")
        rows.append(fact(t_here("accessibility.contact.mail"), write))
    if rows:
        yield facts(*rows)


def results() -> rx.Component:
    """Show the latest run of the checks in the form that JIS X 8341-3 asks for."""
    run = latest_run()
    return rx.fragment(
        rx.el.p(t_here("accessibility.results.lead"), class_name="lead"),
        *([] if run.is_whole else [rx.el.p(t_here("accessibility.results.part"))]),
        facts(
            fact(
                t_here("accessibility.results.claim_title"), t_here("accessibility.results.claim")
            ),
            fact(t_here("accessibility.results.when_title"), _when(run)),
            fact(t_here("accessibility.results.version_title"), f"{run.version} ({run.commit})"),
            fact(
                t_here("accessibility.results.pages_title"),
                t_here(
                    "accessibility.results.pages",
                    count=len(run.addresses),
                    views=run.views,
                    looks=run.looks,
                    widths=", ".join(map(str, run.widths)),
                ),
            ),
            fact(t_here("accessibility.results.technologies_title"), TECHNOLOGIES),
            fact(t_here("accessibility.results.tools_title"), ", ".join(run.tools)),
        ),
        rx.el.h2(t_here("accessibility.results.checklist")),
        rx.el.p(t_here("accessibility.results.limits")),
        _checklist(run),
        rx.el.details(
            rx.el.summary(t_here("accessibility.results.pages_title")),
            rx.el.ul(*(rx.el.li(address) for address in run.addresses)),
        ),
    )


def _when(run: Run) -> rx.Var[str]:
    if run.begun_on == run.ended_on:
        return t_here("accessibility.results.when_in_one_day", day=run.begun_on)
    return t_here("accessibility.results.when", first=run.begun_on, last=run.ended_on)


def _checklist(run: Run) -> rx.Component:
    rows: Sequence[Mapping[str, ByLanguage]] = [_row(one, run) for one in criteria()]
    columns = ("criterion", "finding", "level", "standard", "how")
    return table(
        t_here("accessibility.results.checklist"),
        *(
            Column(
                heading=t_here(f"accessibility.results.column.{name}"),
                show=lambda row, name=name: chosen(row[name]),
            )
            for name in columns
        ),
        rows=rx.Var.create(rows),
    )


def _row(criterion: Criterion, run: Run) -> Mapping[str, ByLanguage]:
    finding = run.finding_for(criterion)
    standards = [("JIS X 8341-3", criterion.jis), ("WCAG 2.2", criterion.wcag22)]
    counted = {
        "rules": len(run.rules_of(criterion)),
        "tests": sum(one.passed + one.failed for one in run.tests_of(criterion)),
    }
    if finding is Finding.FOR_PEOPLE:
        how = here("accessibility.results.how.people")
    else:
        how = here("accessibility.results.how.machine", **counted)
    return {
        "criterion": _named(criterion),
        "finding": here(f"accessibility.results.finding.{finding}"),
        "level": dict.fromkeys(offered(), criterion.level),
        "standard": dict.fromkeys(offered(), ", ".join(name for name, has in standards if has)),
        "how": how,
    }


def _named(criterion: Criterion) -> ByLanguage:
    # They have their official names alone: easy Japanese has none of its own for them.
    names = {Lang.JA: criterion.ja, Lang.EASY: criterion.ja}
    return {lang: f"{criterion.number} {names.get(lang, criterion.en)}" for lang in offered()}
