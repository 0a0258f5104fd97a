"""`kompetanse source`: the other regions, and other repositories of courses, that this region may take courses from."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.family import Family
from kompetanse.commands.place import Place, content_option, find
from kompetanse.commands.replacement import write_all
from kompetanse.commands.source_report import kept_of, line, row, sentence
from kompetanse.commands.visible import visible, visible_json
from kompetanse.errors import ExitCode, KompetanseError

if TYPE_CHECKING:
    from kompetanse.model.offer import Offer
    from kompetanse.model.region import Region, Source
    from kompetanse.sharing.visit import Visit


@click.group("source", cls=Family, epilog="Example: kompetanse source add https://git.example.no/laering.git")
def command() -> None:
    """Say which other regions, or other repositories of Markdown, this region may take courses from."""


@command.command(
    "add", epilog="Example: kompetanse source add https://git.example.no/laering.git --name lillestrom"
)
@click.argument("address", metavar="ADDRESS")
@click.option(
    "--name", metavar="NAME", help="Short name; without it, the region's own id or the end of the address."
)
@click.option("--branch", metavar="BRANCH", help="Branch to follow; without it, the source's own.")
@click.option("--internal", is_flag=True, help="Its host lies in your own network.")
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def add(
    address: str, name: str | None, branch: str | None, internal: bool, content: Path | None, as_json: bool
) -> int:
    """Follow the repository at ADDRESS: https://…, ssh://…, user@host:path or a folder.

    Its newest commit is fetched without history and without files, nothing of it is put in a work tree, and the courses
    it offers are kept in .kompetanse/offers/. The record goes into region.yml; commit both when you have looked at them.
    """
    from kompetanse.content.offers import path_of, text_of
    from kompetanse.content.region import PATH
    from kompetanse.content.source_record import with_source, without_record
    from kompetanse.sharing.visit import visit

    place = find(content)
    region = region_of(place)
    source = replace(_new(place, region, address, name, branch), internal=internal)
    _say(f"Reading {address} …")
    found = visit(place.root, region, source, datetime.now(UTC))
    _check_new(region, found.source)
    read_before = any(one.name == found.source.name for one in region.federation)
    text = without_record(text_of_region(place), "federation", found.source.name)
    written = {
        PATH: with_source(text, found.source),
        path_of(found.source.name): text_of(found.offers),
    }
    write_all({place.root / path: like(place, path, text) for path, text in written.items()})
    if as_json:
        return _write_json([row(found)])
    click.echo(sentence(found, added=True))
    if read_before:
        click.echo("Its catalogue is no longer read, since its repository says the same and more")
    click.echo(f"Written: {', '.join(map(str, written))}")
    click.echo(f"Next: kompetanse catalogue --source {found.source.name}", err=True)
    return ExitCode.DONE


@command.command("list", epilog="Example: kompetanse source list")
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_(content: Path | None, as_json: bool) -> int:
    """List the sources, what was seen of each last, and how many courses it offers. Nobody is asked."""
    from kompetanse.content.offers import read_offers

    place = find(content)
    region = region_of(place)
    offers = [one.source for one in read_offers(place.root)[0]]
    rows = [kept_of(place, source, offers.count(source.name)) for source in region.sources]
    if as_json:
        return _write_json(rows)
    for one in rows:
        click.echo(line(one))
    if not rows:
        click.echo("There are no sources. Add one: kompetanse source add ADDRESS", err=True)
    return ExitCode.DONE


@command.command("remove", epilog="Example: kompetanse source remove lillestrom")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask, although courses were taken from it.")
@content_option
def remove(name: str, yes: bool, content: Path | None) -> int:
    """Follow the source NAME no longer. Courses that were taken from it stay, with their credits, and get no updates.

    When there are such courses, they are named, and it is done only when you say so.
    """
    from kompetanse.content.offers import path_of
    from kompetanse.content.region import PATH
    from kompetanse.content.source_record import without_source
    from kompetanse.sharing.sources import named

    place = find(content)
    source = named(region_of(place), name)
    text = without_source(text_of_region(place), name)
    taken = _taken_from(place, source)
    if taken:
        click.echo(f"{len(taken)} of your courses came from {name}:", err=True)
        for one in taken:
            click.echo(f"  {visible(one)}", err=True)
        click.echo("They stay, with their credits. You will get no more updates of them", err=True)
        if not yes and not _agreed(name):
            raise KompetanseError(
                f"{name} is followed as before. To remove it all the same: kompetanse source remove {name} --yes"
            )
    write_all({place.root / PATH: like(place, PATH, text)})
    (place.root / path_of(source.name)).unlink(missing_ok=True)
    click.echo(f"{name} is followed no longer. Changed: {PATH}, {path_of(name)}")
    if taken:
        click.echo(f"Follow it again: kompetanse source add {visible(source.repository)} --name {name}")
    return ExitCode.DONE


def _taken_from(place: Place, source: Source) -> list[str]:
    """Return the courses here that came from a source, as `id (folder)`."""
    from kompetanse.content.reading import read_library_at

    library = read_library_at(place.root, place.content)
    ids = {one.path.parent: library.id_of(one) for one, _ in reversed([*library.of_kind("course")])}
    folders = [folder for folder, one in library.adopted.items() if one.origin.source == source.name]
    return sorted(f"{ids.get(folder, folder.name)} ({folder})" for folder in folders)


def _agreed(name: str) -> bool:
    return sys.stdin.isatty() and click.confirm(f"Follow {name} no longer?", err=True)


@command.command("refresh", epilog="Example: kompetanse source refresh lillestrom")
@click.argument("name", required=False)
@click.option(
    "--accept", is_flag=True, help="Take an older version, or another history, than was there before."
)
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def refresh(name: str | None, accept: bool, content: Path | None, as_json: bool) -> int:
    """Ask the source NAME, or every source, what is new, and keep what it offers now.

    A source that does not answer stops nobody: what was kept of it stays. Exits with 1 when one did not answer.
    """
    from kompetanse.content.offers import path_of, read_offers
    from kompetanse.sharing.sources import named

    place = find(content)
    region = region_of(place)
    if accept and name is None:
        raise KompetanseError("Name the source that you accept: kompetanse source refresh NAME --accept")
    chosen = [named(region, name)] if name else [one for one in region.sources if one.trust != "stopped"]
    kept = read_offers(place.root)[0]
    before = {path: _read(place, path) for path in (path_of(one.name) for one in chosen)}
    found = [
        _visited(place, region, source, tuple(one for one in kept if one.source == source.name), accept)
        for source in chosen
    ]
    if as_json:
        _write_json([row(one) for one in found if one])
    else:
        for one in filter(None, found):
            click.echo(sentence(one))
        changed = [path for path, was in before.items() if _read(place, path) != was]
        if changed:
            click.echo(f"Written: {', '.join(map(str, changed))}")
    if not chosen:
        click.echo("There are no sources. Add one: kompetanse source add ADDRESS", err=True)
    return ExitCode.DONE if all(found) else ExitCode.PROBLEMS


def _read(place: Place, path: PurePosixPath) -> bytes | None:
    file = place.root / path
    return file.read_bytes() if file.is_file() else None


def _visited(
    place: Place, region: Region, source: Source, kept: tuple[Offer, ...], accept: bool
) -> Visit | None:
    """Ask one source and keep its offers; say what is wrong with it, and let the others have their turn."""
    from kompetanse.content.offers import path_of, text_of
    from kompetanse.sharing.visit import visit

    _say(f"Asking {source.name} …")
    try:
        found = visit(place.root, region, source, datetime.now(UTC), accept=accept, kept=kept)
    except KompetanseError as error:
        click.echo(f"{source.name}: {visible(str(error)).replace(' NAME ', f' {source.name} ')}", err=True)
        return None
    if found.offers is kept:
        return found
    path, text = place.root / path_of(source.name), text_of(found.offers)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_all({path: text})
    return found


def region_of(place: Place) -> Region:
    """Return the region; without its `region.yml` there is nowhere to write."""
    from kompetanse.content.region import read_region

    if not (place.root / "region.yml").is_file():
        raise KompetanseError(
            "There is no region.yml here, where sources are kept. Make a region: kompetanse init DIR"
        )
    text_of_region(place)
    return read_region(place.root)[0]


def text_of_region(place: Place) -> str:
    """Return the text of `region.yml`."""
    from kompetanse.content import files, yaml_text
    from kompetanse.content.region import PATH
    from kompetanse.errors import Problem

    text = files.read(place.root, PATH)
    try:
        if not isinstance(text, Problem) and isinstance(yaml_text.load(text), dict):
            return text
    except yaml_text.Fault:
        pass
    raise KompetanseError(
        "region.yml cannot be read, so nothing is written to it. `kompetanse check` says why"
    )


def like(place: Place, path: Any, text: str) -> str:
    """Return the text with the row ends of the file that it replaces."""
    from kompetanse.content.edit import like_file

    return like_file(place.root, path, text) if (place.root / path).is_file() else text


def _new(place: Place, region: Region, address: str, name: str | None, branch: str | None) -> Source:
    """Return the record of a source that is to be added, as far as the person says it."""
    from kompetanse.model.region import Source
    from kompetanse.sharing.address import check_branch, check_name, read_address

    read = read_address(address, Path.cwd())
    text = _as_recorded(address, Path(read.url), place.root) if read.is_local else address
    source = Source(
        name=check_name(name) if name else "",
        repository=text,
        branch=check_branch(branch) if branch else None,
    )
    same = next((one for one in region.sources if one.repository == text), None)
    if same:
        raise KompetanseError(
            f"{address} is followed already, as {same.name}: kompetanse source refresh {same.name}"
        )
    if name:
        _check_new(region, source)
    return source


def _as_recorded(typed: str, folder: Path, root: Path) -> str:
    """Return a folder as it stands in `region.yml`: from the region's root, when it was not typed from the disk's."""
    if typed.startswith("~") or Path(typed).is_absolute():
        return typed
    import os.path

    return Path(os.path.relpath(folder, root.resolve())).as_posix()


def _check_new(region: Region, source: Source) -> None:
    from kompetanse.sharing.address import check_name

    check_name(source.name)
    if any(one.name == source.name for one in region.sources):
        raise KompetanseError(f"There is a source {source.name} already. Give another name with --name")
    if source.region == region.id:
        raise KompetanseError("That is this region itself. Name another region's repository")


def _write_json(rows: Sequence[dict[str, Any]]) -> int:
    click.echo(visible_json(json.dumps(list(rows), ensure_ascii=False, indent=2)))
    return ExitCode.DONE


def _say(text: str) -> None:
    """Say what is waited for, when somebody looks on."""
    if sys.stderr.isatty():
        click.echo(visible(text), err=True)
