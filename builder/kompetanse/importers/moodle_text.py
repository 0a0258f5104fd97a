"""Texts of Moodle, which say how they are written, as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from kompetanse.render import html

TextFormat = Literal["html", "markdown", "plain", "moodle"]

FORMATS: Mapping[str, TextFormat] = {
    "0": "moodle",
    "1": "html",
    "2": "plain",
    "4": "markdown",
    "moodle_auto_format": "moodle",
    "html": "html",
    "plain_text": "plain",
    "markdown": "markdown",
}
"""How Moodle's backup (a number) and its question XML (a word) name a format."""

_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|li|table|h[1-6]|pre|blockquote|br|dl|section)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and how it is written; `moodle` is text whose line breaks count and that may hold HTML."""

    text: str
    format: TextFormat

    def html(self) -> str:
        """Return it as HTML, which is not cleaned."""
        if not self.text.strip():
            return ""
        if self.format == "markdown":
            return html(self.text)
        if self.format == "plain":
            return _paragraphs(escape(self.text, quote=False))
        if self.format == "moodle" and not _BLOCK.search(self.text):
            return _paragraphs(self.text)
        return self.text


def _paragraphs(text: str) -> str:
    """Return `text` with paragraphs and line breaks as HTML."""
    found = _PARAGRAPHS.split(text.strip())
    return "".join(f"<p>{part.strip()}</p>".replace("\n", "<br>\n") for part in found)
