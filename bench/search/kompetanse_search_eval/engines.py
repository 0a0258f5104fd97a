"""Our search and its peers: each ranks one collection for a list of queries. A peer that is not installed says so."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kompetanse_search.document import Document
from kompetanse_search.memory import ranker_of
from kompetanse_search.relations import Relations
from kompetanse_search.word_lists import PAIRS

DEPTH = 40
"""Ids in a ranking, so that ten are left when some are excluded."""

_HERE = Path(__file__).parent
_MODULES = _HERE.parent
_WORD = re.compile(r"\w+")


class Engine(Protocol):
    """A search engine."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    def missing(self) -> str:
        """Return what must be installed first; empty when nothing must."""

    def rank(self, documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]]:
        """Return the ids for each query, best first, `DEPTH` at most."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The specification in plain Python."""

    name: str = "kompetanse"

    def missing(self) -> str:
        """It is always there."""
        return ""

    def rank(self, documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]]:
        """Rank with the pairs of bokmål and nynorsk that the package brings."""
        index = ranker_of(documents, relations=Relations.of(pairs=PAIRS))
        return [[hit.address for hit in index.search(query, limit=DEPTH).hits] for query in queries]


@dataclass(frozen=True, slots=True)
class Fts5:
    """SQLite's full text search: words as they are, any of them, BM25."""

    name: str = "SQLite FTS5"

    def missing(self) -> str:
        """Python's SQLite has it nearly everywhere."""
        with sqlite3.connect(":memory:") as base:
            has = base.execute("select sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
        return "" if has else "an SQLite with FTS5"

    def rank(self, documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]]:
        """Rank by `bm25()`, all columns alike."""
        base = sqlite3.connect(":memory:")
        base.execute("create virtual table page using fts5(id unindexed, title, headings, body)")
        rows = [(one.address, one.title, "\n".join(one.headings), one.body) for one in documents]
        base.executemany("insert into page values (?, ?, ?, ?)", rows)
        found = [self._ask(base, query) for query in queries]
        base.close()
        return found

    def _ask(self, base: sqlite3.Connection, query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        asked = "select id from page where page match ? order by rank, id limit ?"
        return [row[0] for row in base.execute(asked, (words, DEPTH))] if words else []


@dataclass(frozen=True, slots=True)
class Whoosh:
    """Whoosh with its own analysis and scoring; any of the words."""

    name: str
    language: str = ""

    def missing(self) -> str:
        """It is of the extra `peers`."""
        return "" if importlib.util.find_spec("whoosh") else "pip install whoosh3"

    def rank(self, documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]]:
        """Rank by BM25F over title, headings and body."""
        fields, qparser, analysis, storage = map(
            _module, ("fields", "qparser", "analysis", "filedb.filestore")
        )
        analyse = analysis.LanguageAnalyzer(self.language) if self.language else analysis.StandardAnalyzer()
        text = fields.TEXT(analyzer=analyse)
        schema = fields.Schema(id=fields.ID(stored=True), title=text, headings=text, body=text)
        index = storage.RamStorage().create_index(schema)
        writer = index.writer()
        for one in documents:
            parts = {"title": one.title, "headings": "\n".join(one.headings), "body": one.body}
            writer.add_document(id=one.address, **parts)
        writer.commit()
        parser = qparser.MultifieldParser(["title", "headings", "body"], schema, group=qparser.OrGroup)
        parser.remove_plugin_class(qparser.WildcardPlugin)
        with index.searcher() as searcher:
            return [[hit["id"] for hit in searcher.search(parser.parse(one), limit=DEPTH)] for one in queries]


def _module(name: str) -> Any:
    """Whoosh need not be there, and the type checker must say the same when it is."""
    return importlib.import_module(f"whoosh.{name}")


@dataclass(frozen=True, slots=True)
class Browser:
    """An engine of the browser, run by Node."""

    name: str
    engine: str
    package: str

    def missing(self) -> str:
        """It takes Node, and `npm ci` in `bench/search`; Material comes with the project."""
        if not shutil.which("node"):
            return "Node"
        there = _MODULES / "node_modules" / self.package
        return "" if not self.package or there.is_dir() else f"npm ci in {_MODULES.name}"

    def rank(self, documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]]:
        """Rank in a process of its own. Raises `CalledProcessError`, with what it said, when it fails."""
        rows = [
            {"id": one.address, "title": one.title, "headings": "\n".join(one.headings), "body": one.body}
            for one in documents
        ]
        asked = {
            "engine": self.engine,
            "documents": rows,
            "queries": list(queries),
            "depth": DEPTH,
            "modules": str(_MODULES),
            "assets": _material() if self.engine == "material" else None,
        }
        run = ["node", str(_HERE / "engines.mjs")]
        done = subprocess.run(run, input=json.dumps(asked), capture_output=True, text=True, check=True)
        ranked: list[list[str]] = json.loads(done.stdout)
        return ranked


def _material() -> dict[str, Any]:
    """Return where Material's worker is, and what its plugin tells it for `nb` and `nn` by default."""
    material = importlib.util.find_spec("material")
    assert material, "Material is a dependency of the project"
    folder = Path(str(material.origin)).parent / "templates/assets/javascripts"
    return {
        "folder": str(folder),
        "worker": next((folder / "workers").glob("search.*.min.js")).name,
        "config": {
            "lang": ["no"],
            "separator": r"[\s\-]+",
            "pipeline": ["stopWordFilter"],
            "fields": {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}},
        },
    }


OURS = Ours()
PEERS: tuple[Engine, ...] = (
    Fts5(),
    Whoosh("Whoosh"),
    Whoosh("Whoosh, Norwegian", "no"),
    Browser("MiniSearch", "minisearch", "minisearch"),
    Browser("MiniSearch, fuzzy", "minisearch fuzzy", "minisearch"),
    Browser("Pagefind", "pagefind", "pagefind"),
    Browser("Material (lunr)", "material", ""),
)
