"""The command line: find the command, run it, turn errors into exit codes.

Exit codes: 0 done, 1 something a person can fix, 2 wrong use, 3 a bug, 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from kompetanse import __version__
from kompetanse.errors import ExitCode, KompetanseError, UsageError

COMMANDS = {
    "init": "Make a new region's repository, ready to build.",
    "new": "Write a new role, competence, course, module, session, programme or page.",
    "check": "Say everything that is wrong with the content, and what to do.",
    "build": "Build the site.",
    "serve": "Show the site while you write; it reloads when you save.",
    "cache": "See and clear what is kept between runs.",
    "stage": "Write the finished Markdown, for any engine that reads mkdocs.yml.",
    "policy": "Give a site that another engine built the policy of what it may load.",
    "search": "Find what the region has, as its readers will.",
    "search-serve": "Answer searches from other programs on this machine.",
    "federate": "Read the open catalogues of other regions, for the pages and the search.",
    "where-used": "List everything that refers to an item.",
    "rename": "Give an item a new id; every reference follows.",
    "source": "Say which other regions this one may take courses from, and ask them what is new.",
    "fork": "Take a course of another region with all it needs, and remember where it came from.",
    "undo": "Take back the last fork, update, resolve, adopt or import --merge, exactly.",
    "status": "Tell how each adopted course stands to its source.",
    "diff": "Show what differs between an adopted course and its source, in words.",
    "update": "Take what sources have made of adopted courses into ours; our changes stay.",
    "resolve": "Answer what an update has left open, in the terminal or on a page in the browser.",
    "contribute": "Give what we changed in an adopted course back to its source.",
    "adopt": "Find where a course that was copied by hand came from, and follow it from now on.",
    "catalogue": "List the courses that other regions offer, with licence, length and what you have.",
    "schema": "Write the JSON Schemas of front matter, for editors.",
    "export": "Write courses as packages for an LMS, for reading and for exchange.",
    "import": "Read courses, or roles, competences and requirements, that others wrote.",
    "issuer": "Make, change and show the keys that certificates are signed and checked by.",
    "certificate": "Issue, check and withdraw certificates of courses.",
    "report": "Reckon what the people of units can, from what they have handed over.",
    "plan": "Plan courses and sessions from what units lack: for how many, where, at what cost.",
}
"""The words people type and one line about each; a command's module is loaded when it is called."""


_MODULES = {"import": "import_", "report": "unit_report"}
"""Commands whose module has another name: one is no name in Python, the other is that of the reports on problems."""


class Commands(click.Group):
    """Commands that are imported only when they are used, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its `command`."""
        if cmd_name not in COMMANDS:
            return None
        name = _MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        module = import_module(f"kompetanse.commands.{name}")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: kompetanse init min-region && cd min-region && kompetanse serve",
)
@click.version_option(__version__, prog_name="kompetanse")
def kompetanse() -> None:
    """Keep, share and prove what the people of a region's municipalities know."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; without `argv` it is that of the process, which then ends."""
    code = _run(argv)
    if argv is None:
        gc.freeze()  # what is left goes with the process; Python would look through all of it for garbage first
    return code


def _run(argv: Sequence[str] | None) -> int:
    """Run the command line; the only place that catches everything."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = kompetanse.main(args=list(argv) if argv is not None else None, standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted; nothing was left half done.", err=True)
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except UsageError as error:
        click.echo(f"Error: {error}", err=True)
        return ExitCode.USAGE
    except KompetanseError as error:
        click.echo(f"Error: {error}", err=True)
        return ExitCode.PROBLEMS
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("This is a bug in kompetanse. Please report it with the text above.", err=True)
        return ExitCode.BUG
    return int(result or 0)
