"""`kompetanse stage`: write the finished Markdown, for any engine that reads mkdocs.yml."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import click

from kompetanse.commands.place import Place, content_option, date_option, find, today
from kompetanse.commands.progress import track
from kompetanse.commands.replacement import Replacement, replaceable
from kompetanse.commands.report import counted, counts
from kompetanse.errors import ExitCode
from kompetanse.pages.stage import Stage

SOURCES = "sources.json"
"""Which author's file each staged page was made from; also the mark of a staged folder."""


@click.command("stage", epilog="Example: kompetanse stage ../staged && cd ../staged && mkdocs build")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@content_option
@date_option
def command(folder: Path, content: Path | None, day: date | None) -> int:
    """Write the finished Markdown, mkdocs.yml and templates to DIR.

    MkDocs, ProperDocs and Zensical build it without any plugin of ours.
    """
    from kompetanse.staging import staged

    place = find(content)
    replaceable(folder, SOURCES, place.folder, place.root)
    found = staged(place.root, place.content, day or today(), day, track)
    with Replacement(folder) as fresh:
        write(place, found.stage, fresh)
    click.echo(
        f"{len(found.stage.files)} files in {folder}; in the content: {counted(counts(found.reading.problems)) or 'no problems'}"
    )
    return ExitCode.PROBLEMS if found.reading.is_region and found.reading.errors else ExitCode.DONE


def write(place: Place, stage: Stage, folder: Path) -> None:
    """Write `stage` to the new folder `folder`."""
    from kompetanse.engine import mkdocs_yml, theme_files

    templates, assets = theme_files(stage)
    texts = {f"docs/{file.path}": file.text for file in stage.files}
    texts |= {"mkdocs.yml": mkdocs_yml(stage), SOURCES: _sources(stage)}
    copies = {f"docs/{path}": place.root / source for path, source in stage.assets.items()}
    copies |= {f"docs/{path}": file for path, file in assets.items()}
    copies |= {f"overrides/{path}": file for path, file in templates.items()}
    for path, text in texts.items():
        _room_for(folder / path).write_text(text, encoding="utf-8", newline="\n")
    for path, source in copies.items():
        shutil.copyfile(source, _room_for(folder / path))


def _room_for(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _sources(stage: Stage) -> str:
    found = {file.path: str(file.source) for file in stage.files if file.source}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
