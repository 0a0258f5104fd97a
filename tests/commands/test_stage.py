"""`kompetanse stage`: the same articles, whichever engine makes HTML of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]

ENGINES = [name for name in ("mkdocs", "properdocs", "zensical") if find_spec(name)]


class Article(HTMLParser):
    """Gathers the words of the `<article>`, with the addresses of its links and pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "article"
        if self._inside:
            self.words += [f"{tag} {value}" for name, value in attrs if name in {"href", "src", "id"}]

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.words += data.split()


def articles(site: Path) -> dict[str, list[str]]:
    """Return what every page of a site says."""
    return dict(_articles(site))


def _articles(site: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(site.rglob("index.html")):
        reader = Article()
        reader.feed(path.read_text(encoding="utf-8"))
        yield path.relative_to(site).as_posix(), reader.words


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden region of each kind, staged."""
    from kompetanse.cli import main

    folder = tmp_path_factory.mktemp("staged") / "stage"
    case = Path(__file__).parents[1] / "pages/cases/each-kind"
    assert main(["stage", str(folder), "--content", str(case), "--date", "2026-11-24"]) == 0
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the same region says when we build it ourselves."""
    from kompetanse.cli import main

    out = tmp_path_factory.mktemp("built") / "site"
    case = Path(__file__).parents[1] / "pages/cases/each-kind"
    assert main(["build", "-o", str(out), "--content", str(case), "--date", "2026-11-24"]) == 0
    return articles(out)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_makes_the_same_articles(staged: Path, built: dict[str, list[str]], engine: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", engine, "build"], cwd=staged, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    found = articles(staged / "site")
    assert set(found) == set(built)
    assert {path for path, words in found.items() if words != built[path]} == set()
    assert all(words for path, words in found.items())


def test_a_stage_needs_none_of_our_plugins_or_themes(staged: Path) -> None:
    settings = (staged / "mkdocs.yml").read_text(encoding="utf-8")

    assert "name: material" in settings
    assert "- kompetanse" not in settings
    assert (staged / "docs/assets/kompetanse/kompetanse.css").is_file()
    assert (staged / "overrides/main.html").is_file()


def test_a_stage_tells_which_file_each_page_was_made_from(demo: Path, run: Run) -> None:
    done = run(demo, "stage", "../stage")

    assert done.exit_code == 0
    sources = (demo.parent / "stage/sources.json").read_text(encoding="utf-8")
    assert '"kurs/brannkurs/sloking/index.md": "content/moduler/sloking.md"' in sources


def test_the_same_input_is_staged_the_same_twice_and_in_place_of_the_first(
    demo: Path, run: Run, files: Files
) -> None:
    run(demo, "stage", "../stage")
    first = files(demo.parent / "stage")

    done = run(demo, "stage", "../stage")

    assert done.exit_code == 0
    assert files(demo.parent / "stage") == first


def test_a_folder_with_anything_else_is_never_replaced(demo: Path, run: Run) -> None:
    (demo.parent / "mine").mkdir()
    (demo.parent / "mine/brev.txt").write_text("Kjære alle", encoding="utf-8")

    done = run(demo, "stage", "../mine")

    assert done.exit_code == 1
    assert [path.name for path in (demo.parent / "mine").iterdir()] == ["brev.txt"]


def test_errors_in_the_content_are_told_by_the_exit_code(demo: Path, run: Run) -> None:
    (demo / "content/om.md").write_text("Se [reglene](finnes-ikke.md).\n", encoding="utf-8")

    assert run(demo, "stage", "../stage").exit_code == 1
    assert (demo.parent / "stage/docs/om/index.md").is_file()


ISSUER = """url: https://testvik.example/
issuer:
  trusts:
  - name: Nabovik
    did: did:web:nabovik.example
    keys: [{id: "1", public: z6MkuBaoCWENQSAgqb3fQtKJ6jUKFXrAyoLcbW8bRiAU2GLv, since: 2026-11-01}]
"""


@pytest.mark.parametrize("settings", ["", ISSUER], ids=["nobody-checks", "certificates-are-checked"])
def test_what_checks_signatures_in_older_browsers_lies_only_on_a_site_that_checks(
    region: Callable[..., Path], run: Run, tmp_path: Path, settings: str
):
    theme = Path(__file__).parents[2] / "theme/kompetanse_theme/assets/noble-ed25519"
    root = region(
        {"region.yml": f"id: testvik\nname: Testvik\n{settings}", "content/index.md": "# Testvik\n"}
    )
    held = {path.name for path in theme.glob("*")} if settings else set()  # it is fetched by `make assets`

    run(root, "build", "-o", str(tmp_path / "site"))
    run(root, "stage", str(tmp_path / "staged"))

    for folder in (tmp_path / "site", tmp_path / "staged/docs"):
        assert {path.name for path in folder.glob("assets/noble-ed25519/*")} == held
        assert (folder / "bevis").exists() == bool(settings)
