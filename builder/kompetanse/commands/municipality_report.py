"""`kompetanse report municipality`: units added up, without names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kompetanse.commands.wanted_report import Wanted, counted, report_options


@click.command(
    "municipality",
    epilog="Example: kompetanse report municipality enheter/* --name Testvik -o ../testvik.html",
)
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=click.Path(path_type=Path))
@report_options(
    "html",
    "csv",
    "pdf",
    "xlsx",
    name="Name of the municipality, for the heading.",
    day="Day that evidence must count on; default: today.",
)
def municipality(folders: tuple[Path, ...], **given: Any) -> int:
    """Add units up: how many meet each requirement, for all and for each unit.

    Each FOLDER is a unit, named as the folder, with what `kompetanse report unit` reads. No name of a person is in the report.
    A group of fewer than five has no number, and neither have others when a difference would give it away.
    """
    from kompetanse.evidence.board_page import Board, municipality_page

    wanted = Wanted(**given)
    found = counted(folders, wanted)
    region = found.region
    board = Board(region.language, wanted.title, found.units, region.framework, region.day)
    return found.end(wanted.write(municipality_page(board), region.language))
