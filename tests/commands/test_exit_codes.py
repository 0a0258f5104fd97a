"""What the process tells its caller."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from kompetanse import cli

Run = Callable[..., Any]


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> Callable[[BaseException], Any]:
    """Run a command that ends with an exception."""

    def end(error: BaseException) -> Any:
        @click.command("broken")
        def broken() -> None:
            raise error

        monkeypatch.setattr(cli.Commands, "get_command", lambda *given: broken)
        return run(tmp_path, "check")

    return end


def test_a_command_that_succeeds_is_done(demo: Path, run: Run) -> None:
    assert run(demo, "check").exit_code == 0


def test_help_and_version_are_done(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "--help").exit_code == 0
    assert run(tmp_path, "--version").exit_code == 0
    assert run(tmp_path, "build", "-h").exit_code == 0


def test_content_with_errors_is_for_a_person_to_fix(demo: Path, run: Run) -> None:
    (demo / "content/om.md").write_text("Se [reglene](finnes-ikke.md).\n", encoding="utf-8")

    assert run(demo, "check").exit_code == 1


def test_a_folder_without_a_region_is_for_a_person_to_fix(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path, "check")

    assert done.exit_code == 1
    assert "kompetanse init DIR" in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("chekc",),
        ("check", "--stirct"),
        ("rename", "one"),
        ("rename", "brannvern", "Æ"),
        ("check", "--date", "i går"),
    ],
)
def test_wrong_use_says_so_and_does_nothing(demo: Path, run: Run, arguments: tuple[str, ...]) -> None:
    done = run(demo, *arguments)

    assert done.exit_code == 2
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_anything_else_is_a_bug_and_shows_where(ending: Callable[[BaseException], Any]) -> None:
    done = ending(ZeroDivisionError("by mistake"))

    assert done.exit_code == 3
    assert "ZeroDivisionError: by mistake" in done.err
    assert "Please report it" in done.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupted_command_says_so(ending: Callable[[BaseException], Any], error: BaseException) -> None:
    done = ending(error)

    assert done.exit_code == 130
    assert "Interrupted" in done.err
    assert "Traceback" not in done.err


def test_the_process_ends_with_the_same_code(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kompetanse", "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Error: This folder is not in a region")
