"""Shared fixtures: only what three or more test files need."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from filelock import FileLock

from kompetanse.cli import main

hypothesis.settings.register_profile("same", deadline=None, derandomize=True)  # a busy machine is no fault
hypothesis.settings.register_profile("long", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile("same")

REGION_YML = """\
id: testvik
name: Testvik
languages: [nb, nn, en]
accessibility_statement: https://example.no/tilgjengelighet
privacy_statement: https://example.no/personvern
municipalities:
- {number: "0301", name: Oslo}
"""
"""A `region.yml` that nothing is said about."""

Region = Callable[[Mapping[str, str | bytes]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="rewrite the expected files")


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with a file beside the case; `--update-expected` rewrites it."""

    def check(path: Path, actual: str) -> None:
        if request.config.getoption("--update-expected"):
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.read_bytes().decode() == actual

    return check


@pytest.fixture(autouse=True, scope="session")
def _git_is_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own Git settings and network out of the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("GIT_")]:
            patch.delenv(name)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        patch.setenv("HOME", str(home))
        patch.setenv("KOMPETANSE_CACHE", str(home / "cache"))
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        patch.setenv("GIT_ALLOW_PROTOCOL", "file")
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "Test")
            patch.setenv(f"GIT_{who}_EMAIL", "test@example.no")
        yield


Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder once in a run, however many processes share the tests; it is there to be read only."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder, half = shared / name, shared / f"{name}-half"
        with FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                shutil.rmtree(half, ignore_errors=True)
                fill(half)
                half.rename(folder)
        return folder

    return made


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder` and return what it says."""
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def commit() -> Callable[[Path], Path]:
    """Make a folder a repository, if it is none, and commit all that lies in it."""

    def make(folder: Path) -> Path:
        if not (folder / ".git").exists():
            git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message=Content")
        return folder

    return make


@pytest.fixture
def region(tmp_path: Path, commit: Callable[[Path], Path]) -> Region:
    """Write a region in a temporary folder, with its `region.yml`, and commit it; paths are from its root."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "region"
        (root / "content").mkdir(parents=True)
        for name, text in {"region.yml": REGION_YML, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return commit(root)

    return write


@dataclass(frozen=True, slots=True)
class Done:
    """What a run of `kompetanse` gave."""

    exit_code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The report, of a run with `--json`."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kompetanse` in a folder."""

    def call(folder: Path, *arguments: str) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            capsys.readouterr()
            exit_code = main(list(arguments))
        said = capsys.readouterr()
        return Done(int(exit_code), said.out, said.err)

    return call
