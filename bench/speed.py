"""All that is promised of speed, measured in one run: cold builds, a build where nothing changed, edits, and the start of the command.

Run: make bench-speed, or bench/setup once and then python bench/speed.py [--files 100 1000 10000] [--runs 5] [--edits 5] [--json FILE]
It prints the tables of bench/cold.py and bench/preview.py, and then each goal with its figure. At 10,000 files each tool builds once,
and only the tools that goals name; the others' previews are measured up to 1,000. All of it takes about an hour of a quiet
machine with two cores. Exits with 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cold
from peers import NAMES
from peers.servers import NAMES as PREVIEWS
from peers.servers import OWN
from processes import end_with_all, run

import preview

Row = dict[str, Any]
Goal = tuple[str, float, float]
"""What it is of, the most that it may be, and what it is."""

MANY = 10_000
COLD = {
    100: (("Material", "cpu", 0.5), ("Material, pruned tree", "cpu", 0.5), ("Hugo", "cpu", 1.2)),
    1_000: (
        ("Material", "cpu", 0.3),
        ("Material, pruned tree", "cpu", 0.3),
        ("Hugo", "cpu", 0.6),
        ("Hugo", "wall", 0.9),
    ),
    MANY: (("Eleventy", "cpu", 0.9), ("Hugo", "cpu", 0.5)),
}
"""Most that ours may be of another's, at each size."""

EDITS = {
    "body_served": ("a body edit, finished output, ms", 50, None),
    "body_seen": ("a body edit, in the open browser, ms", 100, None),
    "title_seen_other": ("a title edit, in the pages that tell of it, ms", 1000, MANY),
}
"""Most milliseconds of an edit, and the size that it is said of; None for each."""

GROWTH, MEGABYTES, UNCHANGED, HELP = 11, 600, 3, 0.08
"""Most that 10,000 files take of 1,000's processor time, of memory, of seconds with nothing changed, and of `--help`."""


def help_cpu() -> float:
    """Return the seconds of the processor that `kompetanse --help` takes, compiled as it is when installed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = (sys.executable, "-m", "kompetanse", "--help")
    rows = [run(command, cold.ROOT, environment, 60, memory=False).cpu for _ in range(12)]
    return statistics.median(rows[1:])


def goals(builds: dict[int, Row], edits: list[Row], start: float) -> Iterator[Goal]:
    """Yield each goal that was measured."""
    yield "kompetanse --help, CPU s", HELP, start
    for files, row in builds.items():
        tools = {tool["tool"]: tool for tool in row["tools"]}
        for name, key, most in COLD.get(files, ()):
            if ratio := tools.get(name, {}).get(f"ratio_{key}"):
                yield f"cold, {files} files, {key} as a part of {name}", most, ratio[0]
    if MANY in builds and "unchanged" in builds[MANY]:
        yield f"nothing changed, {MANY} files, s", UNCHANGED, builds[MANY]["unchanged"]["wall"]
        ours = builds[MANY]["tools"][0]
        yield f"peak memory of all processes, {MANY} files, MB", MEGABYTES, ours["together"]
        if smaller := builds.get(MANY // 10, {}).get("tools", [{}])[0].get("cpu"):
            yield f"cold, {MANY} files, CPU, times that of {MANY // 10}", GROWTH, ours["cpu"] / smaller
    for row in (one for one in edits if one["tool"] == OWN):
        for key, (words, most, size) in EDITS.items():
            if f"{key}_ms" in row and size in (None, row["pages"]):
                yield f"{row['pages']} files, {words}", most, row[f"{key}_ms"]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, nargs="+", default=[100, 1000, MANY])
    parser.add_argument("--runs", type=int, default=5, help="rounds of cold builds below 10,000 files")
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--limit", type=float, default=900, help="seconds that a build may take")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    end_with_all()
    print(cold.machine())
    found: Row = {"machine": cold.machine(), "help_cpu": help_cpu(), "cold": [], "preview": []}
    for files in given.files:
        many = files >= MANY
        only = tuple(name for name, _, _ in COLD[MANY]) if many else NAMES
        found["cold"].append(cold.measured(files, 1 if many else given.runs, given.limit, only, None))
        _keep(found, given.json)
    for place, files in enumerate(given.files):
        only = () if files >= MANY else PREVIEWS
        port = preview.PORT + 10 * place
        found["preview"] += preview.measured(files, given.edits, preview.LIMIT, only, port)
        _keep(found, given.json)
    rows = list(goals({row["files"]: row for row in found["cold"]}, found["preview"], found["help_cpu"]))
    found["goals"] = [{"of": words, "most": most, "is": value} for words, most, value in rows]
    _keep(found, given.json)
    print(f"\n{'goal':62} {'most':>7} {'is':>8}")
    for words, most, value in rows:
        print(f"{words:62} {most:7g} {value:8.3g} {'' if value <= most else 'MISSED'}")
    return int(any(value > most for _, most, value in rows))


def _keep(found: Row, file: Path | None) -> None:
    """Write what there is so far, so that an hour is not lost by its last minute."""
    if file:
        file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
