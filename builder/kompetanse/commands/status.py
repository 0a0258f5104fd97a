"""`kompetanse status`: how each adopted course stands to its source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.counting import counted
from kompetanse.commands.following import Here, code, here, offline_option, say
from kompetanse.commands.place import content_option
from kompetanse.commands.visible import visible, visible_json

if TYPE_CHECKING:
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.status import Standing


@click.command("status", epilog="Example: kompetanse status brannvern --history")
@click.argument("course", required=False)
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option(
    "--history", is_flag=True, help="Tell what the source has done since, by the titles of its commits."
)
@offline_option
def command(course: str | None, content: Path | None, as_json: bool, history: bool, offline: bool) -> int:
    """Tell how each adopted course, or COURSE, stands to its source.

    Exit code 0: nothing to do; 3: something to do; 1: a record of origin cannot be used.
    """
    at = here(content, offline=offline)
    chosen = (at.own.course(course),) if course else at.own.courses
    damaged = [one for one in chosen if one.origin is None]
    found = [(one, standing_of(at, one)) for one in chosen if one.origin]
    past = {one.id: list(_past(at, standing)) for one, standing in found} if history else {}
    if as_json:
        rows = [_row(at, one, standing, past.get(one.id)) for one, standing in found]
        click.echo(visible_json(json.dumps([*rows, *map(_damaged, damaged)], ensure_ascii=False, indent=2)))
    else:
        for one, standing in found:
            _tell(at, one, standing, past.get(one.id, []))
    for one in damaged:
        say(_why(one))
    to_do = sum(standing.to_do for _, standing in found)
    courses = f"{len(chosen)} adopted course{'' if len(chosen) == 1 else 's'}"
    say(f"{courses}, {to_do} with something to do" if chosen else "No course is adopted here")
    return 1 if damaged else code(to_do=bool(to_do))


def standing_of(at: Here, course: Adopted) -> Standing:
    """Return how an adopted course stands to its source."""
    from kompetanse.content.adoption import is_adapted
    from kompetanse.sharing.status import standing

    origin = course.record
    unlike = {
        path: (base.oid, course.files[path])
        for path, base in origin.files.items()
        if path in course.files and course.files[path] != base.oid
    }
    bases = at.own.bases(course, (base for base, _ in unlike.values()))
    ours = at.own.read(mine for base, mine in unlike.values() if base in bases)

    def alike(path: Any, base: str, mine: str) -> bool:
        return base in bases and not is_adapted(path, bases[base], ours[mine])

    return standing(course.id, origin, course.files, at.sources.seen(origin.source), alike)


def _past(at: Here, standing: Standing) -> Iterator[str]:
    """Yield the titles of the source's commits since ours, newest first."""
    from kompetanse.errors import KompetanseError
    from kompetanse.sharing.plain import plain

    if standing.path is None or standing.seen.fault or standing.seen.commit == standing.origin.commit:
        return
    try:
        store = at.sources.of(standing.origin.source).store
        for one in store.commits(standing.origin.commit, standing.path):
            yield plain(one.subject)
    except KompetanseError as error:
        say(str(error))


def _tell(at: Here, course: Adopted, standing: Standing, past: list[str]) -> None:
    origin = standing.origin
    dated = f", version of {origin.credit.date}" if origin.credit.date else ""
    click.echo(f"{course.id}: from {origin.source}/{origin.id}{dated}")
    for text in (*_lines(standing), *_uncommitted(at, course)):
        click.echo(f"  {visible(text)}")
    for title in past:
        click.echo(f"    · {visible(title)}")


def _uncommitted(at: Here, course: Adopted) -> Iterator[str]:
    touched = [path for path in at.own.uncommitted if path.is_relative_to(course.folder)]
    if touched:
        yield f"not committed: {counted(len(touched), 'file')}; commit before you update"


def _lines(standing: Standing) -> Iterator[str]:
    """Yield what holds, in words, each with the next step."""
    from kompetanse.sharing.status import State

    name, source = standing.course, standing.origin.source
    for state in standing.states:
        yield {
            State.UNCHANGED: "up to date",
            State.CHANGED: f"changed here: {_files(standing.changed)}",
            State.BEHIND: f"behind by {_behind(standing)} → kompetanse update {name}",
            State.MOVED: f"moved at the source to {standing.path} → kompetanse update {name}",
            State.RENAMED: f"has another id at the source now → kompetanse update {name}",
            State.UNOFFERED: f"{source} does not offer it any more; what you have stays",
            State.SPLIT: f"split at the source; its files stand in {', '.join(map(str, standing.parts))}; what you have stays",
            State.DELETED: "deleted at the source; what you have stays",
            State.WITHDRAWN: f"withdrawn by the source: {standing.withdrawn} → kompetanse source refresh {source}, so that `check` warns too",
            State.LICENCE: f"licence changed at the source, from {standing.origin.credit.licence} to {standing.licence or 'none'} → kompetanse update {name}",
            State.WAITING: f"waiting for answers: {_files(_asked(standing))} → kompetanse resolve {name}",
            State.SILENT: f"the source does not answer{_last_seen(standing)}: {standing.seen.fault}",
        }[state]


def _asked(standing: Standing) -> tuple[Any, ...]:
    return standing.origin.pending.files if standing.origin.pending else ()


def _behind(standing: Standing) -> str:
    return "a version" if standing.behind is None else _files(standing.behind)


def _files(paths: tuple[Any, ...]) -> str:
    from kompetanse.sharing.vet import shown

    names = ", ".join(shown(path) for path in paths[:5])
    more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
    return f"{len(paths)} file{'' if len(paths) == 1 else 's'} ({names}{more})"


def _last_seen(standing: Standing) -> str:
    return f" (last seen {standing.seen.at:%Y-%m-%d})" if standing.seen.at else ""


def _row(at: Here, course: Adopted, standing: Standing, past: list[str] | None) -> dict[str, Any]:
    origin = standing.origin
    found = {
        "course": course.id,
        "folder": str(course.folder),
        "source": origin.source,
        "id": origin.id,
        "commit": origin.commit,
        "newest": standing.seen.commit,
        "states": list(standing.states),
        "to_do": standing.to_do,
        "changed": list(map(str, standing.changed)),
        "behind": None if standing.behind is None else list(map(str, standing.behind)),
        "waiting": list(map(str, _asked(standing))),
        "path": str(standing.path) if standing.path else None,
        "parts": list(map(str, standing.parts)),
        "licence": {"ours": origin.credit.licence, "source": standing.licence},
        "withdrawn": standing.withdrawn,
        "last_seen": standing.seen.at.isoformat() if standing.seen.at else None,
        "fault": standing.seen.fault or None,
        "uncommitted": sorted(str(one) for one in at.own.uncommitted if one.is_relative_to(course.folder)),
    }
    return found if past is None else {**found, "history": past}


def _damaged(course: Adopted) -> dict[str, Any]:
    return {"course": course.id, "folder": str(course.folder), "states": ["damaged"], "fault": _why(course)}


def _why(course: Adopted) -> str:
    from kompetanse.errors import KompetanseError

    try:
        course.record  # noqa: B018 (says why it cannot be used)
    except KompetanseError as error:
        return f"{course.id}: {error}"
    return ""
