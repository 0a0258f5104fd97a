"""How long `kompetanse check` takes, against the time PyYAML's C loader needs just to parse the same front matter.

Run: python bench/check.py [--files 10000] [--runs 5] [--json FILE]
Each pair runs in one process, one after the other, in turn; the ratio of each pair is what counts. Both read the files.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import yaml
from region import make

from kompetanse.staging import read

TEXTS = Path(__file__).parent.parent / "content"


def parse_only(root: Path) -> int:
    """Read every file and parse its front matter with the C loader."""
    count = 0
    for file in sorted((root / "content").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        yaml.load(text[4 : text.index("\n---\n", 4)], Loader=yaml.CSafeLoader)
        count += 1
    return count


def check(root: Path) -> int:
    """Check the whole region."""
    return len(read(root, "content", date(2026, 11, 24)).library.documents)


def main() -> int:
    """Print the table; return 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "region"
        make(root, args.files, TEXTS)
        rows = [measure(root) for _ in range(args.runs + 1)][1:]
    ratios = [row["check_cpu"] / row["parse_cpu"] for row in rows]
    walls = [row["check_wall"] / row["parse_wall"] for row in rows]
    result = {
        "files": args.files,
        "runs": args.runs,
        "python": platform.python_version(),
        "pyyaml": yaml.__version__,
        "parse_wall": statistics.median(row["parse_wall"] for row in rows),
        "check_wall": statistics.median(row["check_wall"] for row in rows),
        "ratio_cpu": statistics.median(ratios),
        "ratio_cpu_range": [min(ratios), max(ratios)],
        "ratio_wall": statistics.median(walls),
    }
    print(json.dumps(result, indent=2))
    if args.json:
        args.json.write_text(json.dumps({"result": result, "rows": rows}, indent=2), encoding="utf-8")
    return 0 if result["ratio_wall"] <= 2 else 1


def measure(root: Path) -> dict[str, float]:
    """Time one pair, wall and CPU, in seconds."""
    found: dict[str, float] = {}
    for name, work in (("parse", parse_only), ("check", check)):
        wall, cpu = time.perf_counter(), time.process_time()
        work(root)
        found |= {f"{name}_wall": time.perf_counter() - wall, f"{name}_cpu": time.process_time() - cpu}
    return found


if __name__ == "__main__":
    sys.exit(main())
