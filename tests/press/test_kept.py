"""What is kept between builds is given back whole or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kompetanse.press import kept as module
from kompetanse.press.converting import converted
from kompetanse.press.kept import NAME, Kept
from kompetanse.press.site import conversions

TEXTS = ["# Brann\n\nRing **110**.\n\n## Slokking {#slokk}\n\nBruk teppe.\n", "Hei på deg 💡\n", ""]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A cache with `TEXTS` in it."""
    full = Kept(tmp_path)
    full.write({text: converted(text) for text in TEXTS})
    return full


def _change(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as base:
        base.execute(statement)
    base.close()


def test_what_was_written_is_read(kept: Kept) -> None:
    assert kept.read([*TEXTS, "Ny tekst"]) == {text: converted(text) for text in TEXTS}


def test_an_empty_cache_keeps_nothing(tmp_path: Path) -> None:
    assert Kept(tmp_path / "none").read(TEXTS) == {}


def test_another_version_of_a_tool_makes_every_text_anew(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "engine", lambda: b"another")

    assert kept.read(TEXTS) == {}


@pytest.mark.parametrize(
    "value",
    ["X'00'", "'text'", "NULL", "X'5b2253766172222c5b5d5d'"],
    ids=["bytes", "text", "null", "foreign"],
)
def test_an_entry_that_was_changed_is_made_anew(kept: Kept, value: str) -> None:
    _change(kept.file, f"UPDATE converted SET value = {value}")  # noqa: S608 (the test's own)

    assert kept.read(TEXTS) == {}
    assert conversions(kept)(TEXTS) == {text: converted(text) for text in TEXTS}
    assert kept.read(TEXTS) == {text: converted(text) for text in TEXTS}


def test_a_damaged_file_is_taken_away(kept: Kept) -> None:
    kept.file.write_bytes(b"SQLite format 3\0" + b"no" * 4000)

    assert conversions(kept)(TEXTS) == {text: converted(text) for text in TEXTS}
    assert Kept(kept.file.parent).read(TEXTS) == {text: converted(text) for text in TEXTS}


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    kept = Kept(tmp_path / "file")

    assert conversions(kept)(TEXTS) == {text: converted(text) for text in TEXTS}
    assert kept.fault


def test_a_table_of_another_form_costs_only_time(tmp_path: Path) -> None:
    _change(tmp_path / NAME, "CREATE TABLE converted (one TEXT)")
    kept = Kept(tmp_path)

    assert conversions(kept)(TEXTS) == {text: converted(text) for text in TEXTS}
    assert kept.fault
