"""The small site that the vectors are about, and what makes a vector: the input of a case, and all that follows from it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.memory import ranker_of
from kompetanse_search.rank import Ranker
from kompetanse_search.relations import Relations
from kompetanse_search.translations import learnt
from kompetanse_search.word_lists import PAIRS

VECTORS = Path(__file__).parent / "vectors"
CONTENT = Path(__file__).parents[2] / "content"
Case = dict[str, Any]
Vectors = Callable[[str, Callable[[Case], Case]], None]


def load(name: str) -> Any:
    """Return what a file of vectors holds."""
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def region() -> list[Document]:
    """Return the pages of the reference region, roughly: what stands in its files."""
    found = []
    for path in sorted(CONTENT.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = re.search(r"^title:\s*(.+)$", text, re.MULTILINE)
        body = text.split("\n---\n", 1)[-1]
        headings = tuple(re.findall(r"^#+\s+(.+)$", body, re.MULTILINE))
        address = path.relative_to(CONTENT).with_suffix("").as_posix()
        language = next(
            (one for one in ("nn", "en") if f".{one}" in path.name or f"/{one}/" in address), "nb"
        )
        facets = {"kind": (address.partition("/")[0],), "language": (language,)}
        found.append(
            Document(address, language, title[1] if title else "", headings, body=body, facets=facets)
        )
    return found


def dump(cases: list[Case]) -> str:
    """Return cases as text, one a line, so that a change of one is one line of a diff."""
    return "[\n" + ",\n".join(_seen(json.dumps(case, ensure_ascii=False)) for case in cases) + "\n]\n"


def _seen(text: str) -> str:
    """Write out whatever an editor would not show."""
    hidden = (one for one in set(text) if unicodedata.category(one) in {"Mn", "Mc", "Cf", "Zs", "Cc"})
    return text.translate({ord(one): json.dumps(one)[1:-1] for one in hidden if one != " "})


@pytest.fixture
def vectors(expect: Callable[[Path, str], None]) -> Vectors:
    """Compare each case of a file with what follows from its input; `--update-expected` writes that down."""

    def check(name: str, follows: Callable[[Case], Case]) -> None:
        expect(VECTORS / name, dump([{**case, **follows(case)} for case in load(name)]))

    return check


@pytest.fixture(scope="session")
def site() -> Case:
    """The documents of the vectors, and what the region says about words."""
    read: Case = load("documents.json")
    return read


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


@pytest.fixture(scope="session")
def documents(site: Case) -> tuple[Document, ...]:
    """The documents of the vectors."""
    return tuple(Document(**{key: _frozen(value) for key, value in one.items()}) for one in site["documents"])


@pytest.fixture(scope="session")
def basis(documents: tuple[Document, ...], site: Case) -> Basis:
    """The basis of the documents, with the seeds of the region."""
    return Basis.of(documents, site["seeds"])


@pytest.fixture(scope="session")
def index(documents: tuple[Document, ...], site: Case, basis: Basis) -> Ranker:
    """The documents, and all relations that a region has."""
    pairs = (*PAIRS, *learnt(map(tuple, site["titles"])))
    return ranker_of(documents, basis, Relations.of(site["synonyms"], pairs))
