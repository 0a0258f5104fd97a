"""One region in memory: reads it, sets its pages, and after each change makes anew what the change reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content.checks import writing
from kompetanse.content.reading import Reading
from kompetanse.content.versions import files_by_course
from kompetanse.errors import Problem
from kompetanse.pages.file import StagedFile
from kompetanse.pages.stage import Stage
from kompetanse.press.leaf import leaf
from kompetanse.press.site import Convert, linked
from kompetanse.press.skeleton import Press
from kompetanse.preview.direct import Known, redone
from kompetanse.preview.memory import Memory
from kompetanse.preview.shelf import Content
from kompetanse.site import theme_of
from kompetanse.site.pressed import LOST, Theme
from kompetanse.staging import Staged, staged

_FEW = 5
"""So many files saved at once may each go the short way."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a region lies, and how its site is made.

    Attributes:
        root: The region's root.
        content: Name of the content folder in it.
        config_file: Its mkdocs.yml, if it has one.
    """

    root: Path
    content: str
    config_file: Path | None

    def settings(self) -> bytes:
        """Return what stands in mkdocs.yml."""
        try:
            return self.config_file.read_bytes() if self.config_file else b""
        except OSError:
            return b""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made anew.

    Attributes:
        content: Files of the site, by path; of the whole site when `whole`.
        problems: All that is known to be wrong.
        whole: Whether the region was read and staged as a whole.
    """

    content: Mapping[str, Content]
    problems: tuple[Problem, ...]
    whole: bool


@dataclass
class Workshop:
    """A region as it was last made.

    Attributes:
        place: Where it lies.
        convert: Converts the texts of pages.
        day: Tells the day that problems are judged by.
    """

    place: Place
    convert: Convert
    day: Callable[[], date]
    memory: Memory = field(default_factory=Memory)
    _known: Known | None = None
    _problems: tuple[Problem, ...] = ()
    _dressed: _Dressed | None = None
    _pages: dict[str, bytes] = field(default_factory=dict)

    @property
    def mount(self) -> str:
        """Path of the site at its host."""
        return self._dressed.theme.mount if self._dressed else "/"

    @property
    def language(self) -> str:
        """The region's language; bokmål until it has been read."""
        return self._known.library.region.language if self._known else "nb"

    def source(self, path: str) -> PurePosixPath | None:
        """Return the author's file that the page at `path` is made from."""
        file = self._known.files.get(path.removesuffix(".html") + ".md") if self._known else None
        return file.source if file else None

    def whole(self, search: bool = False) -> Made:
        """Read the region and make its site; documents and pages that are as before are not made again.

        Args:
            search: Whether what the search reads is made too.

        Raises:
            KompetanseError: When there is nothing to read, or MkDocs cannot read its settings.
        """
        found = staged(
            self.place.root,
            self.place.content,
            self.day(),
            drafts=True,
            load=self.memory.load,
            search=search,
        )
        content = self._site(found.stage)
        self._remember(found)
        return Made(content, self._problems, whole=True)

    def _remember(self, found: Staged) -> None:
        library = found.reading.library
        files = {file.path: file for file in found.stage.files}
        self._known = Known(self.place.root, library, found.site, files_by_course(library), files)
        self._problems = found.reading.problems
        self.memory.forget_all_but(_paths(found.reading))

    def _site(self, stage: Stage) -> dict[str, Content]:
        dressed = self._dressed
        if dressed is None or not dressed.fits(stage, self.place.settings()):
            dressed = self._dressed = _Dressed.of(self.place, stage)
            self._pages = {}
            self._known = None
        known = self._known.files if self._known else {}
        changed = [file for file in stage.files if known.get(file.path) != file]
        pages = {file.path.removesuffix(".md") + ".html" for file in stage.files if file.path.endswith(".md")}
        self._pages = {path: data for path, data in self._pages.items() if path in pages}
        self._pages |= self._set(dressed.press, changed)
        content: dict[str, Content] = dict(dressed.theme.files())
        content |= {file.path: file.text.encode() for file in stage.files if leaf(file) is None}
        content |= {path: self.place.root / source for path, source in stage.assets.items()}
        return content | self._pages | {LOST: dressed.theme.lost().encode()}

    def _set(self, press: Press, files: Iterable[StagedFile]) -> dict[str, bytes]:
        leaves = [page for file in files if (page := leaf(file))]
        texts = self.convert([page.text for page in leaves])
        return {page.path: press.page(page, texts[page.text]).encode() for page in leaves}

    def saved(self, paths: Sequence[PurePosixPath]) -> Made | None:
        """Make anew what new texts of the documents `paths` change; None when the whole must be made."""
        if self._known is None or self._dressed is None or len(paths) > _FEW or self.memory.held:
            return None
        known, problems = self._known, self._problems
        pages: dict[str, StagedFile] = {}
        for path in paths:
            document, own = self.memory.load(self.place.root, path, known.library.region)
            found = redone(known, document) if document and not self.memory.held else None
            if document is None or found is None:
                return None
            known = found.known
            pages |= {file.path: file for file in found.pages}
            problems = tuple(_replaced(problems, path, (*own, *writing.check(document.source))))
        self._known, self._problems = known, problems
        made = self._set(self._dressed.press, pages.values())
        self._pages |= made
        return Made(made, problems, whole=False)

    def forget(self) -> None:
        """Make the whole the next time: something went wrong on the way."""
        self._known = None

    def is_unchanged(self, path: PurePosixPath) -> bool:
        """Tell whether the document at `path` says what it said when it was last read."""
        return self.memory.knows(self.place.root, path)

    def concerns(self, path: PurePosixPath) -> bool:
        """Tell whether there is or was a file or folder at `path` that the site is made from."""
        if (self.place.root / path).exists() or self._known is None:
            return True
        library = self._known.library
        known = (*library.by_path, *library.unreadable, *library.assets)
        return len(path.parts) == 1 or any(path == one or path in one.parents for one in known)

    def pages(self) -> Mapping[str, bytes]:
        """Return the pages as they are shown."""
        return self._pages


@dataclass(frozen=True, slots=True)
class _Dressed:
    """The theme as it is for one state of what stands around every page."""

    theme: Theme
    press: Press
    around: tuple[object, ...]
    settings: bytes

    @classmethod
    def of(cls, place: Place, stage: Stage) -> _Dressed:
        theme = theme_of(place.config_file, place.root, stage)
        return cls(theme, theme.press(stage), _around(stage), place.settings())

    def fits(self, stage: Stage, settings: bytes) -> bool:
        return self.around == _around(stage) and self.settings == settings


def _around(stage: Stage) -> tuple[object, ...]:
    return (dict(stage.frames), stage.region, stage.name, stage.url, linked(stage))


def _paths(reading: Reading) -> set[PurePosixPath]:
    return {*reading.library.by_path, *reading.library.unreadable}


def _replaced(problems: Iterable[Problem], path: PurePosixPath, own: Iterable[Problem]) -> Iterator[Problem]:
    """Yield `problems` with those of one file replaced."""
    yield from sorted([*(one for one in problems if one.path != path), *own], key=lambda one: one.place)
