"""Remember what an import made, and take a newer version of its file into the course: `kompetanse import --merge`."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from kompetanse.commands.import_course_report import Done, Merging
from kompetanse.commands.import_pictures import still_lost
from kompetanse.commands.place import Place
from kompetanse.commands.replacement import Replacement, put, put_stream
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.errors import KompetanseError
from kompetanse.importers.course_files import CourseFiles, Wish, course_files
from kompetanse.importers.found_course import FoundCourse, FoundMedia
from kompetanse.model.licence import NOASSERTION
from kompetanse.sharing.closest import closest
from kompetanse.sharing.reimport import Taken, Versions, taken

_FOLDER = PurePosixPath(".kompetanse/imported")
"""Beside the bases of forks: what each import made, by the course's id."""

_RECORD = "import.json"
_VERSION = 1
_LARGEST = 20 * 2**20
_MOST_NAMED = 20

_WISHED = ("title", "licence", "given_language", "authors")
"""What somebody says of a course once, and need not say again."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an earlier import made.

    Attributes:
        folder: The course's folder, from the region's root.
        modules: File of each module by its id.
        media: SHA-256 of each other file, by its name.
        wished: What whoever imported said of the course, by the names of `Wish`: it holds for newer versions too.
    """

    folder: PurePosixPath
    modules: Mapping[str, PurePosixPath]
    media: Mapping[str, str]
    wished: Mapping[str, Any]


@contextmanager
def remembered(root: Path, made: CourseFiles, folder: PurePosixPath, wish: Wish) -> Iterator[None]:
    """Write what an import makes, as the base of the next merge, before the course itself; forget it when that fails."""
    _keep(root, made, folder, {path: text.encode() for path, text in made.texts.items()}, wish)
    try:
        yield
    except BaseException:
        shutil.rmtree(root / _FOLDER / made.id, ignore_errors=True)
        raise


def _keep(
    root: Path, made: CourseFiles, folder: PurePosixPath, bases: Mapping[PurePosixPath, bytes], wish: Wish
) -> None:
    record = {
        "version": _VERSION,
        "folder": str(folder),
        "modules": {id_: str(path) for id_, path in made.modules.items()},
        "media": {one.name: _digest(one.data) for one in made.media},
        "wished": {name: said for name in _WISHED if (said := getattr(wish, name))},
    }
    data = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    with Replacement(root / _FOLDER / made.id) as fresh:
        for path, text in {**bases, PurePosixPath(_RECORD): data}.items():
            put(fresh / path, text)


def merge(place: Place, library: Library, file: Path, found: FoundCourse, wish: Wish, dry_run: bool) -> Done:
    """Take a newer version of a file into the course that an earlier import made of it.

    Raises:
        KompetanseError: When there is no such course, or nobody remembers what the earlier import made.
    """
    id_ = wish.id or course_files(found, wish).id
    before = _remembered(place.root, id_, file)
    folder = _folder(library, id_, before, file)
    now = {one: _place_now(library, folder, one, path) for one, path in before.modules.items()}
    moved = {path: now[one] for one, path in before.modules.items()}
    bases = {moved.get(path, path): data for path, data in _texts(place.root / _FOLDER / id_).items()}
    wish = _as_said_before(wish, before, library.by_id[id_])
    wish = replace(wish, id=id_, taken=frozenset(wish.taken) - {id_, *now}, places=now)
    wish = replace(wish, renamed=_renamed_modules(course_files(found, wish), now, bases))
    made = _as_before(course_files(found, wish), before)
    theirs = {path: text.encode() for path, text in made.texts.items()}
    ours = {
        path: data for path in {*bases, *theirs} if (data := _read(place.root / folder / path)) is not None
    }
    result = taken(Versions(bases, ours, theirs))
    now_here = [data.decode(errors="replace") for data in {**ours, **result.write}.values()]
    made = replace(made, losses=tuple(still_lost(made.losses, now_here)))
    media = _media(place.root / folder, made.media, before)
    if not dry_run:
        _write(place.root, folder, result, media)
        _keep(place.root, made, folder, result.base, wish)
    return Done(file, found.format, made, folder, dry_run=dry_run, merging=_told(result, media))


def _remembered(root: Path, id_: str, file: Path) -> Remembered:
    path = root / _FOLDER / id_ / _RECORD
    data = _read(path)
    if data is None:
        raise KompetanseError(
            f"{file}: nothing is known of an earlier import into a course with the id {id_}. "
            f"Name the course with --id{_imported(root)}, or leave --merge out to make a new course"
        )
    try:
        record = json.loads(data)
        if record["version"] != _VERSION:
            raise ValueError(record["version"])
        modules = {str(one): _inside(str(path)) for one, path in record["modules"].items()}
        media = {str(k): str(v) for k, v in record["media"].items()}
        return Remembered(_inside(record["folder"]), modules, media, _wished(record.get("wished", {})))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KompetanseError(
            f"{_FOLDER / id_ / _RECORD} cannot be read, so nobody knows what you have changed. Get it back from git"
        ) from error


def _imported(root: Path) -> str:
    """Return the ids of what was imported, for an error."""
    known = sorted(path.parent.name for path in (root / _FOLDER).glob(f"*/{_RECORD}"))
    more = " …" if known[_MOST_NAMED:] else ""
    return f" (there are {', '.join(known[:_MOST_NAMED])}{more})" if known else ""


def _wished(record: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: str(record[name]) for name in _WISHED if name in record and name != "authors"}
    return said | {"authors": tuple(map(str, record.get("authors", ())))}


def _as_said_before(wish: Wish, before: Remembered, course: Document) -> Wish:
    """Return a wish with what was said at the earlier import, and the licence that the course has got since."""
    said = {name: getattr(wish, name) or before.wished.get(name) or getattr(wish, name) for name in _WISHED}
    here = course.keys.licence if course.keys else None
    settled = None if here == NOASSERTION else here
    return replace(wish, **said | {"licence": said["licence"] or settled}, unsettled=here)


def _inside(path: str) -> PurePosixPath:
    found = PurePosixPath(path)
    if found.is_absolute() or ".." in found.parts:
        raise ValueError(path)
    return found


def _folder(library: Library, id_: str, before: Remembered, file: Path) -> PurePosixPath:
    """Return where the course lies now; it may have been moved.

    Raises:
        KompetanseError: When it is not in the region any more.
    """
    course = library.by_id.get(id_)
    if course is None or course.kind != "course":
        raise KompetanseError(
            f"{file}: the course {id_} of the earlier import is not in the region any more. "
            f"Leave --merge out to make it anew, or get {before.folder} back from git"
        )
    return course.path.parent


def _place_now(library: Library, folder: PurePosixPath, id_: str, path: PurePosixPath) -> PurePosixPath:
    """Return where a module lies now in the course's folder: an author may have given its file another name."""
    found = library.by_id.get(id_)
    return found.path.relative_to(folder) if found and found.path.is_relative_to(folder) else path


def _renamed_modules(
    made: CourseFiles, now: Mapping[str, PurePosixPath], bases: Mapping[PurePosixPath, bytes]
) -> dict[str, str]:
    """Return the earlier id of each module that is most likely an earlier one with another title."""
    waiting = [id_ for id_ in now if id_ not in made.modules and now[id_] in bases]
    found: dict[str, str] = {}
    for id_, path in made.modules.items():
        if id_ in now or not waiting:
            continue
        nearest = closest(made.texts[path].encode(), [bases[now[one]] for one in waiting])
        if nearest and nearest.is_certain:
            found[id_] = waiting.pop(nearest.place)
    return found


def _as_before(made: CourseFiles, before: Remembered) -> CourseFiles:
    """Return the course with the names that its pictures have had, where they are the same pictures."""
    known = {digest: name for name, digest in before.media.items()}
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


@dataclass(frozen=True, slots=True)
class _Media:
    write: tuple[FoundMedia, ...]
    delete: tuple[str, ...]
    kept: tuple[str, ...]


def _media(folder: Path, new: tuple[FoundMedia, ...], before: Remembered) -> _Media:
    """Return which files beside the texts are to be written and deleted: never one that somebody has changed."""
    here = {
        name: _digest(data)
        for name in {*before.media, *(one.name for one in new)}
        if (data := _file(folder / name))
    }
    write, kept = [], []
    for one in new:
        digest, own, base = _digest(one.data), here.get(one.name), before.media.get(one.name)
        if own == digest:
            continue
        if own is None or own == base:
            write.append(one)
        else:
            kept.append(one.name)
    names = {one.name for one in new}
    gone = [name for name, digest in before.media.items() if name not in names and here.get(name) == digest]
    return _Media(tuple(write), tuple(sorted(gone)), tuple(kept))


def _file(path: Path) -> Path | None:
    return path if path.is_file() and not path.is_symlink() else None


def _write(root: Path, folder: PurePosixPath, result: Taken, media: _Media) -> None:
    """Write what is new; each file whole or not at all, and nothing is deleted before all is written."""
    for one in media.write:
        if isinstance(one.data, bytes):
            put(root / folder / one.name, one.data)
        else:
            with one.data.open("rb") as stream:
                put_stream(root / folder / one.name, stream)
    for path, data in result.write.items():
        put(root / folder / path, data)
    for gone in (*result.delete, *map(PurePosixPath, media.delete)):
        (root / folder / gone).unlink(missing_ok=True)


def _told(result: Taken, media: _Media) -> Merging:
    return Merging(
        tuple(result.changed),
        (*result.added, *(PurePosixPath(one.name) for one in media.write)),
        (*sorted(result.delete), *map(PurePosixPath, media.delete)),
        (*result.kept, *map(PurePosixPath, media.kept)),
        tuple(result.questions),
    )


def _texts(folder: Path) -> dict[PurePosixPath, bytes]:
    return dict(_files(folder))


def _files(folder: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    for path in sorted(folder.rglob("*")):
        data = _read(path)
        if data is not None and path.name != _RECORD:
            yield PurePosixPath(path.relative_to(folder).as_posix()), data


def _read(path: Path) -> bytes | None:
    """Return what a file holds; None when there is none, or it is a link."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as stream:
        return stream.read(_LARGEST)


def _digest(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
