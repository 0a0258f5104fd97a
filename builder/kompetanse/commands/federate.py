"""`kompetanse federate`: read the open catalogues of other regions, for the pages and the search of this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.counting import counted
from kompetanse.commands.family import Family
from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.replacement import write_all
from kompetanse.commands.source import like, region_of, text_of_region
from kompetanse.commands.visible import visible, visible_json
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.model.region import Federated, Region
    from kompetanse.sharing.federation import Federation, Outcome

Command = Callable[..., Any]

_MANY = 5
"""Fewer regions than this are asked before anybody wonders."""

_loopback: Callable[[Command], Command] = click.option(
    "--allow-loopback",
    is_flag=True,
    help="Let catalogues lie on this machine, without https: for trials.",
)


@click.group("federate", cls=Family, epilog="Example: kompetanse federate add https://nordvik.example/")
def command() -> None:
    """Read the open catalogues of other regions: their courses are listed here and found by the search.

    Only text is read, over https. To take a course in, its source is added too: kompetanse source add.
    """


@command.command("add", epilog="Example: kompetanse federate add https://nordvik.example/ --name nordvik")
@click.argument("address", metavar="URL")
@click.option("--name", metavar="NAME", help="Short name; without it, the region's own id.")
@_loopback
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def add(address: str, name: str | None, allow_loopback: bool, content: Path | None, as_json: bool) -> int:
    """Read the catalogue of the region whose site, or whose catalogue.json, is at URL, from now on.

    The record goes into region.yml, and what it offers into .kompetanse/offers/; commit both when you have looked at them.
    """
    from kompetanse.content.offers import path_of
    from kompetanse.content.region import PATH
    from kompetanse.content.source_record import with_record

    place = find(content)
    region = region_of(place)
    found = _first(place, region, address, name, allow_loopback)
    record = {"name": found.region.name, "catalogue": found.region.catalogue}
    text = with_record(text_of_region(place), "federation", record)
    write_all(
        {place.root / PATH: like(place, PATH, text), place.root / path_of(found.region.name): found.text}
    )
    if as_json:
        _write_json([_row(found)])
    else:
        click.echo(_sentence(found))
        click.echo(f"Written: {PATH}, {path_of(found.region.name)}")
    _tell_notices([found])
    return ExitCode.DONE


@command.command("list", epilog="Example: kompetanse federate list")
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_(content: Path | None, as_json: bool) -> int:
    """List the regions whose catalogues are read, and how much each offers. Nobody is asked."""
    from kompetanse.content.offers import read_offers

    place = find(content)
    offers = read_offers(place.root)[0]
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "catalogue": one.catalogue,
            "offers": sum(offer.source == one.name and not offer.withdrawn for offer in offers),
            "withdrawn": sum(offer.source == one.name and bool(offer.withdrawn) for offer in offers),
        }
        for one in region_of(place).federation
    ]
    if as_json:
        return _write_json(rows)
    for row in rows:
        gone = f", {row['withdrawn']} withdrawn" if row["withdrawn"] else ""
        click.echo(
            f"{row['name']}: {counted(row['offers'], 'course')}{gone}, {visible(str(row['catalogue']))}"
        )
    if not rows:
        click.echo("No region's catalogue is read. Add one: kompetanse federate add URL", err=True)
    return ExitCode.DONE


@command.command("remove", epilog="Example: kompetanse federate remove nordvik")
@click.argument("name")
@content_option
def remove(name: str, content: Path | None) -> int:
    """Read the catalogue of the region NAME no longer. Courses that were taken from it stay, with their credits."""
    from kompetanse.content.offers import path_of
    from kompetanse.content.region import PATH
    from kompetanse.content.source_record import without_record

    place = find(content)
    _named(region_of(place), name)
    write_all(
        {place.root / PATH: like(place, PATH, without_record(text_of_region(place), "federation", name))}
    )
    (place.root / path_of(name)).unlink(missing_ok=True)
    click.echo(f"The catalogue of {name} is read no longer. Changed: {PATH}, {path_of(name)}")
    return ExitCode.DONE


@command.command("refresh", epilog="Example: kompetanse federate refresh --strict")
@click.argument("names", nargs=-1)
@click.option(
    "--anew", is_flag=True, help="Read all of every catalogue, also of those that say nothing is new."
)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 when one region did not answer, not only when none did."
)
@_loopback
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def refresh(
    names: tuple[str, ...],
    anew: bool,
    strict: bool,
    allow_loopback: bool,
    content: Path | None,
    as_json: bool,
) -> int:
    """Ask the regions NAMES, or every one, what is new, and keep what they offer now.

    A region that does not answer, or answers something else, stops nobody: what was kept of it stays. Files are written
    only for regions that offer something else than before.
    """
    place = find(content)
    region = region_of(place)
    chosen = [_named(region, name) for name in dict.fromkeys(names)] or list(region.federation)
    federation = _federation(place, region, allow_loopback)

    def keep(found: Outcome) -> None:
        from kompetanse.content.offers import path_of

        write_all({place.root / path_of(found.region.name): found.text})

    with _looked_on(federation.ask(chosen, keep, anew=anew), len(chosen)) as coming:
        done = sorted(coming, key=lambda one: one.region.name)
    if as_json:
        _write_json([_row(one) for one in done])
    else:
        for one in done:
            click.echo(_sentence(one), err=one.state == "failed")
        click.echo(_sum(done), err=True)
    _tell_notices(done)
    failed = sum(one.state == "failed" for one in done)
    return ExitCode.PROBLEMS if failed and (strict or failed == len(done)) else ExitCode.DONE


def _federation(place: Place, region: Region, loopback: bool) -> Federation:
    from kompetanse.sharing.federation import Federation
    from kompetanse.sharing.web import Limits, Web

    return Federation(place.root, region.id, today(), Web(Limits(loopback=loopback)))


def _first(place: Place, region: Region, address: str, name: str | None, loopback: bool) -> Outcome:
    """Return what a region that is to be added offers; its name is that given, or its own id."""
    from kompetanse.sharing.finding import find_catalogue

    federation = _federation(place, region, loopback)
    catalogue, found = find_catalogue(federation, address)
    if found.state == "failed" or found.found is None:
        raise KompetanseError(
            f"{visible(address)} cannot be read: {visible(found.why)}. "
            "Give the address of the region's site, or of its catalogue.json"
        )
    called = name or found.found.region
    _check_new(region, called, catalogue)
    return federation.named(found, called)


def _check_new(region: Region, name: str, catalogue: str) -> None:
    from kompetanse.sharing.address import check_name

    check_name(name)
    for one in region.federation:
        if one.name == name or one.catalogue == catalogue:
            raise KompetanseError(
                f"The catalogue of {one.name} is read already: kompetanse federate refresh {one.name}"
            )
    if any(one.name == name for one in region.sources):
        raise KompetanseError(
            f"There is a source {name}, whose offers are kept under that name. Give another name with --name"
        )


def _named(region: Region, name: str) -> Federated:
    found = next((one for one in region.federation if one.name == name), None)
    if found:
        return found
    from kompetanse.content.nearest import nearest

    near = nearest(name, [one.name for one in region.federation], 1)
    advice = f"Did you mean {near[0]}?" if near else "kompetanse federate list shows those that are read"
    raise UsageError(f"There is no region {visible(name)} among those that are read. {advice}")


@contextmanager
def _looked_on(outcomes: Iterable[Outcome], many: int) -> Iterator[Iterable[Outcome]]:
    """Show a bar when there are many and somebody looks on."""
    import sys

    if many < _MANY or not sys.stderr.isatty():
        yield outcomes
        return
    from rich.console import Console
    from rich.progress import track

    yield track(outcomes, "Asking", total=many, console=Console(stderr=True), transient=True)


def _sentence(one: Outcome) -> str:
    if one.state == "failed":
        kept = f"; what is kept of it stays: {counted(one.offers, 'course')}" if one.offers else ""
        return f"{one.region.name}: {visible(one.why)}{kept}"
    return f"{one.region.name}: {counted(one.offers, 'course')}, {'nothing new' if one.state == 'same' else 'new'}"


def _sum(done: Sequence[Outcome]) -> str:
    counts = {state: sum(one.state == state for one in done) for state in ("new", "same", "failed")}
    received = sum(one.received for one in done)
    return (
        f"{counted(len(done), 'region')}: {counts['new']} with news, {counts['same']} without, {counts['failed']} failed; "
        f"{received / 1_000_000:.1f} MB received"
    )


def _tell_notices(done: Iterable[Outcome]) -> None:
    for one in done:
        for notice in one.notices[:_MOST_NOTICES]:
            click.echo(f"{one.region.name}: {visible(notice)}", err=True)
        if len(one.notices) > _MOST_NOTICES:
            click.echo(f"{one.region.name}: … and {len(one.notices) - _MOST_NOTICES} more", err=True)


_MOST_NOTICES = 10


def _row(one: Outcome) -> dict[str, Any]:
    return {
        "name": one.region.name,
        "catalogue": one.region.catalogue,
        "state": one.state,
        "offers": one.offers,
        "received": one.received,
        "why": one.why,
        "notices": list(one.notices),
    }


def _write_json(rows: Any) -> int:
    click.echo(visible_json(json.dumps(rows, ensure_ascii=False, indent=2)))
    return ExitCode.DONE
