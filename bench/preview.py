"""From saving a file to the new text in the open browser: ours against the previews of others, in one run.

A body is edited, then a title. It is timed until the server has the new page ("served"), and until the text stands in a page
that is open in a real browser ("seen"), watcher, debounce and reload included: of a title in the page itself, in a page of
another item that tells of it, and in the list of its kind. The processor's time is that of the preview with all its processes,
without the browser: until the text is there, and until it has been idle for more than a second.

Run: bench/setup once, then python bench/preview.py [--pages 100 1000 10000] [--edits 5] [--peers-up-to 1000] [--limit 120] [--json FILE]
Each preview watches its own copy of the same region, one at a time. The others get the finished Markdown of `kompetanse stage`, so a
new title is written twice, in front matter and heading, and no other page depends on it. One that is not installed, fails
or does not show a text within --limit seconds is reported.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers.servers import NAMES, OWN, Server, servers
from processes import end_with_all, family, processor
from region import make
from window import BROWSER, Window, windows

ROOT = Path(__file__).resolve().parents[1]
IDLE, LONGEST = 1.4, 120.0
"""Seconds without work that tell that a preview is done: more than ours waits before it looks at the whole; and the longest wait."""

LIMIT, STARTS = 120.0, 10
"""Seconds that an edit may take, and how many times as long a start."""

PORT = 18400
GOALS_MS = {"body_served": 50, "body_seen": 100, "title_seen_other": 1000}
"""Most milliseconds of ours: to the finished output, to the text in the open browser, and to the pages that tell of a title."""

FILE, PAGE = "roller/rolle-3-a.md", "roller/rolle-3-a/"
PLACES = {"": PAGE, "_other": "kompetanser/kompetanse-3-a/", "_list": "roller/"}
"""The page of the role that is edited, that of an item that names it, and the list that it stands in."""

Times = dict[str, list[float]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Running:
    """A preview that runs: its process, what it serves, the file that is edited, and the seconds it may take."""

    process: int
    address: str
    file: Path
    limit: float

    def served(self, place: str) -> str:
        try:
            with urllib.request.urlopen(self.address + place, timeout=self.limit) as answer:  # noqa: S310 (our own machine)
                return str(answer.read().decode(errors="replace"))
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
            return ""

    def until(self, holds: Callable[[], bool], since: float, times: int = 1) -> float:
        """Return the seconds from `since` until something holds, at most the limit so many times."""
        while not holds():
            if time.time() - since > self.limit * times:
                raise TimeoutError(f"not served in {self.limit * times:.0f} s")
            time.sleep(0.002)
        return time.time() - since

    def idle(self) -> None:
        """Wait until it has done no work for a while."""
        start = still = time.time()
        last = processor(self.process)
        while time.time() - still < IDLE and time.time() - start < LONGEST:
            time.sleep(0.1)
            now = processor(self.process)
            last, still = (last, still) if now == last else (now, time.time())


@contextmanager
def running(server: Server, limit: float) -> Iterator[Running]:
    """Start a preview, and end it and what it started."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(
        server.command or (),
        cwd=server.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield Running(process.pid, server.address, server.file, limit)
        finally:
            ours = list(family(process.pid))
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                for one in ours:
                    os.kill(one, 9)


def body(text: str, mark: str) -> str:
    return f"{text.rstrip()}\n\nNytt avsnitt {mark}\n"


def title(text: str, mark: str) -> str:
    """Return the text with a new title, and with a new heading where the page has one of its own."""
    text = re.sub(r"(?m)^title: .*$", f'title: "Omdøpt {mark}"', text, count=1)
    return re.sub(r'(?<=<h1 id="top">)[^<]*', f"Omdøpt {mark}", text, count=1)


EDITS = {"body": ("Nytt avsnitt", body), "title": ("Omdøpt", title)}


def measure(server: Server, edits: int, limit: float) -> Times:
    """Return the seconds of the start and of each edit but the first of its kind, which warms up."""
    with running(server, limit) as preview:
        found: Times = {"start": [preview.until(lambda: bool(preview.served(PAGE)), time.time(), STARTS)]}
        preview.idle()
        places = PLACES if server.name == OWN else {"": PAGE}
        if server.name == OWN or not BROWSER:
            series(preview, found, edits, "served", None)
        if BROWSER:
            with windows({name: preview.address + place for name, place in places.items()}) as open_:
                time.sleep(1)
                series(preview, found, edits, "seen", open_)
    return found


def series(preview: Running, found: Times, edits: int, how: str, open_: Mapping[str, Window] | None) -> None:
    """Edit the body and the title in turn, and add what each edit took to `found`."""
    for kind in EDITS:
        for number in range(edits + 1):
            row = edit(preview, kind, f"{number}-{how}", open_)
            for key, value in row.items() if number else ():
                found.setdefault(f"{kind}_{how}{key}", []).append(value)


def edit(preview: Running, kind: str, mark: str, open_: Mapping[str, Window] | None) -> dict[str, float]:
    """Save a change; return the seconds until it is there, and those of the processor then and when all is done."""
    words, change = EDITS[kind]
    text = change(preview.file.read_text(encoding="utf-8"), mark)
    wanted, before, found = f"{words} {mark}", processor(preview.process), dict[str, float]()
    since = time.time()
    preview.file.write_text(text, encoding="utf-8")
    if open_ is None:
        found[""] = preview.until(lambda: wanted in preview.served(PAGE), since)
    for place, window in (open_ or {}).items():
        if kind == "title" or not place:
            found[place] = window.wait(wanted, since, preview.limit)
    found["_cpu"] = processor(preview.process) - before
    preview.idle()
    found["_cpu_idle"] = processor(preview.process) - before
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--peers-up-to", type=int, default=1000, help="a peer would take many minutes above")
    parser.add_argument(
        "--limit",
        type=float,
        default=120,
        help="seconds that an edit may take, and ten times as many a start",
    )
    parser.add_argument("--only", nargs="+", default=NAMES, choices=NAMES, help="previews beside our own")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    end_with_all()
    if not BROWSER:
        print("No browser is installed (make headless): measured is what is served, not what is seen.")
    rows = []
    for place, pages in enumerate(given.pages):
        only = given.only if pages <= given.peers_up_to else ()
        for row in measured(pages, given.edits, given.limit, only, PORT + 10 * place):
            rows.append(row)
            if given.json:
                given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    ours = [row for row in rows if row["tool"] == OWN and "missing" not in row]
    return int(
        any(row[f"{key}_ms"] > most for row in ours for key, most in GOALS_MS.items() if f"{key}_ms" in row)
    )


def measured(pages: int, edits: int, limit: float, only: Collection[str], port: int) -> Iterator[Row]:
    """Yield a row of medians for our preview and each of the others in `only`, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        make(work / "region", pages, ROOT / "content")
        for server in servers(work / "region", work, port, FILE, PAGE, only):
            row: Row = {"pages": pages, "tool": server.name, "load": os.getloadavg()[0]}
            try:
                if server.command is None:
                    raise TimeoutError("not installed: run bench/setup")
                found = measure(server, edits, limit)
            except TimeoutError as fault:
                print(f"{pages:6} {server.name:16} {fault}", flush=True)
                yield {**row, "missing": str(fault)}
                continue
            middle = {f"{key}_ms": statistics.median(values) * 1000 for key, values in found.items()}
            print(f"{pages:6} {server.name:16} start {found['start'][0]:.1f} s")
            for kind in EDITS:
                print("".join(_told(found, kind)), flush=True)
            yield {**row, "all": found, **middle}
    if not only:
        print(f"{pages:6} the others are not measured at this size")


def _told(found: Times, kind: str) -> Iterator[str]:
    """Yield the figures of a kind of edits: the middle one, and the least and most of each, in milliseconds."""
    yield f"{'':7}{kind:6}"
    names = {
        "served": "served",
        "seen": "seen",
        "seen_other": "seen where it is told of",
        "seen_list": "seen in the list",
    }
    names |= {
        f"{how}_{key}": f"{how}: {words}"
        for how in ("served", "seen")
        for key, words in (("cpu", "CPU"), ("cpu_idle", "until idle"))
    }
    for key, words in names.items():
        if values := [1000 * value for value in found.get(f"{kind}_{key}", [])]:
            yield f" · {words} {statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


if __name__ == "__main__":
    sys.exit(main())
