"""Files of kept offers that do not hold: said with file and line, and none keeps another from being read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

REGION_YML = "id: testvik\nname: Testvik\n"
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


ORIGIN = """\
version: 1
source:
  name: nord
  region: nordvik
  repository: https://git.nordvik.example/l.git
  path: content/kurs/k
  id: brann
  commit: {oid}
  tree: {oid}
  credit: {{title: Brann, authors: [Nordvik], licence: CC-BY-4.0}}
files:
  index.md: {{oid: {oid}}}
history:
  - {{time: 2026-03-04T09:12:00+01:00, did: fork, to: {oid}}}
"""
GONE = """\
{"version": 1, "region": "nordvik", "region_name": "Nordvik", "offers": [
{"id": "brann", "title": "Brann", "language": "nb", "withdrawn": "error", "withdrawn_on": "2026-11-20"}
]}
"""
COURSE = "---\ntype: course\nid: k\ntitle: K\n---\nTekst.\n"


def test_a_fork_of_what_its_region_has_withdrawn_is_warned_of(
    region: Callable[..., Path], check: Callable[..., Any]
):
    root = region(
        {
            "content/kurs/k/index.md": COURSE,
            "content/kurs/k/origin.yml": ORIGIN.format(oid="a" * 40),
            ".kompetanse/offers/portal.json": GONE,
        }
    )

    assert "Nordvik has withdrawn the course (2026-11-20: error)" in check(root).out
    found = check(root, "--format", "json")
    assert ("content/kurs/k/origin.yml", 0, "fork-withdrawn") in found.places
    assert found.exit_code == 0


def test_a_course_that_is_withdrawn_and_published_is_warned_of(
    region: Callable[..., Path], problems: Callable[[Path], list[tuple[str, int, str]]]
):
    taken_back = "withdrawn:\n- {id: borte, reason: error, date: 2026-11-02}\n- {id: k, reason: error, date: 2026-11-02}\n"
    root = region({"region.yml": REGION_YML + taken_back, "content/kurs/k/index.md": COURSE})

    assert ("region.yml", REGION_YML.count("\n") + 3, "withdrawn-published") in problems(root)
