"""From saving a file to the new text being served: ours against MkDocs' own preview and Hugo's, in one run.

A body is edited, then a title: it is timed until the page itself has it, until a page of another item has it that tells of it, and
until the list of its kind has it. The processor's time is that of the preview's own process, until it is idle.

Run: python bench/preview.py [--pages 100 1000 10000] [--edits 5] [--peers-up-to 1000] [--json FILE]
Each tool watches its own copy of the same region, in a process of its own; the time is the wall clock's, watcher and debounce
included. MkDocs and Hugo build what `kompetanse stage` makes of the region. A peer that is not installed is reported as missing.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peers import hugo_server
from region import make

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 1800.0
PAUSE, SETTLE = 0.5, 0.4
"""Seconds before each edit, and after it: less than a preview of ours waits before it looks at the whole."""

PORT = 18400
GOAL_MS, TITLE_GOAL_MS = 100, 1000
"""Most milliseconds from saving a text to its being served, and from saving a title to the pages that tell of it."""

FILE, PAGE = "roller/rolle-3-a.md", "roller/rolle-3-a/"
OTHER, LIST = "kompetanser/kompetanse-3-a/", "roller/"
"""The page of an item that names the role that is edited, and the list that it stands in."""


def served(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 (our own machine)
            return str(answer.read().decode(errors="replace"))
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
        return ""


def until(holds: Callable[[], bool]) -> float:
    """Return the seconds until something holds."""
    start = time.perf_counter()
    while not holds():
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError("not served in time")
        time.sleep(0.002)
    return time.perf_counter() - start


def processor(process: int) -> float:
    """Return the seconds of the processor that a process has taken; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[int]:
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


Times = dict[str, list[float]]


def measure(command: list[str], folder: Path, file: Path, address: str, edits: int, *, others: bool) -> Times:
    """Return the seconds of the start, of body edits and of title edits, and what those took of the processor."""
    with running(command, folder) as process:
        found: Times = {"start": [until(lambda: served(address + PAGE) != "")]}
        bodies = (body_edit(process, file, address, number) for number in range(edits + 1))
        add(found, "body", bodies)
        places = {"title": PAGE, "other": OTHER, "list": LIST} if others else {"title": PAGE}
        titles = (title_edit(process, file, address, number, places) for number in range(edits + 1))
        add(found, "title", titles)
    return found


def add(found: Times, name: str, rows: Iterable[dict[str, float]]) -> None:
    """Add the figures of all edits but the first, which warms up."""
    for place, row in enumerate(rows):
        for key, value in row.items() if place else ():
            found.setdefault(f"{name}_cpu" if key == "cpu" else key, []).append(value)


def body_edit(process: int, file: Path, address: str, number: int) -> dict[str, float]:
    text = f"Nytt avsnitt {number} her."
    time.sleep(PAUSE)
    before = processor(process)
    file.write_text(file.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
    seconds = until(lambda: text in served(address + PAGE))
    time.sleep(SETTLE)
    return {"body": seconds, "cpu": processor(process) - before}


def title_edit(
    process: int, file: Path, address: str, number: int, places: Mapping[str, str]
) -> dict[str, float]:
    title = f"Omdøpt {number}"
    time.sleep(PAUSE)
    before, start = processor(process), time.perf_counter()
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", file.read_text(encoding="utf-8"), count=1)
    file.write_text(text, encoding="utf-8")
    found: dict[str, float] = {}
    for name, place in places.items():
        until(lambda place=place: title in served(address + place))
        found[name] = time.perf_counter() - start
    time.sleep(SETTLE)
    return {**found, "cpu": processor(process) - before}


def peers(
    region: Path, work: Path, file: str, port: int
) -> Iterator[tuple[str, list[str] | None, Path, Path]]:
    """Yield each tool: its name, its command (None when it is missing), its folder, and the file that is edited."""
    kompetanse = [sys.executable, "-m", "kompetanse"]
    own = work / "own"
    shutil.copytree(region, own)
    yield "kompetanse serve", [*kompetanse, "serve", "--port", str(port)], own, own / "content" / file
    mkdocs = work / "mkdocs"
    shutil.copytree(region, mkdocs)
    (mkdocs / "mkdocs.yml").write_text(
        "site_name: Bench\ndocs_dir: content\ntheme: {name: kompetanse}\nplugins: [kompetanse]\n",
        encoding="utf-8",
    )
    yield (
        "mkdocs serve",
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port + 1}"],
        mkdocs,
        mkdocs / "content" / file,
    )
    hugo = hugo_server(region, work, port + 2)
    yield "hugo server", hugo.command, hugo.folder, hugo.folder / "content" / PAGE / "_index.md"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--peers-up-to", type=int, default=1000, help="a peer would take many minutes above")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    rows = []
    for place, pages in enumerate(given.pages):
        with tempfile.TemporaryDirectory() as folder:
            rows += list(_rows(Path(folder), pages, given, PORT + 10 * place))
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    ours = [row for row in rows if row["tool"] == "kompetanse serve"]
    return int(any(row["body_ms"] > GOAL_MS or row["other_ms"] > TITLE_GOAL_MS for row in ours))


def _rows(work: Path, pages: int, given: argparse.Namespace, port: int) -> Iterator[dict[str, Any]]:
    region = work / "region"
    make(region, pages, ROOT / "content")
    own = 0.0
    for place, (name, command, folder, file) in enumerate(peers(region, work, FILE, port)):
        if command is None:
            print(f"{pages:6} {name:18} not measured: it is not installed; run bench/setup")
            continue
        if place and pages > given.peers_up_to:
            print(f"{pages:6} {name:18} not measured: above --peers-up-to")
            continue
        address = f"http://127.0.0.1:{port + place}/"
        found = measure(command, folder, file, address, given.edits, others=not place)
        middle = {f"{key}_ms": statistics.median(values) * 1000 for key, values in found.items()}
        own = own or middle["body_ms"]
        print(f"{pages:6} {name:18} {_told(found, middle)}, ratio {middle['body_ms'] / own:.1f}", flush=True)
        yield {"pages": pages, "tool": name, "load": os.getloadavg()[0], "all": found, **middle}


def _told(found: Times, middle: Mapping[str, float]) -> str:
    """Return the figures in a row: the middle one, and the lowest and highest of each."""
    names = {"body": "body", "title": "title", "other": "page that tells of it", "list": "list"}
    parts = [
        f"{words} {middle[f'{key}_ms']:.0f} ms ({min(found[key]) * 1000:.0f} to {max(found[key]) * 1000:.0f})"
        for key, words in names.items()
        if key in found
    ]
    cpu = f"processor: body {middle['body_cpu_ms']:.0f}, title {middle['title_cpu_ms']:.0f} ms"
    return ", ".join((*parts, cpu, f"start {found['start'][0]:.1f} s"))


if __name__ == "__main__":
    sys.exit(main())
