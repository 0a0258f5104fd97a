"""Whatever stands in a key, the check says what is wrong with it and goes on: every key with every odd value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kompetanse.content.keys import declared
from kompetanse.content.link import link
from kompetanse.content.reading import read_region_at
from kompetanse.content.region_keys import RegionKeys
from kompetanse.content.schema import KEYS, json_schema
from kompetanse.messages import codes

Region = Callable[[Mapping[str, str | bytes]], Path]
Check = Callable[..., Any]

TODAY = date(2026, 11, 24)

ODD = (
    "",
    "~",
    "true",
    "0",
    "-1",
    "5",
    "2.5",
    "99999999999999999999",
    "'{x} %s {{ y }}'",
    "tekst",
    "«Æ ø å»",
    '"\\u0000"',
    '"\\ud800"',
    "😀",
    "[]",
    "{}",
    "[1, a, [b], {c: d}]",
    "[[[]]]",
    "{a: {b: {c: []}}}",
    "[{competence: x, level: 9}]",
    "[{competence: [x]}, {level: {a: b}}]",
    "[{course: a, session: b, within: P0D}]",
    "{1: a, 2: [b], 3: {c: d}}",
    "{pass: -1, valid_for: P1, evidence: [x]}",
    "P999999Y",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31T23:59",
    "FREQ=DAILY;UNTIL=00000000",
    "javascript:alert(1)",
    "../../../etc/passwd",
    "/",
    "//",
    "|\n  to\n  rader",
    "!!python/object:os.system [x]",
)

WHOLE = {
    "role": "title: T\n",
    "competence": "title: T\nlevels: {1: a, 2: b, 3: c, 4: d}\n",
    "course": "title: T\n",
    "module": "title: T\n",
    "session": "title: T\ncourse: c\nstarts: 2027-01-12T09:00\nends: 2027-01-12T10:00\n",
    "programme": "title: T\n",
    "page": "title: T\n",
}


def without(text: str, key: str) -> str:
    return "".join(f"{row}\n" for row in text.splitlines() if not row.startswith(f"{key}:"))


def files(kind: str) -> Iterator[tuple[str, str]]:
    for key in json_schema(kind)["properties"]:
        for place, value in enumerate(ODD):
            keys = without(f"type: {kind}\nid: {kind}-{key.replace('_', '-')}-{place}\n{WHOLE[kind]}", key)
            yield f"content/{key}/{place}.md", f"---\n{keys}{key}: {value}\n---\n\n## Del\n\nTekst.\n"


@pytest.mark.parametrize("kind", KEYS)
def test_every_key_of_an_item_may_hold_anything_and_the_rest_can_be_linked(
    region: Region, check: Check, kind: str
):
    root = region(dict(files(kind)))

    said = check(root, "--format", "json")
    found = link(read_region_at(root, "content", TODAY).library)

    assert said.exit_code == 1, said.err
    assert {"tags", "title", "status"} <= {Path(row["path"]).parent.name for row in said.rows}
    assert found.items
    assert all(item.title for item in found.items.values())


@pytest.mark.parametrize("key", declared(RegionKeys))
def test_every_key_of_the_region_may_hold_anything(region: Region, key: str):
    root = region({"content/a.md": "Tekst.\n"})
    whole = without((root / "region.yml").read_text(encoding="utf-8").partition("municipalities")[0], key)
    known = set(codes())

    for value in ODD:
        (root / "region.yml").write_text(f"{whole}{key}: {value}\n", encoding="utf-8")

        found = read_region_at(root, "content", TODAY)

        assert {problem.code for problem in found.problems} <= known
        assert found.library.region.name
