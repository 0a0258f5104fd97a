"""A region as it was last read, linked and made, from the files to the parts of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content.collecting import no_collecting
from kompetanse.content.document import Document
from kompetanse.content.files import Tree
from kompetanse.content.library import Library
from kompetanse.content.linking import Linking
from kompetanse.content.versions import Digests, Taken, versions
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.history import History
from kompetanse.model.item import Item, ItemId
from kompetanse.model.offer import Offer
from kompetanse.model.version import Version
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Name, Part
from kompetanse.pages.renewal import Renewal
from kompetanse.pages.stage import Stage
from kompetanse.pages.view import Site
from kompetanse.press.kept_parts import KeptParts, Work
from kompetanse.staging import day_of, whole_stage

Takers = Mapping[PurePosixPath, Sequence[PurePosixPath]]
"""File → the courses that it is part of."""

_TOGETHER = 40
"""Parts that are looked for together among what is kept."""


@dataclass
class State:
    """What is known of a region; each step makes anew only what reads something else than before.

    Attributes:
        library: Its documents; None until they were taken in.
        site: What its pages are made from; None until then.
        tree: What lies in its content folder, where that is known.
        is_as_it_was: Whether it has the same files and parts as before, whatever these say.
        kept: Parts that earlier builds have made.
        has_lost_parts: Whether some parts are gone since somebody last took care of that.
    """

    library: Library | None = None
    site: Site | None = None
    tree: Tree | None = None
    is_as_it_was: bool = False
    has_lost_parts: bool = False
    kept: KeptParts | None = None
    _kept_of_site: Work | None = None
    _lots: dict[Name, tuple[Part, ...]] = field(default_factory=dict)
    _around: Stage | None = None
    _items: list[Item] = field(default_factory=list)
    _files: Taken = field(default_factory=dict)
    _takers: Takers = field(default_factory=dict)
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
        self.library, self.is_as_it_was = library, False
        return self._taken(*self._linking.take(library), root)

    @no_collecting()
    def take_contents(self, documents: Sequence[Document], root: Path) -> tuple[Part, ...] | None:
        """Likewise, of other contents of a few documents alone; None when one of them stands otherwise than it stood."""
        known = self.library
        if known is None or not all(_stands(known, document) for document in documents):
            return None
        library = self.library = known.with_contents(documents)
        self.is_as_it_was = True
        paths = [document.path for document in documents]
        items, taken = self._linking.take_contents(library, documents)
        if taken != self._files:
            return self._taken(items, taken, root)
        assert self.site  # noqa: S101 (there was a library)
        found = self._versions(paths, root)
        texts = self._only_texts(items)
        if texts is None or (
            self._offers and found is not self.site.versions
        ):  # offers are compared with the versions of our courses
            return self._linked(items, found)
        self._items, self.site = items, self.site.with_texts(texts, found)
        self._kept_of_site = None
        return self._renewal.take_texts(texts, found)

    def _taken(self, items: list[Item], taken: Taken, root: Path) -> tuple[Part, ...]:
        assert self.library  # noqa: S101 (it was taken in)
        if taken != self._files:
            self._files, self._takers = taken, _turned_round(taken)
        return self._linked(items, versions(self.library, root, self._history, taken, self._digests))

    def _linked(self, items: list[Item], found: Mapping[ItemId, Version]) -> tuple[Part, ...]:
        assert self.library  # noqa: S101 (it was taken in)
        catalogue = Catalogue(self.library.region, items, drafts=True)
        self._items, self._around = items, None
        self.site = Site(catalogue, self._history, self._day, found, self._offers)
        before = {part.name for part in self._renewal.parts}
        stale, self._kept_of_site = self._renewal.take(self.site), None
        if not before:
            self._lots = _in_lots(stale)
        there = {part.name for part in self._renewal.parts}
        self.has_lost_parts |= not before <= there
        self.is_as_it_was &= before == there
        return stale

    def _only_texts(self, items: list[Item]) -> Mapping[ItemId, str] | None:
        """Return the texts that are others than before; None when anything else of one of `items` is another."""
        if len(items) != len(self._items):
            return None
        pairs = [(one, old) for one, old in zip(items, self._items, strict=True) if one is not old]
        same = all(replace(one, body="") == replace(old, body="") for one, old in pairs)
        return {one.id: one.body for one, _ in pairs} if same else None

    def _versions(self, paths: Iterable[PurePosixPath], root: Path) -> Mapping[ItemId, Version]:
        """Return the version of each course, anew where it takes one of the files `paths`; their history is as it was."""
        assert self.site  # noqa: S101 (there was a library)
        assert self.library  # noqa: S101 (as above)
        known = self.site.versions
        files = {course: self._files[course] for path in paths for course in self._takers.get(path, ())}
        if not files:
            return known
        found = versions(self.library, root, replace(self._history, changes={}), files, self._digests)
        new = {id_: replace(known[id_], hash=one.hash) for id_, one in found.items() if id_ in known}
        return {**known, **new}

    def parts(self) -> Sequence[Part]:
        """Return all parts of the site."""
        return self._renewal.parts

    def made(self, part: Part) -> tuple[StagedFile, ...]:
        """Return the files of `part`, made anew when they are to be, and no earlier build has kept them."""
        lot = self._lots.pop(part.name, None)
        if lot:
            self._adopt(lot)
        return self._renewal.renewed(part)

    def _adopt(self, lot: tuple[Part, ...]) -> None:
        """Take from what is kept as much of `lot` as was never made here; it is looked for together, and once."""
        for part in lot:
            self._lots.pop(part.name, None)
        assert self.site  # noqa: S101 (it has parts)
        if self._kept_of_site is None and self.kept:
            self._kept_of_site = self.kept.work(self.site, self._renewal)
        for name, made in self._kept_of_site.known(lot) if self._kept_of_site else ():
            self._renewal.adopt(name, made)
        if not self._lots:
            self._kept_of_site = None  # its sums are many, and nobody asks any more

    def files_of(self, part: Part) -> tuple[StagedFile, ...]:
        """Return the files of `part` as they were last made; nothing for one that never was."""
        return tuple(self._renewal.files_of([part.name]))

    def files(self) -> Iterator[StagedFile]:
        """Yield the files of all parts as they were last made."""
        return self._renewal.files()

    def addresses(self) -> Mapping[str, Name]:
        """Return the part that the page at each item's address is of."""
        items = self.site.catalogue.items.values() if self.site else ()
        return {item.address: ("item", item.id) for item in items}

    def around(self, root: Path) -> Stage:
        """Return the stage without any part: what stands around the pages, which no text changes."""
        if self._around is None:
            self._around = self.stage(root, ())
        return self._around

    def stage(self, root: Path, files: Iterable[StagedFile]) -> Stage:
        """Return the stage of the site with `files`."""
        assert self.site  # noqa: S101 (it was taken in)
        assert self.library  # noqa: S101 (so was this)
        return whole_stage(self.site, root, files, self.library.assets)


def _stands(library: Library, document: Document) -> bool:
    """Tell whether `document` has the place and the id of the one that `library` knows at its path, and no other's rules."""
    known = library.by_path.get(document.path)
    return (
        known is not None
        and known.standing == document.standing
        and known.given_id == document.given_id
        and known.region == document.region
        and library.adopted.keys().isdisjoint(document.path.parents)  # texts of others are made plain
    )


def _in_lots(parts: tuple[Part, ...]) -> dict[Name, tuple[Part, ...]]:
    """Return those that each of `parts` is looked for together with."""
    lots = (parts[start : start + _TOGETHER] for start in range(0, len(parts), _TOGETHER))
    return {part.name: lot for lot in lots for part in lot}


def _turned_round(taken: Taken) -> Takers:
    """Return the courses that each file is part of."""
    found: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for course, files in taken.items():
        for file in dict.fromkeys(files.values()):
            found[file].append(course)
    return found
