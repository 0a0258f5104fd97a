"""`kompetanse import`: read courses, roles, competences and requirements that others wrote."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import click

from kompetanse.commands import import_course
from kompetanse.commands.family import Family
from kompetanse.commands.import_report import Outcome, as_json, as_text
from kompetanse.commands.new import FOLDERS
from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.replacement import write_all
from kompetanse.content.library import Library
from kompetanse.content.reading import read_region_at
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.importers import columns
from kompetanse.importers.arrival import Arrival, arrive, problems
from kompetanse.importers.framework import Framework, is_public, read_framework
from kompetanse.importers.identity import Identities
from kompetanse.importers.items import NewItem, Publishing, new_items
from kompetanse.importers.need import Defaults
from kompetanse.importers.table import read_table
from kompetanse.messages import message, remedy
from kompetanse.model.licence import LICENCES

_PREFIX = re.compile(r"(?:[a-z0-9][a-z0-9-]*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MOST_SHOWN = 20


class _Files(Family):
    """Takes the name of a file where the word `course` was left out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in, unless a subcommand or help was asked for."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [import_course.command.name or "", *args]
        return super().parse_args(ctx, args)


@click.group(
    "import",
    cls=_Files,
    epilog="\b\nExample: kompetanse import kurs.docx --dry-run\n         kompetanse import framework kompetansekrav.csv",
)
def command() -> None:
    """Read what others wrote: courses and questions, or roles, competences and requirements.

    `kompetanse import FILE...` is short for `kompetanse import course FILE...`. A file with the name of a subcommand is
    written ./framework.
    """


command.add_command(import_course.command)


@command.command(
    "framework",
    short_help="Read a table of roles and competences.",
    epilog="\b\nExample: kompetanse import framework nice-framework-2022.csv --licence CC0-1.0 --dry-run\n         "
    "kompetanse import framework kompetansekrav.csv --level 2 --kind mandatory",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--prefix", metavar="TEXT", help="Start of every id; default: nice- for the NICE Framework, else none."
)
@click.option(
    "--roles-into", metavar="DIR", help="Folder for roles; default: content/roller/ and the prefix."
)
@click.option(
    "--competences-into",
    metavar="DIR",
    help="Folder for competences; default: content/kompetanser/ and the prefix.",
)
@click.option(
    "--level",
    type=click.IntRange(1, 4),
    default=2,
    show_default=True,
    help="Level of a requirement whose row names none.",
)
@click.option(
    "--kind",
    type=click.Choice(["mandatory", "recommended"]),
    default="recommended",
    show_default=True,
    help="How binding a requirement is whose row does not say it.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="Language of the items; default: en for the NICE Framework, else the region's.",
)
@click.option("--licence", metavar="SPDX", help="Licence of the items; default: the region's.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who is credited; may be repeated.")
@click.option("--replace", is_flag=True, help="Write files anew that are there already.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "json_wanted", is_flag=True, help="Write the report as JSON.")
@content_option
def framework(
    file: Path, content: Path | None, replace: bool, dry_run: bool, json_wanted: bool, **wishes: Any
) -> int:
    """Read the CSV table FILE, and write a file for each role and competence in it.

    FILE is the NICE Framework (columns Work Role, Competency, KSA …) or a spreadsheet of your own with the columns
    role;competence;level;kind, in Norwegian rolle;kompetanse;nivå;krav. A column basis or hjemmel gives the law of what
    is statutory. In your own spreadsheet the name or id of a competence that the region has means that one.

    Every row is accounted for in the report. Nobody has written level texts for imported competences, so they get those
    of the scale and a note that says so: write better ones. The NICE Framework is in the public domain of the United
    States; say --licence CC0-1.0 if you publish it so. Exits with 1 when a file was there already or a row needs mending.
    """
    _refuse_wrong(wishes)
    place = find(content)
    library = read_region_at(place.root, place.content, today()).library
    table = read_table(file, columns.known)
    defaults = Defaults(wishes["level"], wishes["kind"])
    found = read_framework(table, defaults, lambda form: _identities(form, library, wishes))
    publishing = _publishing(place, library, found, file, wishes)
    items = tuple(new_items(found, publishing))
    present = frozenset(item.path for item in items if os.path.lexists(place.root / item.path))
    arrival = arrive(library, items, present, replace)
    _refuse_problems(library, arrival.items)
    outcome = Outcome(file, table, found, items, arrival, dry_run)
    if not dry_run:
        _write(place, arrival)
    click.echo((as_json if json_wanted else as_text)(outcome))
    return ExitCode.PROBLEMS if arrival.kept or found.account.faults else ExitCode.DONE


def _refuse_wrong(wishes: dict[str, Any]) -> None:
    """Stop at options that would make every file wrong.

    Raises:
        UsageError: Naming the option.
    """
    if wishes["licence"] and wishes["licence"] not in LICENCES:
        raise UsageError(f"--licence {wishes['licence']!r} is unknown. Use one of {', '.join(LICENCES)}")
    if not _PREFIX.fullmatch(wishes["prefix"] or ""):
        raise UsageError(
            f"--prefix {wishes['prefix']!r} cannot start an id. Use small letters a–z, digits and hyphens"
        )
    if wishes["language"] and not _LANGUAGE.fullmatch(wishes["language"]):
        raise UsageError(f"--language {wishes['language']!r} is no BCP 47 tag. Use nb, nn, en, se …")


def _prefix(form: columns.Form, wishes: dict[str, Any]) -> str:
    given: str | None = wishes["prefix"]
    if given is not None:
        return given
    return "nice-" if is_public(form) else ""


def _identities(form: columns.Form, library: Library, wishes: dict[str, Any]) -> Identities:
    kinds = {id_: one.kind for id_, one in library.by_id.items()}
    return Identities(_prefix(form, wishes), kinds, _titles(library), by_name=not is_public(form))


def _titles(library: Library) -> dict[tuple[str, str], str]:
    """Return the id of each role and competence by kind and title; a translation gives way to its original."""
    items = [one for one in library.documents if one.kind in {"role", "competence"}]
    ranked = sorted(items, key=lambda one: library.original(one) is None)
    return {(one.kind, one.title.casefold()): library.id_of(one) for one in ranked}


def _publishing(
    place: Place, library: Library, found: Framework, file: Path, wishes: dict[str, Any]
) -> Publishing:
    own = library.region.language
    language = wishes["language"] or ("en" if is_public(found.form) else own)
    name = _prefix(found.form, wishes).strip("-")
    return Publishing(
        language=language,
        says_language=language != own,
        licence=wishes["licence"],
        authors=tuple(wishes["authors"]),
        source=file.name,
        roles=_folder(place, "--roles-into", wishes["roles_into"], f"{FOLDERS['role']}/{name}"),
        competences=_folder(
            place, "--competences-into", wishes["competences_into"], f"{FOLDERS['competence']}/{name}"
        ),
    )


def _folder(place: Place, option: str, given: str | None, usual: str) -> PurePosixPath:
    """Return a folder in the content folder, from the region's root.

    Raises:
        UsageError: When `given` lies outside.
    """
    wanted = PurePosixPath((given or usual).replace("\\", "/"))
    if wanted.parts[:1] != (place.content,):
        wanted = PurePosixPath(place.content) / wanted
    inside = (place.root / wanted).resolve().is_relative_to(place.folder.resolve())
    if ".." in wanted.parts or wanted.is_absolute() or not inside:
        raise UsageError(f"{option} {given} lies outside {place.content}/. Name a folder in it")
    return wanted


def _refuse_problems(library: Library, items: Sequence[NewItem]) -> None:
    """Check all files before one is written.

    Raises:
        KompetanseError: With the errors that `check` would find in them.
    """
    found = problems(library, items)
    if not found:
        return
    shown = found[:_MOST_SHOWN]
    rows = [f"  {one.path}: {one.key}: {message(one, 'en')}. {remedy(one, 'en')}" for one in shown]
    more = [f"  … and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
    raise KompetanseError("\n".join(["Nothing was written, since these files would be wrong:", *rows, *more]))


def _write(place: Place, arrival: Arrival) -> None:
    write_all({place.root / item.path: item.text for item in arrival.items})
