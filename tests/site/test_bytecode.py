"""Compiled templates are kept where our modules are, and what is damaged or cannot be written costs only time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from kompetanse.bytecode import Compiled, compiled


@pytest.fixture(autouse=True)
def _python_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have told Python to write none."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def _written(cache: Compiled, text: str = "Hei {{ name }}") -> str:
    environment = Environment(loader=DictLoader({"a": text}), autoescape=True, bytecode_cache=cache)
    return environment.get_template("a").render(name="du")


def test_they_lie_beside_our_own_compiled_modules() -> None:
    assert Path(compiled().directory).parent.name == "__pycache__" or sys.pycache_prefix


@pytest.mark.parametrize("damage", [b"", b"no bytecode", None])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, damage: bytes | None) -> None:
    cache = Compiled(str(tmp_path / "ny"), "%s.bin")
    assert _written(cache) == "Hei du"
    (file,) = (tmp_path / "ny").iterdir()
    whole = file.read_bytes()

    file.write_bytes(whole[:-20] if damage is None else damage)

    assert _written(cache) == "Hei du"
    assert file.read_bytes() == whole


def test_another_text_under_the_same_name_is_another_template(tmp_path: Path) -> None:
    cache = Compiled(str(tmp_path), "%s.bin")

    assert [_written(cache, text) for text in ("a {{ name }}", "b {{ name }}")] == ["a du", "b du"]


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i veien", encoding="utf-8")

    assert _written(Compiled(str(tmp_path / "fil/under"), "%s.bin")) == "Hei du"


def test_nothing_is_written_where_python_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert _written(Compiled(str(tmp_path / "ny"), "%s.bin")) == "Hei du"
    assert not (tmp_path / "ny").exists()
