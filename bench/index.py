"""How long the search index takes: all of it, one page changed, and `kompetanse search` when nothing has changed.

Run: python bench/index.py [--files 1000] [--runs 5] [--peer] [--json FILE]
Times are of the processor, since this machine may do other things. `--peer` builds the same Markdown with Material and its own search in the
same run, and tells the share that our index takes of that.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from region import make

from kompetanse import searching
from kompetanse.content.link import link
from kompetanse.content.reading import no_collecting, read_library_at
from kompetanse.indexing import index_files
from kompetanse.learning.audience import audience
from kompetanse.render import html
from kompetanse.staging import site_of
from kompetanse_search.entry import entries, relations, seeds
from kompetanse_search.index import Wanted, bring
from kompetanse_search.shelf import Shelf

TEXTS = Path(__file__).parent.parent / "content"
QUERY = ("brannvern", "rutine")
PEER = """site_name: Peer
docs_dir: content
theme: {name: material}
plugins: [{search: {lang: "no"}}]
"""


def seconds(work: Callable[[], Any]) -> float:
    """Return the processor's time that `work` takes here."""
    start = time.process_time()
    work()
    return time.process_time() - start


def process(*command: str, folder: Path) -> float:
    """Return the processor's time that a process takes, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(root: Path, runs: int) -> dict[str, float]:
    """Measure the index of the region at `root`."""
    found = {"read": seconds(lambda: read_library_at(root, "content"))}
    with no_collecting():
        catalogue = link(read_library_at(root, "content"))
        pages = entries(catalogue, audience(catalogue).roles)
        wanted = Wanted("bench", "1", pages, seeds(catalogue), relations(catalogue))
        shelf = Shelf(root.parent / "shelf")
        found["text"] = seconds(lambda: [page.read(html) for page in pages])
        found["text_and_index"] = seconds(lambda: bring(shelf, wanted, html))
        changed = []
        for number in range(runs):
            other = type(pages[0])(**_fields(pages[0]) | {"title": f"Ny {number}"})
            now = Wanted("bench", str(number), (other, *pages[1:]), wanted.seeds, wanted.relations)
            changed.append(seconds(lambda now=now: bring(shelf, now, html)))  # type: ignore[misc]
        found["one_page"] = statistics.median(changed)
        site = site_of(root, "content", date(2026, 11, 24))
        found["text_and_shards"] = seconds(lambda: index_files(site, ()))
    kompetanse = str(Path(sys.executable).with_name("kompetanse"))
    process(kompetanse, "search", *QUERY, folder=root)
    started = [process(kompetanse, "search", *QUERY, folder=root) for _ in range(runs)]
    return {**found, "command": statistics.median(started)}


def _fields(page: Any) -> dict[str, Any]:
    return {name: getattr(page, name) for name in type(page).__dataclass_fields__}


def peer(root: Path) -> float:
    """Build the same Markdown with Material and its search."""
    (root / "mkdocs.yml").write_text(PEER, encoding="utf-8")
    return process(sys.executable, "-m", "mkdocs", "build", "--quiet", folder=root)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "region"
        os.environ[searching.CACHE] = folder
        make(root, args.files, TEXTS)
        found = measure(root, args.runs)
        if args.peer:
            found["peer"] = peer(root)
            found["share"] = (found["text_and_index"] - found["text"]) / found["peer"]
            found["share_with_text"] = found["text_and_index"] / found["peer"]
            found["share_of_all"] = (
                found["text_and_index"] + found["text_and_shards"] - found["text"]
            ) / found["peer"]
    result = {"files": args.files, "python": platform.python_version(), **found}
    print(json.dumps(result, indent=2))
    if args.json:
        args.json.write_text(json.dumps(result, indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
