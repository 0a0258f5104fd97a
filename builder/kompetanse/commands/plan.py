"""`kompetanse plan`: which courses and sessions units need in the time to come, for how many, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.handed_over import Region
from kompetanse.commands.wanted_report import Wanted, counted, report_options

if TYPE_CHECKING:
    from kompetanse.evidence.report_page import Page
    from kompetanse.learning.course_plan import Asked
    from kompetanse.learning.unit import Unit


@click.command(
    "plan", epilog="Example: kompetanse plan enheter/* --prices priser.csv --format xlsx -o ../plan.xlsx"
)
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=click.Path(path_type=Path))
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
@report_options(
    "html",
    "csv",
    "xlsx",
    name="For whom the plan is, for the heading.",
    day="First day of the plan; default: today.",
)
def command(folders: tuple[Path, ...], months: int, prices: Path | None, group: int, **given: Any) -> int:
    """Plan courses from what units lack and what runs out: what to run, what to order, for how many, and what it costs.

    Each FOLDER is a unit or a municipality, named as the folder, with what `kompetanse report unit` reads, in folders within it
    too. No name of a person is in the plan, and no number of fewer than five people.
    """
    wanted = Wanted(**given)
    found = counted(folders, wanted)
    region = found.region
    asked = _asked(region, months, prices, group)
    page = _page(region, asked, wanted.title, found.units)
    return found.end(wanted.write(page, region.language))


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
    from kompetanse.evidence.plan_page import Period, PlanWords, plan_page
    from kompetanse.learning.course_plan import course_plan

    catalogue = region.site.catalogue
    words = PlanWords(
        region.language,
        name,
        Period(asked.first, asked.last),
        units,
        region.framework,
        {one.id: catalogue.in_language(one, region.language) for one in asked.courses},
    )
    return plan_page(words, course_plan(units, asked))
