"""What a course of any repository of Markdown is made of: the texts and pictures of its folder, and pictures that they link to.

Such a repository has no ids and no types: a first page is the course, the others are its modules. Where it is a lesson of
The Carpentries only its episodes are modules (https://carpentries.github.io/sandpaper-docs/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.content import files, yaml_text
from kompetanse.content.address import is_index, language_of
from kompetanse.content.document import Document, understand
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.target import find
from kompetanse.model.asset import is_published
from kompetanse.model.region import Region
from kompetanse.model.version import is_taken
from kompetanse.sharing.closure import SHARED, Closure, Taken, refuse
from kompetanse.sharing.offers_of_markdown import ABOUT, NOT_CONTENT
from kompetanse.sharing.snapshot import Entry, Snapshot
from kompetanse.sharing.vet import Finding, Verdict, left_out, vet_paths

_TOP = PurePosixPath("content")
"""Put before the source's paths while they are read, since links are followed within a content folder."""

_EPISODES = ("episodes", "_episodes")


@dataclass(frozen=True, slots=True)
class Markdown:
    """A course of a repository of Markdown.

    Attributes:
        closure: What it is made of.
        first: The source's paths of its first pages, the one to start from first; empty when it has none.
        modules: Those of its modules, in order, by the language that their names end in.
    """

    closure: Closure
    first: tuple[PurePosixPath, ...]
    modules: Mapping[str | None, tuple[PurePosixPath, ...]]


def closure_of_markdown(snapshot: Snapshot, folder: PurePosixPath, language: str | None = None) -> Markdown:
    """Return the course in `folder`; `.` is the whole repository. Of first pages in several languages that in `language` comes first.

    Raises:
        KompetanseError: When a file may not be taken.
    """
    listed = [path for path in snapshot.entries if path.is_relative_to(folder)]
    wanted, stay = _sorted_out(folder, [snapshot.entries[path] for path in listed])
    refuse(vet_paths([snapshot.entries[path] for path in wanted]))
    texts = [path for path in wanted if path.suffix.lower() in TEXT_SUFFIXES]
    contents = snapshot.read(snapshot.entries[path].oid for path in texts)
    library = _library(snapshot, {path: contents[snapshot.entries[path].oid] for path in texts})
    first = _first(folder, texts, language)
    wanted = [
        path for path in wanted if path in first or path.parent != folder or path.stem.lower() != "readme"
    ]
    taken = [
        Taken(path, _target(path.relative_to(folder), first), snapshot.entries[path].oid, "own")
        for path in wanted
    ]
    taken += [
        Taken(path, SHARED / path, snapshot.entries[path].oid, "asset")
        for path in _reached(library, folder)
        if path not in wanted
    ]
    refuse(vet_paths([snapshot.entries[one.source] for one in taken]))
    whole = Closure(
        None, folder, library.by_path.get(_TOP / first[0]) if first else None, library, tuple(taken), stay
    )
    return Markdown(whole, first, _modules(snapshot, folder, texts, first))


def document_of(markdown: Closure, path: PurePosixPath) -> Document | None:
    """Return a text of the source by its path there; None when it cannot be read."""
    return markdown.library.by_path.get(_TOP / path)


def _sorted_out(
    folder: PurePosixPath, entries: Iterable[Entry]
) -> tuple[list[PurePosixPath], tuple[Finding, ...]]:
    """Return the files that are content, and those that stay behind."""
    taken: list[PurePosixPath] = []
    stay: list[Finding] = []
    for entry in entries:
        why = _why_not(entry.path.relative_to(folder))
        if why:
            stay.append(Finding(Verdict.LEFT_OUT, entry.path, why))
        else:
            taken.append(entry.path)
    hidden = left_out(vet_paths([entry for entry in entries if entry.path in set(taken)], most=10**6))
    return [path for path in taken if path not in hidden], tuple(stay)


def _why_not(path: PurePosixPath) -> str | None:
    if any(NOT_CONTENT.match(part) for part in path.parts[:-1]) or path.name.startswith("."):
        return "belongs to the machinery of the repository"
    if path.suffix.lower() in TEXT_SUFFIXES:
        about = len(path.parts) == 1 and ABOUT.fullmatch(path.stem)
        return "tells of the repository, not of its subject" if about or not is_taken(path) else None
    return None if is_published(path) else "is of a kind that is not shown on pages"


def _library(snapshot: Snapshot, contents: Mapping[PurePosixPath, bytes]) -> Library:
    loaded = [
        understand(_TOP / path, files.decode(path, data), Region())[0] for path, data in contents.items()
    ]
    assets = [_TOP / path for path in snapshot.entries if path.suffix.lower() not in TEXT_SUFFIXES]
    return Library(Region(), [one for one in loaded if one], assets)


def _reached(library: Library, folder: PurePosixPath) -> Iterator[PurePosixPath]:
    """Yield the files outside of the folder that its texts show or link to."""
    found = {
        target.asset.relative_to(_TOP)
        for document in library.documents
        for link in document.outline.links
        if (target := find(library, document, link.target)).asset and is_published(target.asset)
    }
    yield from sorted(path for path in found if not path.is_relative_to(folder))


def _first(
    folder: PurePosixPath, texts: Iterable[PurePosixPath], language: str | None
) -> tuple[PurePosixPath, ...]:
    """Return the first pages of the folder: its indexes, that in `language`, or without one, first; else its README."""
    here = [path for path in texts if path.parent == folder]
    indexes = [path for path in here if is_index(path)]
    found = indexes or [path for path in here if path.stem.lower() == "readme"]
    return tuple(
        sorted(
            found,
            key=lambda path: (language_of(path) not in {language, None}, language_of(path) or "", str(path)),
        )
    )


def _target(path: PurePosixPath, first: tuple[PurePosixPath, ...]) -> PurePosixPath:
    """Return where a file lies here: first pages are called `index`, whatever they are called there."""
    if len(path.parts) > 1 or path.name not in {one.name for one in first}:
        return path
    return PurePosixPath(path.name.removeprefix("_")) if is_index(path) else PurePosixPath("index.md")


def _modules(
    snapshot: Snapshot,
    folder: PurePosixPath,
    texts: Iterable[PurePosixPath],
    first: tuple[PurePosixPath, ...],
) -> Mapping[str | None, tuple[PurePosixPath, ...]]:
    lessons = [path for path in texts if path not in first]
    episodes = [path for path in lessons if path.relative_to(folder).parts[0] in _EPISODES]
    if episodes:
        lessons = _in_order(snapshot, folder, episodes)
    found: dict[str | None, list[PurePosixPath]] = {}
    for path in lessons:
        found.setdefault(language_of(path), []).append(path)
    return {language: tuple(paths) for language, paths in found.items()}


def _in_order(
    snapshot: Snapshot, folder: PurePosixPath, episodes: list[PurePosixPath]
) -> list[PurePosixPath]:
    """Return the episodes in the order of the lesson's `config.yaml`; those that it does not name come last."""
    entry = snapshot.entries.get(folder / "config.yaml")
    text = files.decode(entry.path, snapshot.read([entry.oid])[entry.oid]) if entry else ""
    try:
        said = yaml_text.load(text) if isinstance(text, str) else None
    except yaml_text.Fault:
        said = None
    named = said.get("episodes") if isinstance(said, dict) else None
    order = {str(name): place for place, name in enumerate(named)} if isinstance(named, list) else {}
    return sorted(episodes, key=lambda path: (order.get(path.name, len(order)), str(path)))


__all__ = ["Markdown", "closure_of_markdown", "document_of"]
