"""What the commands that follow adopted courses have in common: the region, its repository, its sources and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.place import Decorator, Place, find
from kompetanse.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kompetanse.git.write import Landing
    from kompetanse.model.region import Region
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.adopted import Region as Own
    from kompetanse.sharing.deed import Deed
    from kompetanse.sharing.followed import Sources

SOMETHING_TO_DO = 3
"""Exit code of those that only look, when somebody should do something (for weekly runs)."""

offline_option: Decorator = click.option(
    "--offline", is_flag=True, help="Ask no source; use what was kept the last time."
)


@dataclass(frozen=True)
class Here:
    """The region that a command works on.

    Attributes:
        place: Where it lies.
        region: What `region.yml` says.
        own: Its repository at the newest commit.
        sources: Its sources.
        now: The time on the clock.
    """

    place: Place
    region: Region
    own: Own
    sources: Sources
    now: datetime


def now() -> datetime:
    """Return the time on the clock, to the second; commands ask it, nothing below does."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


def here(content: Path | None, *, offline: bool = False) -> Here:
    """Return the region that the folder `content` belongs to; without one, that of the working folder.

    Raises:
        KompetanseError: When there is none, or it is no repository with a commit.
    """
    from kompetanse.content.region import read_region
    from kompetanse.sharing.adopted import Region as Own
    from kompetanse.sharing.followed import Sources

    place, moment = find(content), now()
    region, _ = read_region(place.root)
    return Here(place, region, Own(place.root), Sources(place.root, region, moment, offline=offline), moment)


_branch_option: Decorator = click.option(
    "--branch",
    is_flag=False,
    flag_value="",
    metavar="[NAME]",
    help="Put it on a branch of its own and leave the files alone.",
)
_staged_option: Decorator = click.option(
    "--staged", is_flag=True, help="Change the files and commit nothing."
)


def landing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--branch` and `--staged`, which say where a change is to lie; `landing` reads them."""
    return _branch_option(_staged_option(command))


def landing(deed: Deed, branch: str | None, *, staged: bool) -> Landing:
    """Return where the change of `deed` is to lie.

    Args:
        deed: What is done.
        branch: Name of the branch; empty for the deed's own, None for the current one.
        staged: Whether nothing is committed.

    Raises:
        UsageError: When both were asked for.
    """
    from kompetanse.git.write import HERE, STAGED, Landing

    if branch is not None and staged:
        raise UsageError("--branch and --staged exclude each other")
    if staged:
        return STAGED
    return HERE if branch is None else Landing("branch", branch or deed.branch, replace=not branch)


def say(text: str) -> None:
    """Say something that is no result of the command."""
    click.echo(text, err=True)


def say_uncommitted(at: Here, course: Adopted, done: str) -> None:
    """Say which changes of a course no commit holds yet, so that they are not `done`."""
    found = sorted(path for path in at.own.uncommitted if path.is_relative_to(course.folder))
    if found:
        names = ", ".join(str(path.relative_to(course.folder)) for path in found)
        say(f"Changes that are not committed are not {done}: {names}")


def code(*, to_do: bool) -> int:
    """Return the exit code of a command that only looks."""
    return SOMETHING_TO_DO if to_do else ExitCode.DONE
