"""Material for MkDocs and Zensical: they read our Markdown as it stands, with their own theme and search."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from peers.stage import Stage, write
from peers.tool import HERE, Tool, found

_LESS = "mark of the active part of the menu, page language, content policy, catalogue; stemming and shards in the search index"
_MORE = "tabs and drawer, search in its own form"


def material(stage: Stage, work: Path) -> Tool:
    """Material: with our menu of some entries, as on our pages, so that it writes no tree of pages."""
    return _material("Material", stage, work, tree=False)


def material_tree(stage: Stage, work: Path) -> Tool:
    """Material, pruned tree: with the tree of all pages at the side, pruned."""
    return _material("Material, pruned tree", stage, work, tree=True)


def zensical(stage: Stage, work: Path) -> Tool:
    """Zensical: with our menu of some entries, as on our pages."""
    folder, program = work / "zensical", found("zensical")
    _project(stage, folder, tree=False)
    return Tool(
        "Zensical",
        (program, "build") if program else None,
        (program or "", "--version"),
        folder,
        ("site", ".cache"),
        "site",
        less=_LESS,
        more=_MORE,
    )


def _material(name: str, stage: Stage, work: Path, *, tree: bool) -> Tool:
    folder, program = work / ("material-tree" if tree else "material"), found("mkdocs")
    _project(stage, folder, tree=tree)
    return Tool(
        name,
        (program, "build", "--quiet") if program else None,
        (str(Path(program or "").with_name("python")), "-c", _versions("mkdocs", "mkdocs-material")),
        folder,
        ("site",),
        "site",
        less=_LESS,
        more=f"{_MORE}, and the tree of pages with the active one marked" if tree else _MORE,
    )


def _versions(*packages: str) -> str:
    return f"from importlib.metadata import version as v;print(*(n+' '+v(n) for n in {packages}))"


def _project(stage: Stage, folder: Path, *, tree: bool) -> None:
    """Write a project with the pages, their extensions, and the parts of the head that the theme leaves out."""
    settings: dict[str, Any] = {
        "site_name": "Bench",
        "site_url": stage.settings["site_url"],
        "docs_dir": "docs",
        "theme": {
            "name": "material",
            "language": "nb",
            "font": False,
            "custom_dir": "overrides",
            "features": ["navigation.prune", "navigation.tabs"],
        },
        "plugins": ["search"],
        "exclude_docs": "!/.well-known/\n",
        "validation": {"links": {"unrecognized_links": "ignore"}},
        "markdown_extensions": stage.settings["markdown_extensions"],
    }
    if not tree:
        settings |= {"nav": stage.settings["nav"], "not_in_nav": "*"}
    write(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
    shutil.copytree(HERE / "material", folder / "overrides")
    shutil.copyfile(stage.docs.parent / "overrides/sitemap.xml", folder / "overrides/sitemap.xml")
    shutil.copytree(stage.docs, folder / "docs")
    for file, head, _ in stage.pages():
        if "robots" in head:
            _hide(folder / "docs" / file)


def _hide(file: Path) -> None:
    """Leave a page out of the search index, as we do with one that asks not to be found."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", "---\nsearch: {exclude: true}\n", 1), encoding="utf-8")


def material_server(stage: Stage, work: Path, port: int) -> Tool:
    """Return Material's preview, which is MkDocs' own."""
    tool = material(stage, work)
    own = ("serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}")
    return replace(tool, command=(tool.command[0], *own) if tool.command else None)


def zensical_server(stage: Stage, work: Path, port: int) -> Tool:
    """Return Zensical's preview."""
    tool = zensical(stage, work)
    own = ("serve", "--dev-addr", f"127.0.0.1:{port}")
    return replace(tool, command=(tool.command[0], *own) if tool.command else None)


def page_file(address: str) -> str:
    """Return the file of a page."""
    return f"docs/{address}index.md"
