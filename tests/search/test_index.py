"""The index on disk: the same results as the ranking in memory, page by page, and nothing that is old, foreign or damaged."""

from __future__ import annotations

import errno
import gc
import json
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.search.conftest import region
from tests.search.strange import STRANGE

from kompetanse_search import VERSION
from kompetanse_search.basis import Basis
from kompetanse_search.document import Document, Heading
from kompetanse_search.index import Index, Wanted, bring
from kompetanse_search.memory import ranker_of
from kompetanse_search.rank import Ranker
from kompetanse_search.relations import Relations
from kompetanse_search.shelf import Busy, Shelf, Unusable, states
from kompetanse_search.text import tokens
from kompetanse_search.word_lists import PAIRS

SETS = Path(__file__).parents[3] / "shared/data/search-eval"
RELATIONS = Relations.of(pairs=PAIRS)


@dataclass(frozen=True)
class Given:
    """A document as the index takes it."""

    document: Document

    @property
    def address(self) -> str:
        return self.document.address

    @property
    def digest(self) -> str:
        return repr(self.document)

    def read(self, html: Callable[[str], str]) -> tuple[Document, tuple[Heading, ...]]:
        return self.document, ()


def wanted(documents: Sequence[Document], stamp: str = "1", region: str = "testvik") -> Wanted:
    """Return what an index of `documents` is to hold."""
    return Wanted(region, stamp, [Given(one) for one in documents], (), RELATIONS)


def brought(shelf: Shelf, documents: Sequence[Document], stamp: str = "1") -> Index:
    """Bring the index on `shelf` up to date, and open it."""
    bring(shelf, wanted(documents, stamp), str)
    return Index.open(shelf, "testvik")


@pytest.fixture
def documents(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents of the vectors, with no facet that has no value: a catalogue gives none."""
    kept = ({facet: values for facet, values in one.facets.items() if values} for one in documents)
    return tuple(replace(one, facets=facets) for one, facets in zip(documents, kept, strict=True))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty place for indexes."""
    return Shelf(tmp_path / "index")


def same(one: Ranker, other: Ranker, queries: Sequence[str], **options: Any) -> None:
    """Compare everything that both find."""
    for query in queries:
        assert one.search(query, **options) == other.search(query, **options), query


def _rows(name: str) -> list[Any]:
    return [json.loads(row) for row in (SETS / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.skipif(
    not SETS.is_dir(), reason="the judged queries that nobody here wrote are not beside the project"
)
@pytest.mark.parametrize("name", ["docs", "docs_untitled", "infoportal_nb", "infoportal_nn"])
def test_what_is_found_is_what_the_ranking_in_memory_finds(name: str, shelf: Shelf) -> None:
    documents = [
        Document(one["id"], one["lang"], one["title"] or "", tuple(one["headings"] or ()), "", one["body"])
        for one in _rows(f"{name}.jsonl")
    ]
    queries = [one["query"] for one in _rows("queries.jsonl") if one["collection"] == name]

    kept = brought(shelf, documents)

    same(kept, ranker_of(documents, relations=RELATIONS), queries)
    kept.close()


def test_the_reference_region_is_searched_as_in_memory(shelf: Shelf) -> None:
    documents = region()[::4]
    titles = [one.title for one in documents if one.title]
    words = sorted({word for one in documents for word in tokens(one.body)})[::23]
    asked = [*titles, *words, *(word[:2] + word[3:] for word in words[::3])]
    questions = [" ".join(one.body.split()[40:52]) for one in documents]

    kept, memory = brought(shelf, documents), ranker_of(documents, relations=RELATIONS)

    same(kept, memory, [*asked, *questions])
    same(kept, memory, asked[::9], typing=True)
    kept.close()


def test_whatever_is_typed_finds_the_same(shelf: Shelf, documents: tuple[Document, ...]) -> None:
    memory, kept = ranker_of(documents, relations=RELATIONS), brought(shelf, documents)

    same(kept, memory, STRANGE)
    same(kept, memory, ["vaktm", "bra", "legemiddel hånd"], typing=True)
    same(kept, memory, ["håndtering", "brann"], where={"kind": frozenset({"course", "role"})})
    kept.close()


def test_a_changed_page_is_read_alone_and_counts_as_if_all_had_been(
    shelf: Shelf, documents: tuple[Document, ...]
) -> None:
    first, second, *rest = documents
    new = [replace(first, title="Ny sjukehusmat"), *rest, Document("ny/", title="Legemiddelkabinett")]
    brought(shelf, documents).close()

    read = bring(shelf, wanted(new, "2"), str)

    assert read == 2
    kept, memory = Index.open(shelf, "testvik"), ranker_of(new, Basis.of(documents), RELATIONS)
    asked = ["sjukehusmat", "sjukehusmad", "legemiddelkabinet", second.title, first.title, *second.headings]
    same(kept, memory, asked)
    kept.close()


def test_many_changes_make_all_anew(shelf: Shelf) -> None:
    documents = [Document(f"{number}/", title=f"Side {number}") for number in range(30)]
    bring(shelf, wanted(documents), str)

    read = bring(
        shelf, wanted([replace(one, body="Ny tekst") for one in documents[:11]] + documents[11:], "2"), str
    )

    assert read == 30


def test_nothing_that_has_not_changed_is_read(shelf: Shelf, documents: tuple[Document, ...]) -> None:
    bring(shelf, wanted(documents), str)

    assert bring(shelf, wanted(documents, "2"), str) == 0
    index = Index.open(shelf, "testvik")
    assert index.manifest.stamp == "2"
    index.close()


def test_an_empty_region_has_an_index(shelf: Shelf) -> None:
    index = brought(shelf, [])

    assert index.search("brann").total == 0
    index.close()


def _damage(shelf: Shelf, what: str) -> None:
    folder = shelf.current()
    segment = next(folder.glob("*.seg"))
    damages: dict[str, Callable[[], object]] = {
        "no manifest": (folder / "manifest.json").unlink,
        "manifest of others": lambda: (folder / "manifest.json").write_text("[1]"),
        "cut": lambda: segment.write_bytes(segment.read_bytes()[:-9]),
        "missing": segment.unlink,
        "zeros in the register": lambda: (folder / "register").write_bytes(
            bytes((folder / "register").stat().st_size)
        ),
        "zeros in the postings": lambda: segment.write_bytes(bytes(segment.stat().st_size)),
        "nowhere": lambda: (shelf.folder / "current").write_text("../../elsewhere"),
        "no bytes of text": lambda: (shelf.folder / "current").write_bytes(b"\xff\xfe"),
        "gone": lambda: shutil.rmtree(folder),
    }
    damages[what]()


@pytest.mark.parametrize(
    "what",
    [
        "no manifest",
        "manifest of others",
        "cut",
        "missing",
        "zeros in the register",
        "zeros in the postings",
        "nowhere",
        "no bytes of text",
        "gone",
    ],
)
def test_a_damaged_index_is_not_read_and_is_made_anew(
    what: str, shelf: Shelf, documents: tuple[Document, ...]
) -> None:
    bring(shelf, wanted(documents), str)
    _damage(shelf, what)

    with pytest.raises(Unusable):
        Index.open(shelf, "testvik")
    bring(shelf, wanted(documents, "2"), str)

    index = Index.open(shelf, "testvik")
    assert index.search("brann").total > 0
    index.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open
def test_postings_that_name_a_module_which_is_not_there_are_damaged(
    shelf: Shelf, documents: tuple[Document, ...]
) -> None:
    bring(shelf, wanted(documents), str)
    folder = shelf.current()
    table = next(folder.glob("*.toc"))
    table.write_bytes(table.read_bytes().replace(b"whoosh.codec.whoosh3", b"whoosh.codec.whoosh9"))
    manifest = folder / "manifest.json"
    says = json.loads(manifest.read_text())
    whole = {name: state for name, state in states(folder).items() if name in says["files"]}
    manifest.write_text(json.dumps(says | {"files": whole}))

    with pytest.raises(Unusable, match="damaged"):
        Index.open(shelf, "testvik")
    changed = (replace(documents[0], title="En annen tittel"), *documents[1:])
    assert bring(shelf, wanted(changed, "2"), str) == len(documents)
    gc.collect()


def test_an_index_of_another_region_or_version_is_not_read(
    shelf: Shelf, documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(shelf, wanted(documents), str)

    with pytest.raises(Unusable, match="another region"):
        Index.open(shelf, "annenvik")
    monkeypatch.setattr("kompetanse_search.shelf.VERSION", VERSION + 1)
    with pytest.raises(Unusable, match="another version"):
        Index.open(shelf, "testvik")
    assert bring(shelf, wanted(documents), str) == len(documents)


def test_a_full_disk_leaves_the_index_that_was_there(
    shelf: Shelf, documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(shelf, wanted(documents), str)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        bring(shelf, wanted(documents[:-1], "2"), str)

    index = Index.open(shelf, "testvik")
    assert index.manifest.stamp == "1"
    assert [one.name for one in shelf.folder.iterdir() if one.is_dir()] == [shelf.current().name]
    index.close()


def test_a_reader_goes_on_reading_what_was_replaced(shelf: Shelf, documents: tuple[Document, ...]) -> None:
    old = brought(shelf, documents)
    before = old.search("brann")

    brought(shelf, documents[:2], "2").close()

    assert old.search("brann") == before
    assert old.shown(before.hits[0].address).title
    old.close()


def test_one_writer_is_let_in_at_a_time(shelf: Shelf) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with shelf.locked(0):
            entered.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    with pytest.raises(Busy), shelf.locked(0):
        pass
    leave.set()
    holder.join()

    with shelf.locked(0):
        pass
