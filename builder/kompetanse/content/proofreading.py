"""Read the words of all files for what must not stand there, beside other work where there is a second core.

What a text says can be judged file by file, so a second process does it while the first one reads front matter and
links; on one core, or for few files, it is done in place, on what has been read anyway. Both give the same problems.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

from kompetanse.content import files
from kompetanse.content.checks import writing
from kompetanse.content.frontmatter import Source, divide
from kompetanse.errors import Problem
from kompetanse.interrupts import end_with_parent, undisturbed

MANY = 2000
"""Files from which a second process is worth its start."""

Finish = Callable[[Iterable[Source]], list[Problem]]
"""Returns the problems of the words of all files; those that could not be read may be missing."""


def proofread(root: Path, paths: Sequence[PurePosixPath]) -> list[Problem]:
    """Return the problems of the words of the files `paths` under `root`; a file that cannot be read has none."""
    found: list[Problem] = []
    for path in paths:
        text = files.read(root, path)
        source = text if isinstance(text, Problem) else divide(path, text)
        if not isinstance(source, Problem):
            found += writing.check(source)
    return found


def begin(root: Path, paths: Sequence[PurePosixPath]) -> Finish:
    """Begin to proofread; what is returned takes the files as they have been read meanwhile, and gives the problems."""
    if len(paths) < MANY or _is_alone():
        return _in_place
    # What starts processes takes a small region longer to load than to use.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=end_with_parent)
    with undisturbed():
        future = pool.submit(proofread, root, paths)

    def finish(sources: Iterable[Source]) -> list[Problem]:
        with pool:
            return future.result()

    return finish


def _is_alone() -> bool:
    """Tell whether there is one core, or no process may be started here, as in a daemon."""
    from multiprocessing import current_process

    return (os.cpu_count() or 1) < 2 or current_process().daemon


def _in_place(sources: Iterable[Source]) -> list[Problem]:
    return [problem for source in sources for problem in writing.check(source)]
