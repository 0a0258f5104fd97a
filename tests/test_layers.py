"""Who may import whom: the table of the architecture, read from the imports themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

OPEN_TO_ALL = {"errors", "interrupts", "messages", "timing", "__version__"}
ROOMS: dict[str, set[str]] = {
    "model": set(),
    "content": {"model"},
    "learning": {"model"},
    "evidence": {"model", "learning"},
    "bytecode": set(),
    "pages": {"bytecode", "model", "learning", "policy"},
    "policy": set(),
    "render": set(),
    "cache": set(),
    "keeping": set(),
    "press": {"model", "pages", "policy", "render"},
    "git": {"model"},
    "sharing": {"cache", "model", "content", "git"},
    "export": {"evidence", "learning", "model", "pages", "render"},
    "importers": {"model", "content", "learning", "render"},
    "indexing": {"model", "pages", "render"},
    "searching": {"cache", "content", "learning", "model", "render"},
    "search_service": {"searching"},
    "zero_hits": set(),
    "staging": {"cache", "content", "evidence", "git", "indexing", "model", "pages", "schemas"},
    "schemas": set(),
    "engine": {"pages", "render"},
    "unchanged": set(),
    "preview": {"cache", "content", "git", "model", "pages", "press", "site", "staging"},
    "site": {"bytecode", "pages", "policy", "press"},
    "errors": set(),
    "interrupts": set(),
    "messages": set(),
    "timing": set(),
    "__main__": {"cli"},
    "cli": {"*"},
    "commands": {"*"},
}
"""Room → the rooms it may import."""


@dataclass(frozen=True)
class Arrow:
    """One import: from a file and line, to a module, at the top of the file or inside a function."""

    path: Path
    line: int
    target: str
    inside: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.target}"


@cache
def _imports(path: Path) -> tuple[Arrow, ...]:
    return tuple(_read_imports(path))


def _read_imports(path: Path) -> Iterator[Arrow]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nested = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.module, f"{path}:{node.lineno}: a relative import"
            whole = node.module in {"kompetanse", "kompetanse_plugins"}
            for name in node.names if whole else [ast.alias("")]:
                yield Arrow(path, node.lineno, f"{node.module}.{name.name}".rstrip("."), id(node) in nested)
        elif isinstance(node, ast.Import):
            yield from (Arrow(path, node.lineno, name.name, id(node) in nested) for name in node.names)


def _arrows(*folders: str) -> list[Arrow]:
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [arrow for file in files for arrow in _imports(file)]


def _room(path: Path) -> str:
    return path.relative_to(ROOT / "builder/kompetanse").parts[0].removesuffix(".py")


def _is(target: str, *packages: str) -> bool:
    return target.partition(".")[0] in packages


def _allowed(arrow: Arrow) -> bool:
    here, there = _room(arrow.path), arrow.target.split(".")[1]
    return there in ROOMS[here] | OPEN_TO_ALL | {here} or "*" in ROOMS[here]


def test_every_room_stands_in_the_table() -> None:
    rooms = {_room(path) for path in (ROOT / "builder/kompetanse").rglob("*.py")} - {"__init__"}

    assert rooms <= set(ROOMS)


def test_no_room_imports_one_that_the_architecture_does_not_let_it() -> None:
    ours = [arrow for arrow in _arrows("builder") if _is(arrow.target, "kompetanse")]

    assert ours
    assert [str(arrow) for arrow in ours if not _allowed(arrow)] == []


def test_the_builder_imports_no_plugin() -> None:
    wrong = [arrow for arrow in _arrows("builder") if _is(arrow.target, "kompetanse_plugins")]

    assert [str(arrow) for arrow in wrong] == []


def test_only_those_who_search_import_the_search() -> None:
    found = [arrow for arrow in _arrows("builder") if _is(arrow.target, "kompetanse_search")]

    assert {_room(arrow.path) for arrow in found} == {
        "indexing",
        "searching",
        "search_service",
        "commands",
    }
    inside = [arrow for arrow in found if _room(arrow.path) == "commands" and not arrow.inside]
    assert [str(arrow) for arrow in inside if not _only_for_types(arrow)] == []


def _only_for_types(arrow: Arrow) -> bool:
    """Tell whether the import is one that only a type checker carries out."""
    tree = ast.parse(arrow.path.read_text(encoding="utf-8"))
    guards = [
        node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return any(node.lineno < arrow.line <= (node.end_lineno or 0) for node in guards)


def test_only_the_site_calls_mkdocs_and_only_when_it_is_used() -> None:
    found = [arrow for arrow in _arrows("builder") if _is(arrow.target, "mkdocs")]

    assert {_room(arrow.path) for arrow in found} == {"site"}
    assert [str(arrow) for arrow in found if not arrow.inside] == []


def test_only_the_room_of_git_starts_git() -> None:
    found = [arrow for arrow in _arrows("builder", "plugins") if _is(arrow.target, "git", "subprocess")]

    assert {_room(arrow.path) for arrow in found} == {"git"}


def test_only_the_rendering_knows_what_cleans_html() -> None:
    found = [arrow for arrow in _arrows("builder", "plugins") if _is(arrow.target, "nh3")]

    assert {_room(arrow.path) for arrow in found} == {"render"}


def test_one_module_asks_over_http() -> None:
    found = [arrow for arrow in _arrows("builder", "plugins", "search") if _is(arrow.target, "urllib3")]

    assert {arrow.path.name for arrow in found} == {"web.py"}


def test_plugins_import_kompetanse_and_mkdocs_and_little_else() -> None:
    ours = {"kompetanse", "kompetanse_plugins", "kompetanse_search", "mkdocs", "pathspec"}
    known = ours | set(sys.stdlib_module_names)

    assert [str(arrow) for arrow in _arrows("plugins") if not _is(arrow.target, *known)] == []


def test_the_search_knows_only_what_things_are() -> None:
    known = {"Stemmer", "kompetanse_search", "whoosh"} | set(sys.stdlib_module_names)
    found = [arrow for arrow in _arrows("search") if not _is(arrow.target, *known)]

    assert _arrows("search")
    assert [str(arrow) for arrow in found if not arrow.target.startswith("kompetanse.model")] == []


def test_one_module_knows_whoosh() -> None:
    found = [arrow for arrow in _arrows("builder", "plugins", "search") if _is(arrow.target, "whoosh")]

    assert {arrow.path.name for arrow in found} == {"postings.py"}


def test_the_theme_has_no_python() -> None:
    for file in (ROOT / "theme").rglob("*.py"):
        body = ast.parse(file.read_text(encoding="utf-8")).body

        assert file.name == "__init__.py"
        assert all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in body)


def test_the_command_line_starts_without_loading_what_is_large() -> None:
    large = {"pydantic", "yaml", "jinja2", "git", "mkdocs", "rich", "dateutil", "nh3", "whoosh", "urllib3"}
    asked = f"import sys, kompetanse.cli; print(*{large} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", asked], check=True, cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.split() == []


def test_a_region_without_faults_is_staged_without_what_tells_faults(tmp_path: Path) -> None:
    """It takes a tenth of a second to load, which is a tenth of what a small site takes."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/om.md").write_text("---\ntitle: Om\n---\n\nTekst.\n", encoding="utf-8")
    asked = (
        "import sys; from datetime import date; from pathlib import Path; from kompetanse.staging import staged; "
        "found = staged(Path(sys.argv[1]), 'content', date(2026, 11, 24)); "
        "print(len(found.catalogue.items), *{'pydantic', 'rapidfuzz'} & set(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", asked, str(tmp_path)], check=True, cwd=ROOT, capture_output=True, text=True
    )

    assert done.stdout.split() == ["1"]


def test_a_site_is_built_without_the_packages_that_only_certificates_need() -> None:
    """They come with the extra «certificates»; each is made impossible to import before the site's modules are."""
    packages = ["base58", "cryptography", "defusedxml", "openbadgeslib", "pyld", "pypdf", "rfc8785", "segno"]
    asked = f"import sys; sys.modules.update(dict.fromkeys({packages})); import kompetanse.staging"

    done = subprocess.run(
        [sys.executable, "-c", f"{asked}, kompetanse.commands.certificate, kompetanse.commands.issuer"],
        check=False,
        cwd=ROOT,
    )

    assert done.returncode == 0


def test_frameworks_are_imported_without_the_packages_that_only_courses_need() -> None:
    """They come with the extra «import»."""
    packages = ["lxml", "mammoth", "pptx"]
    asked = f"import sys; sys.modules.update(dict.fromkeys({packages})); import kompetanse.commands.import_"

    done = subprocess.run([sys.executable, "-c", asked], check=False, cwd=ROOT)

    assert done.returncode == 0


def test_only_the_room_of_evidence_signs() -> None:
    signing = ("base58", "cryptography", "openbadgeslib", "pyld", "rfc8785")
    found = [arrow for arrow in _arrows("builder", "plugins") if _is(arrow.target, *signing)]

    assert {_room(arrow.path) for arrow in found} == {"evidence"}
