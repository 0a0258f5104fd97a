"""Is every file beside the text of a kind that may be published, and can no picture run code?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath

from kompetanse.content.library import Library
from kompetanse.errors import Problem, Severity
from kompetanse.model.asset import is_published

MAX_SVG = 5_000_000
"""A larger picture, in bytes, is not read to its end, and not vouched for."""

_MAY_HOLD = frozenset({".json", ".png", ".svg"})
_HEAD = 100_000

_RUNS = frozenset(
    [
        ".html",
        ".htm",
        ".xhtml",
        ".js",
        ".mjs",
        ".wasm",
        ".php",
        ".exe",
        ".bat",
        ".cmd",
        ".sh",
        ".ps1",
        ".xml",
        ".svgz",
    ]
)
_ACTIVE = re.compile(
    r"<(?:\w+:)?(script|foreignObject|iframe|embed|object)\b|[\s\"'/](on[a-z]+)\s*=|(javascript\s*:)"
    r"|\b((?:href|src)\s*=\s*[\"']?\s*(?:https?:|//|data:text/html))|(<!ENTITY)",
    re.IGNORECASE,
)


def check(library: Library, root: Path) -> Iterator[Problem]:
    """Yield every file that may not be published."""
    for path in sorted(library.assets):
        suffix = path.suffix.lower()
        if suffix in _RUNS:
            yield Problem(path, 0, "", "unsafe-asset", Severity.ERROR, {"found": suffix})
        elif not is_published(path):
            yield Problem(path, 0, "", "unknown-asset", Severity.WARNING, {"found": suffix or path.name})
        elif suffix == ".svg":
            yield from _picture(path, root / path)
        if suffix in _MAY_HOLD and _holds_certificate(root / path):
            yield Problem(path, 0, "", "certificate-in-content", Severity.ERROR)


def _holds_certificate(file: Path) -> bool:
    """Tell whether somebody's certificate stands near the beginning of a file, where it is baked into pictures too."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_HEAD)
    except OSError:
        return False
    return b"OpenBadgeCredential" in data and b"DataIntegrityProof" in data


def _picture(path: PurePosixPath, file: Path) -> Iterator[Problem]:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_SVG + 1)
    except OSError:
        return  # whoever shows it says so
    text = _plain(data)
    match = _ACTIVE.search(text)
    if match or len(data) > MAX_SVG:
        found = (
            " ".join(next(filter(None, match.groups())).split()) if match else f"{MAX_SVG // 1_000_000} MB"
        )
        line = text.count("\n", 0, match.start()) + 1 if match else 0
        yield Problem(path, line, "", "unsafe-svg", Severity.ERROR, {"found": found})


def _plain(data: bytes) -> str:
    """Return a picture's text without what could hide something: the zeros of UTF-16, and character references."""
    text = data.replace(b"\0", b"").decode(errors="replace")
    return unescape(text) if "&" in text else text


def is_active(data: bytes) -> bool:
    """Tell whether an SVG can run something, or fetch something from others."""
    return len(data) > MAX_SVG or _ACTIVE.search(_plain(data)) is not None
