"""Text on the page, in whichever language the patron is reading.

The language is known only to the browser. Its words are a file like those of the pages, which
the device keeps for all languages: a switch asks no server's state and needs no connection.
Easy Japanese is shown with its readings as ruby (browser/ruby.js).
"""

from collections.abc import Mapping

import reflex as rx
from reflex.vars import VarData

from portal_app.browser import words
from portal_app.components.modules import computed, use
from portal_app.text import Lang, UnfilledBlank, UnknownText, blanks, fill

_SPEECH = VarData.merge(
    use("ruby", "inBrackets", "said"),
    use("speech", "dateOf", "langOf", "numberOf", "timeOf"),
    use("display", "useDisplay", hook="const display = useDisplay()"),
)


def t(key: str, **values: object) -> rx.Var[str]:
    """Return a text that follows the language switch. Values may be Vars."""
    if key not in words.texts():
        raise UnknownText(key)
    if difference := blanks(words.texts()[key][Lang.JA]) ^ values.keys():
        raise UnfilledBlank(key, *sorted(difference))
    words.show(key)
    return _said(rx.Var.create(key), values)


def here(key: str, **values: object) -> Mapping[Lang, str]:
    """Return a text in every language, for a page to have built in instead of brought by all."""
    if key not in words.texts():
        raise UnknownText(key)
    words.build_in(key)
    said = {lang: fill(text, values, lang) for lang, text in words.texts()[key].items()}
    if missing := set().union(*map(blanks, said.values())):
        raise UnfilledBlank(key, *sorted(missing))
    return said


def chosen(texts: Mapping[Lang, str] | rx.Var) -> rx.Var[str]:
    """Return what the language switch chooses of a text in every language."""
    given = rx.Var.create(texts)
    return _call(f"({given!s})[display.spoken]", given)


def t_here(key: str, **values: object) -> rx.Var[str]:
    """Return a text that is built into the page: of a page whose words no other page needs."""
    return chosen(here(key, **values))


def t_of(prefix: str, kind: rx.Var | str, **values: object) -> rx.Var[str]:
    """Return the text ``prefix.kind`` for whatever kind a Var holds; nothing for none.

    A value that only some of the texts have a blank for is no mistake.
    """
    keys = [key for key in words.texts() if key.startswith(f"{prefix}.")]
    if not keys:
        raise UnknownText(prefix)
    if missing := set().union(*(blanks(words.texts()[key][Lang.JA]) for key in keys)) - set(values):
        raise UnfilledBlank(prefix, *sorted(missing))
    words.show(*keys)
    return _said(rx.Var.create(f"{prefix}.") + rx.Var.create(kind).to(str), values)


def t_named(key: rx.Var, *prefixes: str, **values: object) -> rx.Var[str]:
    """Return the text whose whole key a Var holds, which begins with one of the prefixes."""
    for prefix in prefixes:
        t_of(prefix, "", **values)  # so that the browser has them all
    return _said(rx.Var.create(key), values)


def as_text(said: rx.Var[str]) -> rx.Var[str]:
    """Return a text for what leaves the page, such as a file: readings stand in brackets there."""
    return _call(f"inBrackets({said!s})", said)


def spoken() -> rx.Var[str]:
    """Return the language that the page speaks, which may be the easy one by the mode."""
    return _call("display.spoken")


def years_chosen() -> rx.Var[str]:
    """Return by which years the reader has chosen to read days."""
    return _call("display.years")


def lang_of(catalogued: rx.Var | str) -> rx.Var[str]:
    """Return the language of what a page has from the catalogue: Japanese, or not known.

    A screen reader would read it in the voice of the page (WCAG 3.1.2).
    """
    given = rx.Var.create(catalogued)
    return _call(f"langOf({given!s})", given)


def date_of(day: rx.Var | str) -> rx.Var[str]:
    """Return a day, an ISO date, as a patron reads it: 2026年12月5日, or 令和8年12月5日."""
    given = rx.Var.create(day)
    return _call(f"dateOf(display.spoken, {given!s}, display.years)", given)


def time_of(moment: rx.Var | str) -> rx.Var[str]:
    """Return the time of a moment in library time as a patron reads it: 09:40."""
    given = rx.Var.create(moment)
    return _call(f"timeOf({given!s})", given)


def number_of(number: rx.Var | int) -> rx.Var[str]:
    """Return a number as a patron reads it: 1,234."""
    given = rx.Var.create(number)
    return _call(f"numberOf({given!s})", given)


def _said(key: rx.Var, values: Mapping[str, object]) -> rx.Var[str]:
    given = rx.Var.create(dict(values))
    return _call(f"said(display.spoken, {key!s}, {given!s})", key, given)


def _call(expression: str, *arguments: rx.Var) -> rx.Var[str]:
    return computed(expression, str, _SPEECH, *arguments)
