"""`kompetanse init`: make a new region's repository."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path, PurePosixPath
from string import Template

import click

from kompetanse import __version__
from kompetanse.commands.place import today
from kompetanse.commands.replacement import write_all
from kompetanse.errors import ExitCode, KompetanseError
from kompetanse.messages import LANGUAGES
from kompetanse.model.slug import slug

_UNQUOTED = str.maketrans({"\\": "/", '"': "'"})
"""What would end or bend a quoted text in YAML."""


@click.command("init", epilog='Example: kompetanse init min-region --name "Vår region" --language nn')
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the region; default: the folder's name.")
@click.option("--id", "id_", metavar="ID", help="World-wide unique id; default: from the name.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The region's own language; default: nb.")
@click.option("--no-build", is_flag=True, help="Do not build the site at once.")
def command(folder: Path, name: str | None, id_: str | None, language: str | None, no_build: bool) -> int:
    """Make a new region's repository in DIR, with a first role, competence and course, and build it.

    It holds region.yml, mkdocs.yml, the content folders and CI files for GitHub, GitLab and Forgejo. On a terminal it
    asks for name and language.
    """
    whole = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
        raise KompetanseError(f"{folder} is there already and is not empty. Choose another folder")
    name = name or _ask("Name of the region", whole.name)
    language = language or _ask("Language (nb, nn, en)", "nb", LANGUAGES)
    values = _values(name, slug(id_ or name) or "region", language)
    files = starter(language, values)
    write_all({folder / path: text for path, text in files.items()})
    click.echo(f"{len(files)} files in {folder}")
    _start_history(folder)
    result = ExitCode.DONE if no_build else _build(folder)
    click.echo(f"Next: cd {folder} && kompetanse serve")
    return result


def _ask(question: str, default: str, choices: tuple[str, ...] | None = None) -> str:
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(question, default=default, type=click.Choice(choices) if choices else str))


def _values(name: str, id_: str, language: str) -> dict[str, str]:
    others = [one for one in LANGUAGES if one != language]
    plain = " ".join(
        "".join(sign if sign.isprintable() else " " for sign in name).translate(_UNQUOTED).split()
    )
    return {
        "id": id_,
        "name": plain,
        "publisher": plain,
        "language": language,
        "languages": ", ".join((language, *others)),
        "version": __version__,
        "today": str(today()),
    }


def starter(language: str, values: dict[str, str]) -> dict[PurePosixPath, str]:
    """Return the files of a new region: path in it → text."""
    top = Path(str(resources.files("kompetanse"))) / "starter"
    found: dict[PurePosixPath, str] = {}
    for part in (top / "common", top / language):
        for file in sorted(part.rglob("*")):
            if file.is_file():
                path = PurePosixPath(file.relative_to(part).as_posix().replace("dot-", "."))
                found[path] = Template(file.read_text(encoding="utf-8")).substitute(values)
    return found


def _start_history(folder: Path) -> None:
    from kompetanse.git.start import start

    if not start(folder, "Start the region"):
        click.echo("git does not know your name yet, so nothing was committed. Set it and commit:")
        click.echo('  git config --global user.name "…" && git config --global user.email "…"')
        click.echo('  git add . && git commit -m "Start the region"')


def _build(folder: Path) -> int:
    from kompetanse.commands.build import command as build

    result = build.main(args=["--content", str(folder), "-o", str(folder / "site")], standalone_mode=False)
    return int(result or ExitCode.DONE)
