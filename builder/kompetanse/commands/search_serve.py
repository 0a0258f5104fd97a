"""`kompetanse search-serve`: answer searches from other programs."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.place import content_option, find
from kompetanse.commands.visible import visible
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.search_service import Server, Settings

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+|\*")


@click.command("search-serve", epilog="Example: kompetanse search-serve --port 8124")
@content_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8124, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--allow-origin", default="", metavar="ORIGIN", help="Site whose scripts may read answers.")
@click.option("--log-queries", is_flag=True, help="Write every query to standard error.")
def command(content: Path | None, port: int, host: str, allow_origin: str, log_queries: bool) -> int:
    """Answer searches from other programs: GET /search?q=WORDS gives the JSON of kompetanse search --json.

    It only reads. The index is brought up to date when it starts; after that, whenever somebody runs kompetanse search. Stop
    with Ctrl+C.
    """
    from kompetanse.commands.progress import track_pages
    from kompetanse.search_service import Settings
    from kompetanse.searching import Watch, index

    if allow_origin and not _ORIGIN.fullmatch(allow_origin):
        raise UsageError(f"{allow_origin!r} is no origin. Write it as https://portal.example.no")
    if not _is_loopback(host):
        click.echo(
            "Warning: other machines can reach this service. Put it behind one that knows who may.", err=True
        )
    place = find(content)
    index(place.root, place.content, Watch(lambda said: click.echo(said, err=True), track_pages)).close()
    log = _log if log_queries else None
    _run(_server(host, port, Settings(place.root, place.content, allow_origin, log)))
    return ExitCode.DONE


def _log(query: str) -> None:
    click.echo(f"query: {visible(query)}", err=True)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _server(host: str, port: int, settings: Settings) -> Server:
    from kompetanse.search_service import Server

    try:
        return Server(host, port, settings)
    except OSError as error:
        raise KompetanseError(
            f"Could not listen on {host}, port {port}: {error.strerror}. Choose another --port or --host"
        ) from error


def _run(server: Server) -> None:
    host, port = str(server.server_address[0]), server.server_address[1]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Searches are answered at http://{shown}:{port}/search?q=… Stop with Ctrl+C.", err=True)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
