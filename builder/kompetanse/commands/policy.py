"""`kompetanse policy`: give a built site the policy that `kompetanse build` writes itself."""

from __future__ import annotations

from pathlib import Path

import click

from kompetanse.errors import ExitCode, KompetanseError


@click.command("policy", epilog="Example: kompetanse policy ../staged/site")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Write into every page under DIR what it may load and run: its own origin, and the scripts that stand in it now.

    For a staged site that another engine has built; `kompetanse build` does so itself. Run it again after each build.
    """
    from kompetanse.commands.replacement import write_all
    from kompetanse.policy import with_policy

    pages = {path: _read(path) for path in sorted(folder.rglob("*.html")) if path.is_file()}
    if not pages:
        raise KompetanseError(f"{folder} holds no page. Name the folder of a built site")
    made = {path: with_policy(text) for path, text in pages.items()}
    write_all({path: text for path, text in made.items() if text != pages[path]})
    click.echo(f"{len(made)} pages in {folder} have their policy")
    return ExitCode.DONE


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")  # every end of line as it stands
    except UnicodeDecodeError as error:
        raise KompetanseError(f"{path} is not UTF-8. Nothing was changed; build the site anew") from error
