"""`kompetanse schema`: what editors check front matter with, and what we check it with, agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kompetanse.content import catalogue_keys, yaml_text
from kompetanse.content.frontmatter import Source, split
from kompetanse.content.reading import read_region_at
from kompetanse.content.schema import json_schema
from kompetanse.schemas import KINDS

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]


def _faults(kind: str, value: Any) -> Iterator[str]:
    for fault in Draft202012Validator(json_schema(kind)).iter_errors(value):
        yield f"{'.'.join(map(str, fault.absolute_path))}: {fault.message}"


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_schema(kind: str) -> None:
    schema = json_schema(kind)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", KINDS)
def test_each_key_is_described(kind: str) -> None:
    schema = json_schema(kind)
    parts = [schema, *schema.get("$defs", {}).values()]

    bare = [
        name for part in parts for name, key in part.get("properties", {}).items() if "description" not in key
    ]

    assert bare == []


def test_one_schema_is_printed(tmp_path: Path, run: Run) -> None:
    assert json.loads(run(tmp_path, "schema", "course").out) == json_schema("course")


def test_all_schemas_are_printed_together(tmp_path: Path, run: Run) -> None:
    assert set(json.loads(run(tmp_path, "schema").out)) == {*KINDS, "catalogue"}


def test_all_schemas_are_written_to_a_folder(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path, "schema", "--into", "ny/mappe")

    assert done.exit_code == 0
    written = {
        path.name: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "ny/mappe").iterdir()
    }
    assert written == {
        **{f"{kind}.schema.json": json_schema(kind) for kind in KINDS},
        "catalogue.schema.json": catalogue_keys.json_schema(),
    }


@pytest.mark.skipif(not (ROOT / "region.yml").exists(), reason="the reference region is not here")
def test_the_reference_region_holds(tmp_path: Path) -> None:
    from datetime import date

    library = read_region_at(ROOT, "content", date(2026, 11, 24)).library
    region = yaml_text.load((ROOT / "region.yml").read_text(encoding="utf-8"))

    found = {str(one.path): list(_faults(one.kind, one.source.meta)) for one in library.documents}

    assert len(found) > 50
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert list(_faults("region", region)) == []


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("page", "title: Om\nstatus: ferdig\n"),
        ("page", "title: Om\nid: Æ\n"),
        ("page", "title: Om\ntitel: Om\n"),
        ("role", "type: role\n"),
        ("competence", "type: competence\ntitle: X\nlevels: {1: a, 2: b, 3: c}\n"),
        ("course", "type: course\ntitle: X\nteaches: [{competence: a, level: 5}]\n"),
        ("module", "type: module\ntitle: X\nduration: 15 min\n"),
        ("session", "type: session\ntitle: X\ncourse: a\nstarts: i morgen\nends: 2027-01-12T12:00\n"),
    ],
)
def test_what_we_refuse_editors_refuse(kind: str, keys: str) -> None:
    from pathlib import PurePosixPath

    source = split(PurePosixPath("content/a.md"), f"---\n{keys}---\n\nTekst.\n")

    assert isinstance(source, Source)
    assert list(_faults(kind, source.meta)) != []
