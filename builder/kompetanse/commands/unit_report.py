"""`kompetanse report`: what the people of units can, from what they have handed over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.family import Family
from kompetanse.commands.handed_over import HandedOver, Region, found_files, handed_over
from kompetanse.commands.municipality_report import municipality
from kompetanse.commands.observation_form import form
from kompetanse.commands.report_file import write
from kompetanse.commands.wanted_report import Wanted, report_options
from kompetanse.errors import ExitCode

if TYPE_CHECKING:
    from kompetanse.evidence.report_page import Page
    from kompetanse.evidence.unit_words import Words

_ACROSS = 6
"""So many roles stand side by side on a sheet of A4."""


@click.group("report", cls=Family, epilog="Example: kompetanse report unit filer/ -o ../enhet.html")
def command() -> None:
    """Reckon what people have handed over: the same as the site does in the browser, and more."""


command.add_command(form)
command.add_command(municipality)


@command.command(
    "unit",
    epilog="Example: kompetanse report unit filer/ --format pdf -o ../hjemmetjenesten.pdf --name Hjemmetjenesten",
)
@click.argument("files", metavar="FILES…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--summary", is_flag=True, help="Numbers without names, for those who decide; none of fewer than five."
)
@report_options(
    "html",
    "csv",
    "pdf",
    "xlsx",
    name="Name of the unit, for the heading and the column of the table.",
    day="Day that evidence must count on; default: today.",
)
def unit(files: tuple[Path, ...], summary: bool, **given: Any) -> int:
    """Report what a unit has and lacks: role × competence, what is missing, what runs out, who can guide whom.

    FILES are what employees have handed over, or folders of them: mappings (.json), certificates (.json, .svg, .png, .pdf),
    and the form for practical checks (.csv, see `kompetanse report form`). With mappings alone the numbers are those of the
    page «enhet» on the site. With certificates or forms the report also says what each requirement rests on, which
    certificate, and which version of the rule. What cannot be read or does not hold is told, and the rest is counted.

    A report is about persons, so it is never written where git would keep it. Exits with 1 when a file could not be read or
    does not hold.
    """
    from kompetanse.evidence.unit_csv import unit_csv
    from kompetanse.evidence.unit_words import Words

    wanted = Wanted(**given)
    found = found_files(files)
    region = wanted.region()
    handed = handed_over(found, region)
    words = Words(region.language, handed.unit, wanted.title)
    lost: Sequence[str] = ()
    if wanted.form == "csv" and not summary and not handed.is_documented:
        write(unit_csv(words).encode("utf-8"), wanted.output)
    else:
        lost = wanted.write(_page(wanted.form, summary, words, handed, region), region.language)
    for said in (*map(words.notice, handed.checked.notices), *words.told(), *lost):
        click.echo(said, err=True)
    return ExitCode.DONE if handed.is_whole else ExitCode.PROBLEMS


def _page(form: str, summary: bool, words: Words, handed: HandedOver, region: Region) -> Page:
    from kompetanse.evidence.board_page import Board, summary_page
    from kompetanse.evidence.documentation_page import documentation_page
    from kompetanse.evidence.unit_report import unit_page
    from kompetanse.learning.documentation import documentation

    across = _ACROSS if form == "pdf" else None
    if summary:
        board = Board(words.language, words.name, {words.name: handed.unit}, region.framework, region.day)
        return summary_page(board)
    if handed.is_documented or form == "xlsx":
        return documentation_page(words, documentation(handed.unit), handed.checked, across)
    return unit_page(words, across)
