"""A page without a script, for what must work where the portal itself is not at hand."""

from html import escape

from portal_app import routes
from portal_app.browser import words
from portal_app.text import Lang, fill, offered

STYLESHEET = "/portal.css"

_PAGE = """<!doctype html>
<html lang="{lang}" data-palette="standard" data-mode="adult" data-size="medium">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{stylesheet}">
</head>
<body>
<div class="frame">
<header class="site-header">
<div class="header-inner">
{brand}
{languages}
</div>
</header>
<main class="page">
<h1>{heading}</h1>
{content}
</main>
</div>
</body>
</html>
"""
_NAME = '<span class="library-name">{library}</span>'
_LANGUAGES = """<nav aria-label="{label}"><ul class="languages">
{choices}
</ul></nav>"""
_LANGUAGE = '<li><a class="menu-button" href="?lang={lang}" lang="{lang}"{current}>{name}</a></li>'


def drawn(
    lang: Lang, heading: str, content: str, *, has_languages: bool = True, is_ours: bool = True
) -> str:
    """Return a page. ``content`` is HTML; the heading is not.

    ``is_ours`` tells that the portal is at the same address: then the library's name leads to it.
    """
    texts = words.texts()
    name = _NAME.format(library=escape(texts["common.library"][lang]))
    brand = f'<a class="brand" href="{routes.HOME}">{name}</a>'
    return _PAGE.format(
        lang=lang,
        title=escape(fill(texts["common.page_title"][lang], {"page": heading}, lang)),
        stylesheet=STYLESHEET,
        icon="/icon.svg" if is_ours else "data:,",
        brand=brand if is_ours else f'<span class="brand">{name}</span>',
        languages=_languages(lang) if has_languages else "",
        heading=escape(heading),
        content=content,
    )


def _languages(here: Lang) -> str:
    """Return the links to this page in every language, each named in itself."""
    choices = "\n".join(
        _LANGUAGE.format(
            lang=lang,
            current=' aria-current="true"' if lang is here else "",
            name=escape(lang.described.name),
        )
        for lang in offered()
    )
    label = escape(words.texts()["display.heading.lang"][here])
    return _LANGUAGES.format(label=label, choices=choices)
