"""`mkdocs build` with our plugin gives the site that `kompetanse build` gives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]

TOP = Path(__file__).parents[2]

OWN = (TOP / "mkdocs.yml").read_text(encoding="utf-8")
"""Settings under which we set the pages ourselves."""

MORE = OWN.replace("plugins:\n", 'plugins:\n  - search:\n      lang: "no"\n')
"""Settings that take MkDocs."""


@pytest.fixture(params=[OWN, MORE], ids=["our press", "a plugin"])
def with_settings(demo: Path, commit: Callable[[Path], Path], request: pytest.FixtureRequest) -> Path:
    """A region that has a mkdocs.yml."""
    (demo / "mkdocs.yml").write_text(request.param, encoding="utf-8")
    return commit(demo)


def _mkdocs(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"},
    )


@pytest.mark.parametrize("with_settings", [MORE], ids=["a plugin"], indirect=True)
def test_both_give_the_same_bytes(with_settings: Path, run: Run, files: Files) -> None:
    ours = run(with_settings, "build", "-o", "../ours")

    theirs = _mkdocs(with_settings, "--strict", "-d", "../theirs")

    assert ours.exit_code == 0
    assert theirs.returncode == 0, theirs.stderr
    assert files(with_settings.parent / "theirs") == files(with_settings.parent / "ours")


def test_the_reference_region_with_settings_of_our_own_is_the_same_by_both(
    tmp_path: Path, run: Run, files: Files
) -> None:
    ours = run(TOP, "build", "-o", str(tmp_path / "ours"))

    theirs = _mkdocs(TOP, "-d", str(tmp_path / "theirs"))

    assert ours.exit_code == 0
    assert theirs.returncode == 0, theirs.stderr
    assert files(tmp_path / "theirs") == files(tmp_path / "ours")


def test_the_settings_that_a_new_region_gets_are_enough_for_mkdocs_alone(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "ny", "--no-build")

    done = _mkdocs(tmp_path / "ny", "-d", "../theirs")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "theirs/kurs/brannvern-innforing/index.html").is_file()


def test_the_reference_region_and_a_new_one_have_the_same_settings() -> None:
    new = TOP / "builder/kompetanse/starter/common/mkdocs.yml"

    assert new.read_text(encoding="utf-8") == OWN


def test_a_problem_fails_a_strict_build_with_file_and_line(with_settings: Path) -> None:
    (with_settings / "content/om.md").write_text("Om.\n\nSe [reglene](finnes-ikke.md).\n", encoding="utf-8")

    done = _mkdocs(with_settings, "--strict")

    assert done.returncode == 1
    assert "content/om.md:3: " in done.stderr
