"""Files of kept offers that do not hold: said with file and line, and none keeps another from being read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

ROW = '{"id": "kurs", "title": "T", "language": "nb", "region_name": "R"}'
FILES = {
    "offers-not-json": "<<<<<<< HEAD\n",
    "offers-newer": '{"version": 2, "courses": []}',
    "offer-twice": f'{{\n"version": 1,\n"offers": [\n{ROW},\n{ROW}\n]\n}}',
    "text-too-long": f'{{\n"version": 1,\n"offers": [\n{ROW.replace("T", "T" * 301)}\n]\n}}',
    "unseen-sign": f'{{\n"version": 1,\n"offers": [\n{ROW.replace("T", chr(0x202E))}\n]\n}}',
    "bad-offer-value": f'{{\n"version": 1,\n"commit": "main",\n"offers": [\n{ROW}\n]\n}}',
}
LINES = {"offer-twice": 5, "text-too-long": 4, "unseen-sign": 4, "bad-offer-value": 3}


def test_each_fault_of_each_file_is_said_in_one_run(
    region: Callable[..., Path], problems: Callable[[Path], list[tuple[str, int, str]]]
):
    root = region({f".kompetanse/offers/{code}.json": text for code, text in FILES.items()})

    found = {(path, line, code) for path, line, code in problems(root) if path.startswith(".kompetanse")}

    assert found >= {(f".kompetanse/offers/{code}.json", LINES.get(code, 1), code) for code in FILES}
