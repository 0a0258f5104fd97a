"""What an author, or a region that we adopt from, writes in a key stays text in the finished site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kompetanse.cli import main
from kompetanse.pages.stage import Stage


class Reader(HTMLParser):
    """Gathers what a browser would run or follow, and the data for machines."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []
        self.data: list[str] = []
        self.scripts: list[str] = []
        self._script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = dict(attrs) if tag == "script" else None
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or address.startswith(("javascript:", "vbscript:")):
                self.active.append(f"{tag} {name}={value}")
        if tag in {"b", "i", "u", "s"} or (tag == "img" and ("src", "x") in attrs):
            self.active.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            ours = self._script.get("type") == "application/ld+json"
            (self.data if ours else self.scripts).append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile region, built; it has errors, and is built all the same for its author to look at."""
    out = tmp_path_factory.mktemp("hostile") / "site"
    case = Path(__file__).parent / "cases/hostile"
    assert main(["build", "--content", str(case), "-o", str(out), "--date", "2026-11-24"]) == 1
    return out


def _read(site: Path) -> Iterator[tuple[str, Reader]]:
    for path in sorted(site.rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        yield path.relative_to(site).as_posix(), reader


def test_no_key_becomes_an_element_a_handler_or_a_link_that_runs(site: Path) -> None:
    found = {path: reader.active for path, reader in _read(site)}

    assert len(found) > 15
    assert {path: active for path, active in found.items() if active} == {}


def test_no_key_becomes_a_script(site: Path) -> None:
    scripts = {path: "".join(reader.scripts) for path, reader in _read(site)}

    assert [path for path, script in scripts.items() if "alert" in script] == []


def test_data_for_machines_cannot_end_its_script_and_says_what_the_author_wrote(site: Path) -> None:
    data = {path: json.loads(reader.data[0]) for path, reader in _read(site) if reader.data}

    assert len(data) >= 7
    assert data["roller/r/index.html"]["description"] == "</script><script>alert(1)</script>"
    assert data["om/index.html"]["name"] == "Om </a><img src=x onerror=alert(1)> {{ x }}"


def test_no_value_is_read_as_a_template(site: Path) -> None:
    assert "{{ config }}" in (site / "kompetanser/index.html").read_text(encoding="utf-8")


def test_nothing_is_written_beside_the_site(site: Path) -> None:
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert not (site.parent.parent / "utenfor").exists()


def test_a_mailbox_or_a_web_address_is_a_contact_and_nothing_else_is(
    region: Callable[[dict[str, str]], Path], stage_of: Callable[[Path], Stage]
) -> None:
    root = region({})

    def footer(contact: str) -> str:
        (root / "region.yml").write_text(f'id: t\nname: T\ncontact: "{contact}"\n', encoding="utf-8")
        return stage_of(root).frames["nb"].footer

    assert 'href="mailto:post@t.example"' in footer("post@t.example")
    assert 'href="https://t.example/kontakt"' in footer("https://t.example/kontakt")
    assert "href" not in footer("javascript:alert(1)//@")
    assert "href" not in footer("Servicetorget")
