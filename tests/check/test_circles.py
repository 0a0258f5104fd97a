"""Whatever leads back to itself is told once, at the item whose id comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Region = Callable[[Mapping[str, str | bytes]], Path]
Places = Callable[[Path], list[tuple[str, int, str]]]

LEVELS = "levels: {1: Kjenner til, 2: Får hjelp, 3: Greier selv, 4: Veileder}\n"


def item(kind: str, id_: str, keys: str, body: str = "") -> str:
    return f"---\ntype: {kind}\nid: {id_}\ntitle: {id_}\n{keys}---\n{body}"


def circles(found: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    return [place for place in found if "circle" in place[2]]


CIRCLES = {
    "broader": ("competence", "broader: {}\n" + LEVELS),
    "prerequisites": ("course", "prerequisites: [{}]\n"),
    "includes": ("role", "includes: [{}]\n"),
    "translation_of": ("page", "translation_of: {}\n"),
}


@pytest.mark.parametrize("key", CIRCLES)
def test_a_circle_of_three_is_told_once(region: Region, problems: Places, key: str):
    kind, keys = CIRCLES[key]
    languages = dict(zip("abc", ("language: nb\n", "language: nn\n", "language: en\n"), strict=True))
    files = {
        f"content/{one}.md": item(kind, one, keys.replace("{}", other) + languages[one])
        for one, other in ("ab", "bc", "ca")
    }

    found = circles(problems(region(files)))

    assert found == [("content/a.md", 5, "circle")]


@pytest.mark.parametrize("key", CIRCLES)
def test_what_leads_to_itself_is_told(region: Region, problems: Places, key: str):
    kind, keys = CIRCLES[key]

    found = circles(problems(region({"content/a.md": item(kind, "a", keys.replace("{}", "a"))})))

    assert found == [("content/a.md", 5, "circle")]


def test_a_circle_of_reused_texts_is_told_at_its_line(region: Region, problems: Places):
    a = item("module", "a", "", '\nDel a.\n\n--8<-- "b#del"\n')
    b = item("module", "b", "", '\n## Del\n\n--8<-- "c"\n')
    c = item("module", "c", "", '\n--8<-- "a"\n')

    found = problems(region({"content/a.md": a, "content/b.md": b, "content/c.md": c}))

    assert found == [("content/a.md", 9, "reuse-circle")]


def test_a_text_that_reuses_itself_is_told(region: Region, problems: Places):
    found = problems(region({"content/a.md": item("module", "a", "", '\n--8<-- "a"\n')}))

    assert found == [("content/a.md", 7, "reuse-circle")]


def test_two_items_with_one_id_are_no_circle_and_no_crash(region: Region, problems: Places):
    first = item("module", "a", "", "\nDel a.\n")
    second = item("module", "a", "", '\n--8<-- "a"\n')

    found = problems(region({"content/a.md": first, "content/b.md": second}))

    assert found == [("content/b.md", 3, "duplicate-id")]


def test_two_circles_are_two_problems(region: Region, problems: Places):
    files = {
        f"content/{one}.md": item("role", one, f"includes: [{other}]\n")
        for one, other in ("ab", "ba", "cd", "dc")
    }

    found = problems(region(files))

    assert found == [("content/a.md", 5, "circle"), ("content/c.md", 5, "circle")]


def test_a_diamond_is_no_circle(region: Region, problems: Places):
    edges = {"a": "b, c", "b": "d", "c": "d", "d": ""}
    files = {f"content/{one}.md": item("role", one, f"includes: [{to}]\n") for one, to in edges.items()}

    assert problems(region(files)) == []


def test_a_chain_of_three_thousand_roles_is_walked_without_a_crash(region: Region, problems: Places):
    files = {
        f"content/r{one}.md": item("role", f"r{one}", f"includes: [r{one + 1}]\n") for one in range(3000)
    }
    files["content/r3000.md"] = item("role", "r3000", "includes: [r0]\n")

    found = problems(region(files))

    assert found == [("content/r0.md", 5, "circle")]
