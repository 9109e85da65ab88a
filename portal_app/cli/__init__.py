"""The portal's commands: every ``./portal COMMAND``, and where it is."""

import os
import sys

import typer

from portal_app.cli import (
    bench,
    bounce,
    checks,
    database,
    demo,
    develop,
    import_circulation,
    imports,
    language,
    serve,
    staff,
    worker,
)
from portal_app.cli.refusals import Failed, WrongUse
from portal_app.libraries import UnreadableLibrary
from portal_app.settings import UnusableSettings

FAILED = 1
REFUSED = 2
INTERRUPTED = 130

# Whatever stands behind the command's name belongs to the program that it starts.
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

commands = typer.Typer(
    help="The patron portal of a public library. Without a command it is served.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
commands.command()(serve.serve)
commands.command()(develop.dev)
commands.command(context_settings=PASSED_ON)(checks.test)
commands.command()(checks.check)
commands.command("demo")(demo.demo_command)
commands.command("import")(imports.import_command)
commands.command("import-circulation")(import_circulation.import_circulation_command)
commands.command()(language.language)
commands.add_typer(staff.staff_commands, name="staff")
commands.command()(worker.worker)
commands.command()(bounce.bounce)
commands.command()(database.migrate)
commands.command()(database.backup)
commands.command(context_settings=PASSED_ON)(bench.bench)


def main() -> int:
    """Run the command that was asked for, and return its exit status."""
    os.umask(0o077)  # patrons are in most of what a command writes: it is its owner's alone
    try:
        return commands(prog_name="./portal", standalone_mode=False) or 0
    except (WrongUse, UnusableSettings, UnreadableLibrary) as refusal:
        sentence, status = str(refusal), REFUSED
    except Failed as failure:
        sentence, status = str(failure), FAILED
    except typer.TyperException as mistake:
        sentence, status = (
            f"{str(mistake).rstrip('.')}. `./portal --help` lists the commands.",
            REFUSED,
        )
    except typer.Abort:
        return INTERRUPTED
    sys.stderr.write(f"{sentence}\n")
    return status
