"""Courses that were taken back: by the region that one of ours came from, and by us while they stand here still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kompetanse.content import files, yaml_text
from kompetanse.content.library import Library
from kompetanse.content.origin import NAME
from kompetanse.content.region import PATH
from kompetanse.errors import Problem, Severity
from kompetanse.model.offer import Offer


def check(library: Library, root: Path, offers: Iterable[Offer]) -> Iterator[Problem]:
    """Yield which adopted courses their source has taken back, and which of ours are published though we took them back."""
    yield from _forks(library, offers)
    yield from _own(library, root)


def _forks(library: Library, offers: Iterable[Offer]) -> Iterator[Problem]:
    gone = {name: one for one in offers if one.withdrawn for name in (one.name, one.identity) if name}
    for folder, adoption in library.adopted.items():
        origin = adoption.origin
        found = gone.get(f"{origin.region}/{origin.id}") or gone.get(f"{origin.source}/{origin.id}")
        if found:
            day = str(found.withdrawn_on) if found.withdrawn_on else "?"
            values = {"region": found.region_name, "reason": found.withdrawn or "", "day": day}
            yield Problem(folder / NAME, 0, "", "fork-withdrawn", Severity.WARNING, values)


def _own(library: Library, root: Path) -> Iterator[Problem]:
    lines: dict[str, int] | None = None
    for place, one in enumerate(library.region.withdrawn):
        found = library.by_id.get(one.id)
        if found and found.keys and found.keys.status == "published":
            if lines is None:
                text = files.read(root, PATH)
                lines = yaml_text.lines(text) if isinstance(text, str) else {}
            key = f"withdrawn[{place}].id"
            values = {"id": one.id, "path": str(found.path)}
            yield Problem(PATH, lines.get(key, 1), key, "withdrawn-published", Severity.WARNING, values)
