"""Remember what an import made, and take a newer version of its file into the course: `kompetanse import --merge`."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kompetanse.commands.import_course_report import Done, Merging
from kompetanse.commands.import_pictures import still_lost
from kompetanse.commands.place import Place
from kompetanse.commands.replacement import Replacement, put
from kompetanse.commands.update_report import in_numbers
from kompetanse.content.library import Library
from kompetanse.errors import KompetanseError
from kompetanse.importers.course_files import CourseFiles, Wish, course_files
from kompetanse.importers.found_course import FoundCourse, FoundMedia
from kompetanse.model.licence import NOASSERTION
from kompetanse.sharing import imported
from kompetanse.sharing.adopted import Region
from kompetanse.sharing.closest import closest
from kompetanse.sharing.deed import Deed
from kompetanse.sharing.imported import FOLDER, Imported, Record
from kompetanse.sharing.matching import module_id
from kompetanse.sharing.places import Place as Asked
from kompetanse.sharing.plan import Plan, Step
from kompetanse.sharing.reimport import Newer, Renewal, prepare

if TYPE_CHECKING:
    from kompetanse.git.write import Landing

_MOST_NAMED = 20
_LONGEST_SHOWN = 70

_WISHED = ("title", "licence", "given_language", "authors")
"""What somebody says of a course once, and need not say again."""


@dataclass(frozen=True, slots=True)
class Merge:
    """How a newer version is to be taken.

    Attributes:
        branch: Name of the branch it shall lie on; empty for one named after the course, None for the current one.
        staged: Whether it stays without a commit.
        moment: Time of its commit.
        dry_run: Whether it is only shown.
    """

    branch: str | None
    staged: bool
    moment: datetime
    dry_run: bool

    def landing(self, deed: Deed) -> Landing:
        """Return where the change of `deed` is to lie."""
        from kompetanse.commands.following import landing

        return landing(deed, self.branch, staged=self.staged)


@contextmanager
def remembered(root: Path, made: CourseFiles, folder: PurePosixPath, wish: Wish) -> Iterator[None]:
    """Write what an import makes, as the base of the next merge, before the course itself; forget it when that fails."""
    media = {one.name: _digest(one.data) for one in made.media}
    record = imported.text(Record(folder, made.modules, media, _said(wish)))
    texts = {path: text.encode() for path, text in made.texts.items()}
    with Replacement(root / FOLDER / made.id) as fresh:
        for path, data in {**texts, PurePosixPath(imported.RECORD): record}.items():
            put(fresh / path, data)
    try:
        yield
    except BaseException:
        shutil.rmtree(root / FOLDER / made.id, ignore_errors=True)
        raise


def merge(place: Place, library: Library, file: Path, found: FoundCourse, wish: Wish, how: Merge) -> Done:
    """Take a newer version of a file into the course that an earlier import made of it, in one commit.

    Raises:
        KompetanseError: When there is no such course, nobody remembers what the earlier import made, or it cannot be committed.
    """
    from kompetanse.git.write import apply, ready

    id_ = wish.id or course_files(found, wish).id
    deed = Deed("import", id_)
    landing = how.landing(deed)
    if not how.dry_run:
        ready(place.root, landing)
    region = Region(place.root)
    course = _course(region, id_, file)
    wish, made = _made(region, library, course, found, wish)
    files = {PurePosixPath(one.name): _bytes(one.data) for one in made.media}
    files |= {path: text.encode() for path, text in made.texts.items()}
    renewal = prepare(region, course, Newer(files, made.modules, _said(wish)))
    made = replace(made, losses=tuple(still_lost(made.losses, renewal.texts)))
    commit = branch = None
    if not how.dry_run:
        message = deed.message(f"Take a newer version of a file into {id_}", body=in_numbers(renewal.plan))
        result = apply(
            place.root, renewal.change, how=landing, message=message, moment=how.moment, since=region.commit
        )
        commit, branch = result.commit, result.branch if landing.where == "branch" else None
    told = _told(renewal, commit, branch)
    return Done(file, found.format, made, course.folder, dry_run=how.dry_run, merging=told)


def _course(region: Region, id_: str, file: Path) -> Imported:
    course = imported.find(region, id_)
    if course:
        return course
    if (region.root / imported.path_of(id_)).exists():
        raise KompetanseError(
            f"{file}: the earlier import into {id_} is not committed, so a merge of it could not be taken back. "
            f"Commit it first: git add -A && git commit -m 'Import {id_}'"
        )
    known = imported.names(region)
    more = " …" if known[_MOST_NAMED:] else ""
    there = f" (there are {', '.join(known[:_MOST_NAMED])}{more})" if known else ""
    raise KompetanseError(
        f"{file}: nothing is known of an earlier import into a course with the id {id_}. "
        f"Name the course with --id{there}, or leave --merge out to make a new course"
    )


def _made(
    region: Region, library: Library, course: Imported, found: FoundCourse, wish: Wish
) -> tuple[Wish, CourseFiles]:
    """Return what the newer version makes, with ids, files and pictures called as they are here; and what was wished."""
    contents = region.read((*course.files.values(), *course.bases.values()))
    here = {module_id(contents[oid]): path for path, oid in course.files.items() if path.suffix == ".md"}
    now = {one: here.get(one, path) for one, path in course.record.modules.items()}
    wish = _as_said_before(wish, course, library)
    wish = replace(wish, id=course.id, taken=frozenset(wish.taken) - {course.id, *now}, places=now)
    bases = {
        one: contents[course.bases[path]]
        for one, path in course.record.modules.items()
        if path in course.bases
    }
    wish = replace(wish, renamed=_renamed_modules(course_files(found, wish), now, bases))
    return wish, _as_before(course_files(found, wish), course.record.media)


def _said(wish: Wish) -> dict[str, Any]:
    return {name: said for name in _WISHED if (said := getattr(wish, name))}


def _as_said_before(wish: Wish, course: Imported, library: Library) -> Wish:
    """Return a wish with what was said at the earlier import, and the licence that the course has got since."""
    before = course.record.wished
    document = library.by_id.get(course.id)
    here = document.keys.licence if document and document.keys else None
    settled = None if here == NOASSERTION else here
    return replace(
        wish,
        title=wish.title or _text(before.get("title")),
        licence=wish.licence or _text(before.get("licence")) or settled,
        given_language=wish.given_language or _text(before.get("given_language")),
        authors=wish.authors or tuple(map(str, before.get("authors", ()))),
        unsettled=here,
    )


def _text(said: object) -> str | None:
    return None if said is None else str(said)


def _renamed_modules(
    made: CourseFiles, now: Mapping[str, PurePosixPath], bases: Mapping[str, bytes]
) -> dict[str, str]:
    """Return the earlier id of each module that is most likely an earlier one with another title."""
    waiting = [id_ for id_ in now if id_ not in made.modules and id_ in bases]
    found: dict[str, str] = {}
    for id_, path in made.modules.items():
        if id_ in now or not waiting:
            continue
        nearest = closest(made.texts[path].encode(), [bases[one] for one in waiting])
        if nearest and nearest.is_certain:
            found[id_] = waiting.pop(nearest.place)
    return found


def _as_before(made: CourseFiles, media: Mapping[str, str]) -> CourseFiles:
    """Return the course with the names that its pictures have had, where they are the same pictures."""
    known = {digest: name for name, digest in media.items()}
    names = {one.name: known.get(_digest(one.data), one.name) for one in made.media}
    used = set(names.values())
    if len(used) < len(names):
        return made
    texts = {path: _renamed(text, names) for path, text in made.texts.items()}
    return replace(
        made, texts=texts, media=tuple(FoundMedia(names[one.name], one.data) for one in made.media)
    )


def _renamed(text: str, names: Mapping[str, str]) -> str:
    changed = {old: new for old, new in names.items() if old != new}
    marks = {old: f"]({number}\0)" for number, old in enumerate(changed)}
    for old, mark in marks.items():
        text = text.replace(f"]({old})", mark)
    for old, mark in marks.items():
        text = text.replace(mark, f"]({changed[old]})")
    return text


def _told(renewal: Renewal, commit: str | None, branch: str | None) -> Merging:
    made = renewal.plan
    return Merging(
        changed=_paths(made, Step.TAKE, Step.MERGE),
        added=_paths(made, Step.ADD),
        deleted=_paths(made, Step.DELETE),
        kept=_paths(made, Step.ASK),
        questions=tuple(_asked(one) for one in renewal.places),
        told=tuple(
            f"{one.path}: {one.key}: the new version says {_few(one.theirs)}; "
            + ("nobody had settled it, so it stands now" if one.taken else "yours stands")
            for one in renewal.told
        ),
        commit=commit,
        branch=branch,
    )


def _paths(made: Plan, *steps: Step) -> tuple[PurePosixPath, ...]:
    return tuple(one.path for step in steps for one in made.of(step))


def _asked(one: Asked) -> str:
    if one.sort == "file":
        return f"{one.path}: {_WHOLE.get(one.why, 'it cannot be merged; yours stands')}"
    key = f"{one.key}: " if one.key else ""
    return f"{one.path}: {key}yours: {_few(one.ours or '')} · the new version: {_few(one.theirs or '')}"


_WHOLE: Mapping[str, str] = {
    "deleted-here": "you have deleted it, and the new version has changed it; it stays deleted",
    "deleted-there": "the new version has it no more, and you have changed it; it stays",
    "both-added": "the new version has a file of this name, and so have you; yours stands",
}


def _few(text: str) -> str:
    row = " ".join(text.split())
    return f"«{row[:_LONGEST_SHOWN]}{'…' if len(row) > _LONGEST_SHOWN else ''}»" if row else "nothing"


def _bytes(data: bytes | Path) -> bytes:
    return data if isinstance(data, bytes) else data.read_bytes()


def _digest(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
