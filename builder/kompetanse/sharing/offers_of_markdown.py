"""The courses of any repository of Markdown, found by how it is laid out.

A folder with a first page and a lesson, or with two lessons, is a course. A lesson is a page, or a folder with nothing but a
first page (Hugo's leaf bundle, https://gohugo.io/content-management/page-bundles/). A lesson of The Carpentries
(`episodes/` beside a `config.yaml`, https://carpentries.github.io/sandpaper-docs/) is one course as a whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content import files, yaml_text
from kompetanse.content.address import language_of, stem_of
from kompetanse.content.frontmatter import split
from kompetanse.content.library import TEXT_SUFFIXES
from kompetanse.errors import Problem
from kompetanse.model.offer import Offer
from kompetanse.model.region import Source
from kompetanse.model.slug import slug
from kompetanse.sharing.licence_text import licence_in
from kompetanse.sharing.plain import plain
from kompetanse.sharing.store import StoredSnapshot

_FIRST = ("_index", "index", "readme")
ABOUT = re.compile(
    r"(?i)changelog|changes|history|contributing|code[_-]of[_-]conduct|licen[sc]e|copying|authors|security|support|governance|"
    r"citation|notice|pull_request_template|issue_template|todo|conduct|news|summary|_sidebar|_navbar|_header|_footer|404"
)
"""Pages that tell of the repository, not of its subject."""
NOT_CONTENT = re.compile(
    r"(?i)\.|_(?!episodes$)|(?:node_modules|vendor|themes?|layouts|archetypes|tests?|bin|build|dist)$"
)
_EPISODES = ("episodes", "_episodes")
_LICENCE = re.compile(r"(?i)(?:licen[sc]e|copying)(?:[.-][a-z0-9.-]+)?$")
_HEADING = re.compile(r"^#{1,2}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHELF = 2
_UNKNOWN = "und"
"""ISO 639's code for a language that nobody has said."""


@dataclass(slots=True)
class _Folder:
    """What lies directly in a folder: first pages by language, lessons by stem, and its folders."""

    first: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    folders: set[str] = field(default_factory=set)

    @property
    def is_leaf(self) -> bool:
        """Whether it is a lesson itself."""
        return bool(self.first) and not self.lessons and not self.folders


@dataclass(frozen=True, slots=True)
class _Page:
    """What a first page says of its course."""

    meta: Mapping[str, Any]
    heading: str | None

    def text(self, *keys: str) -> str:
        """Return the first of the keys that is text."""
        return next(
            (plain(str(self.meta[key])) for key in keys if isinstance(self.meta.get(key), str | int)), ""
        )


def offers(
    snapshot: StoredSnapshot, source: Source, languages: Sequence[str], place: str | None = None
) -> Iterator[Offer]:
    """Yield each course of the repository, or that of the folder `place` alone, which then is all that is read.

    Of a course in several languages it is that of the first of `languages` that it has.
    """
    folders = _folders(snapshot.entries.names)
    carpentries = _carpentries(folders, snapshot)
    if carpentries is not None:
        places = {"": ("config.yaml" if "config.yaml" in snapshot.entries.names else "_config.yml", _UNKNOWN)}
        minutes = _minutes(snapshot, folders[carpentries])
    else:
        courses = [path for path, one in folders.items() if _is_course(folders, one)]
        places = {
            path: _chosen(folders[path].first, languages) for path in _without_shelves(courses, folders)
        }
        minutes = None
    ids = _ids(places, source)
    places = {path: first for path, first in places.items() if place in {None, path or "."}}
    read = _Reader(snapshot, [name for name, _ in places.values() if name])
    for path, (name, language) in places.items():
        yield _offer(
            snapshot, source, ids[path], path, read.page(name), language, read.licence(path), minutes
        )


def _folders(names: Iterable[str]) -> dict[str, _Folder]:
    """Return each folder that may hold content, by path; `""` is the root."""
    found: dict[str, _Folder] = defaultdict(_Folder)
    for name in names:
        folder, _, last = name.rpartition("/")
        is_text = last.lower().endswith(tuple(TEXT_SUFFIXES))
        if is_text and not any(map(NOT_CONTENT.match, filter(None, folder.split("/")))):
            _place(found, folder, last, name)
    return found


def _place(found: dict[str, _Folder], folder: str, last: str, name: str) -> None:
    path = PurePosixPath(last)
    stem, language = stem_of(path).lower(), language_of(path) or _UNKNOWN
    if stem in _FIRST:
        found[folder].first.setdefault(language, name)
        if stem != "readme":
            found[folder].first[language] = name
    elif not ABOUT.fullmatch(stem):
        found[folder].lessons[stem].append(name)
    while folder:
        above = folder.rpartition("/")[0]
        found[above].folders.add(folder)
        folder = above


def _is_course(folders: Mapping[str, _Folder], one: _Folder) -> bool:
    leaves = sum(folders[below].is_leaf for below in one.folders)
    lessons = len(one.lessons) + leaves
    return lessons >= 2 or (lessons == 1 and bool(one.first))


def _without_shelves(courses: Sequence[str], folders: Mapping[str, _Folder]) -> Iterator[str]:
    """Leave out a folder at the top that holds nothing but courses and pages of its own: the whole site is no course."""
    for path in courses:
        below = sum(other.startswith(f"{path}/" if path else "") and other != path for other in courses)
        if "/" in path or below < _SHELF or folders[path].lessons:
            yield path


def _carpentries(folders: Mapping[str, _Folder], snapshot: StoredSnapshot) -> str | None:
    """Return the folder of episodes, when the repository is a lesson of The Carpentries."""
    names = snapshot.entries.names
    if "config.yaml" not in names and "_config.yml" not in names:
        return None
    return next((one for one in _EPISODES if one in folders and folders[one].lessons), None)


def _chosen(first: Mapping[str, str], languages: Sequence[str]) -> tuple[str, str]:
    """Return the first page to read and its language: our own, one without a language, our others, then any."""
    for language in (*languages[:1], _UNKNOWN, *languages[1:], *sorted(first)):
        if language in first:
            return first[language], language
    return "", _UNKNOWN


def _ids(places: Iterable[str], source: Source) -> dict[str, str]:
    """Return an id for each folder: its name, with the name of those above where two meet."""
    whole = source.repository.rstrip("/").removesuffix(".git").replace(":", "/").rpartition("/")[2]
    short = {path: slug(path.rpartition("/")[2] or whole) or "kurs" for path in places}
    taken = list(short.values())
    return {path: one if taken.count(one) == 1 else slug(path or whole) or one for path, one in short.items()}


def _minutes(snapshot: StoredSnapshot, episodes: _Folder) -> int | None:
    """Return the minutes of teaching and exercises of all episodes, which each says in its front matter."""
    names = [name for pages in episodes.lessons.values() for name in pages]
    read = _Reader(snapshot, names)
    told = [read.page(name).meta.get(key) for name in names for key in ("teaching", "exercises")]
    return sum(one for one in told if isinstance(one, int)) or None


class _Reader:
    """First pages and licences, fetched in one request."""

    def __init__(self, snapshot: StoredSnapshot, names: Iterable[str]) -> None:
        listed = snapshot.entries.names
        self._licences = {
            name.rpartition("/")[0]: name for name in listed if _LICENCE.match(name.rpartition("/")[2])
        }
        wanted = {*names, *self._licences.values()}
        self._oids = {name: listed[name][0] for name in wanted if listed[name][1].startswith("100")}
        self._read = snapshot.read(self._oids.values())

    def _text(self, name: str) -> str:
        if name not in self._oids:
            return ""
        text = files.decode(PurePosixPath(name), self._read[self._oids[name]])
        return "" if isinstance(text, Problem) else text

    def page(self, name: str) -> _Page:
        """Return what a page, or a file of YAML, says; nothing when it cannot be read."""
        text = self._text(name)
        if name.endswith((".yaml", ".yml")):
            return _Page(_yaml(text), None)
        source = split(PurePosixPath(name), text) if text else None
        if source is None or isinstance(source, Problem):
            return _Page({}, _heading(text))
        return _Page(source.meta, _heading(source.body))

    def licence(self, path: str) -> str | None:
        """Return the licence of a folder: that of its own file, else of the nearest one above."""
        here = path
        while here not in self._licences and here:
            here = here.rpartition("/")[0]
        return licence_in(self._text(self._licences[here])) if here in self._licences else None


def _yaml(text: str) -> Mapping[str, Any]:
    try:
        found = yaml_text.load(text)
    except yaml_text.Fault:
        return {}
    return found if isinstance(found, dict) else {}


def _heading(text: str) -> str | None:
    found = _HEADING.search(text)
    return plain(found[1]) if found else None


def _offer(
    snapshot: StoredSnapshot,
    source: Source,
    id_: str,
    path: str,
    page: _Page,
    language: str,
    licence: str | None,
    minutes: int | None,
) -> Offer:
    said = page.text("language", "lang")
    own = page.text("licence", "license")
    return Offer(
        source=source.name,
        region=source.region,
        region_name=source.name,
        id=id_,
        title=page.text("title") or page.heading or _spoken(id_),
        summary=page.text("summary", "description"),
        language=said if _LANGUAGE.fullmatch(said) else language,
        licence=(licence_in(own) if own else None) or licence,
        minutes=minutes,
        authors=tuple(plain(one) for one in page.meta.get("authors", ()) if isinstance(one, str)),
        repository=source.repository,
        path=path or ".",
        commit=snapshot.commit,
        version=snapshot.entries.folders[path],
    )


def _spoken(id_: str) -> str:
    return id_.replace("-", " ").capitalize()
