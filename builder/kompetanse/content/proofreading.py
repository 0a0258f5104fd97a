"""Read the words of all files for what must not stand there, beside other work where there is a second core.

What a text says can be judged file by file, so a second process does it while the first one reads front matter and
links; on one core, or for few files, it is done in place. Both give the same problems.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import current_process, get_context
from pathlib import Path, PurePosixPath

from kompetanse.content import files
from kompetanse.content.checks import writing
from kompetanse.content.frontmatter import divide
from kompetanse.errors import Problem
from kompetanse.interrupts import end_with_parent, undisturbed

MANY = 2000
"""Files from which a second process is worth its start."""


def proofread(root: Path, paths: Sequence[PurePosixPath]) -> list[Problem]:
    """Return the problems of the words of the files `paths` under `root`; a file that cannot be read has none."""
    found: list[Problem] = []
    for path in paths:
        text = files.read(root, path)
        source = text if isinstance(text, Problem) else divide(path, text)
        if not isinstance(source, Problem):
            found += writing.check(source)
    return found


def begin(root: Path, paths: Sequence[PurePosixPath]) -> Callable[[], list[Problem]]:
    """Begin to proofread; the function that is returned waits for the problems."""
    alone = (os.cpu_count() or 1) < 2 or current_process().daemon  # a daemon may start no process
    if len(paths) < MANY or alone:
        return lambda: proofread(root, paths)
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=end_with_parent)
    with undisturbed():
        future = pool.submit(proofread, root, paths)

    def finish() -> list[Problem]:
        with pool:
            return future.result()

    return finish
