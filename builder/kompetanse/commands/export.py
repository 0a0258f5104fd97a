"""`kompetanse export`: courses as packages for an LMS, for reading and for exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

import click

from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.progress import track_packages
from kompetanse.commands.replacement import put_stream
from kompetanse.content.nearest import nearest
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.export.editing import edition
from kompetanse.export.formats import FORMATS, Format
from kompetanse.model.item import Course
from kompetanse.pages.view import Site

_IN_MEMORY = 8 * 1024 * 1024


def _help() -> str:
    """Return what the command says of itself, with every format."""
    width = max(map(len, FORMATS))
    rows = "\n".join(f"{name.ljust(width)}  {one.says}" for name, one in FORMATS.items())
    return (
        "Write courses as packages for other systems. FORMAT is one of:\n\n"
        f"\b\n{rows}\n\n"
        "The same content gives the same bytes. What a format cannot hold is said. A package that is there already is replaced."
    )


@click.command(
    "export",
    help=_help(),
    epilog="\b\nExamples: kompetanse export scorm12 legemiddelhandtering-grunnkurs\n          kompetanse export mbz --all -o moodle",
)
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("courses", metavar="[COURSE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every published course.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("packages"),
    show_default=True,
    metavar="DIR",
    help="Folder for the packages.",
)
@click.option(
    "--for",
    "target",
    type=click.Choice(["moodle", "openedx"]),
    help="Who is to read a Common Cartridge; default: moodle.",
)
@content_option
def command(
    format_: str,
    courses: tuple[str, ...],
    everything: bool,
    output: Path,
    target: str | None,
    content: Path | None,
) -> int:
    """Write courses as packages."""
    chosen = FORMATS[format_]
    _refuse_wrong(chosen, courses, everything, target)
    place = find(content)
    site, file_of = _read(place)
    if chosen.scope == "region":
        _write(output, chosen.file_name(site.catalogue.region.id), lambda to: chosen.package_region(site, to))
        return ExitCode.DONE
    options = {"target": target} if target else {}
    for course in track_packages(_chosen(site, courses, everything)):
        made = edition(site, course, file_of)
        _write(
            output,
            chosen.file_name(course.id),
            lambda to, made=made: chosen.package_course(made, to, **options),  # type: ignore[misc]
        )
    return ExitCode.DONE


def _refuse_wrong(chosen: Format, courses: Sequence[str], everything: bool, target: str | None) -> None:
    if target and chosen.name != "cc11":
        raise UsageError("--for is only for cc11: the other formats are read alike by everybody")
    if chosen.scope == "region" and (courses or everything):
        raise UsageError(f"{chosen.name} holds what the whole region has. Leave out courses and --all")
    if chosen.scope == "course" and bool(courses) == everything:
        raise UsageError("Say which courses: their ids, or --all. `kompetanse export --help` has an example")


def _read(place: Place) -> tuple[Site, Callable[[str], Path | None]]:
    from kompetanse.staging import site_with_files

    return site_with_files(place.root, place.content, today())


def _chosen(site: Site, ids: Sequence[str], everything: bool) -> list[Course]:
    published = {str(one.id): one for one in site.catalogue.published(Course)}
    if everything:
        return list(published.values())
    unknown = [id_ for id_ in ids if id_ not in published]
    if unknown:
        raise KompetanseError("\n".join(_no_course(id_, published) for id_ in unknown))
    return [published[id_] for id_ in dict.fromkeys(ids)]


def _no_course(id_: str, published: dict[str, Course]) -> str:
    near = nearest(id_, published, 1)
    hint = f"Did you mean {near[0]}?" if near else f"The courses are: {', '.join(published) or 'none'}"
    return f"There is no published course with the id {id_}. {hint}"


def _write(folder: Path, name: str, package: Callable[[BinaryIO], Sequence[str]]) -> None:
    """Write one package, whole or not at all, and say what it could not hold."""
    path = folder / name
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as aside:
        lost = package(aside)  # type: ignore[arg-type]
        aside.seek(0)
        put_stream(path, aside)  # type: ignore[arg-type]
    click.echo(f"{path}  {_size(path.stat().st_size)}")
    for row in _shown(lost):
        click.echo(f"  {row}")


def _shown(lost: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(lost)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
