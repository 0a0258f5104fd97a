"""Parts of a site that are kept are used where they would be made the same, and never trusted."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from kompetanse.model.catalogue import Inherited
from kompetanse.model.item import ItemId, Requirement, Role
from kompetanse.model.sums import Sums
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Part
from kompetanse.pages.renewal import Made, Renewal
from kompetanse.press.kept_parts import NAME, KeptParts
from kompetanse.staging import staged

Files = tuple[StagedFile, ...]
Region = Callable[[Mapping[str, str | bytes]], Path]
TODAY = date(2026, 11, 24)
FILES = {
    "content/kurs/brann.md": "---\ntype: course\ntitle: Brann\nmodules: [ring]\n---\n\nKurset.\n",
    "content/moduler/ring.md": "---\ntype: module\ntitle: Ring\n---\n\nRing 110.\n",
}

_ROLE: Mapping[str, Any] = {
    "id": ItemId("r"),
    "path": PurePosixPath("content/roller/r.md"),
    "address": "roller/r/",
    "body": "",
    "language": "nb",
    "owner": "Fag",
    "licence": "CC0-1.0",
    "codes": {},
}


@pytest.fixture
def root(region: Region) -> Path:
    """A small region."""
    return region(FILES)


def _stage(root: Path, folder: Path, mark: str = "this program") -> tuple[Files, list[str]]:
    """Return the stage of a region, and the names of the parts that were made for it."""
    made: list[str] = []
    once = Renewal.once

    def told(renewal: Renewal, part: Part) -> Made:
        made.append(" ".join(part.name))
        return once(renewal, part)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Renewal, "once", told)
        found = staged(root, "content", TODAY, search=False, make=KeptParts(folder, mark).made)
        return found.stage.files, made


def _anew(root: Path) -> Files:
    return staged(root, "content", TODAY, search=False).stage.files


def test_what_is_kept_is_not_made_again(root: Path, tmp_path: Path) -> None:
    first, made = _stage(root, tmp_path / "cache")

    second, again = _stage(root, tmp_path / "cache")

    assert first == second
    assert made
    assert again == []


def test_only_what_reads_a_new_title_is_made_again(root: Path, tmp_path: Path) -> None:
    _stage(root, tmp_path / "cache")
    file = root / "content/moduler/ring.md"
    file.write_text(file.read_text(encoding="utf-8").replace("title: Ring", "title: Ny"), encoding="utf-8")

    found, made = _stage(root, tmp_path / "cache")

    assert found == _anew(root)
    assert {"item ring", "item brann"} <= set(made)
    assert "list role nb" not in made


def test_another_program_makes_all_again(root: Path, tmp_path: Path) -> None:
    _, made = _stage(root, tmp_path / "cache")

    assert _stage(root, tmp_path / "cache", "another program")[1] == made


def _harm(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / NAME)) as base, base:
        base.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE part SET value = x'00'",
        "UPDATE part SET sum = x'00'",
        "UPDATE part SET hash = x'00'",
        "UPDATE part SET name = '[\"item\", \"ring\"]' WHERE name LIKE '%brann%' AND name LIKE '%redirects%'",
        "DROP TABLE part",
    ],
)
def test_what_was_changed_in_the_cache_is_made_again(root: Path, tmp_path: Path, statement: str) -> None:
    _stage(root, tmp_path / "cache")
    _harm(tmp_path / "cache", statement)

    assert _stage(root, tmp_path / "cache")[0] == _anew(root)


def test_a_cache_that_is_none_costs_only_time(root: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database at all, and longer than a header of one would be" * 9)

    assert _stage(root, tmp_path)[0] == _anew(root)
    assert _stage(root, tmp_path)[1] == []


def test_a_set_has_the_same_sum_in_every_process() -> None:
    script = """
from pathlib import PurePosixPath
from kompetanse.model.origin import Adoption, Credit, Origin
from kompetanse.model.sums import Sums
origin = Origin("a", None, "b", PurePosixPath("c"), "d", "e", "f", Credit("t", (), "CC0-1.0"))
changed = frozenset(PurePosixPath(f"{n}.md") for n in range(20))
print(Sums({"adoptions": {"k": Adoption(origin, changed)}}).of([("adoptions", "k")]).hex())
"""
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(found) == 1


def test_a_value_that_is_written_otherwise_each_time_is_never_the_same() -> None:
    rows = {"a": {"k": (object(),)}}

    assert Sums(rows).of([("a", "k")]) != Sums(rows).of([("a", "k")])


def test_values_that_look_alike_have_sums_of_their_own() -> None:
    values = {
        "text": ("None",),
        "nothing": (None,),
        "number": (1,),
        "digit": ("1",),
        "nested": (("1",),),
        "empty": (),
    }
    sums = Sums({"a": values})

    assert len({sums.of([("a", key)]) for key in values}) == len(values)


def test_a_new_title_of_an_item_is_another_sum_of_every_row_it_stands_in() -> None:
    old, new = (Role(**_ROLE, title=title) for title in ("Renholder", "Renholdsleder"))
    asked = Requirement(ItemId("hygiene"), 2)

    before, after = (
        Sums({"items": {"r": one}, "kinds": {Role: (one,)}, "requirements": {"r": (Inherited(asked, one),)}})
        for one in (old, new)
    )

    for fact in (("items", "r"), ("kinds", "Role"), ("requirements", "r")):
        assert before.of([fact]) != after.of([fact])
