"""How much memory each format takes for a course of 500 pages and 300 MB of pictures, and how long.

Run: python bench/packages.py [--pages 500] [--megabytes 300] [--most 300] [FORMAT ...]
Each format runs in a process of its own, from reading the region to the file on the disk; peak memory is what the system says.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMATS = ("scorm12", "mbz", "cc11", "html", "epub", "cmi5", "moodle-xml", "gift")
PNG = bytes.fromhex("89504e470d0a1a0a")
WORDS = "kommune helse opplæring møte pasient journal rutine leder ansvar avvik måling".split()  # noqa: SIM905
MODULE = "---\ntype: module\nid: modul-{0}\ntitle: Modul {0}\n---\n\n## Del\n\n{1}\n\n![Bilde {0}](bilde-{0}.png)\n\n{2}\n"
QUIZ = (
    "<quiz>\n<!-- id: sporsmal-{0}-{1} -->\nHva er {1}?\n\n- [ ] A\n    > Nei.\n- [x] B\n    > Ja.\n</quiz>\n"
)


def make(root: Path, pages: int, megabytes: int) -> None:
    """Write a region with one large course; the same each time."""
    folder = root / "content/kurs/stort"
    folder.mkdir(parents=True)
    (root / "region.yml").write_text("id: stor\nname: Stor\n", encoding="utf-8")
    modules = ", ".join(f"modul-{number}" for number in range(pages))
    front = f"---\ntype: course\nid: stort\ntitle: Stort kurs\nmodules: [{modules}]\n---\n\nHei.\n"
    (folder / "index.md").write_text(front, encoding="utf-8")
    chance = random.Random(1)  # noqa: S311 (nothing is secret)
    for number in range(pages):
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=60)) for _ in range(15))
        asked = "\n".join(QUIZ.format(number, one) for one in range(2))
        (folder / f"modul-{number}.md").write_text(MODULE.format(number, text, asked), encoding="utf-8")
        (folder / f"bilde-{number}.png").write_bytes(PNG + chance.randbytes(megabytes * 1_000_000 // pages))


def measure(root: Path, format_: str) -> tuple[float, float, float]:
    """Return megabytes of the most memory, seconds, and megabytes of the package."""
    command = [sys.executable, "-m", "kompetanse", "export", format_, "stort", "--output", "packages"]
    code = f"import resource, subprocess, sys; done = subprocess.run({command!r}, stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True)
    seconds = time.monotonic() - start
    (made,) = (root / "packages").iterdir()
    size = made.stat().st_size
    made.unlink()
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / 1_000_000, seconds, size / 1_000_000


def main() -> int:
    """Print the table; return 1 when a format takes more memory than is allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", metavar="FORMAT", nargs="*", default=FORMATS)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--most", type=int, default=300)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, args.pages, args.megabytes)
        print(f"{'format':12} {'memory MB':>10} {'seconds':>8} {'package MB':>11}")
        most = 0.0
        for format_ in args.formats:
            memory, seconds, size = measure(root, format_)
            most = max(most, memory)
            print(f"{format_:12} {memory:10.0f} {seconds:8.1f} {size:11.1f}")
    return 0 if most <= args.most else 1


if __name__ == "__main__":
    sys.exit(main())
