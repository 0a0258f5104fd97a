"""Ourselves, with what each stage of a build takes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from peers.tool import Tool

DAY = "2026-11-26"


CONTENT = ("look for changes", "git", "read", "check", "link", "stage")
"""The stages that make finished Markdown of the content: the others get it."""

_ROW = re.compile(r"^([a-z ]+?) +[0-9.]+ +([0-9.]+)$", re.MULTILINE)


def stages(said: str) -> dict[str, float]:
    """Return the seconds of the processor that each stage took, from what a build with --timings says."""
    return {name: float(seconds) for name, seconds in _ROW.findall(said) if name != "in all"}


def build(region: Path) -> Tool:
    """Return ourselves, in the region itself."""
    ours = (sys.executable, "-m", "kompetanse")
    return Tool(
        "kompetanse",
        (*ours, "build", "--date", DAY, "-o", "site", "--timings"),
        (*ours, "--version"),
        region,
        ("site", "cache"),
        "site",
    )
