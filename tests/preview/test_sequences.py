"""Whatever is saved, added, moved and deleted: the preview shows what a build of the same files gives, byte for byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePosixPath

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.press.site import conversions
from kompetanse.preview.session import Kind, Session
from kompetanse.preview.shelf import Shelf
from kompetanse.preview.workshop import Place, Workshop

TODAY = date(2026, 11, 24)
EXAMPLES = int(os.environ.get("KOMPETANSE_EDITS", "6"))
"""Sequences that are tried; the long suite asks for 200."""

REGION = "id: testvik\nname: Testvik\nurl: https://testvik.example/laering/\nlanguages: [nb]\n"


def _text(kind: str, id_: str, body: str, more: str = "") -> str:
    return f"---\ntype: {kind}\nid: {id_}\ntitle: {id_.capitalize()}\n{more}---\n\n{body}\n"


_LEVELS = "levels: {1: En, 2: To, 3: Tre, 4: Fire}\n"
FILES = {
    "content/roller/leder.md": _text(
        "role", "leder", "Leder andre.", "requires: [{competence: brann, level: 2, kind: mandatory}]\n"
    ),
    "content/kompetanser/brann.md": _text("competence", "brann", "Om [leder](../roller/leder.md).", _LEVELS),
    "content/kurs/slokke/index.md": _text(
        "course",
        "slokke",
        "Kurset.",
        "teaches: [{competence: brann, level: 2}]\nmodules: [01-del.md, varsle]\ndelivery: self-paced\n",
    ),
    "content/kurs/slokke/01-del.md": _text("module", "slokke-1", '## Teppe\n\n--8<-- "varsle"'),
    "content/moduler/varsle.md": _text("module", "varsle", "## Ring\n\nRing 110."),
    "content/index.md": _text("page", "forside", "Velkommen."),
}

BODIES = (
    "Ny tekst.",
    "## Første\n\nTekst.\n\n## Andre {#to}\n\n- [ ] punkt\n",
    '--8<-- "varsle"',
    '!!! exercise "Øv"\n    Slokk.\n',
    "<quiz>\nHva?\n- [x] Det\n- [ ] Noe\n</quiz>\n",
    "Se [leder](id:leder) og [bilde](bilde.txt).",
)
NAMES = sorted(FILES)


@st.composite
def _steps(draw: st.DrawFn) -> tuple[str, str, str]:
    return (
        draw(st.sampled_from(["body", "body", "body", "title", "add", "move", "delete", "asset", "region"])),
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from(BODIES)),
    )


def _do(root: Path, step: tuple[str, str, str], number: int) -> list[Path]:
    """Carry out one step; return the paths that a watcher would tell."""
    what, name, body = step
    file = root / name
    if what == "add":
        file = root / f"content/moduler/ny-{number}.md"
        file.write_text(_text("module", f"ny-{number}", body), encoding="utf-8")
    elif what == "asset":
        file = file.parent / "bilde.txt"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(body, encoding="utf-8")
    elif what == "region":
        file = root / "region.yml"
        file.write_text(REGION.replace("name: Testvik", f"name: Testvik {number}"), encoding="utf-8")
    elif not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FILES[name], encoding="utf-8")
    elif what == "move":
        target = file.with_name(f"flyttet-{number}.md")
        file.rename(target)
        return [file, target]
    elif what == "delete":
        file.unlink()
    else:
        head, _, _ = file.read_text(encoding="utf-8").rpartition("---\n")
        head = head.replace("title: ", "title: Ny ") if what == "title" else head
        file.write_text(f"{head}---\n\n{body}\n", encoding="utf-8")
    return [file]


@contextmanager
def _region() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="region-"))
    try:
        for name, text in {**FILES, "region.yml": REGION}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        yield root
    finally:
        shutil.rmtree(root)


class _Batches:
    """A watcher that tells one batch."""

    def __init__(self, batch: frozenset[PurePosixPath]) -> None:
        self._batch = batch

    def batch(self, patience: float) -> frozenset[PurePosixPath]:
        return self._batch


def _workshop(root: Path) -> Workshop:
    return Workshop(Place(root, "content", None), conversions(None), lambda: TODAY)


def _pages(shown: Mapping[str, object]) -> dict[str, object]:
    return {path: data for path, data in shown.items() if path.endswith(".html")}


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_steps(), min_size=1, max_size=6))
def test_the_preview_is_what_a_build_gives(steps: list[tuple[str, str, str]]) -> None:
    with _region() as root:
        shelf = Shelf()
        session = Session(_workshop(root), shelf)
        session.begin()
        for number, step in enumerate(steps):
            paths = frozenset(
                PurePosixPath(one.relative_to(root).as_posix()) for one in _do(root, step, number)
            )
            report = session.step(_Batches(paths))  # type: ignore[arg-type]
            assert report is None or report.kind in {Kind.TEXT, Kind.WHOLE}, report

        shown, built = shelf.content(), dict(_workshop(root).whole().content)
        assert _pages(shown) == _pages(built)
        if report and report.kind is Kind.WHOLE:
            assert shown == built


def test_a_new_text_goes_the_short_way_to_the_pages_that_show_it() -> None:
    with _region() as root:
        shelf = Shelf()
        session = Session(_workshop(root), shelf)
        session.begin()
        file = root / "content/moduler/varsle.md"
        file.write_text(
            file.read_text(encoding="utf-8").replace("Ring 110.", "Ring brannvesenet."), encoding="utf-8"
        )

        report = session.step(_Batches(frozenset({PurePosixPath("content/moduler/varsle.md")})))  # type: ignore[arg-type]

        assert report is not None
        assert report.kind is Kind.TEXT
        assert {path.removesuffix("index.html") for path in report.changed} >= {
            "moduler/varsle/",
            "kurs/slokke/01-del/",
        }


def test_what_cannot_be_read_leaves_the_last_good_page_and_is_told() -> None:
    with _region() as root:
        shelf = Shelf()
        session = Session(_workshop(root), shelf)
        session.begin()
        before = shelf.get("moduler/varsle/index.html", 0)[0]
        (root / "content/moduler/varsle.md").write_text("---\ntitle: [\n", encoding="utf-8")

        report = session.step(_Batches(frozenset({PurePosixPath("content/moduler/varsle.md")})))  # type: ignore[arg-type]
        news = shelf.news("index.html", 0, 0)

        assert report is not None
        assert [one.code for one in report.new if one.path.name == "varsle.md"]
        assert shelf.get("moduler/varsle/index.html", 0)[0] == before
        assert news is not None
        assert "content/moduler/varsle.md:1" in news.problems[0]
