"""`kompetanse report`: what the people of units can, from what they have handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.handed_over import HandedOver, Region, found_files, handed_over, region_of
from kompetanse.commands.municipality_report import municipality
from kompetanse.commands.observation_form import form
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

if TYPE_CHECKING:
    from kompetanse.evidence.unit_words import Words

_ACROSS = 6
"""So many roles stand side by side on a sheet of A4."""


@click.group("report", epilog="Example: kompetanse report unit filer/ -o ../enhet.html")
def command() -> None:
    """Reckon what people have handed over: the same as the site does in the browser, and more."""


command.add_command(form)
command.add_command(municipality)


@command.command(
    "unit",
    epilog="Example: kompetanse report unit filer/ --format pdf -o ../hjemmetjenesten.pdf --name Hjemmetjenesten",
)
@click.argument("files", metavar="FILES…", nargs=-1, required=True, type=click.Path(path_type=Path))
@form_option("html", "csv", "pdf", "xlsx")
@output_option
@click.option(
    "--name",
    default="",
    metavar="TEXT",
    help="Name of the unit, for the heading and the column of the table.",
)
@click.option(
    "--summary", is_flag=True, help="Numbers without names, for those who decide; none of fewer than five."
)
@click.option("--date", "day", type=Day(), help="Day that evidence must count on; default: today.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the report; default: the region's."
)
@status_option
@content_option
def unit(
    files: tuple[Path, ...],
    form: str,
    output: Path | None,
    name: str,
    summary: bool,
    day: date | None,
    language: str | None,
    status: tuple[Path, ...],
    content: Path | None,
) -> int:
    """Report what a unit has and lacks: role × competence, what is missing, what runs out, who can guide whom.

    FILES are what employees have handed over, or folders of them: mappings (.json), certificates (.json, .svg, .png, .pdf),
    and the form for practical checks (.csv, see `kompetanse report form`). With mappings alone the numbers are those of the
    page «enhet» on the site. With certificates or forms the report also says what each requirement rests on, which
    certificate, and which version of the rule. What cannot be read or does not hold is told, and the rest is counted.

    A report is about persons, so it is never written where git would keep it. Exits with 1 when a file could not be read or
    does not hold.
    """
    from kompetanse.evidence.assessment import legible
    from kompetanse.evidence.unit_words import Words

    found = found_files(files)
    refuse_wrong(form, output)
    region = region_of(find(content), day or today(), language, status)
    handed = handed_over(found, region)
    words = Words(region.language, handed.unit, legible(name).strip())
    report, lost = _as(form, summary, words, handed, region)
    write(report, output)
    for said in (*map(words.notice, handed.checked.notices), *words.told(), *lost):
        click.echo(said, err=True)
    return ExitCode.DONE if handed.is_whole else ExitCode.PROBLEMS


def _as(
    form: str, summary: bool, words: Words, handed: HandedOver, region: Region
) -> tuple[bytes, tuple[str, ...]]:
    """Return the report, and what there is to tell of its form alone."""
    from kompetanse.evidence.board_page import Board, summary_page
    from kompetanse.evidence.documentation_page import documentation_page
    from kompetanse.evidence.unit_csv import unit_csv
    from kompetanse.evidence.unit_report import unit_page
    from kompetanse.learning.documentation import documentation

    across = _ACROSS if form == "pdf" else None
    if summary:
        board = Board(words.language, words.name, {words.name: handed.unit}, region.framework, region.day)
        return in_form(form, summary_page(board), words.language)
    if handed.is_documented or form == "xlsx":
        page = documentation_page(words, documentation(handed.unit), handed.checked, across)
        return in_form(form, page, words.language)
    if form == "csv":
        return unit_csv(words).encode("utf-8"), ()
    return in_form(form, unit_page(words, across), words.language)
