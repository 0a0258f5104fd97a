"""`kompetanse where-used`: list everything that refers to an item."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kompetanse.commands.place import content_option, find, today
from kompetanse.content.usage import Use
from kompetanse.errors import ExitCode


@click.command("where-used", epilog="Example: kompetanse where-used meld-avvik")
@click.argument("item", metavar="ID")
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(item: str, content: Path | None, as_json: bool) -> int:
    """List everything that refers to the item ID: keys, courses, links, reuse, and the courses that are touched."""
    from kompetanse.commands.wanted import wanted
    from kompetanse.content.reading import read_region_at
    from kompetanse.content.usage import uses

    place = find(content)
    library = read_region_at(place.root, place.content, today()).library
    found = list(uses(library, wanted(library, item)))
    if as_json:
        click.echo(json.dumps([_row(use) for use in found], ensure_ascii=False, indent=2))
        return ExitCode.DONE
    for use in found:
        click.echo(f"{use.path}:{use.line}: {use.how}{' ' + use.key if use.key else ''}: {use.written}")
    files = len({use.path for use in found})
    click.echo(
        f"{item} is used {len(found)} times in {files} files" if found else f"Nothing refers to {item}",
        err=True,
    )
    return ExitCode.DONE


def _row(use: Use) -> dict[str, object]:
    return {"path": str(use.path), "line": use.line, "how": use.how, "key": use.key, "written": use.written}
