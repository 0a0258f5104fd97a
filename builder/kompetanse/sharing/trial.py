"""Whether a course would pass `check` after a change: tried in a copy, before anything is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content.reading import read_region_at
from kompetanse.errors import Problem, Severity
from kompetanse.git.write import Change

_SIDE = (Path("region.yml"), Path("synonyms.yml"))


def new_errors(
    root: Path, content: str, change: Change, folder: PurePosixPath, today: date, aside: Path
) -> tuple[Problem, ...]:
    """Return the errors that a change would bring to the course in `folder`.

    Args:
        root: The region's root.
        content: Name of the content folder in it.
        change: What is to be different.
        folder: The course's folder, from the root.
        today: The day that problems are judged by.
        aside: A folder on the same disk as the region, where a copy may lie for a while.
    """
    aside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="trial-", dir=aside) as copy:
        _copy(root, content, change, Path(copy))
        after = _errors(Path(copy), content, folder, today)
    if not after:
        return ()
    before = {_name(one) for one in _errors(root, content, folder, today)}
    return tuple(one for one in after if _name(one) not in before)


def _copy(root: Path, content: str, change: Change, copy: Path) -> None:
    """Copy the content without its bytes, by a second name for each file; what changes is written anew."""
    shutil.copytree(root / content, copy / content, symlinks=True, copy_function=_linked)
    for name in _SIDE:
        if (root / name).is_file():
            shutil.copyfile(root / name, copy / name)
    for path in change.delete:
        (copy / path).unlink(missing_ok=True)
    for path, data in change.write.items():
        target = copy / path
        target.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, or one that knows no second names
        shutil.copyfile(source, target)


def _errors(root: Path, content: str, folder: PurePosixPath, today: date) -> list[Problem]:
    found = read_region_at(root, content, today).problems
    return [one for one in found if one.severity is Severity.ERROR and one.path.is_relative_to(folder)]


def _name(problem: Problem) -> tuple[PurePosixPath, str, str]:
    return problem.path, problem.key, problem.code
