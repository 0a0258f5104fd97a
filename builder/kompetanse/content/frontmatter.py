"""Split a Markdown file into front matter and body, and find the line of each value when it is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content import yaml_text
from kompetanse.content.body import Outline, outline
from kompetanse.errors import Problem, Severity

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
_KEY_ROW = re.compile(r"[A-Za-z_][\w-]*:(?: |$)")


@dataclass(frozen=True)
class Source:
    """A content file, split but not yet understood.

    Attributes:
        path: File, relative to the region's root.
        meta: Front matter as plain YAML values; empty when the file has none.
        raw: Front matter as text, with one blank row where the opening fence was, so that lines are the file's.
        body: Markdown after the front matter.
        body_line: Line (from 1) on which `body` starts.
    """

    path: PurePosixPath
    meta: dict[str, Any]
    raw: str
    body: str
    body_line: int = 1

    @cached_property
    def lines(self) -> dict[str, int]:
        """Line (from 1) of each key path; composed only for files that something is said about."""
        return yaml_text.lines(self.raw)

    @cached_property
    def outline(self) -> Outline:
        """What its body holds."""
        return outline(self.body)

    def line_of(self, key: str) -> int:
        """Return the line of `key`, or of the nearest parent that is in the file."""
        probe = key
        while probe and probe not in self.lines:
            probe = probe[: max(probe.rfind("."), probe.rfind("["), 0)]
        return self.lines.get(probe, 1)

    def problem(self, key: str, code: str, severity: Severity = Severity.ERROR, /, **values: str) -> Problem:
        """Point at `key` of the front matter."""
        return Problem(self.path, self.line_of(key), key, code, severity, values)

    def body_problem(
        self, line: int, code: str, severity: Severity = Severity.ERROR, /, **values: str
    ) -> Problem:
        """Point at `line` (from 0) of the body."""
        return Problem(self.path, self.body_line + line, "", code, severity, values)


def split(path: PurePosixPath, text: str) -> Source | Problem:
    """Split `text`, whose row ends are `\\n`, at its fences, and read its front matter.

    Returns:
        The split file, or the one problem that kept us from splitting it.
    """
    found = divide(path, text)
    if isinstance(found, Problem) or not found.raw:
        return found
    try:
        meta = yaml_text.load(found.raw)
    except yaml_text.Fault as fault:
        return Problem(
            path, fault.line, fault.values.get("key", ""), fault.code, Severity.ERROR, fault.values
        )
    if not isinstance(meta, dict | None):
        return Problem(path, 2, "", "front-matter-not-keys", Severity.ERROR)
    second = _second_block(found, empty=meta is None)
    if second:
        return Problem(path, second, "", "second-front-matter", Severity.ERROR)
    return Source(path, meta or {}, found.raw, found.body, found.body_line)


def divide(path: PurePosixPath, text: str) -> Source | Problem:
    """Split `text` at its fences without reading what stands between them."""
    opening = _OPEN.match(text)
    if not opening:
        late = _block_at(text)
        return (
            Problem(path, late, "", "late-front-matter", Severity.ERROR)
            if late
            else Source(path, {}, "", text)
        )
    closing = _CLOSE.search(text, opening.end())
    if not closing:
        return Problem(path, 1, "", "unclosed-front-matter", Severity.ERROR)
    raw = "\n" + text[opening.end() : closing.start()]
    return Source(path, {}, raw, text[closing.end() :], raw.count("\n") + 2)


def _second_block(source: Source, *, empty: bool) -> int:
    """Return the line on which one more block of keys opens; 0 for none.

    After an empty block its own closing fence may be the one that opens the next: a fence too many.
    """
    here = _block_at(source.body)
    if here:
        return source.body_line + here - 1
    return source.body_line - 1 if empty and _block_at("---\n" + source.body) == 1 else 0


def _block_at(text: str) -> int:
    """Return the line (from 1) on which `text` opens a block of keys, after nothing but blank rows; 0 for none."""
    if not text.lstrip().startswith("---"):
        return 0
    rest = text.lstrip()
    opening = _OPEN.match(rest)
    if not opening or not _KEY_ROW.match(rest, opening.end()) or not _CLOSE.search(rest, opening.end()):
        return 0
    return text[: len(text) - len(rest)].count("\n") + 1
