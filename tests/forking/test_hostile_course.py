"""A course that attacks whoever adopts it: the site is built, and nothing of it runs, is fetched or stops the build."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.content.test_neutral import PAYLOADS
from tests.forking.hostile import HOSTILE

from kompetanse.cli import main

Make = Callable[..., Path]


class Reader(HTMLParser):
    """Gathers what a browser would run, or fetch from elsewhere, and the data for machines."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []
        self.data: list[str] = []
        self._kind: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._kind = (given.get("type") or "script") if tag == "script" else None
        if tag in {"iframe", "object", "embed", "base", "math"} or (tag == "img" and given.get("src") == "x"):
            self.active.append(tag)
        for name, value in attrs:
            address = re.sub(r"\s", "", value or "").lower()
            fetched = name in {"src", "srcset", "data", "action", "style"} and "evil.example" in address
            styled = tag == "link" and "evil.example" in address
            if (
                name.startswith("on")
                or address.startswith(("javascript:", "vbscript:", "data:text"))
                or fetched
                or styled
            ):
                self.active.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._kind = None

    def handle_data(self, data: str) -> None:
        if self._kind == "application/ld+json":
            self.data.append(data)
        elif self._kind and "window.X" in data:
            self.active.append(f"script {data}")


@pytest.fixture
def adopted(nabovik: Make, ours: Path, run: Callable[..., Any]) -> Path:
    """Our region with the course adopted."""
    nabovik(HOSTILE)
    done = run(ours, "fork", "nabovik/felle")
    assert done.exit_code == 0, done.err
    assert "\x1b" not in done.out
    return ours


def _read(site: Path) -> Iterator[tuple[str, Reader]]:
    for path in sorted(site.rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        yield path.relative_to(site).as_posix(), reader


def test_the_site_is_built_and_nothing_of_it_runs_or_is_fetched(adopted: Path) -> None:
    assert main(
        ["build", "--content", str(adopted), "-o", str(adopted / "site"), "--date", "2026-11-24"]
    ) in {0, 1}

    found = dict(_read(adopted / "site"))
    assert sum(path.startswith("kurs/felle/") for path in found) > len(PAYLOADS)
    assert {path: reader.active for path, reader in found.items() if reader.active} == {}
    data = [json.loads(one) for reader in found.values() for one in reader.data]
    assert any(one.get("name") == "<img src=x onerror=window.X=1>" for one in data)
    assert "{{ config.site_dir }}" in (adopted / "site/kurs/felle/index.html").read_text(encoding="utf-8")
    for feed in (adopted / "site").rglob("*.xml"):
        ET.parse(feed)  # noqa: S314 (our own)


def test_the_check_has_no_error_but_what_a_person_must_decide(
    adopted: Path, errors: Callable[[Path], list[str]]
) -> None:
    assert {row.rpartition(" ")[2] for row in errors(adopted)} <= {
        "missing-image",
        "missing-alt-text",
        "empty-link-text",
        "broken-anchor",
        "quiz-without-options",
    }


def test_a_notice_says_where_markup_was_made_plain(adopted: Path, run: Callable[..., Any]) -> None:
    rows = run(adopted, "check", "--date", "2026-11-24", "--format", "json", "--notices").report["problems"]

    plain = [row["path"] for row in rows if row["code"] == "adopted-markup"]
    assert "content/kurs/felle/index.md" in plain
    assert {row["key"] for row in rows if row["code"] == "foreign-key"} >= {"template", "icon", "hide"}


def test_no_section_comes_from_a_file_of_the_machine(
    nabovik: Make, ours: Path, run: Callable[..., Any], errors: Any
) -> None:
    lines = ["/etc/hostname", "../../../../etc/hostname", "https://evil.example/x.md", "region.yml"]
    body = "\n\n".join(f'--8<-- "{one}"' for one in lines)
    nabovik(
        {
            "content/kurs/brev/01-les.md": f"---\ntype: module\nid: les\ntitle: Les\nlicence: CC-BY-4.0\n---\n\n{body}\n"
        }
    )

    assert run(ours, "fork", "nabovik/brev").exit_code == 0

    assert [row.rpartition(" ")[2] for row in errors(ours)] == ["unknown-reuse"] * len(lines)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {
                "content/kurs/brev/01-les.md": "---\ntype: module\nid: les\ntitle: &a [x]\nsummary: *a\n---\nx\n"
            },
            None,
        ),
        (
            {
                "content/kurs/brev/01-les.md": "---\ntype: module\nid: les\ntitle: !!python/object/apply:os.system [id]\n---\nx\n"
            },
            None,
        ),
        ({"content/kurs/brev/01-les.md": "---\ntype: module\nid: les\nid: les\ntitle: x\n---\nx\n"}, None),
        (
            {
                "content/kurs/brev/01-les.md": b"\xef\xbb\xbf---\r\ntype: module\r\nid: les\r\ntitle: no\r\nsummary: 1e3\r\nlicence: CC-BY-4.0\r\n---\r\nx\r\n"
            },
            None,
        ),
        ({"content/kurs/brev/01-les.md": "---\n\ttype: module\n---\nx\n"}, None),
        ({"content/kurs/brev/01-les.md": "x" * 6_000_000}, None),
        (
            {
                "content/moduler/hilsen.md": '---\ntype: module\nid: hilsen\ntitle: H\nlicence: CC-BY-4.0\n---\n\n## Kort\n\n--8<-- "hilsen#kort"\n'
            },
            None,
        ),
    ],
    ids=["alias", "python-object", "key-twice", "bom-crlf-no", "tab", "large", "circle"],
)
def test_front_matter_and_reuse_made_to_break_readers_do_not(
    nabovik: Make, ours: Path, run: Callable[..., Any], files: dict[str, str | bytes], says: str | None
) -> None:
    nabovik(files)

    done = run(ours, "fork", "nabovik/brev")
    checked = run(ours, "check", "--date", "2026-11-24")

    assert (done.exit_code, checked.exit_code) in {(0, 0), (0, 1)}, done.err
    assert "Traceback" not in done.err + checked.err
