"""What became of each course in an update, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.following import say

if TYPE_CHECKING:
    from kompetanse.git.write import Result
    from kompetanse.sharing.plan import Decision, Plan
    from kompetanse.sharing.update import Update


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


def in_numbers(plan: Plan) -> str:
    """Return what happens, in numbers."""
    return ", ".join(_numbers(plan))


def _numbers(plan: Plan) -> Iterator[str]:
    from kompetanse.sharing.plan import Step

    words = {
        Step.TAKE: "taken",
        Step.MERGE: "merged",
        Step.ADD: "added",
        Step.DELETE: "deleted",
        Step.ASK: "waiting for an answer",
    }
    for step, word in words.items():
        count = len(plan.of(step))
        if count:
            yield f"{count} {word}"
    moved = sum(one.was is not None for one in plan.decisions)
    if moved:
        yield f"{moved} moved"


def tell(done: Done) -> None:
    if done.update is None:
        say(f"{done.course}: not updated. {done.error}")
        return
    for notice in done.update.notices:
        say(f"{done.course}: {notice}")
    if done.outcome == "up-to-date":
        waiting = len(done.update.plan.questions)
        asked = f"; {_waiting(waiting)} for your answer: kompetanse resolve {done.course}" if waiting else ""
        click.echo(f"{done.course}: up to date{asked}")
        return
    click.echo(f"{done.course}: {_headline(done, done.update)}")
    click.echo(f"  {in_numbers(done.update.plan) or 'only the record changes'}")
    for one in done.update.plan.decisions:
        for row in _file_rows(done.course, one):
            click.echo(f"  {row}")
    for row in _next_steps(done, done.update):
        click.echo(f"  {row}")


def _waiting(files: int) -> str:
    return f"{files} file waits" if files == 1 else f"{files} files wait"


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


def _why(one: Decision) -> str:
    """Return why a person must answer, or what is to be known, in the words that `resolve` uses."""
    from kompetanse.messages import text
    from kompetanse.sharing.plan import Step

    if not one.why:
        return ""
    reasons = " ".join(text("en", f"why.{name}") for name in one.why.split(", "))
    places = f"{one.places} place{'' if one.places == 1 else 's'}: " if one.places > 1 else ""
    stands = " Your text stands." if one.step is Step.ASK and one.ours else ""
    return f" – {places}{reasons}{stands}"


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


def row(done: Done) -> dict[str, Any]:
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
