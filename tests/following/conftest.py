"""Two regions in two repositories, as the stories of sharing need them: A publishes, B follows."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from kompetanse.cli import main

REGION = """\
id: {id}
name: {name}
languages: [nb]
licence: CC-BY-4.0
accessibility_statement: https://example.no/tilgjengelighet
privacy_statement: https://example.no/personvern
"""

COURSE = """\
---
type: course
id: brannvern
title: Brannvern for alle
owner: Brannvesenet
language: nb
modules:
- 01-alarm.md
- 02-slokking.md
---

Kurset varer en dag. Det er gratis for alle ansatte.

## Oppmøte

Ta med arbeidstøy og gode sko til øvelsen ute i gården.
"""

ALARM = """\
---
type: module
id: alarm
title: Når alarmen går
duration: PT20M
---

Gå rolig ut. Lukk dørene etter deg når du går.

Møt på samlingsplassen ved porten.
"""

SLOKKING = """\
---
type: module
id: slokking
title: Slokking
duration: PT30M
---

Bruk håndslokkeren når brannen er liten.

Ring nødnummeret først, og varsle de andre i bygget.
"""

FOLDER = "content/kurs/brannvern"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0"


@dataclass(frozen=True)
class Repository:
    """A repository on disk."""

    root: Path

    def git(self, *arguments: str, feed: bytes = b"") -> str:
        """Run git in it and return what it says."""
        done = subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True, input=feed)
        return done.stdout.decode().strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files; None takes one away."""
        for name, text in files.items():
            path = self.root / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, files: Mapping[str, str | bytes | None] = {}, message: str = "Content") -> str:
        """Write files, commit all, and return the commit's id."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.head

    @property
    def head(self) -> str:
        """The commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    @property
    def tree(self) -> str:
        """The id of all that is committed."""
        return self.git("rev-parse", "HEAD^{tree}")

    @property
    def is_clean(self) -> bool:
        """Whether all is committed."""
        return self.git("status", "--porcelain") == ""

    def text(self, name: str) -> str:
        """Return a file's text."""
        return (self.root / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words in a file that has them, and commit."""
        text = self.text(name)
        assert old in text, old
        self.commit({name: text.replace(old, new)}, f"Edit {name}")


Run = Callable[..., Any]


def quietly(folder: Path, *arguments: str) -> None:
    """Run a command in a folder; it must end well."""
    with chdir(folder), redirect_stdout(StringIO()) as out, redirect_stderr(out):
        assert main(list(arguments)) == 0, out.getvalue()


@dataclass(frozen=True)
class Scene:
    """Region A with its course, and region B."""

    a: Repository
    b: Repository
    run: Run

    def kompetanse(self, *arguments: str, code: int = 0) -> Any:
        """Run a command in B and return what it says; it must end with `code`."""
        done = self.run(self.b.root, *arguments)
        assert done.exit_code == code, done.err + done.out
        return done

    def states(self) -> list[str]:
        """Return the states of B's only adopted course."""
        states: list[str] = json.loads(self.run(self.b.root, "status", "--json").out)[0]["states"]
        return states


def region(folder: Path, id_: str, name: str, files: Mapping[str, str | bytes]) -> Repository:
    """Make a region's repository."""
    folder.mkdir(parents=True)
    made = Repository(folder)
    made.git("init", "--quiet", "--template=", "--initial-branch=main")
    made.commit({"region.yml": REGION.format(id=id_, name=name), **files})
    return made


def course_files(folder: str = FOLDER) -> dict[str, str | bytes]:
    """Return A's course."""
    return {
        f"{folder}/index.md": COURSE,
        f"{folder}/01-alarm.md": ALARM,
        f"{folder}/02-slokking.md": SLOKKING,
        f"{folder}/bilder/kart.png": PICTURE,
    }


@pytest.fixture(scope="session")
def _known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Region A has a course, and region B knows A as a source; made once."""
    folder = tmp_path_factory.mktemp("known")
    region(folder / "a", "nordvik", "Nordvik", course_files())
    b = region(folder / "b", "sorvik", "Sørvik", {"content/index.md": "# Forside\n\nVelkommen.\n"})
    quietly(b.root, "source", "add", "../a", "--name", "nordvik")
    b.commit(message="Follow Nordvik")
    return folder


@pytest.fixture(scope="session")
def _forked(tmp_path_factory: pytest.TempPathFactory, _known: Path) -> Path:
    """B has adopted A's course; made once."""
    folder = tmp_path_factory.mktemp("forked") / "both"
    shutil.copytree(_known, folder)
    quietly(folder / "b", "fork", "nordvik/brannvern")
    return folder


def _copied(known: Path, to: Path, run: Run) -> Scene:
    shutil.copytree(known, to)
    return Scene(Repository(to / "a"), Repository(to / "b"), run)


@pytest.fixture
def scene(tmp_path: Path, run: Run, _known: Path) -> Scene:
    """Region A has a course, and region B knows A as a source."""
    return _copied(_known, tmp_path / "both", run)


@pytest.fixture
def forked(tmp_path: Path, run: Run, _forked: Path) -> Scene:
    """B has adopted A's course."""
    return _copied(_forked, tmp_path / "both", run)
