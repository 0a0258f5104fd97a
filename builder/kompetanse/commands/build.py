"""`kompetanse build`: check the content and build the site."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kompetanse.cache import cache, packages_folder
from kompetanse.commands.measuring import measured, profile_option, timings_option
from kompetanse.commands.place import Place, content_option, date_option, find, today
from kompetanse.commands.progress import track, track_lots
from kompetanse.commands.replacement import Replacement, replaceable
from kompetanse.commands.report import counted, counts, text
from kompetanse.content.collecting import seldom_collecting
from kompetanse.errors import ExitCode, KompetanseError, Severity
from kompetanse.timing import timed
from kompetanse.unchanged import Record, Said, Seen

if TYPE_CHECKING:
    from kompetanse.commands.packing import Packing
    from kompetanse.pages.stage import Stage


@click.command("build", epilog="Example: kompetanse build -o public --strict --date today")
@content_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the site; default: site.",
)
@click.option("--strict", is_flag=True, help="Build nothing when there are errors or warnings.")
@click.option("--no-cache", is_flag=True, help="Make every page anew, and keep nothing for the next build.")
@click.option("--packages", is_flag=True, help="Offer each course for Moodle and for reading offline too.")
@timings_option
@profile_option
@date_option
def command(
    content: Path | None,
    output: Path | None,
    strict: bool,
    no_cache: bool,
    packages: bool,
    timings: bool,
    profile: Path | None,
    day: date | None,
) -> int:
    """Check the content and build the site.

    The site is replaced as a whole when it is ready. Exits with 1 when there are errors; the site is built from what
    holds, so that you can look at it, and must not be published. A folder without region.yml is nobody's to vouch for:
    its problems are told, and the build goes on.
    """
    place = find(content)
    default = Path("site") if content else place.root / "site"
    target = replaceable(output or default, "404.html", place.folder, place.root)
    with measured(timings, profile), seldom_collecting():
        kept_in = None if no_cache else cache()
        with _packing(place, kept_in) if packages else nullcontext() as packing:
            return _build(place, target, strict, day, kept_in, 1 if profile else None, packing)


@contextmanager
def _packing(place: Place, kept_in: Path | None) -> Iterator[Packing]:
    from kompetanse.commands.packing import Packing

    if kept_in:
        yield Packing(packages_folder(place.root, place.content))
        return
    with TemporaryDirectory() as aside:
        yield Packing(Path(aside))


def _build(
    place: Place,
    target: Path,
    strict: bool,
    day: date | None,
    kept_in: Path | None,
    cores: int | None,
    packing: Packing | None,
) -> int:
    started = time.monotonic()
    record = _record(place, target, day, kept_in, packing is not None) if kept_in else None
    said = _as_it_stands(record) if record else None
    if said and not (strict and said.faults):
        return _tell_again(said, target, time.monotonic() - started)
    sources = _sources(record) if record else None
    from kompetanse.pages.stage import made_anew
    from kompetanse.press.kept_parts import KeptParts
    from kompetanse.staging import count, staged
    from kompetanse.unchanged import tools

    make = KeptParts(kept_in, tools()).made if kept_in else made_anew
    found = staged(place.root, place.content, day or today(), day, track, make=make, pack=packing)
    reading = found.reading
    shown = [problem for problem in reading.problems if problem.severity is not Severity.NOTICE]
    if shown:
        click.echo(text(shown, reading.library.region.language))
    if strict and (reading.errors or reading.warnings):
        raise KompetanseError(
            "Nothing was built, since --strict allows no errors or warnings. Mend them and build again"
        )
    if record:
        record.forget()
    files = packing.files if packing else {}
    written = _write(place, target, found.stage, kept_in, cores, files)
    said = Said(
        text(shown, reading.library.region.language) if shown else "",
        reading.errors + reading.warnings,
        dict(count(found.catalogue)),
        counts(reading.problems),
        ExitCode.PROBLEMS if reading.is_region and reading.errors else ExitCode.DONE,
        len(files),
    )
    if record and sources and written:
        record.keep(sources, written, said)
    _summarise(said, target)
    click.echo(f"Built in  {time.monotonic() - started:.1f} s")
    return said.exit


def _record(place: Place, target: Path, day: date | None, kept_in: Path, packages: bool) -> Record | None:
    """Return the record of the site; None when nobody can tell whether its history is as it was."""
    from kompetanse.git.mark import mark

    history = mark(place.root)
    if history is None:
        return None
    days = (str(today()), str(day), os.environ.get("SOURCE_DATE_EPOCH", ""))
    return Record.of(kept_in, place.root, place.content, target, (history, *days, str(packages)))


@timed("look for changes")
def _as_it_stands(record: Record) -> Said | None:
    return record.holds()


@timed("look for changes")
def _sources(record: Record) -> Seen | None:
    return record.sources()


def _tell_again(said: Said, target: Path, seconds: float) -> int:
    """Say what the build said that made the site that stands."""
    if said.problems:
        click.echo(said.problems)
    _summarise(said, target)
    click.echo(f"Unchanged since it was built: looked at in {seconds:.1f} s")
    return said.exit


def _write(
    place: Place,
    target: Path,
    stage: Stage,
    kept_in: Path | None,
    cores: int | None,
    files: Mapping[str, Path],
) -> Mapping[str, str]:
    """Write the site; return the hash of each of its files, or nothing when MkDocs wrote it."""
    from kompetanse.press.kept import Kept
    from kompetanse.press.site import conversions
    from kompetanse.site import build_site
    from kompetanse.site.output import Output

    convert = conversions(Kept(kept_in) if kept_in else None, cores=cores)
    with Replacement(target) as fresh:
        output = Output(fresh, target)
        build_site(place.config_file, place.root, stage, output, convert, track_lots)
        for path, file in files.items():
            output.put_file(path, file)
    return output.written


def _summarise(said: Said, target: Path) -> None:
    click.echo(f"Items     {counted(said.items) or 'none'}")
    if said.packages:
        click.echo(f"Packages  {said.packages}")
    click.echo(f"Problems  {counted(said.numbers) or 'none'}")
    click.echo(f"Look at   {os.path.relpath(target / 'index.html')}")
