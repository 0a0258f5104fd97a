"""All documents of a region by id, address and path: what a reference, a link or a reuse finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar, cast

from kompetanse.content.address import is_index, language_of, long_id, original_of, short_id
from kompetanse.content.document import Document
from kompetanse.content.extent import Use, too_large
from kompetanse.content.schema import CourseKeys, PageKeys
from kompetanse.messages import spoken
from kompetanse.model.origin import Adoption, places_at_source
from kompetanse.model.own_address import INDEX, OWN_PAGES, SCHEMAS, SEARCH_INDEX, in_language
from kompetanse.model.region import Region

_Key = TypeVar("_Key")

TEXT_SUFFIXES = frozenset({".md", ".markdown"})


def _reuses(document: Document) -> bool:
    return "8<" in document.source.body


def _swapped(
    table: Mapping[_Key, Document], swap: Mapping[int, Document], keys: Iterable[_Key]
) -> dict[_Key, Document]:
    """Return `table` with other documents at those of `keys` where the one that they take the place of stood."""
    return {**table, **{key: found for key in keys if (found := swap.get(id(table[key])))}}


class Library:
    """The documents, found by what points to them.

    Attributes:
        region: Whose they are.
        documents: All of them, in the order of their paths.
        assets: The other files of the content folder.
        unreadable: Files that could not be split; nobody knows what they say.
        adopted: Courses that came from elsewhere, by their folder.
    """

    def __init__(
        self,
        region: Region,
        documents: Sequence[Document],
        assets: Iterable[PurePosixPath] = (),
        unreadable: Iterable[PurePosixPath] = (),
        adopted: Mapping[PurePosixPath, Adoption] = MappingProxyType({}),
    ) -> None:
        self.region = region
        self.documents = tuple(documents)
        self.assets = frozenset(assets)
        self.unreadable = frozenset(unreadable)
        self.adopted = adopted
        self.moved = places_at_source(adopted)
        self.by_path = {document.path: document for document in self.documents}
        self.ids = self._name_all()
        self.by_id: Mapping[str, Document] = {self.ids[one.path]: one for one in reversed(self.documents)}
        self.by_address: Mapping[str, Document] = {one.address: one for one in reversed(self.documents)}

    def with_contents(self, documents: Iterable[Document]) -> Library:
        """Return this library with other contents of files that it knows, each of which stands as it stood and has its id.

        Nothing else of it is worked out anew, so that it costs little however many other files there are.
        """
        new = {one.path: one for one in documents}
        old = {path: self.by_path[path] for path in new}
        swap = {id(one): new[path] for path, one in old.items()}
        found = copy(self)
        found.documents = tuple(swap.get(id(one), one) for one in self.documents)
        found.by_path = {**self.by_path, **new}
        found.by_id = _swapped(self.by_id, swap, map(self.id_of, old.values()))
        found.by_address = _swapped(self.by_address, swap, (one.address for one in old.values()))
        kept = {
            "reusing": found._reusing_among({one.path for one in self.reusing} - new.keys(), new),
            "_course_folders": _swapped(self._course_folders, swap, self._course_folders),
        }
        if any(one.kind == "module" for one in new.values()):
            kept["_modules_below"] = {
                key: [swap.get(id(one), one) for one in every] for key, every in self._modules_below.items()
            }
        for worked_out in ("_texts", "too_large"):
            found.__dict__.pop(worked_out, None)
        found.__dict__.update(kept)
        return found

    def _reusing_among(
        self, known: set[PurePosixPath], new: Mapping[PurePosixPath, Document]
    ) -> tuple[Document, ...]:
        """Return the documents that may bring in the text of others: the `known` ones, and those `new` ones that do."""
        paths = known | {path for path, one in new.items() if _reuses(one)}
        return tuple(one for one in self.documents if one.path in paths) if paths else ()

    def text(self, document: Document) -> Document:
        """Return `document`, for those who read what another file says and not only that it is there."""
        return self._texts[document.path]

    @cached_property
    def _texts(self) -> Mapping[PurePosixPath, Document]:
        return self.by_path

    def tables(self) -> dict[str, Mapping[Any, Any]]:
        """Return all that finds a document, as tables by name; `texts` is all that the documents say."""
        return {
            "by_path": self.by_path,
            "by_id": self.by_id,
            "by_address": self.by_address,
            "ids": self.ids,
            "assets": dict.fromkeys(self.assets, True),
            "generated": dict.fromkeys(self.generated, True),
            "adopted": self.adopted,
            "moved": self.moved,
            "too_large": dict.fromkeys(self.too_large, True),
            "_course_folders": self._course_folders,
            "_modules_below": self._modules_below,
            "_texts": self.by_path,
        }

    def through(self, tables: Mapping[str, Mapping[Any, Any]], region: Region) -> Library:
        """Return this library as one that finds documents in `tables`."""
        found = copy(self)
        found.region = region
        found.__dict__.update(tables)
        return found

    def _name_all(self) -> dict[PurePosixPath, str]:
        """Give each document its id; where short ids meet, those who have no id of their own get a longer one."""
        language = self.region.language
        given = {one.path: one.given_id for one in self.documents}
        short = {path: short_id(path, language) for path, id_ in given.items() if not id_}
        holders: dict[str, int] = defaultdict(int)
        for id_ in (*filter(None, given.values()), *short.values()):
            holders[id_] += 1
        return {
            path: id_ or (short[path] if holders[short[path]] == 1 else long_id(path, language))
            for path, id_ in given.items()
        }

    def id_of(self, document: Document) -> str:
        """Return the id by which others refer to `document`."""
        return self.ids[document.path]

    def ids_of_kind(self, kinds: Iterable[str]) -> list[str]:
        """Return the ids of all documents of `kinds`, for suggestions."""
        return [self.ids[path] for kind in kinds for path in self._paths_by_kind[kind]]

    def in_each_language(self, addresses: Iterable[str]) -> frozenset[str]:
        """Return where the site's own pages at `addresses` lie in each of its languages."""
        own = self.region.language
        languages = spoken(self.region.languages)
        return frozenset(in_language(one, language, own) for one in addresses for language in languages)

    @cached_property
    def generated(self) -> frozenset[str]:
        """Addresses of all pages and folders that the site makes itself, in each language."""
        return self.in_each_language((*INDEX.values(), *OWN_PAGES)) | {SCHEMAS, SEARCH_INDEX}

    @cached_property
    def _paths_by_kind(self) -> Mapping[str, list[PurePosixPath]]:
        found: dict[str, list[PurePosixPath]] = defaultdict(list)
        for document in self.documents:
            found[document.kind].append(document.path)
        return found

    def of_kind(self, kind: str) -> Iterator[tuple[Document, PageKeys]]:
        """Yield the documents of `kind` whose front matter holds, with their keys."""
        for path in self._paths_by_kind[kind]:
            document = self.by_path[path]
            if document.keys:
                yield document, document.keys

    def original(self, document: Document) -> str | None:
        """Return the id of what `document` translates, by its front matter or its file's name."""
        if document.keys and document.keys.translation_of:
            return document.keys.translation_of
        if language_of(document.path) in {None, self.region.language}:
            return None
        plain = original_of(document.path)
        own = plain.with_name(f"{plain.stem}.{self.region.language}{plain.suffix}")
        found = self.by_path.get(plain) or self.by_path.get(own)
        return self.ids[found.path] if found else None

    def course_of(self, document: Document) -> Document | None:
        """Return the course in whose folder the module `document` lies."""
        folders = document.path.parents
        return next(
            (self._course_folders[folder] for folder in folders if folder in self._course_folders), None
        )

    @cached_property
    def _course_folders(self) -> Mapping[PurePosixPath, Document]:
        courses = [document for document, _ in self.of_kind("course")]
        found = {one.path.parent: one for one in courses if is_index(one.path)}
        originals = {
            one.path.parent: one for one in courses if is_index(one.path) and not language_of(one.path)
        }
        return found | originals

    def modules_of(self, document: Document) -> list[tuple[str, Document | None]]:
        """Return what the course `document` names as its modules, as written, and what each finds."""
        keys = cast(CourseKeys, document.keys)
        if keys.modules is None:
            return [(one.path.name, one) for one in self._own_modules(document)]
        return [(name, self._module(document, name)) for name in keys.modules]

    def _own_modules(self, course: Document) -> list[Document]:
        if not is_index(course.path):
            return []
        return self._modules_below.get((course.path.parent, language_of(course.path)), [])

    @cached_property
    def _modules_below(self) -> Mapping[tuple[PurePosixPath, str | None], list[Document]]:
        """The modules in and below each folder of a course, by the language that their names end with."""
        found: dict[tuple[PurePosixPath, str | None], list[Document]] = defaultdict(list)
        for path in self._paths_by_kind["module"]:
            for folder in path.parents:
                if folder in self._course_folders:
                    found[folder, language_of(path)].append(self.by_path[path])
        return dict(found)

    @cached_property
    def reusing(self) -> tuple[Document, ...]:
        """The documents that may bring in the text of others."""
        return tuple(filter(_reuses, self.documents))

    @cached_property
    def too_large(self) -> frozenset[Use]:
        """The reuses that are left out, since they go too deep or make a text too large."""
        reusing = {one.path for one in self.reusing}
        users = [one for one in self.by_id.values() if one.path in reusing] if reusing else []
        uses = {self.id_of(one): [reuse.id for reuse in one.outline.reuses] for one in users}
        lengths = {id_: len(one.source.body) for id_, one in self.by_id.items()} if uses else {}
        return too_large(lengths, uses)

    def _module(self, course: Document, name: str) -> Document | None:
        if PurePosixPath(name).suffix in TEXT_SUFFIXES:
            return self.by_path.get(course.path.parent / name)
        return self.by_id.get(name)
