"""How long it takes to read a source, fork a course of it and follow that, against a full clone of it in the same run.

Run: python bench/sharing/reading.py [--courses 1540] [--commits 50000] [--source FOLDER] [--json FILE]

The source is made up, of stated size; `--source` keeps it for the next run. Both sides are git's own upload-pack on this disk: add
the round trips of a network, which are few for us. Seconds of the processor, the server's among them, decide, since this
machine may do other things; those of the clock stand beside them.
"""

from __future__ import annotations

import io
import json
import os
import platform
import resource
import subprocess
import time
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from large_source import FILES_OF_A_COURSE, parser, source_of

from kompetanse.cli import main as kompetanse
from kompetanse.sharing.address import read_address
from kompetanse.sharing.store import Store, cache_folder

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REGION = (
    "id: vi\nname: Vi\naccessibility_statement: https://a.example\nprivacy_statement: https://a.example\n"
)
GOALS = {
    "add / clone, processor": 1 / 15,
    "add / clone, bytes": 1 / 100,
    "refresh, no news, processor": 0.1,
    "fork of 10 files, processor": 1.0,
    "update of 10 files, processor": 1.0,
}
BRANCH, SINCE = "bench", 20_000
"""The branch that is followed, and how many commits of the source are its news after the fork."""

Times = tuple[float, float]
"""Seconds of the processor, ours and those of all that was started, and seconds of the clock."""


def timed(work: Callable[[], Any]) -> Times:
    """Return what `work` takes."""
    clock, before = time.perf_counter(), _processor()
    work()
    return _processor() - before, time.perf_counter() - clock


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(source: Path, work: Path) -> dict[str, Any]:
    """Clone the source, then add it as ours do, refresh it, and read a course of it."""
    rows: dict[str, Any] = {}
    command = ["git", "clone", "-q", "--bare", f"file://{source}", str(work / "clone.git")]
    rows["full clone"] = timed(lambda: subprocess.run(command, check=True))
    rows["full clone, bytes"] = size(work / "clone.git")

    commits = int(_git(source, "rev-list", "--count", "main"))
    _git(source, "branch", "-f", BRANCH, f"main~{min(SINCE, commits - 1)}")
    os.environ["KOMPETANSE_CACHE"] = str(work / "cache")
    region = work / "vi"
    (region / "content").mkdir(parents=True)
    (region / "content/index.md").write_text("# Vi\n", encoding="utf-8")
    (region / "region.yml").write_text(REGION, encoding="utf-8")
    address = read_address(str(source), region)
    store = Store(cache_folder(address), address, branch=BRANCH)
    rows["newest commit alone"] = timed(lambda: store.refresh(NOW))
    rows["newest commit alone, bytes"] = size(store.folder)
    add = ("source", "add", str(source), "--name", "stor", "--branch", BRANCH)
    with chdir(region):
        rows["source add"] = timed(lambda: _quietly(*add))
    rows["source add, bytes"] = size(store.folder)
    rows["refresh, no news"] = min(timed(lambda: store.refresh(NOW)) for _ in range(5))
    return rows | _course(store) | _followed(source, region)


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _followed(source: Path, region: Path) -> dict[str, Any]:
    """Fork a course, let its source go on, and take what is new."""
    _git(region, "init", "-q")
    for who in ("name", "email"):
        _git(region, "config", f"user.{who}", "bench@example.no")
    _git(region, "add", "--all")
    _git(region, "commit", "-qm", "Start")
    rows = {}
    with chdir(region):
        rows["fork of 10 files"] = timed(lambda: _quietly("fork", "stor/k0042"))
        _git(source, "branch", "-f", BRANCH, "main")
        rows["refresh, news"] = timed(lambda: _quietly("source", "refresh", "stor"))
        rows["update of 10 files"] = timed(lambda: _quietly("update", "k0042"))
    return rows


def _quietly(*arguments: str) -> None:
    nowhere = io.StringIO()
    with redirect_stdout(nowhere), redirect_stderr(nowhere):
        code = kompetanse(arguments)
    if code:
        raise RuntimeError(f"kompetanse {' '.join(arguments)} ended with {code}: {nowhere.getvalue()}")


def _course(store: Store) -> dict[str, Any]:
    """Read one course, as a fork does, and the commit that a fork was made from."""
    head = store.head or ""
    base = _git(Path(store.address.url), "rev-parse", "main~200")
    snapshot = store.snapshot(head)
    return {
        "listing of all files": timed(lambda: len(snapshot.entries)),
        "contents of one course": timed(
            lambda: snapshot.read(one.oid for one in snapshot.entries.below("content/kurs/k0042"))
        ),
        "base commit": timed(lambda: store.fetch_commit(base)),
        "base commit, again": timed(lambda: store.fetch_commit(base)),
    }


def ratios(rows: dict[str, Any]) -> dict[str, float]:
    """Return what the goals are about."""
    return {
        "add / clone, processor": rows["source add"][0] / rows["full clone"][0],
        "add / clone, clock": rows["source add"][1] / rows["full clone"][1],
        "add / clone, bytes": rows["source add, bytes"] / rows["full clone, bytes"],
        "commit / clone, bytes": rows["newest commit alone, bytes"] / rows["full clone, bytes"],
        "refresh, no news, processor": rows["refresh, no news"][0],
        "refresh, no news, clock": rows["refresh, no news"][1],
        "fork of 10 files, processor": rows["fork of 10 files"][0],
        "update of 10 files, processor": rows["update of 10 files"][0],
    }


def show(rows: dict[str, Any], found: dict[str, float]) -> None:
    """Print both as tables."""
    for name, value in rows.items():
        told = (
            f"{value / 1e6:9.2f} MB"
            if isinstance(value, int)
            else f"{value[0]:9.3f} s  {value[1]:9.3f} s by the clock"
        )
        print(f"{name:32s}{told}")
    print()
    for name, value in found.items():
        goal = (
            f"   goal {GOALS[name]:.4f}: {'met' if value <= GOALS[name] else 'NOT MET'}"
            if name in GOALS
            else ""
        )
        print(f"{name:32s}{value:9.4f}{goal}")


def main() -> None:
    """Measure and print."""
    wish = parser(__doc__).parse_args()
    with source_of(wish) as (source, folder):
        rows = measure(source, folder)
    found = ratios(rows)
    print(
        f"{wish.courses * FILES_OF_A_COURSE} files, {wish.commits} commits; Python {platform.python_version()}"
    )
    show(rows, found)
    if wish.json:
        wish.json.write_text(
            json.dumps({"measured": rows, "ratios": found}, indent=2) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
