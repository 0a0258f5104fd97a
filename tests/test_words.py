"""The words are those of their files, whatever is kept of them."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from kompetanse import messages
from kompetanse.messages.reading import words_of

FILES = sorted(Path(messages.__file__).parent.glob("*.toml"))


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where words are kept, by the same rule as Python's compiled modules."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def _files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_words_are_the_same_read_and_kept(file: Path, kept: Path) -> None:
    written = tomllib.loads(file.read_text(encoding="utf-8"))

    assert words_of(file) == written
    assert len(_files(kept)) == 1
    assert list(words_of(file).items()) == list(written.items())


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "ui.nb.toml"
    file.write_text('yes = "Ja"\n', encoding="utf-8")
    words_of(file)

    file.write_text('yes = "Jo"\n', encoding="utf-8")

    assert words_of(file) == {"yes": "Jo"}


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff"])
def test_what_is_kept_and_damaged_is_read_anew(damage: bytes, kept: Path) -> None:
    words_of(FILES[0])
    for one in _files(kept):
        one.write_bytes(damage)

    assert words_of(FILES[0]) == tomllib.loads(FILES[0].read_text(encoding="utf-8"))


def test_nothing_is_kept_where_python_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    words_of(FILES[0])

    assert _files(kept) == []
