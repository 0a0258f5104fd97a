"""The search as the browser does it, asked through Node, beside what the package finds."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.lexicon import Lexicon
from kompetanse_search.memory import Memory
from kompetanse_search.page import Pages
from kompetanse_search.rank import Ranker
from kompetanse_search.relations import Relations
from kompetanse_search.shards import files
from kompetanse_search.shown import Shown

ROOT = Path(__file__).parents[2]


DATA = ROOT.parent / "shared/data/search-eval"


READER = Path(__file__).parent / "reader.mjs"


def ask(about: str, **given: Any) -> Any:
    """Ask the reader, in one process."""
    done = subprocess.run(
        ["node", READER],
        input=json.dumps({"about": about, **given}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def shown(documents: Sequence[Document]) -> dict[str, Shown]:
    """Return what is shown of documents that nobody has rendered."""
    return {one.address: Shown.of(one, ()) for one in documents}


def both(
    documents: Sequence[Document], relations: Relations, folder: Path, basis: Basis | None = None
) -> Ranker:
    """Return the reference, and write the shards of the same pages into `folder`."""
    on = basis or Basis.of(documents)
    make = Pages(on)
    pages = [make.page(one) for one in documents]
    for path, text in files(pages, on, shown(documents), relations).items():
        (folder / path).write_text(text, encoding="utf-8")
    memory = Memory(pages, on)
    return Ranker(memory, Lexicon(memory, relations))


def compared(ranker: Ranker, queries: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Demand that the reader answers `queries` as the reference does."""
    for query, have in zip(queries, ask("queries", folder=str(folder), queries=queries), strict=True):
        where = {facet: frozenset(values) for facet, values in query.get("where", {}).items()}
        want = ranker.search(query["text"], where=where, typing=query.get("typing", False))
        assert [(hit["address"], hit["score"]) for hit in have["hits"]] == [
            (hit.address, hit.score) for hit in want.hits
        ], query
        assert (have["total"], have["facets"]) == (want.total, want.facets), query
