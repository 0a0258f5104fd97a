"""`kompetanse update`: take what sources have made of adopted courses into ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.following import Here, here, landing, landing_options, offline_option, say
from kompetanse.commands.place import content_option
from kompetanse.commands.update_report import Done, in_numbers, row, tell
from kompetanse.commands.visible import visible_json
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.git.write import Landing
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.update import Update


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an update is wanted.

    Attributes:
        to: Commit of the source to update to; its newest one when None.
        branch: Name of the branch it shall lie on; empty for one named after the course, None for the current one.
        staged: Whether it stays without a commit.
        dry_run: Whether it is only shown.
        licence: The new licence that was accepted.
    """

    to: str | None
    branch: str | None
    staged: bool
    dry_run: bool
    licence: str | None


@click.command("update", epilog="Example: kompetanse update brannvern --dry-run")
@click.argument("course", required=False)
@click.option(
    "--all", "every", is_flag=True, help="Update every adopted course, each in a commit of its own."
)
@click.option(
    "--to", metavar="COMMIT", help="Update to this commit of the source, also when it is an older one."
)
@landing_options
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--accept-licence", "licence", metavar="SPDX", help="The source's new licence, when that is all right."
)
@offline_option
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(
    course: str | None,
    every: bool,
    to: str | None,
    branch: str | None,
    staged: bool,
    dry_run: bool,
    licence: str | None,
    offline: bool,
    content: Path | None,
    as_json: bool,
) -> int:
    """Take what the source has made of COURSE into ours.

    Our changes stay. What both have changed is merged where that is safe; the rest waits for your answer, with our text.
    """
    if bool(course) == every:
        raise UsageError("Name one course, or use --all")
    if every and to:
        raise UsageError("--to goes with one course: its source's commits are its own")
    wishes = Wishes(to, branch, staged, dry_run, licence)
    at = here(content, offline=offline)
    names = [one.id for one in at.own.courses] if every else [at.own.course(course or "").id]
    found = list(_each(at, names, wishes))
    if as_json:
        click.echo(visible_json(json.dumps([row(one) for one in found], ensure_ascii=False, indent=2)))
    else:
        for one in found:
            tell(one)
    if not names:
        say("No course is adopted here")
    return ExitCode.PROBLEMS if any(one.outcome == "failed" for one in found) else ExitCode.DONE


def _each(at: Here, names: list[str], wishes: Wishes) -> Iterator[Done]:
    """Yield what became of each course; one that fails does not keep the others back."""
    from kompetanse.sharing.adopted import Region

    for name in names:
        try:
            yield _one(at, at.own.course(name), wishes)
        except KompetanseError as error:
            yield Done(name, "failed", error=str(error))
        at = replace(at, own=Region(at.place.root))


def _one(at: Here, course: Adopted, wishes: Wishes) -> Done:
    from kompetanse.git.write import apply, ready
    from kompetanse.sharing.deed import Deed
    from kompetanse.sharing.update import prepare

    deed = Deed("update", course.id)
    how = landing(deed, wishes.branch, staged=wishes.staged)
    if not wishes.dry_run:
        ready(at.place.root, how)
    source = at.sources.of(course.record.source)
    now = source.at(wishes.to or source.newest())
    update = prepare(
        at.own,
        course,
        now,
        at.now,
        content=at.place.content,
        insist=wishes.to is not None,
        licence=wishes.licence,
    )
    if not update.is_news:
        return Done(course.id, "up-to-date", update)
    if wishes.dry_run:
        return Done(course.id, "planned", update)
    how, why = _safe(at, update, how)
    message = deed.message(
        f"Update {course.id} from {course.record.source}", body=in_numbers(update.plan), origin=update.origin
    )
    result = apply(at.place.root, update.change, how=how, message=message, moment=at.now, since=at.own.commit)
    outcome = {"here": "updated", "branch": "branch", "staged": "staged"}[how.where]
    return Done(course.id, outcome, update, result, why_branch=why)


def _safe(at: Here, update: Update, how: Landing) -> tuple[Landing, str]:
    """Return where an update is to lie: on its branch when the course would not pass `check` before its questions are answered."""
    from kompetanse.git.write import Landing
    from kompetanse.messages import message
    from kompetanse.sharing.deed import Deed
    from kompetanse.sharing.trial import new_errors

    if how.where == "branch" or not update.plan.questions:
        return how, ""
    place, folder = at.place, update.course.folder
    errors = new_errors(place.root, place.content, update.change, folder, at.now.date(), at.own.own.private)
    if not errors:
        return how, ""
    first = errors[0]
    why = f"{first.path}:{first.line}: {message(first, 'en')}"
    return Landing("branch", Deed("update", update.course.id).branch, replace=True), why
