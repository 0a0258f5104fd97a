"""The file a person hands over is read as the browser reads it, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kompetanse.evidence.assessment import LARGEST, json_schema, parse, read
from kompetanse.model.assessment import Assessment, Notice

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
def test_each_file_is_read_as_the_case_says(case: dict[str, Any]) -> None:
    found = parse(_text(case).encode(), "a.json")

    assert _verdict(found) == case["verdict"]


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


def test_what_is_not_utf_8_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes('{"name": "Kåre"}'.encode("latin-1"))

    assert read(tmp_path / "latin.json") == Notice("file.damaged", {"file": "latin.json"})


def test_what_is_no_file_is_damaged(tmp_path: Path) -> None:
    assert read(tmp_path) == Notice("file.damaged", {"file": tmp_path.name})
    assert read(tmp_path / "borte.json") == Notice("file.damaged", {"file": "borte.json"})
