"""`kompetanse undo`: take back the last fork, update, resolve, adopt or import --merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.following import now
from kompetanse.commands.place import content_option, find
from kompetanse.errors import ExitCode

if TYPE_CHECKING:
    from kompetanse.sharing.undo import Last


@click.command("undo", epilog="Example: kompetanse undo personvern --dry-run")
@click.argument("course", required=False)
@click.option("--dry-run", is_flag=True, help="Say what would be taken back, and do nothing.")
@content_option
def command(course: str | None, dry_run: bool, content: Path | None) -> int:
    """Take back the last thing that was done with COURSE, or with any course.

    The files are then exactly as they were before. A commit is taken back by a new one; what is staged is unstaged; a
    branch of its own is deleted. When the files were changed since, nothing is done and you see which.
    """
    from kompetanse.git.write import BRANCH_ONLY, ready
    from kompetanse.sharing.undo import last

    place = find(content)
    ready(place.root, BRANCH_ONLY)
    done = last(place.root, course)
    if dry_run:
        _tell("Would take back", done)
        return ExitCode.DONE
    _take_back(place.root, done)
    return ExitCode.DONE


def _take_back(root: Path, done: Last) -> None:
    from kompetanse.git.own import find as own_of
    from kompetanse.git.taking_back import delete_branch, unstage
    from kompetanse.git.write import apply
    from kompetanse.sharing.undo import change, message

    own = own_of(root)
    if done.where == "branch":
        delete_branch(root, done.branch, done.commit or "")
    elif done.where == "staged":
        unstage(root)
    else:
        apply(root, change(own, done), message=message(done), moment=now(), since=own.commit_of("HEAD"))
    _tell("Took back", done)


def _tell(word: str, done: Last) -> None:
    where = {"staged": "staged", "branch": f"on the branch {done.branch}", "here": (done.commit or "")[:12]}[
        done.where
    ]
    click.echo(f"{word} the {done.deed.did} of {done.deed.course} ({where}): {len(done.after)} files")
