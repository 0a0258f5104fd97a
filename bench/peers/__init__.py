"""The other generators, each with the same pages as ours from the Markdown that `kompetanse stage` writes.

A page of ours carries: title, description, canonical address, robots, language, content policy, two blocks of JSON-LD, the scripts
and styles that it names; a skip link, the name, a search form, the menu with the active entry marked, the trail, the contents of a
long page, the text with its admonitions, exercises and tables, the links of the footer. The site has a map, a page for what is
not found, a search index with the text, the titles and the headings of each page that may be found, and a catalogue of the courses.
Each peer gets all of it that it can have, in its own idiom; what is left is named in `Tool.less` and `Tool.more`.

The trail, the JSON-LD and the facts stand finished in the Markdown: what no peer does is to work them out of the content.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from peers import eleventy, hugo, kompetanse, mkdocs
from peers.stage import Stage, stage_of
from peers.tool import Tool, summary, version

__all__ = ["NAMES", "Tool", "stage_of", "summary", "tools", "version"]

_PEERS: dict[str, Callable[[Stage, Path], Tool]] = {
    "Material": mkdocs.material,
    "Material, pruned tree": mkdocs.material_tree,
    "Zensical": mkdocs.zensical,
    "Hugo": hugo.build,
    "Eleventy": eleventy.build,
}


NAMES = tuple(_PEERS)
"""The peers' names."""


def tools(region: Path, work: Path, only: Collection[str] = NAMES) -> Iterator[Tool]:
    """Yield ourselves, then each peer named in `only`, with its project under `work`."""
    yield kompetanse.build(region)
    wanted = [make for name, make in _PEERS.items() if name in only]
    if wanted:
        staged = stage_of(region, work)
        yield from (make(staged, work) for make in wanted)
