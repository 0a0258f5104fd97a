"""`kompetanse report form`: the empty form in which a leader signs off what she has seen."""

from __future__ import annotations

from pathlib import Path

import click

from kompetanse.commands.handed_over import region_of
from kompetanse.commands.place import content_option, find, today
from kompetanse.commands.report_file import output_option, refuse_wrong, write
from kompetanse.errors import ExitCode, KompetanseError
from kompetanse.messages import LANGUAGES


@click.command(
    "form", epilog="Example: kompetanse report form vaktmester --person 'Kari Nordmann' -o ../kontroll.csv"
)
@click.argument("roles", metavar="ROLE…", nargs=-1, required=True)
@click.option("--person", "people", multiple=True, metavar="NAME", help="Who has the roles; may be repeated.")
@output_option
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the form; default: the region's.")
@content_option
def form(
    roles: tuple[str, ...],
    people: tuple[str, ...],
    output: Path | None,
    language: str | None,
    content: Path | None,
) -> int:
    """Write an empty form for practical checks, as a table for a spreadsheet.

    It has a row for each person and each competence that the ROLEs ask for. Whoever has seen the person do it writes level, day and
    her own name, and saves it as CSV; `kompetanse report unit` reads it. A row that nobody has filled in says only that the
    person has the role.
    """
    refuse_wrong("csv", output)
    region = region_of(find(content), today(), language)
    from kompetanse.evidence.spreadsheet import cell
    from kompetanse.importers.observations import COLUMNS, empty_form
    from kompetanse.messages import text
    from kompetanse.model.item import ItemId

    framework = region.framework
    wanted = [framework.today(ItemId(one)) for one in roles]
    unknown = [one for one in wanted if one not in framework.requirements]
    if unknown:
        raise KompetanseError(
            f"There is no role «{unknown[0]}». The roles are {', '.join(sorted(framework.requirements))}"
        )
    head = [text(region.language, f"documentation.form.{one}") for one in COLUMNS]
    version = text(region.language, "documentation.form_version", version=(framework.version or "")[:7])
    rows = [head]
    for name, role, competence, level in empty_form(framework, wanted, people or ("",)):
        rows.append(
            [
                name,
                role,
                competence,
                f"{level} {text(region.language, f'level.{level}')}",
                "",
                "",
                "",
                version if framework.version else "",
            ]
        )
    table = "\ufeff" + "".join(";".join(map(cell, row)) + "\r\n" for row in rows)
    write(table.encode("utf-8"), output)
    return ExitCode.DONE
