"""The previews: ours of a region's own files, the others of the finished Markdown."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from peers import eleventy, hugo, mkdocs
from peers.stage import Stage, stage_of
from peers.tool import Tool


@dataclass(frozen=True)
class Server:
    """A preview.

    Attributes:
        name: Its name.
        command: Starts it; None when it is not installed.
        folder: Where it runs.
        address: What it serves.
        file: The file that is edited.
    """

    name: str
    command: tuple[str, ...] | None
    folder: Path
    address: str
    file: Path


OWN = "kompetanse serve"

_Make = Callable[[Stage, Path, int], Tool]
_PEERS: dict[str, tuple[_Make, Callable[[str], str]]] = {
    "hugo server": (hugo.server, hugo.page_file),
    "eleventy --serve": (eleventy.server, eleventy.page_file),
    "zensical serve": (mkdocs.zensical_server, mkdocs.page_file),
    "mkdocs serve": (mkdocs.material_server, mkdocs.page_file),
}
NAMES = tuple(_PEERS)


def servers(
    region: Path, work: Path, port: int, file: str, page: str, only: Collection[str] = NAMES
) -> Iterator[Server]:
    """Yield our preview, then each of the others named in `only`.

    Args:
        region: The region; ours gets a copy of it.
        work: Folder of the projects.
        port: Port of ours; the others' follow.
        file: The file that is edited, within the content.
        page: The address of its page, within the site.
        only: The names of the others that are wanted.
    """
    own = work / "own"
    shutil.copytree(region, own)
    command = (sys.executable, "-m", "kompetanse", "serve", "--port", str(port))
    yield Server(OWN, command, own, f"http://127.0.0.1:{port}/", own / "content" / file)
    staged = stage_of(region, work) if only else None
    for name, (make, file_of) in _PEERS.items():
        if staged and name in only:
            port += 1
            tool = make(staged, work, port)
            yield Server(
                name, tool.command, tool.folder, f"http://127.0.0.1:{port}/", tool.folder / file_of(page)
            )
