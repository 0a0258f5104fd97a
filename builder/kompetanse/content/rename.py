"""A new id for an item: which files change, which move, and what their old addresses redirect to."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kompetanse.content import edit
from kompetanse.content.address import address_of, is_index, stem_of
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.target import find
from kompetanse.content.usage import Use, uses
from kompetanse.errors import KompetanseError

Move = tuple[PurePosixPath, PurePosixPath]
"""A file or folder, and where it goes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rename does.

    Attributes:
        texts: New text of each file that changes, by its old path.
        move: The file or folder that moves, and where to; None when addresses stay.
        uses: The places that follow.
        redirects: Old addresses that will lead to the new ones.
    """

    texts: Mapping[PurePosixPath, str]
    move: Move | None
    uses: tuple[Use, ...]
    redirects: tuple[str, ...]


def plan(root: Path, library: Library, old: str, new: str, move: bool = True) -> Plan:
    """Work out how the item `old` gets the id `new`.

    Where the file, or the folder whose index it is, is called like the old id, it is renamed too, links by path
    follow, and every page that gets a new address leaves a redirect.

    Raises:
        KompetanseError: When there is no `old`, or `new` is taken.
    """
    target = library.by_id.get(old)
    if target is None:
        raise KompetanseError(f"Nothing has the id {old!r}. `kompetanse check` names items without id")
    if new in library.by_id:
        raise KompetanseError(f"The id {new!r} is already that of {library.by_id[new].path}")
    return _Renaming(root, library, target, new, _move(target, old, new, root) if move else None).plan()


def _move(target: Document, old: str, new: str, root: Path) -> Move | None:
    path = target.path
    thing = path.parent if is_index(path) else path
    name = thing.name if is_index(path) else stem_of(path)
    if name != old or len(thing.parts) < 2:
        return None
    goal = thing.with_name(new) if is_index(path) else path.with_name(new + path.name[len(name) :])
    if (root / goal).exists():
        raise KompetanseError(f"{goal} is there already. Choose another id, or --keep-address")
    return thing, goal


@dataclass(frozen=True)
class _Renaming:
    root: Path
    library: Library
    target: Document
    new: str
    move: Move | None

    def plan(self) -> Plan:
        """Gather the edits of each file, then write each file's new text once."""
        found = tuple(uses(self.library, self.target))
        values: dict[PurePosixPath, dict[str, str]] = defaultdict(dict)
        bodies: dict[PurePosixPath, dict[tuple[int, int], str]] = defaultdict(dict)
        for use in found:
            self._follow(use, values, bodies)
        for document in self.library.documents if self.move else ():
            bodies[document.path] |= dict(self._links(document))
        named = {
            use.path for use in found if use.how == "name" and self._after(use.path) == use.path and self.move
        }
        moved = {one.path for one in self.library.documents if self._after(one.path) != one.path}
        changed = {
            self.target.path,
            *values,
            *named,
            *moved,
            *(path for path, edits in bodies.items() if edits),
        }
        texts = {
            path: self._text(self.library.by_path[path], values[path], bodies[path], path in named)
            for path in sorted(changed)
        }
        redirects = tuple(self.library.by_path[path].address for path in sorted(moved))
        return Plan(texts, self.move, found, redirects)

    def _after(self, path: PurePosixPath) -> PurePosixPath:
        """Return where `path` lies after the move."""
        if self.move and path.is_relative_to(self.move[0]):
            return self.move[1] / path.relative_to(self.move[0])
        return path

    def _follow(
        self,
        use: Use,
        values: dict[PurePosixPath, dict[str, str]],
        bodies: dict[PurePosixPath, dict[tuple[int, int], str]],
    ) -> None:
        old = self.library.id_of(self.target)
        if use.key and use.written == old:
            values[use.path][use.key] = self.new
        elif use.how == "module" and use.key in self.library.by_path[use.path].source.lines:
            folder = self._after(use.path).parent
            values[use.path][use.key] = posixpath.relpath(str(self._after(self.target.path)), str(folder))
        elif use.how == "reuse" or use.written.startswith("id:"):
            scheme = "id:" if use.how == "link" else ""
            rest = use.written[len(scheme) + len(old) :]
            bodies[use.path][use.start, use.end] = f"{scheme}{self.new}{rest}"

    def _links(self, document: Document) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield the links by path in `document` that the move breaks, made right."""
        here = self._after(document.path)
        for link in document.outline.links:
            path, sign, anchor = link.target.partition("#")
            target = find(self.library, document, link.target)
            reached = target.document.path if target.document else target.asset
            if not reached or path.startswith(("id:", "/")) or not path.endswith(reached.name):
                continue
            written = posixpath.relpath(str(self._after(reached)), str(here.parent))
            if posixpath.normpath(path) != written:
                yield (link.start, link.end), written + sign + anchor

    def _text(
        self, document: Document, values: dict[str, str], body: dict[tuple[int, int], str], named: bool
    ) -> str:
        source, own = document.source, document is self.target
        if own and document.given_id:
            values = {**values, "id": self.new}
        raw = edit.with_values(source, values) if values else source.raw or "\n"
        if own and not document.given_id:
            raw = edit.with_key(raw, "id", self.new)
        if named:
            raw = edit.with_key(raw, "translation_of", self.new)
        address = address_of(self._after(document.path), self.library.region.language)
        if address != document.address:
            for former in document.keys.redirect_from if document.keys else ():
                if former.strip("/") == address.strip("/"):  # the page comes back to where it once was
                    raw = edit.without_entry(raw, "redirect_from", former)
            raw = edit.with_entry(raw, "redirect_from", f"/{document.address}")
        return edit.like_file(self.root, document.path, edit.whole(raw, edit.with_text(source.body, body)))
