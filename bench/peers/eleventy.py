"""Eleventy, with the theme in `eleventy/`.

Its templates are JavaScript, the fastest of its languages, and its Markdown is the markdown-it it comes with, with its usual plugins.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from peers.stage import Stage, others, page_text, write
from peers.tool import HERE, INSTALLED, Tool

_MODULES = INSTALLED / "node_modules"
_PROGRAM = "node_modules/@11ty/eleventy/cmd.cjs"


def build(stage: Stage, work: Path) -> Tool:
    """Return Eleventy, with its project."""
    folder, node = work / "eleventy", shutil.which("node")
    shutil.copytree(HERE / "eleventy", folder)
    write(folder / "frames.json", json.dumps(stage.frames, ensure_ascii=False))
    others(stage, folder / "static")
    for file, head, body in stage.pages():
        write(folder / "src" / file, page_text(head, body, {}, _container))
    (folder / "node_modules").symlink_to(_MODULES)
    there = node and (_MODULES.parent / _PROGRAM).is_file()
    return Tool(
        "Eleventy",
        (str(node), _PROGRAM, "--quiet") if there else None,
        (str(node), _PROGRAM, "--version"),
        folder,
        ("_site",),
        "_site",
        less="stemming and shards in the search index; attributes but of headings; hashes in the content policy",
    )


def server(stage: Stage, work: Path, port: int) -> Tool:
    """Return Eleventy's preview; it builds only what an edit changes."""
    tool = build(stage, work)
    own = ("--serve", "--incremental", f"--port={port}")
    return replace(tool, command=(*tool.command, *own) if tool.command else None)


def page_file(address: str) -> str:
    """Return the file of a page."""
    return f"src/{address}index.md"


def _container(kind: str, title: str, folds: bool, rows: list[str]) -> Iterator[str]:
    yield f":::: {kind}{'-' if folds else ''} {title}"
    yield from rows
    yield "::::"
