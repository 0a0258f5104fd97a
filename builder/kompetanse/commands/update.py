"""`kompetanse update`: take what sources have made of adopted courses into ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.following import (
    Here,
    branch_option,
    here,
    landing,
    offline_option,
    say,
    staged_option,
)
from kompetanse.commands.place import content_option
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.git.write import Landing, Result
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.plan import Decision
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


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one course.

    Attributes:
        course: Its id with us.
        outcome: `up-to-date`, `planned`, `updated`, `branch`, `staged` or `failed`.
        update: What was worked out; None when it failed before.
        result: Where it lies; None when nothing was written.
        error: Why it failed.
        why_branch: Why it lies on a branch that nobody asked for.
    """

    course: str
    outcome: str
    update: Update | None = None
    result: Result | None = None
    error: str = ""
    why_branch: str = ""


@click.command("update", epilog="Example: kompetanse update brannvern --dry-run")
@click.argument("course", required=False)
@click.option(
    "--all", "every", is_flag=True, help="Update every adopted course, each in a commit of its own."
)
@click.option(
    "--to", metavar="COMMIT", help="Update to this commit of the source, also when it is an older one."
)
@branch_option
@staged_option
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
        click.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            _tell(one)
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
        f"Update {course.id} from {course.record.source}", body=_body(update), origin=update.origin
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


def _body(update: Update) -> str:
    """Return the body of the commit's message: what happened, in numbers."""
    return ", ".join(_numbers(update))


def _numbers(update: Update) -> Iterator[str]:
    from kompetanse.sharing.plan import Step

    words = {
        Step.TAKE: "taken",
        Step.MERGE: "merged",
        Step.ADD: "added",
        Step.DELETE: "deleted",
        Step.ASK: "waiting for an answer",
    }
    for step, word in words.items():
        count = len(update.plan.of(step))
        if count:
            yield f"{count} {word}"
    moved = sum(one.was is not None for one in update.plan.decisions)
    if moved:
        yield f"{moved} moved"


# --- telling ----------------------------------------------------------------------------------------------------------


def _tell(done: Done) -> None:
    if done.update is None:
        say(f"{done.course}: not updated. {done.error}")
        return
    for notice in done.update.notices:
        say(f"{done.course}: {notice}")
    if done.outcome == "up-to-date":
        waiting = len(done.update.plan.questions)
        asked = (
            f", and {waiting} files wait for your answer: kompetanse resolve {done.course}" if waiting else ""
        )
        click.echo(f"{done.course}: up to date{asked}")
        return
    click.echo(f"{done.course}: {_headline(done, done.update)}")
    click.echo(f"  {', '.join(_numbers(done.update)) or 'only the record changes'}")
    for one in done.update.plan.decisions:
        for row in _file_rows(done.course, one):
            click.echo(f"  {row}")
    for row in _next_steps(done, done.update):
        click.echo(f"  {row}")


def _headline(done: Done, update: Update) -> str:
    before, after = update.course.record.commit[:8], update.given.commit[:8]
    source = f"{update.course.record.source}/{update.given.id}, {before} → {after}"
    place = done.result
    return {
        "planned": f"would be updated from {source}",
        "updated": f"updated from {source}, commit {place.commit[:8] if place and place.commit else ''}",
        "branch": f"updated from {source}, on the branch {place.branch if place else ''}",
        "staged": f"updated from {source}; nothing is committed",
    }[done.outcome]


def _file_rows(course: str, one: Decision) -> Iterator[str]:
    from kompetanse.sharing.plan import Step
    from kompetanse.sharing.vet import shown

    if one.step is Step.KEEP and not one.was and not one.why:
        return
    moved = f" (was {shown(one.was)})" if one.was else ""
    yield f"{one.step:<7}{shown(one.path)}{moved}{_why(one)}"
    for review in one.reviews if one.step is Step.MERGE else ():
        where = f"key {review.key}" if review.key else "text"
        yield f"         merged automatically, look it over ({where}): {_short(review.merged)}"


def _short(text: str) -> str:
    from kompetanse.sharing.plain import plain

    whole = " ".join(plain(text).split())
    return whole if len(whole) <= 100 else f"{whole[:99]}…"


_REASONS = {
    "both-added": "both added it, and differently",
    "deleted-here": "you took it away, and the source has changed it",
    "deleted-there": "you changed it, and the source has taken it away",
    "place-taken": "something of yours stands in its place",
    "file-and-folder": "one has a file where the other has a folder",
    "moved-differently": "both moved it; yours stays where it is",
    "base-gone": "the version that yours was made from is lost",
    "not-here": "the source's repository does not hold the file itself",
    "binary": "both changed it, and it is no text",
}


def _why(one: Decision) -> str:
    from kompetanse.sharing.plan import Step

    if not one.why:
        return ""
    places = (
        f"{one.places} place{'' if one.places == 1 else 's'}: "
        if one.places and one.why not in _REASONS
        else ""
    )
    asked = "; your text stands" if one.step is Step.ASK and one.ours else ""
    return f" – {places}{_REASONS.get(one.why, one.why)}{asked}"


def _next_steps(done: Done, update: Update) -> Iterator[str]:
    name = done.course
    if done.why_branch:
        yield f"With your text in the files that wait the course would not pass check: {done.why_branch}"
    if done.outcome == "branch" and done.result:
        yield f"Look: git diff HEAD...{done.result.branch}   Take it: git merge {done.result.branch}"
    if update.plan.questions and done.outcome != "planned":
        there = f"git switch {done.result.branch} && " if done.outcome == "branch" and done.result else ""
        yield f"Answer: {there}kompetanse resolve {name}"
    if done.outcome != "planned":
        yield f"Take it back: kompetanse undo {name}"


def _row(done: Done) -> dict[str, Any]:
    found: dict[str, Any] = {"course": done.course, "outcome": done.outcome}
    if done.error:
        return {**found, "error": done.error}
    if done.update:
        found |= {
            "source": done.update.course.record.source,
            "from": done.update.course.record.commit,
            "to": done.update.given.commit,
            "files": [_file_row(one) for one in done.update.plan.decisions],
            "notices": list(done.update.notices),
        }
    if done.result:
        found |= {"commit": done.result.commit, "branch": done.result.branch}
    return found | ({"why_branch": done.why_branch} if done.why_branch else {})


def _file_row(one: Decision) -> dict[str, Any]:
    found = {"path": str(one.path), "step": str(one.step), "why": one.why, "places": one.places}
    if one.was:
        found["was"] = str(one.was)
    if one.reviews:
        found["reviews"] = [
            {
                "key": r.key,
                "how": r.how,
                "base": r.base,
                "ours": r.ours,
                "theirs": r.theirs,
                "merged": r.merged,
            }
            for r in one.reviews
        ]
    return found
