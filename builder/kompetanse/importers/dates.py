"""Dates as people and their spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T][\d:.]+)?")
_NORWEGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: [\d:.]+)?")


def day_of(text: str) -> date | None:
    """Return the day of `2026-11-24` or `24.11.2026`, with a time or without; None for all else."""
    iso, norwegian = _ISO.fullmatch(text), _NORWEGIAN.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(norwegian[3]), int(norwegian[2]), int(norwegian[1])) if norwegian else None
    except ValueError:
        return None
