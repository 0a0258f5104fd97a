"""Cold builds of the same pages by us and by others, in turn in one run: CPU, wall and peak memory of whole programs.

Run: bench/setup once, then python bench/cold.py [--files 100 1000] [--runs 5] [--limit 600] [--only NAME …] [--json FILE]
The region is made up (`region.py`), with no row of words twice. Cold means that outputs and caches are gone, ours and theirs.
Every round builds with each tool once; a ratio is that of one round, and the table has the medians. With five rounds or more
another comes first, to warm up. A tool that is not installed, fails or takes longer than --limit seconds is reported, and is left
out of the rounds that follow. Memory is looked at in the first round: of the largest process, and of all of a tool's together.
10,000 files take an hour with all of them: --files 10000 --runs 1 --limit 900 --only Hugo Eleventy.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peers import NAMES, Tool, summary, tools, version
from peers.kompetanse import CONTENT, stages
from processes import RunError, Used, end_with_all, run
from region import make

ROOT = Path(__file__).resolve().parents[1]
Row = dict[str, Any]
WARM_FROM = 5
"""Rounds from which on one more comes first, which is not counted."""


@dataclass
class Found:
    """What was measured of a tool: a row for each round, its memory in megabytes, and why it has none."""

    rows: list[Used] = field(default_factory=list)
    together: float = 0.0
    missing: str | None = None


def build(tool: Tool, limit: float, *, memory: bool = False, cold: bool = True) -> Used:
    """Build once, from nothing or after the last build; return what it took, or raise `RunError`."""
    for name in tool.made if cold else ():
        path = tool.folder / name
        path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)
    environment = {
        **os.environ,
        "KOMPETANSE_CACHE": str(tool.folder / "cache"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed has been compiled
    return run(tool.command or (), tool.folder, environment, limit, memory=memory)


def measure(ready: list[Tool], runs: int, limit: float) -> dict[str, Found]:
    """Build in rounds; return what was found of each tool."""
    found = {
        tool.name: Found(missing=None if tool.command else "not installed: run bench/setup") for tool in ready
    }
    warm = int(runs >= WARM_FROM)
    for number in range(runs + warm):
        for tool in (one for one in ready if not found[one.name].missing):
            own = found[tool.name]
            try:
                used = build(tool, limit, memory=not number)
            except RunError as fault:
                own.missing = str(fault)
                continue
            own.together = used.together or own.together
            own.rows += [used] if number >= warm else []
            print(".", end="", file=sys.stderr, flush=True)
    return found


def table(ready: list[Tool], found: dict[str, Found]) -> list[Row]:
    """Return a row for each tool: medians, and the ratio of ours to it, round by round."""
    ours, result = found[ready[0].name].rows, []
    for tool in ready:
        one: Row = {
            "tool": tool.name,
            "version": version(tool),
            "less": tool.less,
            "more": tool.more,
        }
        own = found[tool.name]
        if own.missing:
            result.append({**one, "missing": own.missing})
            continue
        for key in ("cpu", "wall", "largest"):
            one[key] = statistics.median(getattr(row, key) for row in own.rows)
        one["together"] = max(own.together, one["largest"])
        for key in ("cpu", "wall"):
            ratios = [
                getattr(mine, key) / getattr(row, key) for mine, row in zip(ours, own.rows, strict=False)
            ]
            if ratios:
                one[f"ratio_{key}"] = [statistics.median(ratios), min(ratios), max(ratios)]
        one["all"] = [[row.cpu, row.wall] for row in own.rows]
        result.append({**one, **summary(tool)})
    return result


def show(files: int, result: list[Row]) -> None:
    print(
        f"\n{files} files; ours as a part of theirs: median (least–most); MB: its largest process, and all of them"
    )
    print(
        f"{'':22} {'CPU s':>7} {'wall s':>7} {'MB':>6} {'all MB':>7} {'of CPU':>17} {'of wall':>17} {'pages':>6} {'MB out':>7}"
    )
    for row in result:
        if "missing" in row:
            print(f"{row['tool']:22} {row['missing']}")
            continue
        cpu, wall = (_range(row.get(key)) for key in ("ratio_cpu", "ratio_wall"))
        print(
            f"{row['tool']:22} {row['cpu']:7.2f} {row['wall']:7.2f} {row['largest']:6.0f} {row['together']:7.0f} "
            f"{cpu:>17} {wall:>17} {row['pages']:6} {row['mb_out']:7}"
        )
    for row in result:
        print(f"  {row['tool']}: {row['version']}")
        for key, words in (("less", "ours has, and not it"), ("more", "it has, and not ours")):
            if row[key]:
                print(f"      {words}: {row[key]}")


def _range(ratio: object) -> str:
    return f"{ratio[0]:.2f} ({ratio[1]:.2f}–{ratio[2]:.2f})" if isinstance(ratio, list) else "–"


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        keep.mkdir(parents=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def measured(files: int, runs: int, limit: float, only: Collection[str], keep: Path | None) -> Row:
    """Return what was measured at one size, with a row for each tool; print the table."""
    load = os.getloadavg()[0]
    with _folder(keep and keep / str(files)) as work:
        make(work / "region", files, ROOT / "content", distinct=True)
        ready = list(tools(work / "region", work, only))
        found = measure(ready, runs, limit)
        result = table(ready, found)
        again = None if "missing" in result[0] else build(ready[0], limit, cold=False)
    show(files, result)
    row: Row = {"files": files, "runs": runs, "load": load, "tools": result}
    if rows := found[ready[0].name].rows:
        row["stages"] = parts = stages(rows[-1].said)
        content = sum(parts.get(name, 0) for name in CONTENT)
        told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts.items())
        print(
            f"  Of ours, last round, CPU s: {told}. Finished Markdown, which the others get: {content:.2f}."
        )
    if again:
        print(
            f"  Once more, with nothing changed, ours takes {again.cpu:.2f} s of the processor, {again.wall:.2f} s by the clock."
        )
        row["unchanged"] = {"cpu": again.cpu, "wall": again.wall}
    return row


def machine() -> str:
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=600, help="seconds that a tool may take")
    parser.add_argument("--only", nargs="+", default=NAMES, choices=NAMES, help="tools beside our own")
    parser.add_argument("--keep", type=Path, help="a new folder where the sites stay, to look at them")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    end_with_all()
    print(machine())
    every = []
    for files in given.files:
        every.append(measured(files, given.runs, given.limit, given.only, given.keep))
        if given.json:
            given.json.write_text(json.dumps(every, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
