"""`kompetanse report unit`: what the people of a unit can, from the files that they have handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.place import Day, Place, content_option, find, today
from kompetanse.commands.progress import track_files
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.messages import LANGUAGES

if TYPE_CHECKING:
    from kompetanse.evidence.unit_words import Words
    from kompetanse.learning.framework import Framework


@click.group("report", epilog="Example: kompetanse report unit filer/ -o ../enhet.html")
def command() -> None:
    """Reckon what people have handed over: the same as the site does in the browser."""


@command.command(
    "unit",
    epilog="Example: kompetanse report unit filer/ --format pdf -o ../hjemmetjenesten.pdf --name Hjemmetjenesten",
)
@click.argument("files", metavar="FILES…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "csv", "pdf"]),
    default="html",
    show_default=True,
    help="Form of the report.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write; default: standard output.",
)
@click.option(
    "--name",
    default="",
    metavar="TEXT",
    help="Name of the unit, for the heading and the column of the table.",
)
@click.option("--date", "day", type=Day(), help="Day that evidence must count on; default: today.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the report; default: the region's."
)
@content_option
def unit(
    files: tuple[Path, ...],
    form: str,
    output: Path | None,
    name: str,
    day: date | None,
    language: str | None,
    content: Path | None,
) -> int:
    """Report what a unit has and lacks: role × competence, what is missing, what runs out, who can guide whom.

    FILES are what employees have handed over, or folders of them; a folder gives its .json files. The numbers are those of
    the page «enhet» on the site. What cannot be read is told, and the rest is counted.

    A report is about persons, so it is never written where git would keep it. Exits with 1 when a file could not be read.
    """
    found = _found(files)
    _refuse_wrong(form, output)
    place = find(content)
    words = _reckoned(found, place, day or today(), language, name)
    report, lost = _as(form, words)
    _write(report, output)
    for said in (*words.told(), *lost):
        click.echo(said, err=True)
    unread = any(one.key in _UNREAD for one in words.unit.notices)
    return ExitCode.PROBLEMS if unread else ExitCode.DONE


_UNREAD = frozenset(f"file.{one}" for one in ("too_large", "damaged", "foreign", "newer", "wrong"))


def _found(paths: Sequence[Path]) -> list[Path]:
    """Return the files at `paths`, each once.

    Raises:
        UsageError: When a path is not there, or no file is.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}. Check the path")
        inside = sorted(one for one in path.rglob("*.json") if one.is_file()) if path.is_dir() else [path]
        found |= {one.resolve(): one for one in inside}
    if not found:
        raise UsageError("There are no .json files there. Name the files that people have handed over")
    return list(found.values())


def _refuse_wrong(form: str, output: Path | None) -> None:
    """Stop before anything is read.

    Raises:
        UsageError: When a PDF would go to the terminal.
        KompetanseError: When git would keep the report, or its folder is not there.
    """
    if output is None:
        if form == "pdf":
            raise UsageError("A PDF needs a file. Name one with -o FILE")
        return
    from kompetanse.git.ignored import is_kept_out

    if not is_kept_out(output):
        raise KompetanseError(
            f"{output} lies in a git repository, and a report is about persons: what git has kept, it never forgets. "
            "Choose a file outside the repository, or one that .gitignore names"
        )
    if output.is_dir() or not output.absolute().parent.is_dir():
        raise KompetanseError(f"{output} cannot be written. Name a file in a folder that is there")


def _reckoned(paths: Sequence[Path], place: Place, day: date, language: str | None, name: str) -> Words:
    from kompetanse.evidence.assessment import legible, read
    from kompetanse.evidence.unit_words import Words
    from kompetanse.learning.group import File
    from kompetanse.learning.unit import unit as reckon

    framework, own = _framework(place, day, language)
    files = [File(legible(path.name), read(path)) for path in track_files(paths)]
    return Words(own, reckon(files, framework, day), legible(name).strip())


def _framework(place: Place, day: date, language: str | None) -> tuple[Framework, str]:
    """Return the framework as the site of the region publishes it, and the language that it is in."""
    from kompetanse.learning.framework import Framework
    from kompetanse.model.own_address import MAPPING
    from kompetanse.pages import data
    from kompetanse.staging import site_of

    site = site_of(place.root, place.content, day)
    own = language or site.languages[0]
    return Framework.read(*data.framework(site.view("", own).at(MAPPING))), own


def _as(form: str, words: Words) -> tuple[bytes, tuple[str, ...]]:
    """Return the report, and what there is to tell of its form alone."""
    from kompetanse.evidence.unit_csv import unit_csv
    from kompetanse.evidence.unit_report import unit_html, unit_pdf

    if form == "pdf":
        return unit_pdf(words)
    return (unit_csv(words) if form == "csv" else unit_html(words)).encode("utf-8"), ()


def _write(report: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(report, nl=False)
        return
    aside = output.with_name(f".{output.name}.new")
    try:
        aside.write_bytes(report)
        aside.replace(output)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise KompetanseError(f"Could not write {output}: {error.strerror}. Choose another file") from error
