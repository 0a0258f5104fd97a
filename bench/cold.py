"""Cold builds of the same texts by us and by others, in turn in one run: CPU, wall and peak memory of whole processes.

Run: bench/setup once, then python bench/cold.py [--files 100 1000] [--runs 5] [--limit 600] [--only NAME …] [--json FILE]
The region is made up (`region.py`), with no row of words twice. Cold means that outputs and caches are gone, ours and theirs.
Every round builds with each tool once; a ratio is that of one round, and the table has the medians. A tool that is not
installed, fails or takes longer than --limit seconds is reported. Peak memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import Tool, summary, tools, version
from region import make

ROOT = Path(__file__).resolve().parents[1]
Row = dict[str, float]


def build(tool: Tool, limit: float) -> Row | str:
    """Build once, cold; return what it took, or why it did not."""
    for name in tool.made:
        shutil.rmtree(tool.folder / name, ignore_errors=True)
    environment = {**os.environ, "KOMPETANSE_CACHE": str(tool.folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed has been compiled
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            tool.command or [],
            cwd=tool.folder,
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - started > limit:
                os.killpg(process.pid, 9)
                os.wait4(process.pid, 0)
                process.returncode = -9
                return f"not done in {limit:.0f} s"
            time.sleep(0.005)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            return f"failed: {said.read().decode(errors='replace')[-200:]}"
    return {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "mb": used.ru_maxrss / 1024}


def measure(ready: list[Tool], runs: int, limit: float) -> tuple[dict[str, list[Row]], dict[str, str]]:
    """Build in rounds, after one to warm up; return the rows of each tool, and why some have none."""
    rows: dict[str, list[Row]] = {tool.name: [] for tool in ready}
    out = {tool.name: "not installed: run bench/setup" for tool in ready if tool.command is None}
    for number in range(runs + (runs > 1)):
        for tool in ready:
            if tool.name in out:
                continue
            found = build(tool, limit)
            if isinstance(found, str):
                out[tool.name] = found
            elif number or runs == 1:
                rows[tool.name].append(found)
                print(".", end="", file=sys.stderr, flush=True)
    return rows, out


def table(ready: list[Tool], rows: dict[str, list[Row]], out: dict[str, str]) -> list[dict[str, object]]:
    """Return a row for each tool: medians, and the ratio of ours to it, round by round."""
    ours, result = rows[ready[0].name], []
    for tool in ready:
        one: dict[str, object] = {"tool": tool.name, "version": version(tool), "features": tool.features}
        if tool.name in out:
            result.append({**one, "missing": out[tool.name]})
            continue
        one |= {key: statistics.median(row[key] for row in rows[tool.name]) for key in ("cpu", "wall", "mb")}
        for key in ("cpu", "wall"):
            ratios = [mine[key] / row[key] for mine, row in zip(ours, rows[tool.name], strict=True)]
            one[f"ratio_{key}"] = [statistics.median(ratios), min(ratios), max(ratios)]
        result.append({**one, **summary(tool)})
    return result


def show(files: int, result: list[dict[str, object]]) -> None:
    print(f"\n{files} files; ours as a part of theirs: median (least–most)")
    print(
        f"{'':17} {'CPU s':>7} {'wall s':>7} {'peak MB':>8} {'of CPU':>17} {'of wall':>17} {'pages':>6} {'MB':>6}"
    )
    for row in result:
        if "missing" in row:
            print(f"{row['tool']:17} {row['missing']}")
            continue
        cpu, wall = (_range(row[key]) for key in ("ratio_cpu", "ratio_wall"))
        print(
            f"{row['tool']:17} {row['cpu']:7.2f} {row['wall']:7.2f} {row['mb']:8.0f} {cpu:>17} {wall:>17} "
            f"{row['pages']:6} {row['mb_out']:6}"
        )
    for row in result:
        print(f"  {row['tool']}: {row['version']}; {row['features']}")


def _range(ratio: object) -> str:
    assert isinstance(ratio, list)
    return f"{ratio[0]:.2f} ({ratio[1]:.2f}–{ratio[2]:.2f})"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--only", nargs="+", help="names of tools beside our own")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    every = []
    for files in given.files:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            make(work / "region", files, ROOT / "content", distinct=True)
            found = list(tools(work / "region", work))
            ready = [one for one in found if not given.only or one is found[0] or one.name in given.only]
            result = table(ready, *measure(ready, given.runs, given.limit))
        show(files, result)
        every.append({"files": files, "runs": given.runs, "load": os.getloadavg()[0], "tools": result})
        if given.json:
            given.json.write_text(json.dumps(every, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
