"""The courses that a region has adopted, as they are committed: record of origin, files and verbatim bases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from kompetanse.content.nearest import nearest
from kompetanse.content.origin import NAME, understand
from kompetanse.errors import KompetanseError, Problem
from kompetanse.git.obstacles import head_of
from kompetanse.git.own import Own, find
from kompetanse.messages import message, remedy
from kompetanse.model.origin import Origin
from kompetanse.model.version import is_taken
from kompetanse.sharing.matching import module_id
from kompetanse.sharing.origin import base_path

INDEX = "index.md"


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted course.

    Attributes:
        id: Its id with us.
        folder: Its folder, from the region's root.
        origin: Where it came from; None when its record cannot be trusted.
        files: Blob ids by path in its folder; the record and the overlays, which are ours alone, aside.
        problems: What is wrong with the record.
    """

    id: str
    folder: PurePosixPath
    origin: Origin | None
    files: Mapping[PurePosixPath, str]
    problems: tuple[Problem, ...] = ()

    @property
    def record(self) -> Origin:
        """Where it came from.

        Raises:
            KompetanseError: When nobody can tell, with what to do.
        """
        if self.origin is None:
            rows = "".join(
                f"\n  {one.path}:{one.line}: {message(one, 'en')}. {remedy(one, 'en')}"
                for one in self.problems
            )
            raise KompetanseError(f"The record of origin cannot be used:{rows}")
        return self.origin

    @property
    def title(self) -> str:
        """Its title, as its source gave it."""
        return self.record.credit.title

    def kept_bases(
        self, files: Mapping[PurePosixPath, str], paths: Iterable[PurePosixPath]
    ) -> dict[PurePosixPath, str]:
        """Return the blob ids of the bases that are kept of `paths`; `files` is what the region holds."""
        held = {path: base.oid for path in paths if (base := self.record.files.get(path))}
        return {path: oid for path, oid in held.items() if files.get(base_path(self.id, path)) == oid}


class Region:
    """What a region's repository holds at its newest commit; paths are from the region's root."""

    def __init__(self, root: Path) -> None:
        """Look at the repository of the region at `root`.

        Raises:
            KompetanseError: When there is none, or it has no commit.
        """
        self.root = root
        self.own: Own = find(root)
        self.commit = head_of(self.own)

    @cached_property
    def files(self) -> Mapping[PurePosixPath, str]:
        """Blob ids by path."""
        tree, prefix = self.own.tree(self.commit), self.own.prefix
        return {
            path.relative_to(prefix): held.oid
            for path, held in tree.items()
            if path.is_relative_to(prefix) and held.mode.startswith("100")
        }

    @cached_property
    def moment(self) -> datetime:
        """When the newest commit was made."""
        return datetime.fromisoformat(self.own.line("show", "-s", "--format=%cI", self.commit))

    @cached_property
    def uncommitted(self) -> frozenset[PurePosixPath]:
        """The files that differ from the newest commit."""
        prefix = self.own.prefix
        return frozenset(p.relative_to(prefix) for p in self.own.uncommitted() if p.is_relative_to(prefix))

    def read(self, oids: Iterable[str]) -> dict[str, bytes]:
        """Return contents by blob id."""
        wanted = sorted(set(oids))
        return self.own.contents(wanted) if wanted else {}

    def bases(self, course: Adopted, oids: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of bases that are kept with the course; what is not there is left out."""
        wanted = set(oids)
        held = {
            base.oid
            for path, base in course.record.files.items()
            if self.files.get(base_path(course.id, path)) == base.oid and base.oid in wanted
        }
        return self.read(held)

    @cached_property
    def _inside(self) -> Mapping[PurePosixPath, Mapping[PurePosixPath, str]]:
        """The files of each adopted course, by its folder."""
        records = (path for path in self.files if path.name == NAME and ".kompetanse" not in path.parts)
        return _inside(self.files, [path.parent for path in records])

    @cached_property
    def courses(self) -> tuple[Adopted, ...]:
        """The adopted courses, by id."""
        return self._read(self._inside)

    def _read(self, folders: Iterable[PurePosixPath]) -> tuple[Adopted, ...]:
        inside = {folder: self._inside[folder] for folder in folders}
        wanted = [oid for one in inside.values() for path, oid in one.items() if str(path) in {NAME, INDEX}]
        contents = self.read(wanted)
        found = (_course(folder, files, contents) for folder, files in inside.items())
        return tuple(sorted(found, key=lambda one: (one.id, one.folder)))

    def course(self, name: str) -> Adopted:
        """Return the adopted course with an id, or in a folder.

        Raises:
            KompetanseError: When there is none; names the nearest.
        """
        name = name.rstrip("/")
        called = [folder for folder in self._inside if name in {folder.name, str(folder)}]
        for some in (self._read(called), self.courses):  # a folder is mostly called after its course
            found = next((one for one in some if name in {one.id, str(one.folder)}), None)
            if found:
                return found
        near = nearest(name, [one.id for one in self.courses])
        tip = f"Did you mean {' or '.join(near)}?" if near else "See all: kompetanse status"
        raise KompetanseError(f"{name} is no course that was adopted. {tip}")


def _inside(
    files: Mapping[PurePosixPath, str], folders: Iterable[PurePosixPath]
) -> dict[PurePosixPath, dict[PurePosixPath, str]]:
    """Return the files of each folder by their path in it; one that lies in two belongs to the inner one."""
    known: dict[PurePosixPath, dict[PurePosixPath, str]] = {folder: {} for folder in folders}
    for path, oid in files.items():
        folder = next((one for one in path.parents if one in known), None)
        if folder is not None:
            known[folder][path.relative_to(folder)] = oid
    return known


def _course(
    folder: PurePosixPath, files: Mapping[PurePosixPath, str], contents: Mapping[str, bytes]
) -> Adopted:
    record, index = contents[files[PurePosixPath(NAME)]], files.get(PurePosixPath(INDEX))
    origin, problems = understand(folder / NAME, record.decode("utf-8", "replace"))
    own = module_id(contents[index]) if index else None
    rest = {path: oid for path, oid in files.items() if is_taken(path)}
    return Adopted(own or folder.name, folder, origin, rest, problems)
