"""Every command explains itself, with an example that works."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from kompetanse.cli import COMMANDS, kompetanse

Run = Callable[..., Any]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_and_a_line_for_every_option(tmp_path: Path, run: Run, name: str) -> None:
    done = run(tmp_path, name, "--help")

    assert done.exit_code == 0
    assert f"Example: kompetanse {name}" in " ".join(done.out.split())
    command = kompetanse.get_command(click.Context(kompetanse), name)
    assert command
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []
    assert command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_is_one_that_the_command_understands(name: str) -> None:
    command = kompetanse.get_command(click.Context(kompetanse), name)
    assert command
    assert command.epilog
    rows = command.epilog.removeprefix("\b\n").removeprefix("Example: ").splitlines()
    for row in rows:
        program, called, *arguments = shlex.split(row.split(" && ")[0])

        command.make_context(called, arguments)

        assert (program, called) == ("kompetanse", name)


def test_help_without_a_command_lists_all(tmp_path: Path, run: Run) -> None:
    out = run(tmp_path, "--help").out

    assert [name for name in COMMANDS if name not in out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_with_commands_tells_each_in_a_whole_sentence(tmp_path: Path, run: Run, name: str) -> None:
    command = kompetanse.get_command(click.Context(kompetanse), name)
    if not isinstance(command, click.Group):
        return

    told = " ".join(run(tmp_path, name, "--help").out.partition("Commands:")[2].split())

    for one in command.commands.values():
        first = (one.short_help or one.help or "").split("\n\n")[0].partition(". ")[0].rstrip(".")
        assert " ".join(first.split()) in told
