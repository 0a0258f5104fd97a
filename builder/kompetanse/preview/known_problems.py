"""What is known to be wrong: of the files that were read anew as they are now, of others as it was."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from kompetanse.content.checks import writing
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.errors import Problem
from kompetanse.preview.memory import Memory


def of_files(
    memory: Memory, paths: Collection[PurePosixPath]
) -> Iterator[tuple[PurePosixPath, list[Problem]]]:
    """Yield each of `paths` with what its file alone shows to be wrong."""
    for path in paths:
        document, problems = memory.last(path)
        yield path, [*problems, *(writing.check(document.source) if document else ())]


def of_front_matter(memory: Memory, paths: Collection[PurePosixPath]) -> tuple[Problem, ...]:
    """Return what the form and the front matter of each of `paths` show to be wrong, sorted by place."""
    found = (problem for path in paths for problem in memory.last(path)[1])
    return tuple(sorted(found, key=lambda one: one.place))


def renewed(
    problems: Sequence[Problem], memory: Memory, paths: Collection[PurePosixPath]
) -> tuple[Problem, ...]:
    """Return `problems`, sorted by place, with those of the files at `paths` as they are now."""
    found = list(problems)
    for path, own in of_files(memory, paths):
        start = bisect_left(found, str(path), key=_file)
        end = start
        while end < len(found) and found[end].path == path:
            end += 1
        found[start:end] = sorted(own, key=lambda one: one.place)
    return tuple(found)


def without_gone(problems: Sequence[Problem], library: Library) -> Sequence[Problem]:
    """Return `problems` without those of documents that are no more."""
    return [one for one in problems if not _is_gone(library, one.path)]


def _is_gone(library: Library, path: PurePosixPath) -> bool:
    is_text = path.suffix.lower() in TEXT_SUFFIXES
    return is_text and path not in library.by_path and path not in library.unreadable


def _file(problem: Problem) -> str:
    return str(problem.path)
