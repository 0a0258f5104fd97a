"""From a region's folder to its search index: what is there when nothing has changed, else brought up to date.

The index lies in the user's own cache and not in the region: Whoosh reads its files with pickle, which runs what a file says,
and a repository comes from others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kompetanse import __version__
from kompetanse.cache import CACHE, cache, region_mark, search_folder
from kompetanse.content.stamp import stamp
from kompetanse.errors import KompetanseError
from kompetanse_search.document import Document
from kompetanse_search.index import DAMAGE, Index, Wanted, bring
from kompetanse_search.shelf import Busy, Shelf, Unusable
from kompetanse_search.source import Source, Track

__all__ = [
    "CACHE",
    "DAMAGE",
    "Unusable",
    "Watch",
    "again",
    "as_written",
    "cache",
    "document",
    "index",
    "shelf",
]

Tell = Callable[[str], None]
"""Says what is waited for."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on while the index is brought up to date.

    Attributes:
        tell: Says what is waited for.
        track: Wraps the pages while they are read, to show progress.
        patience: Seconds to wait for somebody else who writes the index.
    """

    tell: Tell = lambda said: None
    track: Track = lambda pages: pages
    patience: float = 60.0


def shelf(root: Path, content: str) -> Shelf:
    """Return where the indexes of the region at `root` lie."""
    return Shelf(search_folder(root, content))


def index(root: Path, content: str, watch: Watch | None = None) -> Index:
    """Return the index of the region at `root`, with every text as it is now.

    Raises:
        KompetanseError: When it cannot be written, or somebody else writes it for too long.
    """
    where = shelf(root, content)
    found = _fresh(where, root, content)
    if found:
        return found
    watch = watch or Watch()
    with _only_writer(where, watch):
        found = _fresh(where, root, content)
        if found:
            return found
        _write(where, root, content, watch)
    try:
        return Index.open(where, region_mark(root, content))
    except Unusable as error:
        raise KompetanseError(
            f"The search index was written and cannot be read: {error}. Remove {where.folder}, and try again"
        ) from error


def as_written(root: Path, content: str) -> Index:
    """Return the index of the region at `root` as it was last written, whatever its texts say now. Raises `Unusable`."""
    return Index.open(shelf(root, content), region_mark(root, content))


def again(root: Path, content: str) -> None:
    """Forget the index of the region at `root`, which turned out to be damaged."""
    import shutil

    shutil.rmtree(shelf(root, content).folder, ignore_errors=True)


def _fresh(where: Shelf, root: Path, content: str) -> Index | None:
    """Return the index when it holds what the texts say now."""
    try:
        found = Index.open(where, region_mark(root, content))
    except Unusable:
        return None
    if found.manifest.stamp == _stamp(root, content):
        return found
    found.close()
    return None


def _stamp(root: Path, content: str) -> str:
    return stamp(root, content, __version__)


@contextmanager
def _only_writer(where: Shelf, watch: Watch) -> Iterator[None]:
    try:
        with where.locked(0):
            yield
        return
    except Busy:
        watch.tell("Somebody else is bringing the search index up to date; waiting …")
    except (OSError, sqlite3.Error) as error:
        raise _cannot_write(where, error) from error
    try:
        with where.locked(watch.patience):
            yield
    except Busy as error:
        raise KompetanseError(
            f"Another kompetanse has been writing the search index for {watch.patience:.0f} seconds. Wait until it is done, or stop it"
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise _cannot_write(where, error) from error


def _cannot_write(where: Shelf, error: Exception) -> KompetanseError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return KompetanseError(
        f"Could not write the search index in {where.folder}: {reason}. "
        f"Make room there, or name another folder with {CACHE}"
    )


def _write(where: Shelf, root: Path, content: str, watch: Watch) -> None:
    """Read the region, and bring its index up to date. Its stamp is taken first: what is changed meanwhile is read next time."""
    from kompetanse.content.link import link
    from kompetanse.content.reading import no_collecting, read_library_at
    from kompetanse.content.synonyms import read_synonyms
    from kompetanse.learning.audience import audience
    from kompetanse.render import html
    from kompetanse_search.entry import entries, relations, seeds

    taken = _stamp(root, content)
    with no_collecting():
        catalogue = link(read_library_at(root, content))
        pages: Sequence[Source] = entries(catalogue, audience(catalogue).roles)
        synonyms, _ = read_synonyms(root)
        related = relations(catalogue, synonyms)
        bring(
            where,
            Wanted(region_mark(root, content), taken, pages, seeds(catalogue), related),
            html,
            watch.track,
        )


def document(root: Path, content: str, file: Path) -> tuple[Document, str | None]:
    """Return a Markdown file as it would be searched, and its address when it is one of the region's own texts.

    Raises:
        KompetanseError: When it cannot be read.
    """
    from pathlib import PurePosixPath

    from kompetanse.content.document import load
    from kompetanse.content.region import read_region
    from kompetanse.messages import message
    from kompetanse.render import html
    from kompetanse_search.finished_text import read

    whole, top = file.resolve(), (root / content).resolve()
    own = whole.is_relative_to(top)
    base = top.parent if own else whole.parent.parent
    found, problems = load(base, PurePosixPath(whole.relative_to(base).as_posix()), read_region(root)[0])
    if found is None:
        raise KompetanseError(f"{file} cannot be read: {message(problems[0], 'en')}. Mend it first")
    text = read(html(found.source.body))
    headings = tuple(one.text for one in text.headings)
    summary = str(found.source.meta.get("summary") or "")
    made = Document("", found.language, found.title, headings, summary, text.body)
    return made, found.address if own else None
