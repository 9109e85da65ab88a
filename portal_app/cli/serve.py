"""Serving the portal, from an empty folder to a page in the browser."""

import signal
import subprocess
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from portal_app import clock, libraries
from portal_app.cli import building, database, serving
from portal_app.cli.certificates import Certified
from portal_app.cli.lan import Lan
from portal_app.domain.policies import Library
from portal_app.services import branches, demonstration
from portal_app.settings import Settings

console = Console()


def serve(
    *,
    lan: Annotated[
        bool, typer.Option("--lan", help="Serve tablets in the same network, over https.")
    ] = False,
) -> int:
    """Serve the portal, and print who may sign in. This is what ./portal does."""
    settings = Settings.read()
    library = libraries.load(settings.library)
    network = Lan.join(settings) if lan else None
    settings = network.settings if network else settings
    serving.refuse_a_taken_port(settings)
    if network:
        network.refuse_a_taken_port()
    signal.signal(signal.SIGTERM, as_ctrl_c)
    cast = prepare(settings, library=library)
    server = start(settings, certified=network and network.certified)
    try:
        introduce(settings, library=library, cast=cast, network=network)
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
    # However far its clock has been set forward: its stories move on with the real days.
    return demonstration.fill(library=library, now=clock.real_now())


def start(settings: Settings, *, certified: Certified | None) -> subprocess.Popen[bytes]:
    """Build the pages when they must be built, and start serving."""
    library, is_demonstration = settings.library, settings.demonstration
    if building.is_built(library=library, demonstration=is_demonstration):
        pages = building.build(library=library, demonstration=is_demonstration)
    else:
        with console.status("Building the pages, once for each change; it takes about a minute …"):
            pages = building.build(library=library, demonstration=is_demonstration)
    return serving.start(settings, pages=pages, certified=certified)


def introduce(
    settings: Settings,
    *,
    library: Library,
    cast: Sequence[demonstration.Member],
    network: Lan | None = None,
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
    if network:
        _welcome_tablets(network)
    console.print("Ctrl-C ends it.")


def _introduce_staff(settings: Settings) -> None:
    table = Table("Staff ID", "Password", title=f"Who works at the desk: {settings.origin}/desk")
    table.add_column("Who it is", overflow="fold")
    for clerk in demonstration.clerks():
        table.add_row(clerk.login, clerk.password, clerk.story)
    if table.row_count:
        console.print(table)


def _welcome_tablets(network: Lan) -> None:
    network.hand_out_certificate()
    console.print(network.codes(width=console.width))
    for sentence in network.words():
        console.print(sentence, highlight=False)


def as_ctrl_c(_number: int, _frame: object) -> NoReturn:
    """End as Ctrl-C does, whoever asks."""
    raise KeyboardInterrupt
