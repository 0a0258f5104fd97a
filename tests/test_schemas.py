"""The schemas that we publish say what reads: they are files, and each is written from its classes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompetanse.content import catalogue_keys, schema
from kompetanse.evidence import assessment
from kompetanse.schemas import KINDS, OTHERS

FOLDER = Path(__file__).parents[1] / "builder/kompetanse/schemas"


def _made(name: str) -> dict[str, Any]:
    others = {"assessment": assessment.json_schema, "catalogue": catalogue_keys.json_schema}
    return others[name]() if name in others else schema.json_schema(name)


@pytest.mark.parametrize("name", [*KINDS, *OTHERS])
def test_what_is_published_is_what_reads(name: str, expect: Callable[[Path, str], None]) -> None:
    text = json.dumps(_made(name), ensure_ascii=False, indent=2) + "\n"

    expect(FOLDER / f"{name}.schema.json", text)


def test_each_kind_of_front_matter_has_a_schema() -> None:
    assert set(KINDS) == {*schema.KEYS, "region"}
    assert {file.name for file in FOLDER.glob("*.json")} == {
        f"{name}.schema.json" for name in (*KINDS, *OTHERS)
    }
