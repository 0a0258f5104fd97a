"""What a page may load and run: a Content Security Policy in the page itself, since many hosts let one set no headers.

Content Security Policy Level 3, https://www.w3.org/TR/CSP3/: inline scripts and sheets are named by their hashes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser

_OURS = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" data-kmp="policy" content="[^"]*">')
_CHARSET = re.compile(r"<meta\s+charset[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_RUNS = frozenset(
    {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"}
)
"""Types of script that a policy asks about; others, such as JSON-LD, are data."""


def with_policy(html: str) -> str:
    """Return the page `html` with a policy that lets it load from its own origin and run what stands in it now.

    A policy that was written by this function is replaced; that of somebody else stands, and both then hold.
    """
    page = _OURS.sub("", html)
    found = _Inline(page)
    policy = _policy(found.scripts, found.sheets)
    tag = f'\n<meta http-equiv="Content-Security-Policy" data-kmp="policy" content="{policy}">'
    before = _CHARSET.search(page) or _HEAD.search(page)
    return page[: before.end()] + tag + page[before.end() :] if before else page


def _policy(scripts: Iterable[str], sheets: Iterable[str]) -> str:
    """Return the policy; a browser that knows no `style-src-elem` (before 2022) takes `style-src`."""
    rules = (
        "default-src 'self'",
        " ".join(("script-src 'self'", *_hashes(scripts))),
        "style-src 'self' 'unsafe-inline'",
        " ".join(("style-src-elem 'self'", *_hashes(sheets))),
        "style-src-attr 'unsafe-inline'",  # how a column of a table is aligned
        "img-src 'self' data:",  # the theme's icons
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
    return "; ".join(rules)


def _hashes(texts: Iterable[str]) -> list[str]:
    """Return each text's hash once, in the order of the page; a browser reads each end of line as one sign."""
    plain = (text.replace("\r\n", "\n").replace("\r", "\n") for text in texts)
    digests = (b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii") for text in plain)
    return [f"'sha256-{digest}'" for digest in dict.fromkeys(digests)]


class _Inline(HTMLParser):
    """The texts of a page's own scripts that run, and of its own sheets."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self.sheets: list[str] = []
        self._open: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text where an inline script or sheet does."""
        values = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in values and values.get("type", "").strip().lower() in _RUNS
        self._open = self.scripts if runs else self.sheets if tag == "style" else None
        if self._open is not None:
            self._open.append("")

    def handle_data(self, data: str) -> None:
        """Add to the open text, which may come in parts."""
        if self._open is not None:
            self._open[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """End the open text."""
        self._open = None
