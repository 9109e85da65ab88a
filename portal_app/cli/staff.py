"""Who works at a desk: adding, another first password, and leaving."""

import secrets
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from portal_app import clock, libraries
from portal_app.cli import database
from portal_app.cli.refusals import WrongUse
from portal_app.domain.passwords import readable_password
from portal_app.domain.staff import LONGEST_NAME, normal_login
from portal_app.services import branches, staff
from portal_app.services.staff import Refusal
from portal_app.settings import Settings

Login = Annotated[
    str, typer.Argument(help="What they sign in with: small letters, digits, points, hyphens.")
]

staff_commands = typer.Typer(
    help="Who may sign in at a desk of the library.", no_args_is_help=True, add_completion=False
)

_SENTENCES = {
    Refusal.LOGIN_IS_TAKEN: "Somebody is called {login} already. `./portal staff reset {login}`"
    " gives them another first password.",
    Refusal.UNKNOWN_LOGIN: "Nobody is called {login}. `./portal staff list` names everybody.",
    Refusal.UNKNOWN_BRANCH: "The library has no branch {branch}. Its branches are {branches}.",
}


@staff_commands.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="Their name, as colleagues know it.")],
    branch: Annotated[
        str | None, typer.Option(help="The code of the branch where they mostly are.")
    ] = None,
) -> None:
    """Let somebody work at a desk, and print their first password, once."""
    if not name.strip() or len(name) > LONGEST_NAME:
        message = f"A name has between 1 and {LONGEST_NAME} characters."
        raise WrongUse(message)
    _open()
    password = _new_password()
    refusal = staff.add(
        login=_read(login), name=name.strip(), branch_code=branch, password=password
    )
    _say_no(refusal, login=login, branch=branch or "")
    typer.echo(f"First password of {_read(login)}: {password}")


@staff_commands.command()
def reset(login: Login) -> None:
    """Print another first password for somebody, and end their sessions."""
    _open()
    password = _new_password()
    refusal = staff.reset(login=_read(login), password=password, now=clock.now())
    _say_no(refusal, login=login)
    typer.echo(f"First password of {_read(login)}: {password}")


@staff_commands.command()
def leave(login: Login) -> None:
    """Let somebody work at no desk any more, from this moment."""
    _open()
    _say_no(staff.leave(login=_read(login), now=clock.now()), login=login)
    typer.echo(f"{_read(login)} can no longer sign in.")


@staff_commands.command("list")
def list_staff() -> None:
    """Name everybody who works or has worked at a desk."""
    _open()
    table = Table("Staff ID", "Name", "Branch", "Left on")
    for member in staff.everybody():
        left_on = member.left_on.isoformat() if member.left_on else ""
        table.add_row(member.login, member.name, member.branch_code, left_on)
    Console().print(table)


def _open() -> None:
    settings = Settings.read()
    database.open_database(settings)
    database.bring_up_to_date(settings)
    branches.open_branches(branches=libraries.load(settings.library).branches)


def _read(login: str) -> str:
    read = normal_login(login)
    if not read:
        message = f"{login} cannot be a staff ID: small letters, digits, points and hyphens are."
        raise WrongUse(message)
    return read


def _new_password() -> str:
    return readable_password(pick=secrets.choice)


def _say_no(refusal: Refusal | None, *, login: str, branch: str = "") -> None:
    if refusal is None:
        return
    known = ", ".join(one.code for one in libraries.load(Settings.read().library).branches)
    raise WrongUse(_SENTENCES[refusal].format(login=login, branch=branch, branches=known))
