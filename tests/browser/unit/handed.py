"""Files that people of a unit have handed over, and what the page makes of them; the people are invented."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

UNIT = "enhet/"
ROLE = "helsefagarbeider"


def file_of(number: int, asked: list[str], **changed: Any) -> dict[str, Any]:
    """A mapping of somebody invented, whose levels and evidence follow from the number."""
    answers = [
        {
            "competence": id_,
            "title": id_,
            "level": None if (number + place) % 7 == 6 else (number + place) % 5,
            "day": "2026-11-20",
            "evidence": [{"kind": "confirmed", "level": 3, "day": f"2025-0{1 + (number + place) % 9}-10"}]
            if (number + place) % 2
            else [],
        }
        for place, id_ in enumerate(asked)
    ]
    return {
        "type": "kompetanse-assessment",
        "version": 1,
        "region": "eksempelregionen",
        "content_version": None,
        "made": "2026-11-20",
        "person": f"5a3c1f0e-8d7b-4f7e-9b1d-{number:012x}",
        "name": f"Person {number}",
        "roles": [ROLE, "ansatt"] if number % 2 else [ROLE],
        "answers": answers,
        **changed,
    }


def put(folder: Path, asked: list[str], number: int) -> list[Path]:
    """Write the files of so many people."""
    for one in range(number):
        (folder / f"{one:03}.json").write_text(json.dumps(file_of(one, asked)), encoding="utf-8")
    return sorted(folder.glob("*.json"))


def opened(visit, files: list[Path], address: str = UNIT, **options):
    """Open the page by a clock of the day of the site, and give it `files`."""
    seen = visit(address, **options)
    seen.page.clock.set_fixed_time(datetime(2026, 11, 24, 12))  # noqa: DTZ001 (the device's own time)
    seen.page.set_input_files("#kmp-files", files)
    seen.page.wait_for_selector(".kmp-unit__view > *")
    return seen


def csv_of(page) -> bytes:
    with page.expect_download() as coming:
        page.click(".kmp-unit__view .kmp-actions button >> nth=0")
    return Path(coming.value.path()).read_bytes()


def cells(page, table: str) -> list[list[str]]:
    """Return the words of a table, row by row; marks stand in the command's text and in the page's style."""
    found = page.locator(f"table{table} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return [[re.sub(r"^[✓◐!✕]|\s+", "", cell) for cell in row] for row in found]


def told(page) -> str:
    return " ".join(page.locator(".kmp-unit__notices li").all_inner_texts())
