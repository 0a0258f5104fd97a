"""Read a region's repository once: its library, and every problem of every file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content import files
from kompetanse.content.address import is_index, stem_of
from kompetanse.content.adopted_ids import with_our_ids
from kompetanse.content.adoption import is_record, read_adoptions
from kompetanse.content.checks import (
    assets,
    circles,
    coverage,
    identity,
    licences,
    links,
    references,
    reviews,
    sessions,
    summaries,
    withdrawn,
)
from kompetanse.content.collecting import no_collecting
from kompetanse.content.document import Document, load
from kompetanse.content.library import Library
from kompetanse.content.neutral import is_answered, neutral_documents
from kompetanse.content.offers import read_offers
from kompetanse.content.proofreading import begin
from kompetanse.content.region import read_region
from kompetanse.content.synonyms import read_synonyms
from kompetanse.errors import KompetanseError, Problem, Severity
from kompetanse.model.offer import Offer
from kompetanse.model.region import Region
from kompetanse.timing import timed

_ID_ROW = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_HEAD = 4096

Track = Callable[[Iterable[PurePosixPath]], Iterable[PurePosixPath]]
"""Wraps the files while they are read, to show progress."""

Load = Callable[[Path, PurePosixPath, Region], tuple[Document | None, tuple[Problem, ...]]]
"""Reads one file below a root, as `load` does; one that remembers may be given instead."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a region's repository holds.

    Attributes:
        root: The region's root; paths in problems and items are relative to it.
        content: Name of the content folder in it.
        is_region: Whether there is a `region.yml`; without one it is a folder of Markdown that nobody vouches for.
        library: The documents that could be read.
        problems: All problems of all files, sorted by file and line.
        offers: What other regions offer, by source and id.
    """

    root: Path
    content: str
    is_region: bool
    library: Library
    problems: tuple[Problem, ...]
    offers: tuple[Offer, ...] = ()

    @property
    def errors(self) -> int:
        """How many problems stop a publish."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems stop a strict publish."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)

    def without_documents(self) -> Reading:
        """Return what was found without the documents, for those who have linked them: each is some kilobytes."""
        return replace(self, library=Library(self.library.region, ()))


@timed("read")
@no_collecting()
def read_region_at(
    root: Path, content: str, today: date, track: Track = lambda paths: paths, load: Load = load
) -> Reading:
    """Read the repository at `root` whose items lie in the folder `content`.

    Raises:
        KompetanseError: When there is no such folder.
    """
    _require(root, content)
    region, problems = read_region(root)
    tree = files.scan(root / content)
    proofread = begin(root, tree.documents)
    loaded = [(path, *load(root, path, region)) for path in track(tree.documents)]
    documents = written = [document for _, document, _ in loaded if document]
    unreadable = [path for path, document, _ in loaded if document is None]
    adopted, damaged = read_adoptions(root, tree.assets, documents)
    documents, made_plain = neutral_documents(with_our_ids(documents, adopted), adopted)
    library = Library(region, documents, _published(tree.assets), unreadable, adopted)
    unknown = frozenset(name for path in unreadable for name in _names(root, path))
    offers, about_offers = read_offers(root)
    found = [
        *problems,
        *read_synonyms(root)[1],
        *about_offers,
        *withdrawn.check(library, root, offers),
        *tree.problems,
        *damaged,
        *made_plain,
        *(problem for _, _, own in loaded for problem in own),
    ]
    with timed("check"):
        found += [one for one in examine(library, root, today) if not _is_echo(one, unknown)]
        said = proofread(document.source for document in written)
    found += [one for one in said if one.path in library.by_path and not is_answered(one, adopted)]
    is_region = (root / "region.yml").exists()
    return Reading(root, content, is_region, library, tuple(sorted(found, key=_place)), offers)


@no_collecting()
def read_library_at(
    root: Path,
    content: str,
    track: Track = lambda paths: paths,
    load: Load = load,
    tree: files.Tree | None = None,
) -> Library:
    """Read the repository at `root` without asking what is wrong with it, for those who only want what it says.

    Args:
        root: The region's root.
        content: Name of the content folder in it.
        track: Shows progress.
        load: Reads each file.
        tree: What lies in the content folder, when it is known.

    Raises:
        KompetanseError: When there is no such folder.
    """
    _require(root, content)
    region, _ = read_region(root)
    tree = tree or files.scan(root / content)
    loaded = [(path, load(root, path, region)[0]) for path in track(tree.documents)]
    unreadable = [path for path, document in loaded if document is None]
    documents = [document for _, document in loaded if document]
    adopted, _ = read_adoptions(root, tree.assets, documents)
    documents, _ = neutral_documents(with_our_ids(documents, adopted), adopted)
    return Library(region, documents, _published(tree.assets), unreadable, adopted)


def _published(assets: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    """Yield the files that pages may show; the record of an origin is none."""
    return (path for path in assets if not is_record(path))


def _require(root: Path, content: str) -> None:
    if not (root / content).is_dir():
        raise KompetanseError(
            f"There is no folder {content}/ here. Go to your region's folder, or make one: kompetanse init DIR"
        )


def _place(problem: Problem) -> tuple[str, int, str, str, str]:
    return problem.place


def examine(library: Library, root: Path, today: date) -> Iterator[Problem]:
    """Yield every problem that shows when the documents are seen together."""
    yield from identity.check(library)
    yield from references.check(library)
    yield from circles.check(library)
    yield from licences.check(library)
    yield from links.check(library, root)
    yield from assets.check(library, root)
    yield from summaries.check(library)
    yield from coverage.check(library)
    yield from sessions.check(library)
    yield from reviews.check(library, today)


def _names(root: Path, path: PurePosixPath) -> Iterator[str]:
    """Yield what others may call a file that could not be read."""
    yield from (path.name, stem_of(path))
    if is_index(path):
        yield path.parent.name
    try:
        with (root / path).open("rb") as stream:
            given = _ID_ROW.search(stream.read(_HEAD))
    except OSError:
        return
    if given:
        yield given[1].decode()


def _is_echo(problem: Problem, unknown: frozenset[str]) -> bool:
    """Tell whether a reference finds nothing only because the file that it means, one of `unknown`, could not be read."""
    if problem.code not in {
        "unknown-reference",
        "unknown-module",
        "unknown-reuse",
        "broken-link",
        "adopted-link",
    }:
        return False
    wanted = problem.values.get("id") or problem.values.get("target", "")
    return wanted.removeprefix("id:").partition("#")[0].rstrip("/").rpartition("/")[2] in unknown
