"""`kompetanse serve`: show the site while you write."""

from __future__ import annotations

import errno
import gc
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.place import REGION, Place, content_option, find, today
from kompetanse.errors import ExitCode, KompetanseError, Severity

if TYPE_CHECKING:
    from kompetanse.preview.report import Report
    from kompetanse.preview.server import Server
    from kompetanse.preview.session import Session
    from kompetanse.preview.shelf import Shelf
    from kompetanse.preview.watch import Watch


@click.command("serve", epilog="Example: kompetanse serve --port 8123 --open")
@content_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine."
)
@click.option("--open", "browser", is_flag=True, help="Open the browser.")
def command(content: Path | None, port: int, browser: bool) -> int:
    """Show the site while you write; pages that change load anew when you save. Stop with Ctrl+C.

    Only this machine can see it. Drafts are shown too, under a banner. Problems are told on the terminal and in the page, and the
    last good page stays.
    """
    from kompetanse.site import obstacles

    place = find(content)
    found = obstacles(place.config_file)
    if found:
        click.echo(
            f"MkDocs itself shows this site, since mkdocs.yml sets {', '.join(found)}: every page is made anew at each change.",
            err=True,
        )
        _with_mkdocs(place, port, browser)
    else:
        _preview(place, port, browser)
    return ExitCode.DONE


def _with_mkdocs(place: Place, port: int, browser: bool) -> None:
    from kompetanse.site import serve_site

    region = place.root / REGION
    watched = [region] if region.exists() else []
    serve_site(place.config_file, place.folder, f"127.0.0.1:{port}", watched, browser)


def _preview(place: Place, port: int, browser: bool) -> None:
    from kompetanse.preview.shelf import Shelf
    from kompetanse.preview.watch import watching

    shelf = Shelf()
    with _listening(port, shelf) as server, watching(place.root.resolve(), place.content) as watch:
        session = _session(place, shelf)
        with closing(session):
            _tell_first(session.begin(), session.language)
            click.echo(f"Look at {server.address} – stop with Ctrl+C.", err=True)
            if browser:
                click.launch(server.address)
            try:
                _make_the_rest(session, watch)
                while True:
                    _tell(session.step(watch), session.language)
            except KeyboardInterrupt:
                click.echo("Stopped.", err=True)


def _make_the_rest(session: Session, watch: Watch) -> None:
    """Make what nobody has asked for yet; what is asked for or saved meanwhile comes first."""
    from kompetanse.commands.progress import making

    _leave_alone()
    with making(session.waiting) as tell_left:
        while session.waiting:
            _tell(session.step(watch), session.language)
            tell_left(session.waiting)
    _leave_alone()


def _leave_alone() -> None:
    """Let Python look for garbage among what comes from now on: looking through a region at an edit takes longer than the edit."""
    gc.collect()
    gc.freeze()


def _listening(port: int, shelf: Shelf) -> Server:
    from kompetanse.preview.server import Server, free_port

    try:
        server = Server(port, shelf)
    except OSError as error:
        other = free_port(port)
        why = "Another program uses it" if error.errno == errno.EADDRINUSE else error.strerror
        remedy = f"Try --port {other}" if other else "Choose another --port"
        raise KompetanseError(f"The preview could not start on port {port}. {why}. {remedy}") from error
    server.start()
    return server


def _session(place: Place, shelf: Shelf) -> Session:
    from kompetanse.cache import cache
    from kompetanse.press.kept import Kept
    from kompetanse.press.kept_parts import KeptParts
    from kompetanse.press.site import conversions
    from kompetanse.preview import workshop
    from kompetanse.preview.session import Session
    from kompetanse.unchanged import tools

    kept = KeptParts(cache(), tools())
    where = workshop.Place(place.root.resolve(), place.content, place.config_file, kept)
    convert = conversions(Kept(cache()))
    return Session(workshop.Workshop(where, convert, today), shelf)


def _tell_first(report: Report, language: str) -> None:
    from dataclasses import replace

    from kompetanse.preview.report import Kind

    _tell(replace(report, kind=Kind.CHECKED), language)
    rest = f"; {report.more} parts of the site follow, what you look at first" if report.more else ""
    click.echo(f"{len(report.changed)} files in {report.seconds:.1f} s{rest}", err=True)


def _tell(report: Report | None, language: str) -> None:
    """Say in a row or two what was done, and what is wrong that was not before."""
    if report is None:
        return
    from kompetanse.commands.report import text
    from kompetanse.preview.report import Kind, described

    shown = [problem for problem in report.new if problem.severity is not Severity.NOTICE]
    if shown:
        click.echo(text(shown, language), err=True)
    if report.mended:
        click.echo(f"{report.mended} mended.", err=True)
    if report.kind in {Kind.PARTS, Kind.WHOLE}:
        pages = described(path.removesuffix("index.html") or "/" for path in report.changed)
        rest = "; lists and other pages follow" if report.more else ""
        click.echo(
            f"{pages or 'Nothing to see has changed'} ({report.seconds * 1000:.0f} ms){rest}", err=True
        )
    elif report.kind is Kind.REST:
        click.echo(f"{len(report.changed)} other files followed ({report.seconds:.1f} s)", err=True)
    elif report.kind is Kind.MISSED:
        click.echo(
            f"{described(report.changed)} had been left as they were; they are right now. This is a bug in kompetanse: please report it.",
            err=True,
        )
    elif report.kind is Kind.FAILED:
        click.echo(f"Error: {report.said}. The last good pages stay.", err=True)
    elif report.kind is Kind.BUG:
        click.echo(f"{report.said}This is a bug in kompetanse. The last good pages stay.", err=True)
