"""Prints what the browser's search costs: bytes for the first result, time of a query, and time to write the shards.

    python -m kompetanse_search_eval.cost DIR [--pages 1000,10000] [--queries 200]

Pages are those of the set in DIR and others made of them; queries are the judged ones, and the unfinished beginnings of them. Bytes are
those of `gzip -9`, the whole script of the header and of `/sok/` among them, for each query anew. Exits with 2 when the set cannot be read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kompetanse.pages.classic_script import classic
from kompetanse_search.basis import Basis
from kompetanse_search.document import Document, Heading
from kompetanse_search.page import Pages
from kompetanse_search.relations import Relations
from kompetanse_search.shards import files
from kompetanse_search.shown import Shown
from kompetanse_search.word_lists import PAIRS
from kompetanse_search_eval import made_up, sets

ROOT = Path(__file__).parents[3]
READER = ROOT / "tests/search/reader.mjs"
SCRIPTS = ROOT / "theme/kompetanse_theme/assets/kompetanse"


@dataclass(frozen=True, slots=True)
class Site:
    """Shards in a folder, their sizes packed, and the seconds that the pages and the shards took."""

    folder: Path
    packed: Mapping[str, int]
    analysed: float
    written: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; return the exit code."""
    given = _parser().parse_args(arguments)
    try:
        data = sets.read(given.folder)
    except sets.SetError as error:
        print(error, file=sys.stderr)
        return 2
    name = max(data.collections, key=lambda one: len(data.collections[one]))
    every = [one.text for one in data.queries if one.collection == name]
    queries = every[:: max(1, len(every) // given.queries)]
    for count in map(int, given.pages.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            made = site(made_up.documents(data.collections[name], count), Path(folder))
            print("\n".join(_report(count, made, queries)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kompetanse_search_eval.cost", description="What the search costs.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder with a set")
    parser.add_argument("--pages", default="1000,10000", help="sizes of the site")
    parser.add_argument("--queries", type=int, default=200, help="how many queries, about")
    return parser


def site(documents: Sequence[Document], folder: Path, region: str = "") -> Site:
    """Write the shards of `documents` to `folder`."""
    faceted = [_faceted(one, number) for number, one in enumerate(documents)]
    start = time.perf_counter()
    basis = Basis.of(faceted)
    make = Pages(basis)
    pages = [make.page(one) for one in faceted]
    analysed = time.perf_counter()
    shown = {one.address: _shown(one) for one in faceted}
    found = files(pages, basis, shown, Relations.of(pairs=PAIRS), region)
    for path, text in found.items():
        (folder / path).write_text(text, encoding="utf-8")
    done = time.perf_counter()
    packed = {path: _packed(text) for path, text in found.items()}
    return Site(folder, packed, analysed - start, done - analysed)


def _packed(text: str) -> int:
    return len(gzip.compress(text.encode("utf-8"), 9))


def _faceted(one: Document, number: int) -> Document:
    """Return a document with as many values as a page of a region has: one kind, a role or four, a level."""
    roles = tuple(f"rolle-{(number * step) % 60}" for step in range(1, 1 + number % 5))
    kind = ("course", "competence", "role", "article")[number % 4]
    facets = {"kind": (kind,), "language": (one.language,), "level": (str(number % 3),)}
    return replace(one, facets={**facets, **({"role": roles} if roles else {})})


def _shown(one: Document) -> Shown:
    headings = tuple(Heading(title, f"h-{at}") for at, title in enumerate(one.headings[:12]))
    return Shown.of(one, headings)


def _report(count: int, site: Site, queries: Sequence[str]) -> Iterator[str]:
    modules = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")}
    reader = _packed(classic(modules, "search-all.js", "kompetanseSearch", ("mount", "mountPage")))
    manifest = site.packed["manifest.js"]
    yield f"{count} pages: {len(site.packed)} files, {sum(site.packed.values()) / 1e6:.2f} MB packed; script {reader} bytes, manifest {manifest}"
    yield f"  pages analysed in {site.analysed:.2f} s, shards written in {site.written:.2f} s"
    asked = [{"text": text} for text in queries]
    for name, more, also in (
        ("first result", {"facets": []}, "files"),
        ("… with all facets", {}, "files"),
        ("… while typing", {"facets": [], "typing": True}, "files"),
        ("… and the texts that extracts come from", {"facets": []}, "texts"),
    ):
        cold = _ask(site, [{**one, **more} for one in asked], cold=True)
        sizes = [reader + sum(site.packed[path] for path in {*one["files"], *one[also]}) for one in cold]
        many = [len({*one["files"], *one[also]}) for one in cold]
        yield f"  {name}, cold: median {_part(sizes, 50) / 1000:.1f} kB, p95 {_part(sizes, 95) / 1000:.1f} kB; files {_part(many, 50):.0f}, {_part(many, 95):.0f}"
    warm = [{**one, "typing": True} for one in asked]
    times = [one["milliseconds"] for one in _ask(site, warm + warm, cold=False)[len(asked) :]]
    yield f"  warm, typing, all facets: p50 {_part(times, 50):.1f} ms, p95 {_part(times, 95):.1f} ms"


def _ask(site: Site, queries: Sequence[Mapping[str, Any]], *, cold: bool) -> list[dict[str, Any]]:
    asked = json.dumps({"about": "costs", "folder": str(site.folder), "queries": queries, "cold": cold})
    done = subprocess.run(["node", READER], input=asked, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _part(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
