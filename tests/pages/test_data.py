"""What the browser reads of the framework: what is published, in the language of the page, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Pages = dict[str, str]
Region = Callable[[Mapping[str, str | bytes]], Path]

LEVELS = "levels: {1: Kjenner til., 2: Med hjelp., 3: Selv., 4: Veileder.}"


def item(kind: str, id_: str, *rows: str) -> str:
    """Write an item whose title is its id with a capital."""
    return "\n".join(
        ("---", f"type: {kind}", f"id: {id_}", f"title: {id_.capitalize()}", *rows, "---", "", "Tekst.", "")
    )


@pytest.fixture
def data_of(
    region: Region, pages_of: Callable[[Path], Pages]
) -> Callable[[Mapping[str, str | bytes]], dict[str, Any]]:
    """Return the data of a region by file name, in its own language."""

    def read(files: Mapping[str, str | bytes]) -> dict[str, Any]:
        folder = "kartlegging/data/"
        return {
            path.removeprefix(folder): json.loads(text)
            for path, text in pages_of(region(files)).items()
            if path.startswith(folder)
        }

    return read


def test_the_courses_of_a_role_come_with_what_they_build_on(data_of: Callable[..., dict[str, Any]]) -> None:
    found = data_of(
        {
            "content/rolle.md": item("role", "rolle", "requires: [{competence: brann, level: 3}]"),
            "content/brann.md": item("competence", "brann", LEVELS),
            "content/regne.md": item("competence", "regne", LEVELS),
            "content/a.md": item(
                "course",
                "a",
                "teaches: [{competence: brann, level: 3}]",
                "prerequisites: [b, {competence: regne, level: 2}]",
            ),
            "content/b.md": item("course", "b", "duration: PT30M"),
            "content/c.md": item("course", "c", "teaches: [{competence: regne, level: 2}]", "duration: P1D"),
            "content/d.md": item("course", "d", "duration: PT5M"),
        }
    )

    courses = found["rolle.json"]["courses"]

    assert list(courses) == ["a", "b", "c"]
    assert courses["a"]["prerequisites"] == [{"course": "b"}, {"competence": "regne", "level": 2}]
    assert (courses["b"]["minutes"], courses["c"]["minutes"]) == (30, 450)
    assert found["rolle.json"]["names"] == {"brann": "Brann", "regne": "Regne"}


def test_a_former_id_is_found_by_the_address_it_left(data_of: Callable[..., dict[str, Any]]) -> None:
    found = data_of(
        {
            "content/slokking.md": item(
                "competence", "slokking", LEVELS, "redirect_from: [kompetanser/brann]"
            ),
            "content/vakt.md": item("role", "vakt", "redirect_from: [roller/slokking]"),
        }
    )

    assert found["rammeverk.json"]["former"] == {"brann": "slokking"}


def test_what_is_retired_is_named_as_such_and_required_by_nobody_new(
    data_of: Callable[..., dict[str, Any]],
) -> None:
    found = data_of(
        {
            "content/gammel.md": item("competence", "gammel", LEVELS, "status: retired"),
            "content/rolle.md": item("role", "rolle", "status: retired"),
        }
    )

    assert found["rammeverk.json"]["competences"]["gammel"]["retired"] is True
    assert list(found) == ["rammeverk.json"]


def test_a_session_without_end_is_told_a_few_times_and_a_cancelled_one_never(
    data_of: Callable[..., dict[str, Any]],
) -> None:
    times = ("starts: 2026-11-25T09:00", "ends: 2026-11-25T10:00", "course: kurs")
    found = data_of(
        {
            "content/rolle.md": item("role", "rolle", "requires: [{competence: brann, level: 3}]"),
            "content/brann.md": item("competence", "brann", LEVELS),
            "content/kurs.md": item("course", "kurs", "teaches: [{competence: brann, level: 3}]"),
            "content/uke.md": item("session", "uke", *times, "repeats: FREQ=WEEKLY"),
            "content/avlyst.md": item("session", "avlyst", *times, "cancelled: true"),
        }
    )

    sessions = found["rolle.json"]["courses"]["kurs"]["sessions"]

    assert len(sessions) == 10
    assert {one["id"] for one in sessions} == {"uke"}
    assert sessions[0]["when"] == "onsdag 25. november 2026 kl. 09–10"
