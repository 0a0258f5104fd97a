"""`kompetanse export`: courses as packages for an LMS, for reading and for exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

import click

from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.progress import track_packages
from kompetanse.commands.replacement import put_stream
from kompetanse.content.nearest import nearest
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.export.editing import edition, unsettled
from kompetanse.export.formats import FORMATS, Format
from kompetanse.model.item import Course
from kompetanse.pages.view import Site

_IN_MEMORY = 8 * 1024 * 1024
_EVERY = "all"
_CARTRIDGE = "cc11"


def _help() -> str:
    """Return what the command says of itself, with every format."""
    width = max(map(len, FORMATS))
    rows = "\n".join(f"{name.ljust(width)}  {one.says}" for name, one in FORMATS.items())
    return (
        "Write courses as packages for other systems. FORMAT is one of these, several with commas between, or all:\n\n"
        f"\b\n{rows}\n\n"
        "The same content gives the same bytes. What a format cannot hold is said. A package that is there already is replaced."
    )


class Names(click.ParamType[tuple[Format, ...]]):
    """One format, several with commas between, or `all`."""

    name = "format"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Format, ...]:
        """Read `scorm12`, `scorm12,mbz` or `all`."""
        if isinstance(value, tuple):
            return value
        names = list(FORMATS) if value == _EVERY else value.split(",")
        unknown = [name for name in names if name not in FORMATS]
        if unknown:
            self.fail(
                f"There is no format {', '.join(unknown)}. Use {', '.join(FORMATS)} or {_EVERY}", param, ctx
            )
        return tuple(FORMATS[name] for name in dict.fromkeys(names))


@click.command(
    "export",
    help=_help(),
    epilog="\b\nExample: kompetanse export scorm12 legemiddelhandtering-grunnkurs\n         kompetanse export scorm12,mbz --all -o moodle",
)
@click.argument("formats", metavar="FORMAT", type=Names())
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
    formats: tuple[Format, ...],
    courses: tuple[str, ...],
    everything: bool,
    output: Path,
    target: str | None,
    content: Path | None,
) -> int:
    """Write courses as packages."""
    _refuse_wrong(formats, courses, everything, target)
    place = find(content)
    site, file_of = _read(place)
    for one in formats:
        if one.scope == "region":
            _write(output, one.file_name(site.catalogue.region.id), partial(one.package_region, site))
    packed = [one for one in formats if one.scope == "course"]
    chosen = _chosen(site, courses, everything) if packed else []
    _refuse_unsettled(site, chosen)
    for course in track_packages(chosen):
        made = edition(site, course, file_of)
        for one in packed:
            reader = target if one.name == _CARTRIDGE else None
            _write(output, one.file_name(course.id), partial(one.package_course, made, target=reader))
    return ExitCode.DONE


def _refuse_wrong(
    formats: Sequence[Format], courses: Sequence[str], everything: bool, target: str | None
) -> None:
    names = ", ".join(one.name for one in formats)
    if target and all(one.name != _CARTRIDGE for one in formats):
        raise UsageError(f"--for is only for {_CARTRIDGE}: the other formats are read alike by everybody")
    if all(one.scope == "region" for one in formats):
        if courses or everything:
            raise UsageError(f"{names}: this is what the whole region has. Leave out courses and --all")
    elif bool(courses) == everything:
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


def _refuse_unsettled(site: Site, courses: Sequence[Course]) -> None:
    found = dict.fromkeys(one.path for course in courses for one in unsettled(site, course))
    if found:
        raise KompetanseError(
            "Nothing was written, since nobody has settled the licence of these files, and what is packed is there for others "
            "to use. Ask whoever owns them, and write it instead of NOASSERTION:\n"
            + "\n".join(f"  {path}" for path in found)
        )


def _no_course(id_: str, published: dict[str, Course]) -> str:
    near = nearest(id_, published, 1)
    hint = f"The nearest is {near[0]}" if near else f"The courses are: {', '.join(published) or 'none'}"
    return f"There is no published course with the id {id_}. {hint}. If it is a draft, delete `status: draft` first"


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
