"""Ourselves."""

from __future__ import annotations

import sys
from pathlib import Path

from peers.tool import Tool

DAY = "2026-11-26"


def build(region: Path) -> Tool:
    ours = (sys.executable, "-m", "kompetanse")
    return Tool(
        "kompetanse",
        (*ours, "build", "--date", DAY, "-o", "site"),
        (*ours, "--version"),
        region,
        ("site", "cache"),
        "site",
    )
