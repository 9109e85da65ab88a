"""What letters say: a lead, what it is about, and who writes. No subject names a title."""

import datetime as dt
from collections.abc import Sequence

from portal_app.data.post import Draft
from portal_app.data.summaries import Summary
from portal_app.data.tables import Patron
from portal_app.domain import display
from portal_app.domain.mail import LetterKind
from portal_app.domain.policies import Library
from portal_app.text import say
from portal_app.text.dates import Years, written_day
from portal_app.text.languages import Lang


def draft_of(kind: LetterKind, texts: Sequence[str], library: Library, lang: Lang) -> Draft:
    """Return a letter that opens with the lead of its kind."""
    lead = say(f"letters.{kind}.lead", lang, library=library.name[lang])
    return written_out(kind, [lead, *texts], library, lang)


def written_out(kind: LetterKind, texts: Sequence[str], library: Library, lang: Lang) -> Draft:
    """Return a letter with the subject of its kind, and the library's name below."""
    named = {"library": library.name[lang]}
    ending = say("letters.ending", lang, **named)
    return Draft(
        kind=kind,
        lang=lang,
        subject=say(f"letters.{kind}.subject", lang, **named),
        body="\n\n".join([*texts, ending]) + "\n",
    )


def day_for(patron: Patron, day: dt.date, lang: Lang) -> str:
    """Return a day by the years that a patron has chosen for pages."""
    chosen = display.read(patron.display, languages=()).get("years", Years.WESTERN)
    return written_day(day, lang, Years(chosen))


def title_line(record: Summary) -> str:
    """Return the line that names a record."""
    # Never a value of a text: a title may have braces of its own.
    return "■ " + f"{record.title} {record.volume}".strip()


def branch_name(library: Library, code: str, lang: Lang) -> str:
    """Return what a branch is called."""
    # A branch that has been taken out of the library's file is still written on the hold.
    names = {branch.code: branch.name[lang] for branch in library.branches}
    return names.get(code, code)
