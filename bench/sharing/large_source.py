"""Write a large made-up region with years of small edits, by `git fast-import`; the same numbers give the same commits."""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") * 2 + b"\x08\2\0\0\0"
FILES_OF_A_COURSE = 13
_WORDS = """
    kommune innbygger ansatt kurs modul opplæring personvern tjeneste rolle kompetanse leder veileder digital samarbeid møte plan
    tiltak mål arbeid skole helse barnehage bibliotek system data sikkerhet risiko vurdering bruker løsning region nettverk deling
""".split()  # noqa: SIM905 (a list of words is read as one)
_REGION = (
    "id: stor\nname: Stor\npublisher: Stor\nurl: https://stor.example/\nlanguages: [nb]\nlicence: CC-BY-4.0\n"
)
_START = 1_577_836_800
"""1 January 2020, in seconds since 1970; a commit an hour."""


class Writer:
    """The repository while it is written."""

    def __init__(self, out: IO[bytes], seed: int = 1) -> None:
        self._out = out
        self._dice = random.Random(seed)  # noqa: S311 (no secret)
        self._pages: dict[str, list[str]] = {}
        self._known: list[str] = []

    def commit(self, number: int, message: str) -> None:
        """Begin a commit; the files that follow are in it."""
        when = f"{_START + number * 3600} +0000"
        self._put(f"commit refs/heads/main\ncommitter A{number % 97} <a@example.no> {when}\n".encode())
        self._data(message.encode())

    def course(self, number: int) -> None:
        """Write a course with modules and pictures, and a competence, a role and a shared module beside it."""
        name = f"k{number:04d}"
        more = f"teaches: [{{competence: q{number:04d}, level: {number % 4 + 1}}}]\nduration: PT{number % 90 + 5}M\n"
        self._page(f"content/kurs/{name}/index.md", "course", name, more, sections=4)
        for module in range(6):
            self._page(
                f"content/kurs/{name}/moduler/m{module}.md",
                "module",
                f"{name}-m{module}",
                "duration: PT15M\n",
            )
        for picture in range(3):
            data = _PICTURE + self._dice.randbytes(self._dice.randint(8000, 40000))
            self._file(f"content/kurs/{name}/bilder/b{picture}.png", data)
        levels = "levels: {1: Kjenner til, 2: Gjør med hjelp, 3: Gjør selv, 4: Veileder andre}\n"
        self._page(f"content/kompetanser/q{number:04d}.md", "competence", f"q{number:04d}", levels)
        self._page(f"content/roller/r{number:04d}.md", "role", f"r{number:04d}", "")
        self._page(f"content/moduler/f{number:04d}.md", "module", f"f{number:04d}", "duration: PT10M\n")

    def region(self) -> None:
        """Write the region's own record."""
        self._file("region.yml", _REGION.encode())

    def edit(self) -> None:
        """Write one paragraph of one page anew."""
        path = self._dice.choice(self._known)
        parts = self._pages[path]
        parts[self._dice.randrange(1, len(parts))] = self._section()
        self._file(path, "".join(parts).encode())

    def settle(self) -> None:
        """Remember the paths, which are all there now."""
        self._known = list(self._pages)

    def _page(self, path: str, kind: str, id_: str, more: str, sections: int = 0) -> None:
        head = f"---\ntype: {kind}\nid: {id_}\ntitle: {self._sentence()[:-1]}\n{more}---\n"
        self._pages[path] = [head, *(self._section() for _ in range(sections or self._dice.randint(3, 7)))]
        self._file(path, "".join(self._pages[path]).encode())

    def _section(self) -> str:
        return f"## {self._sentence()[:-1]}\n\n{self._paragraph()}\n\n{self._paragraph()}\n\n"

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._dice.randint(2, 5)))

    def _sentence(self) -> str:
        words = (self._dice.choice(_WORDS) for _ in range(self._dice.randint(6, 16)))
        return " ".join(words).capitalize() + "."

    def _file(self, path: str, data: bytes) -> None:
        self._put(f"M 100644 inline {path}\n".encode())
        self._data(data)

    def _data(self, data: bytes) -> None:
        self._put(b"data %d\n" % len(data) + data + b"\n")

    def _put(self, data: bytes) -> None:
        self._out.write(data)


def write(folder: Path, courses: int, commits: int) -> None:
    """Make `folder` a bare repository with so many courses and commits."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True)
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--depth=50"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        writer = Writer(process.stdin)
        writer.commit(0, "Start")
        writer.region()
        for number in range(courses):
            writer.course(number)
        writer.settle()
        for number in range(1, commits):
            writer.commit(number, f"Oppdater {number}")
            writer.edit()
    if process.returncode:
        raise RuntimeError("git fast-import failed")
    # As a forge keeps it: one pack, with its bitmap, so that a clone costs the server as little as it can.
    subprocess.run(["git", "-C", str(folder), "repack", "-qad", "--write-bitmap-index"], check=True)


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser that knows how large the source shall be, where it lies, and where the figures go."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--courses", type=int, default=1540)
    made.add_argument("--commits", type=int, default=50_000)
    made.add_argument("--source", type=Path, help="where the made-up source lies, or shall lie")
    made.add_argument("--json", type=Path)
    return made


@contextmanager
def source_of(wish: argparse.Namespace) -> Iterator[tuple[Path, Path]]:
    """Give the source that is wished for, made where it is not there, and a folder for what is measured."""
    with tempfile.TemporaryDirectory() as name:
        source = (wish.source or Path(name, "stor.git")).resolve()
        if not source.exists():
            write(source, wish.courses, wish.commits)
        yield source, Path(name)
