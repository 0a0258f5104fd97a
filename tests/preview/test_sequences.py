"""Whatever is saved, added, moved and deleted: the preview shows what a build of the same files gives, byte for byte."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePosixPath

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.errors import Problem, Severity
from kompetanse.pages.stage import Make, made_anew
from kompetanse.press.kept_parts import KeptParts
from kompetanse.press.site import conversions
from kompetanse.preview.check import fresh
from kompetanse.preview.report import Kind
from kompetanse.preview.session import Session
from kompetanse.preview.shelf import Shelf
from kompetanse.preview.workshop import Place, Workshop
from kompetanse.staging import staged

TODAY = date(2026, 11, 24)
USUAL = 6
EXAMPLES = int(os.environ.get("KOMPETANSE_EDITS", USUAL))
"""Sequences that are tried; the long suite asks for 200."""


def _text(kind: str, id_: str, body: str, *more: str) -> str:
    rows = "".join(f"{row}\n" for row in more)
    return f"---\ntype: {kind}\nid: {id_}\ntitle: {id_.capitalize()}\n{rows}---\n\n{body}\n"


_LEVELS = "levels: {1: En, 2: To, 3: Tre, 4: Fire}"
FILES = {
    "region.yml": "id: testvik\nname: Testvik\nurl: https://testvik.example/laering/\nlanguages: [nb, nn]\n",
    "mkdocs.yml": "site_name: Testvik\ntheme: {name: kompetanse}\nplugins: [kompetanse]\n",
    "content/roller/leder.md": _text(
        "role", "leder", "Leder andre.", "requires: [{competence: brann, level: 2, kind: mandatory}]"
    ),
    "content/roller/vakt.md": _text("role", "vakt", "Passer på.", "includes: [leder]", "area: Drift"),
    "content/kompetanser/brann.md": _text("competence", "brann", "Om [leder](../roller/leder.md).", _LEVELS),
    "content/kompetanser/teppe.md": _text("competence", "teppe", "Teppet.", _LEVELS, "broader: brann"),
    "content/kompetanser/brann.nn.md": _text("competence", "brann-nn", "På nynorsk.", _LEVELS),
    "content/kurs/slokke/index.md": _text(
        "course",
        "slokke",
        "Kurset.",
        "teaches: [{competence: brann, level: 2}]",
        "modules: [01-del.md, varsle]",
        "prerequisites: [grunn]",
        "delivery: self-paced",
    ),
    "content/kurs/slokke/01-del.md": _text("module", "slokke-1", '## Teppe\n\n--8<-- "varsle"'),
    "content/kurs/grunn.md": _text(
        "course", "grunn", "Først.", "teaches: [{competence: teppe, level: 1}]", "modules: [varsle]"
    ),
    "content/moduler/varsle.md": _text("module", "varsle", "## Ring\n\nRing 110.", "duration: PT10M"),
    "content/samlinger/host.md": _text(
        "session",
        "host",
        "Ta med sko.",
        "course: slokke",
        "starts: 2027-01-12T09:00",
        "ends: 2027-01-12T12:00",
    ),
    "content/programmer/ny.md": _text(
        "programme", "ny", "For nye.", "audience: [leder]", "steps: [{course: grunn}, {course: slokke}]"
    ),
    "content/index.md": _text("page", "forside", "Velkommen."),
    "content/kurs/index.md": _text("page", "kursliste", "Alle kurs."),
}

BODIES = (
    "Ny tekst.",
    "## Første\n\nTekst.\n\n## Andre {#to}\n\n- [ ] punkt\n",
    '--8<-- "varsle"',
    '!!! exercise "Øv"\n    Slokk.\n',
    "<quiz>\nHva?\n- [x] Det\n- [ ] Noe\n</quiz>\n",
    "Se [leder](id:leder), [](id:brann) og [bilde](bilde.txt).",
)
ROWS = (
    "summary: Kort sagt.",
    "status: retired",
    "status: draft",
    "tags: [a, b]",
    "area: Felles",
    "reviewed: 2020-01-01\nreview_every: P1Y",
    "redirect_from: [gammel/]",
    "modules: [varsle]",
    "modules: []",
    "teaches: [{competence: teppe, level: 3}]",
    "requires: [{competence: teppe, level: 1}, {competence: brann, level: 4, kind: recommended}]",
    "includes: [vakt]",
    "prerequisites: [{competence: teppe, level: 1}]",
    "audience: [vakt]",
    "broader: teppe",
    "duration: PT45M",
    "language: nn",
    "id: nytt-navn",
    "id: brann",
    "course: grunn",
    "cancelled: true",
)
REGIONS = (
    "publisher: Testvik kommune",
    "licence: CC0-1.0",
    "languages: [nb]",
    "languages: [nn, nb]",
    "repository: https://github.com/testvik/laering",
    "privacy_statement: https://testvik.example/personvern",
    "municipalities: [{number: '0301', name: Oslo}]",
    "colours: {accent: '#1f5f3f'}",
    "url: https://laering.example/",
)
SETTINGS = ("copyright: Testvik", "theme: {name: kompetanse, features: [search.suggest]}", "extra: {a: b}")
ROOT = Path(__file__).parents[2]
REFERENCE = {name: FILES[name] for name in ("region.yml", "mkdocs.yml")} | {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "content").rglob("*.*"))
    if path.suffix in {".md", ".svg"}
}
"""The content of the reference region, with settings that a row can be changed of."""
KINDS = ("body", "body", "title", "title", "row", "row", "row", "add", "move", "folder", "delete", "asset")


@st.composite
def _steps(draw: st.DrawFn, files: Mapping[str, str] = FILES) -> tuple[str, str, str]:
    what = draw(st.sampled_from([*KINDS, "region", "settings"]))
    name = draw(st.sampled_from(sorted(name for name in files if name.endswith(".md"))))
    texts = {"row": ROWS, "region": REGIONS, "settings": SETTINGS}.get(what, BODIES)
    return what, name, draw(st.sampled_from(texts))


def _with_row(text: str, row: str) -> str:
    """Return a file's front matter, or a file of settings, with `row` in the place of what it said before."""
    keys = "|".join(re.escape(one.partition(":")[0]) for one in row.split("\n"))
    rest = re.sub(rf"(?m)^(?:{keys}):.*\n(?:(?: |- |#).*\n)*", "", text)
    head, rows = ("---\n", rest.removeprefix("---\n")) if rest.startswith("---\n") else ("", rest)
    return f"{head}{row}\n{rows}"


def _do(root: Path, step: tuple[str, str, str], number: int, files: Mapping[str, str] = FILES) -> list[Path]:
    """Carry out one step; return the paths that a watcher would tell."""
    what, name, value = step
    file = root / {"region": "region.yml", "settings": "mkdocs.yml"}.get(what, name)
    if what == "add":
        file = root / f"content/moduler/ny-{number}.md"
        file.write_text(_text("module", f"ny-{number}", value), encoding="utf-8")
    elif what == "asset":
        file = file.parent / "bilde.txt"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(value, encoding="utf-8")
    elif what == "folder" and file.parent.exists() and file.parent.name != "content":
        target = file.parent.with_name(f"{file.parent.name}-{number}")
        file.parent.rename(target)
        return [file.parent, target]
    elif not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(files[name], encoding="utf-8")
    elif what == "move":
        target = file.with_name(f"flyttet-{number}.md")
        file.rename(target)
        return [file, target]
    elif what == "delete":
        file.unlink()
    else:
        file.write_text(_edited(what, file.read_text(encoding="utf-8"), value), encoding="utf-8")
    return [file]


def _edited(what: str, text: str, value: str) -> str:
    if what in {"row", "region", "settings"}:
        return _with_row(text, value)
    head, _, _ = text.rpartition("---\n")
    if what == "title":
        return re.sub(r"(?m)^title: .*$", f"title: Ny {len(text)}", text, count=1)
    return f"{head}---\n\n{value}\n"


@contextmanager
def _region(files: Mapping[str, str] = FILES) -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="region-"))
    try:
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        yield root
    finally:
        shutil.rmtree(root)


class _Batches:
    """A watcher that tells one batch."""

    def __init__(self, *paths: PurePosixPath) -> None:
        self._batch = frozenset(paths)

    def batch(self, patience: float) -> frozenset[PurePosixPath]:
        return self._batch


def _place(root: Path, kept: KeptParts | None = None) -> Place:
    return Place(root, "content", root / "mkdocs.yml", kept)


def _session(root: Path, kept: KeptParts | None = None) -> tuple[Session, Shelf]:
    shelf = Shelf()
    session = Session(Workshop(_place(root, kept), conversions(None), lambda: TODAY), shelf)
    session.begin()
    _settle(session)
    return session, shelf


def _settle(session: Session) -> None:
    while session.workshop.waiting:
        session.step(_Batches())  # type: ignore[arg-type]


def _save(session: Session, root: Path, name: str, old: str, new: str) -> Kind | None:
    """Exchange a piece of a file; return which way the preview took."""
    file = root / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    report = session.step(_Batches(PurePosixPath(name)))  # type: ignore[arg-type]
    return report.kind if report else None


def _is_as_built(files: Mapping[str, str], steps: list[tuple[str, str, str]]) -> None:
    """Carry out `steps` before a preview of a region; ask it and a build for the same site."""
    with _region(files) as root:
        session, shelf = _session(root)
        for number, step in enumerate(steps):
            _step(session, root, step, number, files)

        assert shelf.content() == fresh(_place(root), TODAY, conversions(None), search=False)


def _step(
    session: Session,
    root: Path,
    step: tuple[str, str, str],
    number: int,
    files: Mapping[str, str] = FILES,
) -> None:
    """Carry out a step, and let the preview make all that it changes."""
    paths = [PurePosixPath(one.relative_to(root).as_posix()) for one in _do(root, step, number, files)]
    report = session.step(_Batches(*paths))  # type: ignore[arg-type]
    assert report is None or report.kind in {Kind.PARTS, Kind.WHOLE}, report
    _settle(session)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_steps(), min_size=1, max_size=6))
def test_the_preview_is_what_a_build_gives(steps: list[tuple[str, str, str]]) -> None:
    _is_as_built(FILES, steps)


@settings(
    max_examples=EXAMPLES if EXAMPLES > USUAL else 1,
    suppress_health_check=[HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(_steps(REFERENCE), min_size=1, max_size=6))
def test_so_it_is_in_the_reference_region(steps: list[tuple[str, str, str]]) -> None:
    _is_as_built(REFERENCE, steps)


@settings(max_examples=max(EXAMPLES // 3, 2), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_steps(), max_size=3), st.lists(_steps(), min_size=1, max_size=3))
def test_so_it_is_when_it_starts_from_what_is_kept(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    with _region() as root, tempfile.TemporaryDirectory() as folder:
        kept = KeptParts(Path(folder), "this program")
        fresh(_place(root, kept), TODAY, conversions(None), search=False)
        for number, step in enumerate(before):
            _do(root, step, number)

        session, shelf = _session(root, kept)
        assert shelf.content() == fresh(_place(root), TODAY, conversions(None), search=False)

        for number, step in enumerate(after, len(before)):
            _step(session, root, step, number)
        assert shelf.content() == fresh(_place(root), TODAY, conversions(None), search=False)


@settings(max_examples=max(EXAMPLES // 2, 3), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_steps(), min_size=1, max_size=6))
def test_a_stage_of_kept_parts_is_a_stage_of_new_ones(steps: list[tuple[str, str, str]]) -> None:
    with _region() as root, tempfile.TemporaryDirectory() as folder:

        def made(make: Make) -> tuple[object, ...]:
            stage = staged(root, "content", TODAY, search=False, make=make).stage
            return stage.files, stage.assets, stage.frames, stage.name, stage.url

        kept = KeptParts(Path(folder), "this program")
        made(kept.made)
        for number, step in enumerate(steps):
            _do(root, step, number)

            assert made(kept.made) == made(made_anew)


def test_a_new_text_reaches_the_pages_that_show_it_and_makes_no_list_anew() -> None:
    with _region() as root:
        session, shelf = _session(root)
        before = shelf.content()

        _save(session, root, "content/moduler/varsle.md", "Ring 110.", "Ring brannvesenet.")
        _settle(session)

        changed = {path for path, data in shelf.content().items() if before.get(path) != data}
        assert {"moduler/varsle/index.html", "kurs/slokke/01-del/index.html"} <= changed
        assert not {"index.html", "moduler/index.html", "kurs/index.html"} & changed


def test_a_new_title_is_made_where_it_is_shown_and_nowhere_else() -> None:
    with _region() as root:
        session, shelf = _session(root)
        before = shelf.content()

        kind = _save(session, root, "content/kompetanser/teppe.md", "title: Teppe", "title: Brannteppe")
        _settle(session)

        changed = {path for path, data in shelf.content().items() if before.get(path) != data}
        assert kind is Kind.PARTS
        assert {
            "kompetanser/teppe/index.html",
            "kompetanser/brann/index.html",
            "kurs/grunn/index.html",
        } <= changed
        assert (
            not {"roller/leder/index.html", "moduler/varsle/index.html", "samlinger/host/index.html"}
            & changed
        )


def test_what_somebody_looks_at_comes_first() -> None:
    with _region() as root:
        workshop = _session(root)[0].workshop
        file = root / "content/kompetanser/brann.md"
        file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Ny "), encoding="utf-8")

        made = workshop.edited([PurePosixPath("content/kompetanser/brann.md")], {"kurs/slokke/index.html"}, 0)

        assert made is not None
        assert made.more
        assert next(iter(made.content)) == "kurs/slokke/index.html"


def test_what_is_wrong_elsewhere_stays_known_when_another_file_is_saved() -> None:
    with _region() as root:
        workshop = _session(root)[0].workshop
        found = Problem(PurePosixPath("content/roller/vakt.md"), 3, "", "broken-link", Severity.ERROR)
        workshop.files.problems = (found,)
        (root / "content/kompetanser/teppe.md").write_text("---\ntitle: [\n", encoding="utf-8")

        made = workshop.edited([PurePosixPath("content/kompetanser/teppe.md")], (), 0)

        assert made is not None
        assert {one.path.name for one in made.problems} == {"teppe.md", "vakt.md"}
        assert found in made.problems


def test_a_commit_is_seen_when_nobody_saves(commit: Callable[[Path], Path]) -> None:
    with _region() as root:
        session, _ = _session(root)
        assert not session.workshop.files.is_behind()
        commit(root)

        assert session.workshop.files.is_behind()
        session.workshop.whole((), 0)
        assert not session.workshop.files.is_behind()


def test_what_cannot_be_read_leaves_the_last_good_page_and_is_told() -> None:
    with _region() as root:
        session, shelf = _session(root)
        before = shelf.get("moduler/varsle/index.html", 0)[0]
        (root / "content/moduler/varsle.md").write_text("---\ntitle: [\n", encoding="utf-8")

        report = session.step(_Batches(PurePosixPath("content/moduler/varsle.md")))  # type: ignore[arg-type]
        news = shelf.news("index.html", 0, 0)

        assert report is not None
        assert [one.code for one in report.new if one.path.name == "varsle.md"]
        assert shelf.get("moduler/varsle/index.html", 0)[0] == before
        assert news is not None
        assert "content/moduler/varsle.md:1" in news.problems[0]
