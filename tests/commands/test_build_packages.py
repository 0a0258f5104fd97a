"""`kompetanse build --packages`: what the site offers for Moodle, and to read without a network."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Any]

HEAD = "owner: Fag\nlicence: CC-BY-4.0\nreviewed: 2026-11-01\n"
COURSE = f"---\ntype: course\nid: stige\ntitle: Arbeid i stige\nlanguage: nn\n{HEAD}modules:\n- a.md\n---\nTekst.\n"
MODULE = f"""\
---
type: module
id: stige-a
title: Slik står du
language: nn
{HEAD}---
Tekst.

<quiz>
<!-- id: en -->
Kor mange hender?
- [ ] Éi
- [x] To
</quiz>
"""
BARE = f"---\ntype: course\nid: bare\ntitle: Bare tekst\n{HEAD}---\nTekst.\n"
FILES = {
    "content/kurs/stige/index.md": COURSE,
    "content/kurs/stige/a.md": MODULE,
    "content/kurs/bare/index.md": BARE,
}
LINK = re.compile(r'<a href="(pakker/[^"]+)" download="?"?>([^<]+)</a> <span class="kmp-small">\(([^)]+)\)')


@pytest.fixture
def root(region: Write) -> Path:
    return region(FILES)


def _offered(page: Path) -> list[tuple[str, str, str]]:
    return LINK.findall(page.read_text("utf-8"))


def test_a_course_page_leads_to_every_package(root: Path, run: Run) -> None:
    done = run(root, "build", "--packages")
    folder = root / "site/kurs/stige"

    offered = _offered(folder / "index.html")

    assert [address for address, _, _ in offered] == [
        "pakker/stige.scorm12.zip",
        "pakker/stige.mbz",
        "pakker/stige.imscc",
        "pakker/stige-questions.xml",
        "pakker/stige.gift",
        "pakker/stige.epub",
        "pakker/stige.html",
    ]
    assert all((folder / address).is_file() for address, _, _ in offered)
    assert tarfile.is_tarfile(folder / "pakker/stige.mbz")
    assert "Packages  12" in done.out


def test_what_is_said_of_them_is_in_the_language_of_the_course(root: Path, run: Run) -> None:
    run(root, "build", "--packages")
    text = (root / "site/kurs/stige/index.html").read_text("utf-8")

    assert "Les kurset utan nett</h2>" in text
    assert "Krev Moodle 4.1 eller nyare." in text
    assert "Vel å gjenopprette som nytt kurs" in text
    assert re.search(r"\(\d+ kB\)", text)


def test_a_course_without_questions_has_no_package_of_them(root: Path, run: Run) -> None:
    run(root, "build", "--packages")

    addresses = [address for address, _, _ in _offered(root / "site/kurs/bare/index.html")]

    assert [one.rpartition(".")[2] for one in addresses] == ["zip", "mbz", "imscc", "epub", "html"]


def test_nothing_is_offered_unless_it_is_asked_for(root: Path, run: Run) -> None:
    run(root, "build")

    assert not _offered(root / "site/kurs/stige/index.html")
    assert not (root / "site/kurs/stige/pakker").exists()


def test_only_what_is_changed_is_packed_anew(
    root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))
    run(root, "build", "--packages")
    first = {one.name for one in (tmp_path / "cache/packages").rglob("*-*")}
    site = root / "site/kurs"
    before = {one: one.stat().st_ino for one in site.glob("*/pakker/*")}

    (root / "content/kurs/bare/index.md").write_text(BARE.replace("Tekst.", "Ny tekst."), "utf-8")
    run(root, "build", "--packages")
    second = {one.name for one in (tmp_path / "cache/packages").rglob("*-*")}
    same = {one.parent.parent.name for one, number in before.items() if one.stat().st_ino == number}

    assert len(first) == len(second) == 12
    assert len(first & second) == 7
    assert same == {"stige"}


def test_without_a_cache_nothing_is_kept(
    root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))

    run(root, "build", "--packages", "--no-cache")

    assert (root / "site/kurs/stige/pakker/stige.mbz").is_file()
    assert not (tmp_path / "cache/packages").exists()
