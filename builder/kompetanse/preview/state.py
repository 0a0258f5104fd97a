"""A region as it was last read, linked and made, from the files to the parts of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content.collecting import no_collecting
from kompetanse.content.files import Tree
from kompetanse.content.library import Library
from kompetanse.content.linking import Linking
from kompetanse.content.versions import Digests, Taken, versions
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.history import History
from kompetanse.model.offer import Offer
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Part
from kompetanse.pages.renewal import Renewal
from kompetanse.pages.stage import Stage
from kompetanse.pages.view import Site
from kompetanse.preview.direct import Takers, turned_round
from kompetanse.staging import day_of, whole_stage


@dataclass
class State:
    """What is known of a region; each step makes anew only what reads something else than before.

    Attributes:
        site: What its pages are made from; None until it was taken in.
        taken: Which files make up the version of each course.
        takers: The courses that each file is part of.
        tree: What lies in its content folder, where that is known.
    """

    site: Site | None = None
    taken: Taken = field(default_factory=dict)
    takers: Takers = field(default_factory=dict)
    tree: Tree | None = None
    _library: Library | None = None
    _linking: Linking = field(default_factory=Linking)
    _renewal: Renewal = field(default_factory=Renewal)
    _digests: Digests = field(default_factory=dict)
    _history: History = field(default_factory=lambda: History("none"))
    _offers: tuple[Offer, ...] = ()
    _day: date = date.min

    def begin(self, history: History, offers: tuple[Offer, ...], today: date) -> None:
        """Take in what stands beside the content, and forget what is known of files that nobody watches."""
        self._history, self._offers = history, offers
        self._day = day_of(history) or today
        self._digests.clear()
        self.tree = None

    def forget(self, paths: Iterable[PurePosixPath]) -> None:
        """Forget what is known of the files `paths`."""
        for path in paths:
            self._digests.pop(path, None)

    def forget_below(self, folders: Iterable[PurePosixPath]) -> None:
        """Forget what is known of the files below `folders`."""
        every = set(folders)
        self.forget([one for one in self._digests if every and not every.isdisjoint(one.parents)])

    @no_collecting()
    def take(self, library: Library, root: Path) -> tuple[Part, ...]:
        """Take in what the region's files hold; return the parts of the site that are to be made anew."""
        items, taken = self._linking.take(library)
        if taken != self.taken:
            self.taken, self.takers = taken, turned_round(taken)
        catalogue = Catalogue(library.region, items, drafts=True)
        found = versions(library, root, self._history, self.taken, self._digests)
        self._library = library
        self.site = Site(catalogue, self._history, self._day, found, self._offers)
        return self._renewal.take(self.site)

    def parts(self) -> Sequence[Part]:
        """Return all parts of the site."""
        return self._renewal.parts

    def made(self, part: Part) -> tuple[StagedFile, ...]:
        """Return the files of `part`, made anew when they are to be."""
        return self._renewal.renewed(part)

    def files_of(self, part: Part) -> tuple[StagedFile, ...]:
        """Return the files of `part` as they were last made; nothing for one that never was."""
        return tuple(self._renewal.files_of([part.name]))

    def files(self) -> Iterator[StagedFile]:
        """Yield the files of all parts as they were last made."""
        return self._renewal.files()

    def stage(self, root: Path, files: Iterable[StagedFile]) -> Stage:
        """Return the stage of the site with `files`."""
        assert self.site  # noqa: S101 (it was taken in)
        assert self._library  # noqa: S101 (so was this)
        return whole_stage(self.site, root, files, self._library.assets)
