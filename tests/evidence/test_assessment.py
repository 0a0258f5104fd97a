"""The file a person hands over is read as the browser reads it, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kompetanse.evidence.assessment import LARGEST, json_schema, read
from kompetanse.model.assessment import Assessment, Notice

ENDLESS = Path("/dev/zero")
CASES = json.loads((Path(__file__).parents[1] / "learning/cases/file.json").read_text(encoding="utf-8"))


def _text(case: dict[str, Any]) -> str:
    return "".join(part * times for part, times in case["parts"])


def _verdict(found: Assessment | Notice) -> str:
    if isinstance(found, Assessment):
        return "ok"
    return " ".join(
        [found.key.removeprefix("file."), *(found.values[key] for key in ("key",) if key in found.values)]
    )


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["name"])
def test_each_file_is_read_as_the_case_says(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(_text(case).encode(case.get("encoding", "utf-8").replace("utf16le", "utf-16-le")))

    found = read(path)

    assert _verdict(found) == case["verdict"]
    if "person" in case:
        assert isinstance(found, Assessment)
        assert found.name == case["person"]


@pytest.mark.parametrize(
    "case", [one for one in CASES if one["verdict"] == "ok"], ids=lambda one: one["name"]
)
def test_what_we_read_holds_by_the_published_schema(case: dict[str, Any]) -> None:
    value = json.loads(_text(case).removeprefix("\ufeff"), parse_int=lambda text: int(text[:9]))

    assert list(Draft202012Validator(json_schema()).iter_errors(value)) == []


def test_the_schema_refuses_most_of_what_we_refuse() -> None:
    wrong = [one for one in CASES if one["verdict"].startswith("wrong") and len(_text(one)) < 9000]
    schema = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

    kept = [one["name"] for one in wrong if schema.is_valid(json.loads(_text(one)))]

    assert kept == [
        "a name of 51 signs of two units each",
        "half a sign in the name",
        "an earlier round with a name that is no id",
    ]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "stor.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)

    assert read(large) == Notice("file.too_large", {"file": "stor.json"})
    assert LARGEST == 1_000_000


@pytest.mark.skipif(not ENDLESS.exists(), reason="a file without end takes Unix")
def test_a_file_without_end_is_not_read_to_its_end() -> None:
    assert read(ENDLESS) == Notice("file.too_large", {"file": "zero"})


def test_the_name_of_a_file_cannot_turn_the_sentence_around_that_tells_of_it(tmp_path: Path) -> None:
    (tmp_path / "kari\u202enosj.json").write_bytes(b"{")

    assert read(tmp_path / "kari\u202enosj.json") == Notice("file.damaged", {"file": "kari\ufffdnosj.json"})


def test_what_is_no_file_is_damaged(tmp_path: Path) -> None:
    assert read(tmp_path) == Notice("file.damaged", {"file": tmp_path.name})
    assert read(tmp_path / "borte.json") == Notice("file.damaged", {"file": "borte.json"})
