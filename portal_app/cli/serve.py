"""Serving the portal, from an empty folder to a page in the browser."""

import signal
import subprocess
from collections.abc import Sequence
from typing import NoReturn

from rich.console import Console
from rich.table import Table

from portal_app import clock, libraries
from portal_app.cli import building, database, serving
from portal_app.domain.policies import Library
from portal_app.services import branches, demonstration
from portal_app.settings import Settings

console = Console()


def serve() -> int:
    """Serve the portal, and print who may sign in. This is what ./portal does."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    serving.refuse_a_taken_port(settings)
    signal.signal(signal.SIGTERM, as_ctrl_c)
    cast = prepare(settings, library=library)
    server = start(settings)
    try:
        introduce(settings, library=library, cast=cast)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        serving.stop(server)


def prepare(settings: Settings, *, library: Library) -> Sequence[demonstration.Member]:
    """Bring the database up to date, and return who of the demonstration may sign in."""
    database.open_database(settings)
    database.bring_up_to_date(settings)
    branches.open_branches(branches=library.branches)
    if not settings.demonstration:
        return ()
    return demonstration.fill(library=library, now=clock.now())


def start(settings: Settings) -> subprocess.Popen[bytes]:
    """Build the pages when they must be built, and start serving."""
    if building.is_built(library=settings.library):
        return serving.start(settings, pages=building.build(library=settings.library))
    with console.status("Building the pages, once for each change; it takes about a minute …"):
        pages = building.build(library=settings.library)
    return serving.start(settings, pages=pages)


def introduce(
    settings: Settings, *, library: Library, cast: Sequence[demonstration.Member]
) -> None:
    """Print where the portal is, and who may sign in."""
    console.print(f"\n[bold]{library.name['ja']}[/bold]  {settings.origin}")
    if cast:
        table = Table("Card number", "Password", title="Who may sign in")
        table.add_column("Who it is", overflow="fold")  # Japanese has no spaces to break at
        for member in cast:
            table.add_row(member.card_number, member.password, member.story, end_section=True)
        console.print(table)
        _introduce_staff(settings)
    console.print("Ctrl-C ends it.")


def _introduce_staff(settings: Settings) -> None:
    table = Table("Staff ID", "Password", title=f"Who works at the desk: {settings.origin}/desk")
    table.add_column("Who it is", overflow="fold")
    for clerk in demonstration.clerks():
        table.add_row(clerk.login, clerk.password, clerk.story)
    if table.row_count:
        console.print(table)


def as_ctrl_c(_number: int, _frame: object) -> NoReturn:
    """End as Ctrl-C does, whoever asks."""
    raise KeyboardInterrupt
