"""A generator that is ready to build one site."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALLED = HERE.parent / ".peers"
"""Where bench/setup puts the programs."""


@dataclass(frozen=True)
class Tool:
    """A generator, ready to build one site or to serve it.

    Attributes:
        name: Its name.
        command: Builds the site; None when it is not installed.
        version: Prints its version.
        folder: Where it runs.
        made: What a build leaves there, its caches too; gone before each build.
        output: The site.
        less: What our pages have and its have not.
        more: What its pages have and ours have not.
    """

    name: str
    command: tuple[str, ...] | None
    version: tuple[str, ...]
    folder: Path
    made: tuple[str, ...]
    output: str
    less: str = ""
    more: str = ""


def found(*names: str) -> str | None:
    """Return where a program lies: among the peers, beside our own Python, or anywhere."""
    folders = (INSTALLED / "bin", Path(sys.executable).parent)
    beside = [str(folder / name) for folder in folders for name in names if (folder / name).is_file()]
    return next(iter(beside), None) or next(filter(None, map(shutil.which, names)), None)


def version(tool: Tool) -> str:
    """Return what a tool says of its version."""
    if tool.command is None:
        return "not installed"
    said = subprocess.run(tool.version, cwd=tool.folder, capture_output=True, text=True, check=False)
    return (said.stdout.strip().splitlines() or ["unknown"])[0]


def summary(tool: Tool) -> dict[str, object]:
    """Return how many pages, other files and megabytes a build has left."""
    files = [path for path in (tool.folder / tool.output).rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    return {
        "pages": len(pages),
        "others": len(files) - len(pages),
        "mb_out": round(sum(path.stat().st_size for path in files) / 1e6, 1),
    }
