"""What every report is asked for with, and how it ends: the options, the units that are counted, the file, and what there is to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.handed_over import (
    HandedOver,
    Region,
    by_folder,
    found_files,
    handed_over,
    region_of,
)
from kompetanse.commands.place import Day, Decorator, content_option, find, today
from kompetanse.commands.report_file import (
    form_option,
    in_form,
    output_option,
    refuse_wrong,
    status_option,
    write,
)
from kompetanse.errors import ExitCode
from kompetanse.messages import LANGUAGES

if TYPE_CHECKING:
    from kompetanse.evidence.report_page import Page
    from kompetanse.learning.unit import Unit


def report_options(*forms: str, name: str, day: str) -> Decorator:
    """Return the options that all reports have, in the order of their help; `name` and `day` say what those two are of."""
    options: tuple[Decorator, ...] = (
        form_option(*forms),
        output_option,
        click.option("--name", default="", metavar="TEXT", help=name),
        click.option("--date", "day", type=Day(), help=day),
        click.option(
            "--language", type=click.Choice(LANGUAGES), help="Language of the report; default: the region's."
        ),
        status_option,
        content_option,
    )

    def add(command: Any) -> Any:
        for one in reversed(options):
            command = one(command)
        return command

    return add


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks a report for, as `report_options` gives it."""

    form: str
    output: Path | None
    name: str
    day: date | None
    language: str | None
    status: tuple[Path, ...]
    content: Path | None

    @property
    def title(self) -> str:
        """Whom it is about, for the heading."""
        from kompetanse.evidence.assessment import legible

        return legible(self.name).strip()

    def region(self) -> Region:
        """Return the region, after refusing a file that cannot be written.

        Raises:
            KompetanseError, UsageError: When it cannot.
        """
        refuse_wrong(self.form, self.output)
        return region_of(find(self.content), self.day or today(), self.language, self.status)

    def write(self, page: Page, language: str) -> Sequence[str]:
        """Write the report in its form, and return what there is to tell of that form alone."""
        report, lost = in_form(self.form, page, language)
        write(report, self.output)
        return lost


@dataclass(frozen=True, slots=True)
class Counted:
    """The units that folders stand for, read and checked."""

    region: Region
    by_name: dict[str, HandedOver]

    @property
    def units(self) -> dict[str, Unit]:
        """Each unit by its name."""
        return {name: one.unit for name, one in self.by_name.items()}

    def _told(self) -> Iterator[str]:
        wrong = [name for name, one in self.by_name.items() if not one.is_whole]
        if wrong:
            yield f"Not all could be counted in {', '.join(wrong)}. Run `kompetanse report unit` on it to see what"

    def end(self, lost: Sequence[str]) -> int:
        """Tell what is lacking, without the names of files, and return how the command ends."""
        wrong = list(self._told())
        for said in (*lost, *wrong):
            click.echo(said, err=True)
        return ExitCode.PROBLEMS if wrong else ExitCode.DONE


def counted(folders: Sequence[Path], wanted: Wanted) -> Counted:
    """Read each folder as a unit of its name.

    Raises:
        UsageError: When one is no folder, is empty, or two have one name.
    """
    files = {unit: found_files([folder]) for unit, folder in by_folder(folders).items()}
    region = wanted.region()
    return Counted(region, {unit: handed_over(paths, region) for unit, paths in files.items()})
