"""A web page that becomes a course, and newer versions of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.importers.office_files import png
from tests.importers.test_pages import unpacked

Commit = Callable[[Path], Path]

PAGE = """<html lang="nb"><body><h1>{title}</h1><p>Om kurset.</p>
<h2>Varsle</h2><p>{first}</p><p>Ring 110.</p><img src="{picture}" alt="Et telefonnummer">
<h2>Slokke</h2><p>Bruk vann.</p></body></html>"""


def page(folder: Path, **words: str) -> Path:
    """Write a web page with a picture beside it."""
    said = {"title": "Brannvern", "first": "Si ifra til alle.", "picture": "110.png"} | words
    return unpacked(folder, {"index.html": PAGE.format(**said).encode(), "110.png": png(1)})


def files(root: Path) -> dict[str, bytes]:
    found = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


def change(file: Path, old: str, new: str) -> None:
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


class Merged:
    """Commits what was changed here, and imports a newer version."""

    def __init__(self, course: Path, folder: Path, run: Any, commit: Commit) -> None:
        self.course, self.folder, self.run, self.commit = course, folder, run, commit

    @property
    def root(self) -> Path:
        return self.course.parents[2]

    def __call__(self, *more: str, html: str = "", picture: int = 1, **words: str) -> dict[str, Any]:
        said = {"title": "Brannvern", "first": "Si ifra til alle.", "picture": "110.png"} | words
        entries = {"index.html": (html or PAGE.format(**said)).encode(), "110.png": png(picture)}
        self.commit(self.root)
        done = self.run(
            self.root,
            "import",
            str(unpacked(self.folder, entries)),
            "--merge",
            "--json",
            *more,
        )
        assert done.exit_code == 0, done.out + done.err
        report: dict[str, Any] = done.report[0]["merge"]
        return report
