"""`kompetanse report municipality`: units added up, without names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kompetanse.commands.handed_over import by_folder, found_files, handed_over, region_of
from kompetanse.commands.place import Day, content_option, find, today
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


@click.command(
    "municipality",
    epilog="Example: kompetanse report municipality enheter/* --name Testvik -o ../testvik.html",
)
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=click.Path(path_type=Path))
@form_option("html", "csv", "pdf", "xlsx")
@output_option
@click.option("--name", default="", metavar="TEXT", help="Name of the municipality, for the heading.")
@click.option("--date", "day", type=Day(), help="Day that evidence must count on; default: today.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the report; default: the region's."
)
@status_option
@content_option
def municipality(
    folders: tuple[Path, ...],
    form: str,
    output: Path | None,
    name: str,
    day: date | None,
    language: str | None,
    status: tuple[Path, ...],
    content: Path | None,
) -> int:
    """Add units up: how many meet each requirement, for all and for each unit.

    Each FOLDER is a unit, named as the folder, with what `kompetanse report unit` reads. No name of a person is in the report.
    A group of fewer than five has no number, and neither have others when a difference would give it away.
    """
    from kompetanse.evidence.assessment import legible
    from kompetanse.evidence.board_page import Board, municipality_page

    units = by_folder(folders)
    files = {unit: found_files([folder]) for unit, folder in units.items()}
    refuse_wrong(form, output)
    region = region_of(find(content), day or today(), language, status)
    found = {unit: handed_over(paths, region) for unit, paths in files.items()}
    board = Board(
        region.language,
        legible(name).strip(),
        {unit: one.unit for unit, one in found.items()},
        region.framework,
        region.day,
    )
    report, lost = in_form(form, municipality_page(board), region.language)
    write(report, output)
    for said in lost:
        click.echo(said, err=True)
    wrong = [unit for unit, one in found.items() if not one.is_whole]
    if wrong:
        click.echo(
            f"Not all could be counted in {', '.join(wrong)}. Run `kompetanse report unit` on it to see what",
            err=True,
        )
    return ExitCode.PROBLEMS if wrong else ExitCode.DONE
