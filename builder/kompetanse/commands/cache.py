"""`kompetanse cache`: what is kept between runs, and how to be rid of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kompetanse.commands.family import Family
from kompetanse.errors import ExitCode, KompetanseError

if TYPE_CHECKING:
    from kompetanse.keeping import Kind

_NAMES = ("pages", "parts", "builds", "packages", "search", "sources", "federation")


@click.group("cache", cls=Family, epilog="Example: kompetanse cache info")
def command() -> None:
    """See and clear what is kept between runs. All of it can be made again, and nothing in it is trusted."""


@command.command("info", epilog="Example: kompetanse cache info")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def info(as_json: bool) -> int:
    """Tell where the cache lies, and what it holds of each kind: how much, and what for."""
    from kompetanse.cache import cache
    from kompetanse.keeping import held

    folder, found = cache(), list(held(cache()))
    if as_json:
        kinds = {one.kind.name: {"entries": one.entries, "bytes": one.bytes} for one in found}
        click.echo(json.dumps({"folder": str(folder), "kinds": kinds}, indent=2, ensure_ascii=False))
        return ExitCode.DONE
    click.echo(f"Folder  {folder}")
    click.echo(f"\n{'Kind':11} {'entries':>8} {'MB':>9}  what")
    for one in found:
        click.echo(f"{one.kind.name:11} {one.entries:8} {one.bytes / 1e6:9.1f}  {one.kind.what}")
    return ExitCode.DONE


@command.command("clear", epilog="Example: kompetanse cache clear --kind pages")
@click.option(
    "--kind",
    "names",
    type=click.Choice(_NAMES),
    multiple=True,
    help="Only what is kept of this kind. May be repeated.",
)
def clear(names: tuple[str, ...]) -> int:
    """Take away what is kept; only files and folders of ours, whatever else lies beside them.

    The next command that needs them makes or fetches them again. A command that runs at the same time goes on.
    """
    from kompetanse.cache import cache
    from kompetanse.keeping import KINDS, held

    wanted = [kind for kind in KINDS if not names or kind.name in names]
    before = {one.kind.name: one.bytes for one in held(cache())}
    left = [one for kind in wanted for one in _cleared(kind)]
    freed = sum(before.values()) - sum(one.bytes for one in held(cache()))
    click.echo(f"Cleared {', '.join(kind.name for kind in wanted)}: {freed / 1e6:.1f} MB")
    if left:
        raise KompetanseError(
            "Some could not be taken away:\n" + "\n".join(left) + "\nClose what uses them and clear again"
        )
    return ExitCode.DONE


def _cleared(kind: Kind) -> list[str]:
    from kompetanse.cache import cache
    from kompetanse.keeping import clear

    return clear(cache(), kind)
