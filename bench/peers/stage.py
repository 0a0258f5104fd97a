"""The finished Markdown that we make of a region, and how another generator gets it: its own words for the same marks.

Nothing is taken out of the texts. `!!!` and `???` become what the generator has for them; `markdown="1"` goes, since the others
read Markdown inside HTML anyway; of the front matter stands what a page of theirs can use.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from peers.kompetanse import DAY

OURS = ("sok/indeks", "sok/sok.js", "sitemap.xml", "catalogue.json", "catalogue.atom.xml")
"""What we make beside the pages, and the others make themselves or not at all. The feed is empty in a region without a history."""

Page = tuple[Path, dict[str, Any], str]
"""Its file within the stage, its front matter and its text."""

Admonition = Callable[[str, str, bool, list[str]], Iterator[str]]
"""Rows of a box, from its kind, its title, whether it can be folded, and its rows."""


@dataclass(frozen=True)
class Stage:
    """A staged region: the folder of its Markdown and its settings.

    Attributes:
        docs: The folder.
        settings: Its mkdocs.yml.
    """

    docs: Path
    settings: Mapping[str, Any]

    @property
    def frames(self) -> Mapping[str, Any]:
        """What stands around the pages, by language."""
        frames: Mapping[str, Any] = self.settings["extra"]["kompetanse"]["frames"]
        return frames

    def pages(self) -> Iterator[Page]:
        for file in sorted(self.docs.rglob("*.md")):
            _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
            yield file.relative_to(self.docs), yaml.load(head, Loader=yaml.CSafeLoader), body


def stage_of(region: Path, work: Path) -> Stage:
    """Return what `kompetanse stage` makes of a region, without what the others are to make themselves."""
    folder = work / "staged"
    subprocess.run(
        [sys.executable, "-m", "kompetanse", "stage", str(folder), "--date", DAY],
        cwd=region,
        check=True,
        capture_output=True,
    )
    for name in OURS:
        path = folder / "docs" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    return Stage(folder / "docs", settings)


_KEYS = (
    "title",
    "description",
    "language",
    "robots",
    "canonical",
    "jsonld",
    "amb",
    "script",
    "scripts",
    "styles",
)


def page_text(head: Mapping[str, Any], body: str, more: Mapping[str, Any], box: Admonition) -> str:
    """Return a page for a generator that has CommonMark; its front matter is JSON, which is YAML."""
    kept = {**{key: head[key] for key in _KEYS if key in head}, **more}
    rows = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items())
    text = boxed(body.replace(' markdown="1"', ""), box)
    return f"---\n{rows}\n---\n{text}"


_BOX = re.compile(r'(!!!|\?\?\?\+?) (\w+)(?: "(.*)")?$')


def boxed(text: str, box: Admonition) -> str:
    """Return a text with each `!!!` and `???` written as `box` writes it."""
    rows, out, at = text.split("\n"), list[str](), 0
    while at < len(rows):
        mark = _BOX.fullmatch(rows[at])
        at += 1
        if mark is None:
            out.append(rows[at - 1])
            continue
        inside = []
        while at < len(rows) and (not rows[at].strip() or rows[at].startswith("    ")):
            inside.append(rows[at][4:])
            at += 1
        while inside and not inside[-1]:
            inside.pop()
        out += [*box(mark[2], mark[3] or mark[2].capitalize(), mark[1] != "!!!", inside), ""]
    return "\n".join(out)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def others(stage: Stage, folder: Path) -> None:
    """Copy to `folder` what is no page: styles, scripts, fonts, data."""
    shutil.copytree(stage.docs, folder, ignore=shutil.ignore_patterns("*.md"), dirs_exist_ok=True)
    for empty in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()
