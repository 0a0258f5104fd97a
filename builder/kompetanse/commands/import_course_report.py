"""What an import of courses did: every file, and every element that was not carried over, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kompetanse.commands.visible import visible, visible_json
from kompetanse.importers.course_files import CourseFiles
from kompetanse.importers.found_course import Loss

_MOST_SHOWN = 500
_NOWHERE = PurePosixPath()


@dataclass(frozen=True, slots=True)
class Merging:
    """What became of a course into which a newer version was taken.

    Attributes:
        changed, added, deleted, kept: Files: taken over or merged, new, gone, and left as they are though the source changed.
        questions: Places that both have changed: where, ours and theirs.
        told: What ours keeps though the new version says something else, and nobody is asked.
        commit: The commit that holds it all; None when there is none.
        branch: Name of the branch of its own that it lies on; None when it has none.
    """

    changed: tuple[PurePosixPath, ...] = ()
    added: tuple[PurePosixPath, ...] = ()
    deleted: tuple[PurePosixPath, ...] = ()
    kept: tuple[PurePosixPath, ...] = ()
    questions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    commit: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file.

    Attributes:
        file: As it was named.
        format: What it was.
        course: What was made of it; None when it failed.
        folder: The course's folder, from the region's root.
        dry_run: Whether nothing was written.
        problems: What `check` says about the new files.
        merging: What became of the course that was there, with --merge.
        error: Why it was not read.
    """

    file: Path
    format: str = ""
    course: CourseFiles | None = None
    folder: PurePosixPath = _NOWHERE
    dry_run: bool = False
    problems: tuple[str, ...] = ()
    merging: Merging | None = None
    error: str = ""

    @property
    def is_here(self) -> bool:
        """Whether its files lie in the region now."""
        elsewhere = self.merging is not None and self.merging.branch is not None
        return self.course is not None and not self.dry_run and not elsewhere


def as_text(done: Sequence[Done]) -> str:
    """Return the report that people read."""
    return "\n\n".join("\n".join(_rows(one)) for one in done)


def _rows(done: Done) -> Iterator[str]:
    if done.course is None:
        yield visible(f"Error: {done.error}")
        return
    course = done.course
    verb = "would become" if done.dry_run else "became"
    yield visible(f"{done.file} ({done.format}) {verb} the course {course.id}: {course.title}")
    yield (
        f"{_count(len(course.modules), 'module')}, {_count(course.questions, 'question')}, "
        f"{_count(len(course.media), 'picture or other file', 'pictures and other files')} in {done.folder}/"
    )
    if done.merging:
        yield from _merging(course.id, done.merging)
    yield from _section(
        "Not carried over, or to be looked at", [_loss(*one) for one in _counted(course.losses)]
    )
    yield from _section("To do", course.asks)
    yield from _section("What `kompetanse check` says about the new files", done.problems)


def _merging(course: str, merging: Merging) -> Iterator[str]:
    for verb, paths in (
        ("Taken over", merging.changed),
        ("New", merging.added),
        ("Deleted, since the new version has it no more", merging.deleted),
        ("Left as it is until you have answered", merging.kept),
    ):
        yield from _section(verb, list(map(str, paths)))
    yield from _section("Both have changed; your text stands", merging.questions)
    yield from _section("Told only", merging.told)
    if merging.branch:
        yield f"It lies on the branch {merging.branch}. Take it: git merge {merging.branch}"
    elif merging.commit:
        yield f"It is one commit. Take it back: kompetanse undo {course}"
    if merging.questions and merging.commit and not merging.branch:
        yield f"Answer: kompetanse resolve {course}"


def _section(heading: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"{heading}:"
    yield from (f"  {visible(row)}" for row in rows[:_MOST_SHOWN])
    if len(rows) > _MOST_SHOWN:
        yield f"  … and {len(rows) - _MOST_SHOWN} more; --json has all"


def _counted(losses: Sequence[Loss]) -> list[tuple[Loss, int]]:
    return list(Counter(losses).items())


def _loss(loss: Loss, count: int) -> str:
    times = f" ({count} times)" if count > 1 else ""
    return f"{loss.where}: {loss.what}{times}: {loss.why}"


def _count(number: int, name: str, names: str = "") -> str:
    return f"{number} {name if number == 1 else names or name + 's'}"


def as_json(done: Sequence[Done]) -> str:
    """Return a list with a row for each file: what it became, `losses` with `where`, `what`, `why` and `count`, or `error`."""
    return visible_json(json.dumps([_row(one) for one in done], ensure_ascii=False, indent=2))


def _row(done: Done) -> dict[str, Any]:
    if done.course is None:
        return {"file": str(done.file), "error": done.error}
    course = done.course
    said: dict[str, Any] = {
        "file": str(done.file),
        "format": done.format,
        "id": course.id,
        "title": course.title,
        "folder": str(done.folder),
        "dry_run": done.dry_run,
        "modules": [{"id": id_, "file": str(path)} for id_, path in course.modules.items()],
        "questions": course.questions,
        "media": [one.name for one in course.media],
        "losses": [
            {"where": loss.where, "what": loss.what, "why": loss.why, "count": count}
            for loss, count in _counted(course.losses)
        ],
        "to_do": list(course.asks),
        "check": list(done.problems),
    }
    if done.merging:
        names = ("changed", "added", "deleted", "kept", "questions", "told")
        said["merge"] = {name: list(map(str, getattr(done.merging, name))) for name in names}
        said["merge"] |= {"commit": done.merging.commit, "branch": done.merging.branch}
    return said
