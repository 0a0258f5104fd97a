"""The index that browsers read: told when it is missing, damaged, another's or made anew, and never mixed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.search.twin import ask, both, compared, shown

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.page import Pages
from kompetanse_search.relations import Relations
from kompetanse_search.shards import files

BRANN = [Document("a/", title="Brannvern", body="Om brann."), Document("b/", title="Hygiene", body="Om mat.")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shards of two pages of the region `testvik`."""
    basis = Basis.of(BRANN)
    pages = [Pages(basis).page(one) for one in BRANN]
    for path, text in files(pages, basis, shown(BRANN), region="testvik").items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def of(folder: Path, kind: str) -> Path:
    """Return the first file of a kind."""
    return next(folder.glob(f"{kind}0-*.js"))


def test_an_index_of_the_region_is_read(folder: Path) -> None:
    assert ask("stops", folder=str(folder), queries=["brann", "mat", "", "xyz"], region="testvik") == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize(
    "change", ["", "kompetanseShard(", 'kompetanseShard("manifest")', "throw 1", "<!doctype html>"]
)
def test_a_manifest_that_is_missing_or_damaged_is_told(folder: Path, change: str) -> None:
    (folder / "manifest.js").write_text(change, encoding="utf-8")

    assert ask("stops", folder=str(folder), queries=["brann"]) in ("Unreachable", "OtherVersion")


def test_a_manifest_of_another_version_or_region_is_told(folder: Path) -> None:
    manifest = folder / "manifest.js"
    text = manifest.read_text(encoding="utf-8")

    assert ask("stops", folder=str(folder), queries=["brann"], region="annet") == "OtherVersion"
    for what in ("form", "version"):
        manifest.write_text(re.sub(f'"{what}":\\d+', f'"{what}":999', text, count=1), encoding="utf-8")
        assert ask("stops", folder=str(folder), queries=["brann"]) == "OtherVersion"


@pytest.mark.parametrize("kind", ["w", "t", "p"])
def test_a_shard_that_is_missing_cut_off_or_another_one_stops_the_query(folder: Path, kind: str) -> None:
    file = of(folder, kind)
    text = file.read_text(encoding="utf-8")
    other = of(folder, "l").read_text(encoding="utf-8")
    head = text.partition(",")[0]

    for change in (None, text[: len(text) // 2], other, f"{head})", f'{head},"Abrann","","","","")'):
        if not file.exists():
            file.write_text(text, encoding="utf-8")
        stopped = ask("stops", folder=str(folder), queries=["brann"], then={file.name: change})
        assert stopped == ["Unreachable"], change


def test_an_index_that_was_made_anew_is_never_mixed_with_the_old_one(folder: Path) -> None:
    basis = Basis.of(BRANN[:1])
    new = files([Pages(basis).page(BRANN[0])], basis, shown(BRANN[:1]), region="testvik")
    gone = dict.fromkeys(file.name for file in folder.iterdir() if file.name not in new)

    assert ask("stops", folder=str(folder), queries=["brann"], then={**gone, **new}) == ["OtherVersion"]


def test_titles_are_text_to_a_script() -> None:
    bad = '</script><script>alert(1)</script>\u2028"\\'
    document = Document("a/", title=bad, body=bad)
    basis = Basis.of([document])

    found = files([Pages(basis).page(document)], basis, shown([document]))

    assert not [path for path, text in found.items() if "<" in text or "\u2028" in text]


def test_the_same_pages_give_the_same_files(documents: tuple[Document, ...], basis: Basis) -> None:
    one, other = (
        files([Pages(basis).page(document) for document in every], basis, shown(documents))
        for every in (documents, documents[::-1])
    )

    assert list(one.items()) == list(other.items())


def test_a_page_of_which_nothing_is_shown_is_told(basis: Basis) -> None:
    with pytest.raises(KeyError, match="a/"):
        files([Pages(basis).page(BRANN[0])], basis, {})


def test_a_site_without_pages_is_searched(tmp_path: Path) -> None:
    compared(both([], Relations(), tmp_path), [{"text": "brann"}, {"text": ""}], tmp_path)
