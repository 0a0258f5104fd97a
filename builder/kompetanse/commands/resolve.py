"""`kompetanse resolve`: answer what an update, or a newer version of an imported file, has left open."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.following import Here, here, landing_options, say
from kompetanse.commands.place import content_option
from kompetanse.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.imported import Imported
    from kompetanse.sharing.places import Answer, Place
    from kompetanse.sharing.resolution import Answered
    from kompetanse.sharing.sheet import Noted, Sheet

_CHOICES = ("ours", "theirs", "both")


@dataclass(frozen=True)
class Work:
    """What the command works on.

    Attributes:
        at: The region.
        course: The course.
        sheet: What waits in it.
        language: Language of the words on the screen.
        branch, staged: Where the answers are to lie.
    """

    at: Here
    course: Adopted | Imported
    sheet: Sheet
    language: str
    branch: str | None
    staged: bool

    @property
    def title(self) -> str:
        """The course's title."""
        return self.course.title


@click.command("resolve", epilog="Example: kompetanse resolve brannvern --browser")
@click.argument("course")
@click.option("--list", "only_list", is_flag=True, help="Show what waits, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write what waits as JSON.")
@click.option(
    "--answer",
    "given",
    multiple=True,
    metavar="N=ours|theirs|both",
    help="Answer a question without being asked; may be repeated.",
)
@click.option(
    "--take-back",
    "back",
    multiple=True,
    type=int,
    metavar="N",
    help="Take back what was merged automatically.",
)
@click.option("--looked-over", is_flag=True, help="Show no more what was merged automatically.")
@click.option("--browser", is_flag=True, help="Answer on a page in your browser, on this machine alone.")
@click.option("--lang", type=click.Choice(["nb", "nn", "en"]), help="Language; default: the region's.")
@landing_options
@content_option
def command(
    course: str,
    only_list: bool,
    as_json: bool,
    given: tuple[str, ...],
    back: tuple[int, ...],
    looked_over: bool,
    browser: bool,
    lang: str | None,
    branch: str | None,
    staged: bool,
    content: Path | None,
) -> int:
    """Answer the questions that an update of COURSE has left open: how it was, yours, the source's, side by side.

    So too those of `import --merge`, where the source is a file.

    Nothing is written before all is answered; then it is one commit. A file with a question that you skip stays as yours.
    """
    from kompetanse.messages import text
    from kompetanse.sharing.sheet import sheet

    at = here(content, offline=True)
    found = _course(at, course)
    language = lang or at.region.language
    waiting = sheet(at.own, found)
    if as_json:
        click.echo(json.dumps(_json(found, waiting), ensure_ascii=False, indent=2))
        return ExitCode.DONE
    if waiting is None:
        click.echo(text(language, "resolve.nothing", course=found.id))
        return ExitCode.DONE
    work = Work(at, found, waiting, language, branch, staged)
    if only_list:
        _list(work)
        return ExitCode.DONE
    if browser:
        return _on_a_page(work)
    return _save(work, _answered(work, given, back, looked_over=looked_over))


def _course(at: Here, name: str) -> Adopted | Imported:
    """Return the course with an id that was adopted, or made from a file.

    Raises:
        KompetanseError: When there is none; names the nearest that was adopted.
    """
    from kompetanse.sharing.imported import find

    return find(at.own, name.rstrip("/")) or at.own.course(name)


def _answered(work: Work, given: tuple[str, ...], back: tuple[int, ...], *, looked_over: bool) -> Answered:
    if given or back or looked_over:
        return work.sheet.answered(_parsed(given), back, looked_over=looked_over)
    if not sys.stdin.isatty():
        if not work.sheet.places:  # edits in the meantime have settled all
            return work.sheet.answered({})
        raise UsageError(
            "Nobody can be asked here. Look with --list, then answer with --answer 1=ours --answer 2=theirs, or use --browser"
        )
    from kompetanse.commands.resolve_talk import ask, look_over

    answers = ask(work.sheet, work.language)
    return work.sheet.answered(answers, look_over(work.sheet, work.language), looked_over=True)


def _parsed(given: tuple[str, ...]) -> dict[int, Answer]:
    from kompetanse.sharing.places import Answer

    found = {}
    for one in given:
        number, _, choice = one.partition("=")
        if not (number.isascii() and number.isdigit()) or choice not in _CHOICES:
            raise UsageError(f"{one!r} is no answer. Write it as 1=ours, 1=theirs or 1=both")
        found[int(number[:9])] = Answer(choice)  # type: ignore[arg-type]  # it is one of _CHOICES
    return found


def _save(work: Work, answered: Answered) -> int:
    from kompetanse.commands.resolve_save import save
    from kompetanse.messages import plural, text

    left = work.sheet.left(answered)
    if answered.is_nothing:
        click.echo(text(work.language, "resolve.saved_nothing"))
        return ExitCode.DONE
    result = save(work, answered)
    click.echo(plural(work.language, "resolve.saved", len(answered.settled) + len(answered.edited)))
    if left:
        click.echo(plural(work.language, "resolve.unanswered", left))
    if result.branch and work.branch is not None:
        say(f"It lies on the branch {result.branch}. Take it: git merge {result.branch}")
    say(text(work.language, "resolve.undo", command=f"kompetanse undo {work.course.id}"))
    return ExitCode.DONE


def _on_a_page(work: Work) -> int:
    from kompetanse.commands.resolve_browser import serve

    return serve(work)


def _list(work: Work) -> None:
    from kompetanse.commands.resolve_talk import show_noted, show_place

    for place in work.sheet.places:
        show_place(place, len(work.sheet.places), work.language)
    show_noted(work.sheet, work.language)


# --- JSON ---------------------------------------------------------------------------------------------------------


def _json(course: Adopted | Imported, sheet: Sheet | None) -> Mapping[str, Any]:
    found: dict[str, Any] = {"course": course.id, "questions": [], "reviews": []}
    if sheet:
        found["commit"] = sheet.questions.commit
        found["questions"] = [_place_row(one) for one in sheet.places]
        found["reviews"] = [_noted_row(one) for one in sheet.noted]
    return found


def _place_row(one: Place) -> dict[str, Any]:
    return {
        "number": one.number,
        "path": str(one.path),
        "sort": one.sort,
        "key": one.key,
        "heading": one.heading,
        "why": one.why,
        "base": one.base,
        "ours": one.ours,
        "theirs": one.theirs,
        "choices": list(one.choices),
    }


def _noted_row(one: Noted) -> dict[str, Any]:
    review = one.review
    return {
        "number": one.number,
        "path": str(one.path),
        "where": review.where,
        "key": review.key,
        "how": review.how,
        "base": review.base,
        "ours": review.ours,
        "theirs": review.theirs,
        "merged": review.merged,
    }
