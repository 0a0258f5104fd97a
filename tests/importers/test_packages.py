"""Golden cases: a file of another system, and the course that it becomes. A folder `package.…` is packed first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.importers.packed import described, files_in, read, tarred, zipped

CASES = sorted(path for path in (Path(__file__).parent / "packages").iterdir() if path.is_dir())


def packed(case: Path, folder: Path) -> Path:
    """Return the file of a case."""
    found = next(path for path in sorted(case.iterdir()) if path.name != "expected.txt")
    if found.is_file():
        return found
    made = folder / found.name.replace("package", case.name)
    made.write_bytes((tarred if made.suffix == ".mbz" else zipped)(files_in(found)))
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_of_another_system_becomes_a_course(
    case: Path, tmp_path: Path, expect: Callable[[Path, str], None]
):
    course = read(packed(case, tmp_path))

    expect(case / "expected.txt", described(course))
