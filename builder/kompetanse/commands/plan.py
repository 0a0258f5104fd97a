"""`kompetanse plan`: which courses and sessions units need in the time to come, for how many, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.handed_over import Region, by_folder, found_files, handed_over, region_of
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
    from kompetanse.evidence.report_page import Page
    from kompetanse.learning.course_plan import Asked
    from kompetanse.learning.unit import Unit


@click.command(
    "plan", epilog="Example: kompetanse plan enheter/* --prices priser.csv --format xlsx -o ../plan.xlsx"
)
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=click.Path(path_type=Path))
@form_option("html", "csv", "xlsx")
@output_option
@click.option("--name", default="", metavar="TEXT", help="For whom the plan is, for the heading.")
@click.option("--date", "day", type=Day(), help="First day of the plan; default: today.")
@click.option(
    "--months", type=click.IntRange(1, 36), default=6, show_default=True, help="Length of the plan."
)
@click.option(
    "--prices",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="What courses cost: kurs;pris per deltaker;pris per samling;plasser.",
)
@click.option(
    "--group",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="How many take part in a session, where nothing says it.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the plan; default: the region's.")
@status_option
@content_option
def command(
    folders: tuple[Path, ...],
    form: str,
    output: Path | None,
    name: str,
    day: date | None,
    months: int,
    prices: Path | None,
    group: int,
    language: str | None,
    status: tuple[Path, ...],
    content: Path | None,
) -> int:
    """Plan courses from what units lack and what runs out: what to run, what to order, for how many, and what it costs.

    Each FOLDER is a unit or a municipality, named as the folder, with what `kompetanse report unit` reads, in folders within it
    too. No name of a person is in the plan, and no number of fewer than five people.
    """
    units = by_folder(folders)
    files = {unit: found_files([folder]) for unit, folder in units.items()}
    refuse_wrong(form, output)
    region = region_of(find(content), day or today(), language, status)
    asked = _asked(region, months, prices, group)
    found = {unit: handed_over(paths, region) for unit, paths in files.items()}
    page = _page(region, asked, name, {unit: one.unit for unit, one in found.items()})
    write(in_form(form, page, region.language)[0], output)
    wrong = [unit for unit, one in found.items() if not one.is_whole]
    if wrong:
        click.echo(
            f"Not all could be counted in {', '.join(wrong)}. Run `kompetanse report unit` on it to see what",
            err=True,
        )
    return ExitCode.PROBLEMS if wrong else ExitCode.DONE


def _asked(region: Region, months: int, prices: Path | None, group: int) -> Asked:
    from dateutil.relativedelta import relativedelta

    from kompetanse.importers.prices import read_prices
    from kompetanse.learning.course_plan import Asked
    from kompetanse.model.item import Course, Session

    catalogue = region.site.catalogue
    courses = catalogue.originals(Course)
    lengths = {one.id: catalogue.duration_of(one) for one in courses}
    return Asked(
        first=region.day,
        last=region.day + relativedelta(months=months, days=-1),
        courses=courses,
        minutes={id_: length.study_minutes for id_, length in lengths.items() if length},
        sessions=catalogue.originals(Session),
        prices=read_prices(prices, {one.id: one for one in courses}) if prices else {},
        group=group,
    )


def _page(region: Region, asked: Asked, name: str, units: Mapping[str, Unit]) -> Page:
    from kompetanse.evidence.assessment import legible
    from kompetanse.evidence.plan_page import Period, PlanWords, plan_page
    from kompetanse.learning.course_plan import course_plan

    catalogue = region.site.catalogue
    words = PlanWords(
        region.language,
        legible(name).strip(),
        Period(asked.first, asked.last),
        units,
        region.framework,
        {one.id: catalogue.in_language(one, region.language) for one in asked.courses},
    )
    return plan_page(words, course_plan(units, asked))
