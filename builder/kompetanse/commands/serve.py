"""`kompetanse serve`: show the site while you write."""

from __future__ import annotations

from pathlib import Path

import click

from kompetanse.commands.place import REGION, content_option, find
from kompetanse.errors import ExitCode


@click.command("serve", epilog="Example: kompetanse serve --port 8123 --open")
@content_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine."
)
@click.option("--open", "browser", is_flag=True, help="Open the browser.")
def command(content: Path | None, port: int, browser: bool) -> int:
    """Show the site while you write; it reloads when you save. Stop with Ctrl+C.

    Only this machine can see it. Drafts are shown too, under a banner. Problems are told on the terminal, and the last good page stays.
    """
    from kompetanse.site import serve_site

    place = find(content)
    region = place.root / REGION
    serve_site(
        place.config_file, place.folder, f"127.0.0.1:{port}", [region] if region.exists() else [], browser
    )
    return ExitCode.DONE
