"""The record of an adopted course: written the same way each time, read with the region, never guessed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kompetanse.content.link import link
from kompetanse.content.origin import understand
from kompetanse.content.reading import Reading, read_region_at
from kompetanse.errors import KompetanseError
from kompetanse.model.blob import blob_id
from kompetanse.model.item import Course, ItemId
from kompetanse.model.origin import Base, Credit, Event, Origin, Pending
from kompetanse.sharing.origin import base_path, read, text, then

Write = Callable[[Mapping[str, str | bytes]], Path]

COMMIT, TREE, OID = "c4a3939c" * 5, "7be1" * 10, "064dd07d" * 5
TIME = datetime.fromisoformat("2026-03-04T09:12:00+01:00")
ORIGIN = Origin(
    source="lillestrom",
    region="lillestrom",
    repository="https://git.lillestrom.example/laering.git",
    path=PurePosixPath("content/kurs/personvern"),
    id="personvern",
    commit=COMMIT,
    tree=TREE,
    credit=Credit(
        "Personvern: «i kommunen» # 1",
        ("Lillestrøm kommune",),
        "CC-BY-4.0",
        date(2026, 3, 2),
        "https://a.example/",
    ),
    chain=(Credit("no", ("1e3", "0301"), "NLOD-2.0"),),
    files={
        PurePosixPath("index.md"): Base(OID),
        PurePosixPath("bilder/kart på ø.png"): Base(
            OID, PurePosixPath("felles/kart.png"), "CC-BY-SA-4.0", ("Kartverket",)
        ),
    },
    ids={"personvern-grunn": "personvern-basis"},
    history=(Event(TIME, "fork", COMMIT), Event(TIME, "update", COMMIT, OID, merged=4, questions=1)),
    pending=Pending(COMMIT, (PurePosixPath("modules/m5.md"),)),
)
BARE = Origin("s", None, "r", PurePosixPath("p"), "i", COMMIT, TREE, ORIGIN.credit, history=ORIGIN.history)
"""A record with nothing that it could do without."""
PATH = PurePosixPath("content/kurs/personvern/origin.yml")


def test_a_record_is_written_so_that_people_and_git_can_read_it() -> None:
    assert (
        text(ORIGIN).decode()
        == f"""\
# Written by kompetanse; do not edit by hand.
version: 1
source:
  name: lillestrom
  region: lillestrom
  repository: https://git.lillestrom.example/laering.git
  path: content/kurs/personvern
  id: personvern
  commit: {COMMIT}
  tree: {TREE}
  credit:
    title: 'Personvern: «i kommunen» # 1'
    authors: [Lillestrøm kommune]
    licence: CC-BY-4.0
    date: '2026-03-02'
    url: https://a.example/
chain:
- title: 'no'
  authors: [1e3, '0301']
  licence: NLOD-2.0
files:
  bilder/kart på ø.png:
    oid: {OID}
    from: felles/kart.png
    licence: CC-BY-SA-4.0
    authors: [Kartverket]
  index.md: {{oid: {OID}}}
ids: {{personvern-grunn: personvern-basis}}
history:
- {{time: '2026-03-04T09:12:00+01:00', did: fork, to: {COMMIT}}}
- {{time: '2026-03-04T09:12:00+01:00', did: update, from: {OID}, to: {COMMIT}, merged: 4, questions: 1}}
pending:
  to: {COMMIT}
  files: [modules/m5.md]
"""
    )


def test_what_is_written_is_read_again() -> None:
    assert understand(PATH, text(ORIGIN).decode()) == (ORIGIN, ())


_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).filter(
    lambda one: one.strip() == one
)


@given(title=_words, author=_words)
def test_whatever_a_source_is_called_its_record_is_read_again(title: str, author: str) -> None:
    origin = replace(BARE, credit=Credit(title, (author,), "MIT"))

    assert understand(PATH, text(origin).decode())[0] == origin


def test_history_is_only_appended_to() -> None:
    after = then(ORIGIN, Event(TIME, "resolve", COMMIT), pending=None)

    assert (after.history[:-1], after.pending) == (ORIGIN.history, None)
    with pytest.raises(TypeError):
        then(ORIGIN, Event(TIME, "resolve", COMMIT), history=())


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (f"commit: {COMMIT}", "commit: HEAD", 9),
        ("path: content", "path: ../content", 7),
        ("  index.md:", "  ../../index.md:", 27),
        ("from: felles", "from: /felles", 24),
        ("did: fork", "did: guess", 30),
        ("version: 1", "version: one", 2),
        ("  name: lillestrom\n", "", 3),
        ("chain:\n", "chain: [\n", 18),
        ("ids:", "identities:", 28),
        ("title: 'no'", "title: ''", 18),
        ("time: '2026-03-04T09:12:00+01:00', did: fork", "time: '2026-03-04', did: fork", 30),
    ],
)
def test_a_record_that_was_edited_is_told_of_with_its_line_and_not_used(
    old: str, new: str, line: int
) -> None:
    written = text(ORIGIN).decode()
    assert old in written

    found, problems = understand(PATH, written.replace(old, new, 1))

    assert found is None
    assert {(one.line, one.code) for one in problems} == {(line, "damaged-origin")}


def test_a_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kurs").mkdir()
    (tmp_path / "kurs/origin.yml").write_text("version: 2\nnew: true\n", encoding="utf-8")

    with pytest.raises(
        KompetanseError, match=r"kurs/origin.yml:1: .* version 2; .* knows 1\. Upgrade kompetanse"
    ):
        read(tmp_path, PurePosixPath("kurs"))


def test_a_missing_or_damaged_record_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(KompetanseError, match="kompetanse adopt kurs SOURCE/ID"):
        read(tmp_path, PurePosixPath("kurs"))

    (tmp_path / "kurs").mkdir()
    (tmp_path / "kurs/origin.yml").write_bytes(b"\xff")
    with pytest.raises(KompetanseError, match=r"kurs/origin.yml:1: .* is damaged\. Take the file back"):
        read(tmp_path, PurePosixPath("kurs"))


COURSE = "---\ntype: course\nid: personvern\ntitle: Personvern\nlicence: CC-BY-4.0\n---\n\nLes dette.\n"
PICTURE = b"GIF89a"


def _adopted(files: Mapping[str, bytes]) -> dict[str, str | bytes]:
    """Return a region that adopted the course of `files`, and its base copies."""
    bases = {PurePosixPath(path): Base(blob_id(data)) for path, data in files.items()}
    record = replace(BARE, files=bases)
    return {
        **{f"content/kurs/personvern/{path}": data for path, data in files.items()},
        **{str(base_path("personvern", PurePosixPath(path))): data for path, data in files.items()},
        str(PATH): text(record),
    }


def _changed(reading: Reading) -> set[str] | None:
    course = link(reading.library).items[ItemId("personvern")]
    assert isinstance(course, Course)
    return {str(path) for path in course.adopted.changed} if course.adopted else None


@pytest.fixture
def root(region: Write) -> Path:
    return region(_adopted({"index.md": COURSE.encode(), "kart.gif": PICTURE, "om.md": b"# Om\n"}))


def read_at(root: Path) -> Reading:
    return read_region_at(root, "content", date(2026, 11, 24))


def test_a_course_knows_where_it_came_from_and_its_record_is_no_file_of_the_site(root: Path) -> None:
    reading = read_at(root)

    assert _changed(reading) == set()
    assert PATH not in reading.library.assets
    assert not any(path.parts[0].startswith(".") for path in reading.library.by_path)
    assert not any(
        "origin.yml" in str(one.path) or ".kompetanse" in str(one.path) for one in reading.problems
    )


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        ({"index.md": COURSE.replace("Les", "Se").encode()}, {"index.md"}),
        ({"index.md": COURSE.replace("title: Personvern", "title: Vern").encode()}, {"index.md"}),
        ({"index.md": COURSE.replace("type:", "owner: Arkivet\ntype:").encode()}, set()),
        ({"index.md": COURSE.replace("\n", "\r\n").encode()}, set()),
        ({"om.md": b"---\ntype: module\nid: om\ntitle: Om\n---\n# Om\n"}, set()),
        ({"om.md": b"---\nsummary: Kort.\n---\n# Om\n"}, {"om.md"}),
        ({"kart.gif": b"GIF87a"}, {"kart.gif"}),
        ({"kart.gif": None}, {"kart.gif"}),
        ({"lokalt.md": b"# Lokalt\n"}, {"lokalt.md"}),
    ],
)
def test_what_was_changed_here_is_worked_out_from_the_files(
    root: Path, edit: dict[str, bytes | None], changed: set[str]
) -> None:
    for name, data in edit.items():
        file = root / "content/kurs/personvern" / name
        file.unlink() if data is None else file.write_bytes(data)

    assert _changed(read_at(root)) == changed


def test_a_course_of_our_own_has_no_origin(region: Write) -> None:
    assert _changed(read_at(region({"content/kurs/personvern/index.md": COURSE}))) is None
