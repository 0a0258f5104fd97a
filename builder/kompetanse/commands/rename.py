"""`kompetanse rename`: give an item a new id; every reference follows."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kompetanse.commands.place import Place, content_option, find, today
from kompetanse.commands.replacement import write_all
from kompetanse.content.rename import Plan
from kompetanse.errors import ExitCode, KompetanseError, UsageError

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@click.command("rename", epilog="Example: kompetanse rename brannvern brannvern-grunnkurs --dry-run")
@click.argument("old")
@click.argument("new")
@content_option
@click.option(
    "--keep-address", is_flag=True, help="Leave the file where it is, also when it is called like the id."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--force", is_flag=True, help="Change files that have uncommitted changes too.")
def command(old: str, new: str, content: Path | None, keep_address: bool, dry_run: bool, force: bool) -> int:
    """Give the item OLD the id NEW.

    References, links and reuse follow in every file. A file or course folder called OLD is renamed as well, and its
    old address leads to the new one. Take it back with git: `git checkout .`
    """
    if not _ID.fullmatch(new):
        raise UsageError(f"{new!r} is no id. Use small letters a–z, digits and hyphens")
    from kompetanse.commands.wanted import wanted
    from kompetanse.content.reading import read_region_at
    from kompetanse.content.rename import plan

    place = find(content)
    library = read_region_at(place.root, place.content, today()).library
    wanted(library, old)
    found = plan(place.root, library, old, new, move=not keep_address)
    _tell(found, dry_run)
    if not dry_run:
        if not force:
            _refuse_uncommitted(place, found)
        carry_out(place, found)
    return ExitCode.DONE


def _tell(found: Plan, dry_run: bool) -> None:
    verb = "would change" if dry_run else "changes"
    click.echo(f"{len(found.uses)} references; {verb} {len(found.texts)} files:")
    for path in found.texts:
        click.echo(f"  {path}")
    if found.move:
        click.echo(f"  {found.move[0]} → {found.move[1]}")
    for address in found.redirects:
        click.echo(f"  redirect from /{address}")


def _refuse_uncommitted(place: Place, found: Plan) -> None:
    from kompetanse.git.state import uncommitted

    touched = sorted(str(path) for path in uncommitted(place.root) & set(found.texts))
    if touched:
        raise KompetanseError(
            f"Not done, since these files have changes that are not committed: {', '.join(touched)}. "
            "Commit them first, so that you can take the rename back, or use --force"
        )


def carry_out(place: Place, found: Plan) -> None:
    """Write the new texts, then move the file or folder."""
    write_all({place.root / path: text for path, text in found.texts.items()})
    if found.move:
        (place.root / found.move[0]).rename(place.root / found.move[1])
