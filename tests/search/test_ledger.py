"""What only brings shards up to date makes the same bytes as what makes them all, whatever was changed, and trusts nothing damaged."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document, Heading
from kompetanse_search.ledger import Ledger
from kompetanse_search.page import Pages
from kompetanse_search.relations import Relations
from kompetanse_search.shards import files
from kompetanse_search.shown import Shown
from kompetanse_search.word_lists import PAIRS

RELATIONS = Relations.of([("HLR", "hjerte- og lungeredning")], PAIRS)
PARTS = [
    "brann",
    "vern",
    "legemiddel",
    "håndtering",
    "sykehus",
    "sjukehus",
    "kabinett",
    "rutine",
    "medisin",
    "smitte",
    "øving",
    "lege",
    "vakt",
    "mester",
    "kommune",
    "helse",
    "arbeider",
    "personvern",
    "ombud",
    "sikker",
    "heten",
    "skole",
    "skule",
    "hverdag",
    "kvardag",
    "mat",
    "og",
    "i",
    "det",
    "som",
    "mellom",
]


@dataclass
class Given:
    """A document as the ledger takes it; counts how often it was read."""

    document: Document
    read_so_often: int = 0

    @property
    def address(self) -> str:
        return self.document.address

    @property
    def digest(self) -> str:
        return repr(self.document)

    def read(self, html: Callable[[str], str]) -> tuple[Document, tuple[Heading, ...]]:
        self.read_so_often += 1
        return self.document, tuple(Heading(one, f"h-{len(one)}") for one in self.document.headings)


def brought(
    path: Path | None, documents: Sequence[Document], seeds: tuple[str, ...] = ()
) -> tuple[dict[str, str], int]:
    """Return the files that a ledger makes, and how many documents it read."""
    given = [Given(one) for one in documents]
    return Ledger(path, "1").files(given, str, seeds, RELATIONS, "testvik"), sum(
        one.read_so_often for one in given
    )


def anew(documents: Sequence[Document], seeds: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the files as they are made of nothing but the documents."""
    basis = Basis.of(documents, seeds)
    make = Pages(basis)
    shown = {one.address: Shown.of(*Given(one).read(str)) for one in documents}
    return files([make.page(one) for one in documents], basis, shown, RELATIONS, "testvik")


def same(found: dict[str, str], documents: Sequence[Document], seeds: tuple[str, ...] = ()) -> None:
    """Demand the same files, in the same order."""
    assert list(found.items()) == list(anew(documents, seeds).items())


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(PARTS, k=chance.choice((1, 1, 2, 2, 3)))) + chance.choice(
        ("", "", "en", "er", "s")
    )


def _text(chance: random.Random, words: int) -> str:
    return " ".join(_word(chance) for _ in range(words))


def _document(chance: random.Random, number: int) -> Document:
    return Document(
        f"{number % 7}/{number}/",
        chance.choice(("nb", "nb", "nn", "en")),
        _text(chance, chance.randint(0, 4)),
        tuple(_text(chance, 2) for _ in range(chance.randint(0, 2))),
        _text(chance, chance.choice((0, 6))),
        _text(chance, chance.randint(0, 40)),
        facets={"kind": (chance.choice(("course", "role")),)},
    )


def _edits(chance: random.Random, documents: list[Document]) -> Iterator[list[Document]]:
    """Yield what the documents become, edit by edit."""
    for number in range(100, 120):
        place = chance.randrange(len(documents))
        one = documents[place]
        becomes: dict[str, list[Document]] = {
            "a word": [replace(one, body=f"{one.body} {_word(chance)}")],
            "as long": [replace(one, body=one.body.replace("brann", "fjell", 1))],
            "title": [replace(one, title=_text(chance, 3))],
            "facets": [replace(one, facets={})],
            "all": [_document(chance, int(one.address.split("/")[1]))],
            "new": [one, _document(chance, number)],
            "gone": [],
        }
        documents = [*documents[:place], *becomes[chance.choice(list(becomes))], *documents[place + 1 :]]
        yield documents


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_edited_the_files_are_as_if_all_were_made_anew(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same each time)
    documents = [_document(chance, number) for number in range(20)]
    brought(tmp_path / "ledger", documents)

    for now in _edits(chance, documents):
        same(brought(tmp_path / "ledger", now)[0], now)


def test_only_the_page_that_changed_is_read(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    first, *rest = documents
    now = [replace(first, body=f"{first.body} Ny tekst om legemiddelkabinett."), *rest]

    assert brought(tmp_path / "ledger", documents)[1] == len(documents)
    assert brought(tmp_path / "ledger", documents)[1] == 0
    found, read = brought(tmp_path / "ledger", now)

    assert read == 1
    same(found, now)


def test_other_seeds_make_all_anew(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    brought(tmp_path / "ledger", documents)

    found, read = brought(tmp_path / "ledger", documents, ("Vaktmester",))

    assert read == len(documents)
    same(found, documents, ("Vaktmester",))


def test_a_ledger_of_another_version_is_not_read(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    Ledger(tmp_path / "ledger", "2").files([Given(one) for one in documents], str)

    assert brought(tmp_path / "ledger", documents)[1] == len(documents)


@pytest.mark.parametrize("name", ["state", "pages"])
@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: b"nothing of ours" * 1000,
        lambda data: data[: len(data) // 2],
        lambda data: data[:200] + bytes(len(data) - 200),
        lambda data: data[:-300] + bytes(300),
    ],
)
def test_what_is_damaged_is_made_anew(
    name: str, change: Callable[[bytes], bytes], tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    folder, now = tmp_path / "ledger", [replace(documents[0], title="Et annet navn"), *documents[1:]]
    brought(folder, documents)
    (folder / name).write_bytes(change((folder / name).read_bytes()))

    same(brought(folder, now)[0], now)
    assert brought(folder, now)[1] == 0


@pytest.mark.parametrize(
    "asked",
    [
        "delete from page",
        "update page set words = zeroblob(9)",
        "update page set codes = zeroblob(9)",
        "drop table page",
        "delete from text",
        "update text set text = zeroblob(9)",
        "update text set text = 'a text'",
        "update text set name = name || 'A'",
        "drop table text",
    ],
)
def test_pages_of_another_time_are_not_taken_for_those_of_this(
    asked: str, tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    documents = (*documents, replace(documents[0], address="lang/", body="Legemiddelhåndtering. " * 50))
    folder, now = tmp_path / "ledger", [replace(documents[0], title="Et annet navn"), *documents[1:]]
    brought(folder, documents)
    base = sqlite3.connect(folder / "pages", isolation_level=None)
    base.execute(asked)
    base.close()

    same(brought(folder, now)[0], now)
    assert brought(folder, now)[1] == 0


def test_where_nothing_can_be_kept_all_is_made(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    (tmp_path / "file").write_text("")

    for path in (None, tmp_path / "file" / "ledger", tmp_path / "file"):
        same(brought(path, documents)[0], documents)


def test_one_that_somebody_else_writes_is_done_without(
    tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    path, now = tmp_path / "ledger", documents[1:]
    brought(path, documents)
    other = sqlite3.connect(path / "pages", isolation_level=None)
    other.execute("begin exclusive")

    same(brought(path, now)[0], now)

    other.execute("rollback")
    other.close()
    same(brought(path, now)[0], now)


def test_what_cannot_be_written_is_made_next_time_too(
    tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    path, now = tmp_path / "ledger", documents[1:]
    brought(path, documents)
    base = sqlite3.connect(path / "pages", isolation_level=None)
    base.execute("create trigger full before delete on page begin select raise(fail, 'disk is full'); end")

    same(brought(path, now)[0], now)
    same(brought(path, now)[0], now)
    same(brought(path, documents)[0], documents)

    base.execute("drop trigger full")
    base.close()
    same(brought(path, now)[0], now)


def test_texts_that_no_page_has_are_forgotten(tmp_path: Path, documents: tuple[Document, ...]) -> None:
    path, long = tmp_path / "ledger", replace(documents[0], address="lang/", body="Brannvern. " * 50)
    twice = [*documents, long, replace(long, address="lengre/")]

    for now in (twice, twice[:-1], documents):
        found, _ = brought(path, now)
        with closing(sqlite3.connect(path / "pages")) as base:
            names = {f"{name}.js" for (name,) in base.execute("select name from text")}

        same(found, now)
        assert names == {one for one in found if one.startswith("x-")}
