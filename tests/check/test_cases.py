"""Each rule has a small region that breaks it: `where.txt` says where, `expected.txt` all that is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check_says_what_the_case_expects(
    case: Path,
    tmp_path: Path,
    commit: Callable[[Path], Path],
    check: Callable[..., Any],
    expect: Callable[[Path, str], None],
):
    root = tmp_path / case.name
    shutil.copytree(case, root, ignore=shutil.ignore_patterns("*.txt"))
    commit(root)
    path, _, line = (case / "where.txt").read_text(encoding="utf-8").strip().rpartition(":")

    said = check(root)
    found = check(root, "--format", "json").rows
    strict = check(root, "--strict")

    mine = [row for row in found if (row["path"], row["line"], row["code"]) == (path, int(line), case.name)]
    assert mine, f"{case.name} is not said at {path}:{line}:\n{said.out}"
    severity = mine[0]["severity"]
    assert said.exit_code == (1 if severity == "error" else 0)
    assert strict.exit_code == (0 if severity == "notice" else 1)
    expect(case / "expected.txt", said.out)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_fault_gives_no_other_errors_or_warnings(case: Path):
    rows = (case / "expected.txt").read_text(encoding="utf-8").split("\n")
    loud = [row for row in rows if ": error: " in row or ": warning: " in row]

    assert all(row.endswith(f"[{case.name}]") for row in loud), "\n".join(loud)
