"""Where the region is that a command works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from kompetanse.errors import KompetanseError, UsageError

REGION = "region.yml"
_FRONT_PAGES = ("index.md", "_index.md")
"""A folder with one of these is content itself, also when it holds a folder called content."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region on disk.

    Attributes:
        root: The folder that holds `region.yml`, or the one above a bare content folder.
        content: Name of the content folder in it.
    """

    root: Path
    content: str = "content"

    @property
    def folder(self) -> Path:
        """The content folder."""
        return self.root / self.content

    @property
    def config_file(self) -> Path | None:
        """The region's mkdocs.yml, if it has one."""
        found = self.root / "mkdocs.yml"
        return found if found.is_file() and (self.root / REGION).is_file() else None


def find(content: Path | None = None) -> Place:
    """Return the region that the folder `content` belongs to; without one, that of the working folder or one above.

    Raises:
        KompetanseError: When there is none.
    """
    if content is not None:
        return _of_folder(content)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / REGION).is_file():
            return Place(folder)
    if (here / "content").is_dir():
        return Place(here)
    raise KompetanseError(
        "This folder is not in a region: there is no region.yml here or above. "
        "Make a region with `kompetanse init DIR`, or name a folder with `--content DIR`"
    )


def _of_folder(content: Path) -> Place:
    if not content.is_dir():
        raise UsageError(f"There is no folder {content}. Check the path after --content")
    if (content / "content").is_dir() and not any((content / name).is_file() for name in _FRONT_PAGES):
        return Place(content.resolve())
    whole = content.resolve()
    if whole.parent == whole:
        raise UsageError(f"{content} is the root of the disk. Name the folder of your content")
    return Place(whole.parent, whole.name)


def today() -> date:
    """Return the day on the clock; commands ask it, nothing below does."""
    return datetime.now(UTC).astimezone().date()


class Day(click.ParamType[date]):
    """A date, or the word `today`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read `2026-11-24` or `today`."""
        if isinstance(value, date):
            return value
        try:
            return today() if value == "today" else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date. Write it as 2026-11-24, or write today", param, ctx)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

content_option: Decorator = click.option(
    "--content",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with the content; default: content/ of the region you stand in.",
)
date_option: Decorator = click.option(
    "--date",
    "day",
    type=Day(),
    help="Day that reviews and sessions are judged by: 2026-11-24 or today.",
)
