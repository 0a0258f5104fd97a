"""The map of the site for those who harvest it, https://www.sitemaps.org/protocol.html: each page with the day it last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from kompetanse.model.own_address import SITEMAP, part_of_sitemap

MOST = 50_000
"""Pages in one file, by the protocol; more are spread over files that an index names."""

Row = tuple[str, date | None]
"""Address of a page from the root of the site, and the day of its last change."""

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def files(base: str, pages: Iterable[Row], most: int = MOST) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file of the map of the site at `base`."""
    rows = sorted(pages, key=lambda row: row[0])
    if len(rows) <= most:
        yield SITEMAP, _list("urlset", "url", base, rows)
        return
    parts = [rows[start : start + most] for start in range(0, len(rows), most)]
    named = [(part_of_sitemap(number), part) for number, part in enumerate(parts, 1)]
    yield SITEMAP, _list("sitemapindex", "sitemap", base, [(name, _newest(part)) for name, part in named])
    yield from ((name, _list("urlset", "url", base, part)) for name, part in named)


def _newest(rows: Sequence[Row]) -> date | None:
    return max((day for _, day in rows if day), default=None)


def _list(top: str, each: str, base: str, rows: Iterable[Row]) -> str:
    entries = (
        f"<{each}><loc>{escape(base + address, quote=False)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{each}>\n"
        for address, day in rows
    )
    return f"{_OPEN.format(top)}{''.join(entries)}</{top}>\n"
