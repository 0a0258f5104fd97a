"""Hugo, with the theme in `hugo/`.

Each page is one file, `_index.md` only where it has pages below it: a folder's own page takes more of Hugo. What is the same on
many pages is made once for all that share it (`partialCached`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from peers.stage import Stage, others, page_text, write
from peers.tool import HERE, INSTALLED, Tool, found


def build(stage: Stage, work: Path) -> Tool:
    """Return Hugo, with its project."""
    folder = work / "hugo"
    shutil.copytree(HERE / "hugo", folder)
    write(folder / "data/frames.json", json.dumps(stage.frames, ensure_ascii=False))
    others(stage, folder / "static")
    _pages(stage, folder / "content")
    program = _itself() or found("hugo")
    return Tool(
        "Hugo",
        (program, "--quiet", "--cacheDir", str(folder / "cache")) if program else None,
        (program or "", "version"),
        folder,
        ("public", "resources", "cache", ".hugo_build.lock"),
        "public",
        less="stemming and shards in the search index; abbreviations, attributes within a row; hashes in the content policy",
    )


def server(stage: Stage, work: Path, port: int) -> Tool:
    """Return Hugo's preview."""
    tool = build(stage, work)
    own = ("server", "--bind", "127.0.0.1", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/")
    return replace(tool, command=(tool.command[0], *own, *tool.command[1:]) if tool.command else None)


def page_file(address: str) -> str:
    """Return the file of a page that has none below it."""
    return f"content/{address.strip('/')}.md"


def _itself() -> str | None:
    """Return the program in the package, without the Python around it."""
    programs = sorted(INSTALLED.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(programs[0]) if programs else None


def _pages(stage: Stage, content: Path) -> None:
    pages = list(stage.pages())
    parents = {file.parent.parent for file, _, _ in pages}
    for file, head, body in pages:
        own = file.parent
        target = own / "_index.md" if own in parents or own == Path() else own.with_suffix(".md")
        write(content / target, page_text(head, body, _more(head), _alert))


def _more(head: dict[str, Any]) -> dict[str, Any]:
    """Return what keeps a page that asks not to be found out of the map of the site."""
    return {"sitemap": {"disable": True}} if "robots" in head else {}


def _alert(kind: str, title: str, folds: bool, rows: list[str]) -> Iterator[str]:
    yield f"> [!{kind}]{'-' if folds else ''} {title}"
    yield from (f"> {row}" if row else ">" for row in rows)
