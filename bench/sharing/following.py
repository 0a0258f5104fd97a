"""How long it takes to fork a course, to see how 200 adopted courses stand, and to update one, against a shallow clone of the source.

Run: python bench/sharing/following.py [--courses 1540] [--commits 50000] [--behind 200] [--source FOLDER] [--json FILE]

The source is made up, of stated size; `--source` keeps it for the next run. What was adopted is `--behind` commits old, and the
measured course is changed here, so that files are merged. Seconds of the processor, git's among them, decide; those of the
clock stand beside them. The commands run in one process that has loaded its libraries.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from large_source import FILES_OF_A_COURSE, parser, source_of
from reading import REGION, _quietly, timed

from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base, Credit, Event, Origin
from kompetanse.sharing.origin import text

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GOALS = {
    "fork of one course": 1.0,
    "plan and merge of one course": 1.0,
    "status of 200 courses, no news": 2.0,
}
MEASURED = "k0007"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def adopt(region: Path, source: Path, commit: str, course: str) -> None:
    """Write a course as a fork of it at `commit` would, but for the rows that it may add."""
    folder = PurePosixPath("content/kurs") / course
    competence = PurePosixPath("content/kompetanser") / f"q{course[1:]}.md"
    lists = git(source, "ls-tree", "-r", "--name-only", f"{commit}:{folder}").splitlines()
    places = {PurePosixPath(name): folder / name for name in lists}
    places[PurePosixPath("shared/kompetanser") / competence.name] = competence
    bases: dict[PurePosixPath, Base] = {}
    for path, there in places.items():
        command = ["git", "-C", str(source), "cat-file", "blob", f"{commit}:{there}"]
        data = subprocess.run(command, check=True, capture_output=True).stdout
        bases[path] = Base(blob_id(data), None if there == folder / path else there)
        for place in (region / folder / path, region / ".kompetanse/base" / course / path):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    record = Origin(
        source="stor",
        region="stor",
        repository=str(source),
        path=folder,
        id=course,
        commit=commit,
        tree=git(source, "rev-parse", f"{commit}:{folder}"),
        credit=Credit(course, ("Stor",), "CC-BY-4.0", NOW.date()),
        files=bases,
        history=(Event(NOW, "fork", commit),),
    )
    (region / folder / "origin.yml").write_bytes(text(record))


def measure(source: Path, work: Path, adopted: int, behind: int) -> dict[str, Any]:
    """Fork, look and update, each in a region that follows the source."""
    os.environ["KOMPETANSE_CACHE"] = str(work / "cache")
    for who in ("AUTHOR", "COMMITTER"):
        os.environ |= {f"GIT_{who}_NAME": "Bench", f"GIT_{who}_EMAIL": "bench@example.no"}
    region = work / "vi"
    (region / "content").mkdir(parents=True)
    (region / "region.yml").write_text(REGION, encoding="utf-8")
    (region / "content/index.md").write_text("# Vi\n", encoding="utf-8")
    git(region, "init", "-q", "-b", "main")
    rows: dict[str, Any] = {}
    command = ["git", "clone", "-q", "--depth=1", f"file://{source}", str(work / "clone")]
    rows["shallow clone of the source"] = timed(lambda: subprocess.run(command, check=True))
    with chdir(region):
        _quietly("source", "add", str(source), "--name", "stor")
        _commit(region)
        _quietly("fork", "stor/k0001", "--dry-run")  # loads what is loaded once
        rows["fork of one course"] = timed(lambda: _quietly("fork", "stor/k0003"))
        old = git(source, "rev-parse", f"main~{behind}")
        for number in range(7, 7 + adopted - 1):
            adopt(region, source, old, f"k{number:04d}")
        _change(region)
        _commit(region)
        _status()
        rows[f"status of {adopted} courses, no news"] = timed(_status)
        rows["plan and merge of one course"] = min(
            timed(lambda: _quietly("update", MEASURED, "--dry-run")) for _ in range(3)
        )
        rows["update of one course, with its commit"] = timed(lambda: _quietly("update", MEASURED))
    return rows


def _status() -> None:
    try:
        _quietly("status")
    except RuntimeError as error:
        if "ended with 3" not in str(error):  # there is something to do, as there should be
            raise


def _change(region: Path) -> None:
    """Put a row of ours at the end of each text of the measured course."""
    for path in (region / "content/kurs" / MEASURED).rglob("*.md"):
        path.write_text(
            path.read_text(encoding="utf-8") + "\nHos oss møter vi på rådhuset.\n", encoding="utf-8"
        )


def _commit(region: Path) -> None:
    git(region, "add", "-A")
    git(region, "commit", "-q", "-m", "More")


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--adopted", type=int, default=200)
    options.add_argument("--behind", type=int, default=200)
    wish = options.parse_args()
    with source_of(wish) as (source, folder):
        rows = measure(source, folder, wish.adopted, wish.behind)
    files = wish.courses * FILES_OF_A_COURSE
    print(f"{files} files, {wish.commits} commits, {wish.behind} behind; Python {platform.python_version()}")
    peer = rows["shallow clone of the source"]
    for title, (processor, clock) in rows.items():
        goal = GOALS.get(title)
        met = f"   goal {goal:.1f} s: {'met' if processor <= goal else 'NOT MET'}" if goal else ""
        print(
            f"{title:40s}{processor:8.3f} s {clock:8.3f} s by the clock {processor / peer[0]:7.2f} × clone{met}"
        )
    if wish.json:
        wish.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
