"""The search's shards in a real browser and under the site's policy: from a folder on a disk, where modules do not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompetanse.pages.classic_script import classic
from kompetanse.policy import with_policy
from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.page import Pages
from kompetanse_search.shards import files
from kompetanse_search.shown import Shown

SCRIPTS = Path(__file__).parents[2] / "theme/kompetanse_theme/assets/kompetanse"
PAGE = '<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>x</title></head><body><script src="reader.js"></script></body></html>'
SEARCH = """async text => {
  try {
    const index = await kompetanseSearch.open(new URL("search/", location.href).href)
    return (await index.search(text)).hits.map(hit => hit.title)
  } catch (error) {
    return error.name
  }
}"""


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder with a page, the reader and shards."""
    documents = [
        Document("a/", title="Brannvern", body="Å slukke brann."),
        Document("b/", title="<b>Hygiene</b>"),
    ]
    basis = Basis.of(documents)
    shown = {one.address: Shown.of(one, ()) for one in documents}
    (tmp_path / "search").mkdir()
    for path, text in files([Pages(basis).page(one) for one in documents], basis, shown).items():
        (tmp_path / "search" / path).write_text(text, encoding="utf-8")
    modules = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("search-*.js")}
    reader = classic(modules, "search-index.js", "kompetanseSearch", ("open",))
    (tmp_path / "reader.js").write_text(reader, encoding="utf-8")
    (tmp_path / "index.html").write_text(with_policy(PAGE), encoding="utf-8")
    return tmp_path


def test_the_search_works_from_a_folder_under_the_policy(browser, disk):
    page = browser.new_page()
    page.goto((disk / "index.html").as_uri())

    found = {text: page.evaluate(SEARCH, text) for text in ("slukke", "branvern", "hygiene", "<script>")}

    assert found == {
        "slukke": ["Brannvern"],
        "branvern": ["Brannvern"],
        "hygiene": ["<b>Hygiene</b>"],
        "<script>": [],
    }
    page.close()


def test_a_shard_that_is_not_in_the_folder_is_told(browser, disk):
    next(disk.glob("search/t0-*.js")).unlink()
    page = browser.new_page()
    page.goto((disk / "index.html").as_uri())

    assert page.evaluate(SEARCH, "slukke") == "Unreachable"
    page.close()
