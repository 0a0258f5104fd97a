"""From saving a file to the new text being served: ours against MkDocs' own preview and Hugo's, in one run.

Run: python bench/preview.py [--pages 100 1000 10000] [--edits 5] [--peers-up-to 1000] [--json FILE]
Each tool watches its own copy of the same region, in a process of its own; the time is the wall clock's, watcher and debounce
included. MkDocs and Hugo build what `kompetanse stage` makes of the region. A peer that is not installed is reported as missing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from region import make

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 900.0
PORT = 18400
GOAL_MS = 100
"""Most milliseconds from saving a text to its being served."""


def served(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 (our own machine)
            return str(answer.read().decode(errors="replace"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def until(holds: Callable[[], bool]) -> float:
    """Return the seconds until something holds."""
    start = time.perf_counter()
    while not holds():
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError("not served in time")
        time.sleep(0.002)
    return time.perf_counter() - start


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


def measure(
    command: list[str], folder: Path, file: Path, address: str, edits: int
) -> dict[str, float | list[float]]:
    """Return the seconds of the start, of body edits and of a title edit."""
    with running(command, folder):
        start = until(lambda: served(address) != "")
        time.sleep(2)
        bodies = [edit(file, address, f"Nytt avsnitt {number} her.", "") for number in range(edits + 1)][1:]
        time.sleep(2)
        title = edit(file, address, "Siste avsnitt her.", "Omdøpt ")
    return {"start": start, "body": bodies, "title": title}


def edit(file: Path, address: str, text: str, title: str) -> float:
    changed = file.read_text(encoding="utf-8").replace("title: ", f"title: {title}", 1) + f"\n{text}\n"
    file.write_text(changed, encoding="utf-8")
    return until(lambda: text in served(address))


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
    hugo = shutil.which("hugo")
    yield "hugo server", [hugo, "server", "--port", str(port + 2)] if hugo else None, work, work


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
    return int(any(row["body_ms"] > GOAL_MS for row in ours))


def _rows(work: Path, pages: int, given: argparse.Namespace, port: int) -> Iterator[dict[str, float | str]]:
    region = work / "region"
    make(region, pages, ROOT / "content")
    own = 0.0
    for place, (name, command, folder, file) in enumerate(peers(region, work, "roller/rolle-3-a.md", port)):
        if command is None or "hugo" in name:
            print(
                f"{pages:6} {name:18} not measured: {'not installed' if command is None else 'no site of like pages for it yet'}"
            )
            continue
        if place and pages > given.peers_up_to:
            print(f"{pages:6} {name:18} not measured: above --peers-up-to")
            continue
        found = measure(
            command, folder, file, f"http://127.0.0.1:{port + place}/roller/rolle-3-a/", given.edits
        )
        body = statistics.median(found["body"]) * 1000  # type: ignore[arg-type]
        own = own or body
        print(
            f"{pages:6} {name:18} body {body:8.0f} ms (from {min(found['body']) * 1000:.0f} to {max(found['body']) * 1000:.0f}), "  # type: ignore[arg-type]
            f"title {found['title'] * 1000:8.0f} ms, start {found['start']:6.1f} s, ratio {body / own:6.1f}",  # type: ignore[operator]
            flush=True,
        )
        yield {
            "pages": pages,
            "tool": name,
            "body_ms": body,
            "title_ms": found["title"] * 1000,
            "start_s": found["start"],
        }  # type: ignore[operator, dict-item]


if __name__ == "__main__":
    sys.exit(main())
