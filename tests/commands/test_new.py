"""`kompetanse new`: an item that is valid from the start, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Files = Callable[[Path], dict[str, bytes]]
Clean = Callable[[Path], str]

EACH_KIND = {
    "role": (("--requires", "brannvern:2", "--area", "Drift: bygg"), "roller/ny-vaktleder.md"),
    "competence": (("--level", "Kan: litt", "--level", "Kan mer"), "kompetanser/ny-vaktleder.md"),
    "course": (("--teaches", "brannvern:3", "--duration", "PT2H"), "kurs/ny-vaktleder/index.md"),
    "module": (("--duration", "PT20M"), "moduler/ny-vaktleder.md"),
    "session": (
        (
            "--course",
            "brannkurs",
            "--starts",
            "2027-01-12T09:00",
            "--ends",
            "2027-01-12T12:00",
            "--place",
            "Salen",
        ),
        "samlinger/ny-vaktleder.md",
    ),
    "programme": (("--step", "brannkurs"), "lop/ny-vaktleder.md"),
    "page": ((), "ny-vaktleder.md"),
}


def _errors(run: Run, root: Path) -> list[tuple[str, str]]:
    rows = json.loads(run(root, "check", "--format", "json").out)["problems"]
    return [(row["path"], row["code"]) for row in rows if row["severity"] == "error"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", EACH_KIND)
def test_each_kind_is_a_valid_draft_that_is_not_on_the_site(
    demo: Path, run: Run, files: Files, kind: str, language: str
) -> None:
    options, path = EACH_KIND[kind]

    done = run(demo, "new", kind, "--title", "Ny: vaktleder", "--language", language, *options)

    assert done.exit_code == 0, done.err
    assert done.out == f"content/{path}\n"
    assert b"status: draft" in files(demo)[f"content/{path}"]
    assert _errors(run, demo) == []
    run(demo, "stage", "../stage")
    assert not [name for name, text in files(demo.parent / "stage/docs").items() if b"vaktleder" in text]


@pytest.mark.parametrize("kind", EACH_KIND)
def test_each_kind_can_be_published_at_once(demo: Path, run: Run, kind: str) -> None:
    options, path = EACH_KIND[kind]

    run(
        demo,
        "new",
        kind,
        "--title",
        "Ny: vaktleder",
        "--summary",
        "Nei: # 'ja'",
        "--status",
        "published",
        *options,
    )

    assert _errors(run, demo) == []
    run(demo, "build")
    assert (demo / "site" / path.removesuffix("index.md").removesuffix(".md") / "index.html").is_file()


def test_a_module_goes_to_the_end_of_its_course_and_nothing_else_there_changes(
    demo: Path, run: Run, files: Files
) -> None:
    before = files(demo)["content/kurs/brannkurs/index.md"]

    done = run(demo, "new", "module", "--title", "Øv på å rømme", "--course", "brannkurs")

    after = files(demo)
    assert done.out.splitlines() == [
        "content/kurs/brannkurs/02-ov-pa-a-romme.md",
        "content/kurs/brannkurs/index.md",
    ]
    assert after["content/kurs/brannkurs/index.md"] == before.replace(
        b"- sloking\n", b"- sloking\n- 02-ov-pa-a-romme.md\n"
    )
    assert b"id: ov-pa-a-romme\n" in after["content/kurs/brannkurs/02-ov-pa-a-romme.md"]
    assert _errors(run, demo) == []


def test_a_folder_of_ones_own_can_be_chosen(demo: Path, run: Run) -> None:
    assert run(demo, "new", "page", "--title", "Regler", "--into", "om").out == "content/om/regler.md\n"
    assert run(demo, "new", "page", "--title", "Mer", "--into", "content/om").out == "content/om/mer.md\n"


REFUSED = {
    "an id that is taken": (
        ("page", "--title", "Brannvern"),
        1,
        "already that of content/kompetanser/brannvern.md",
    ),
    "an id that is none": (("page", "--title", "X", "--id", "Æ b"), 1, "id:"),
    "no id at all": (("page", "--title", "!!!"), 2, "--id"),
    "no title": (("course",), 2, "--title"),
    "a session without a course": (("session", "--title", "X"), 2, "--course"),
    "a level that is none": (("course", "--title", "X", "--teaches", "brannvern:5"), 2, "brannvern:2"),
    "a level that is missing": (("role", "--title", "X", "--requires", "brannvern"), 2, "brannvern:2"),
    "a competence that is none": (("course", "--title", "X", "--teaches", "branvern:2"), 1, "brannvern"),
    "a course that is none": (("module", "--title", "X", "--course", "finnes-ikke"), 1, "finnes-ikke"),
    "a time that is none": (
        (
            "session",
            "--title",
            "X",
            "--course",
            "brannkurs",
            "--starts",
            "i morgen",
            "--ends",
            "2027-01-12T12:00",
        ),
        1,
        "starts:",
    ),
    "a duration that is none": (("module", "--title", "X", "--duration", "15 min"), 1, "duration:"),
    "a folder outside": (("page", "--title", "X", "--into", "../ute"), 1, "outside"),
    "a kind that is none": (("rolle", "--title", "X"), 2, "rolle"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_nothing_is_written_for(demo: Path, run: Run, files: Files, case: str) -> None:
    arguments, code, said = REFUSED[case]
    before = files(demo.parent)

    done = run(demo, "new", *arguments)

    assert done.exit_code == code
    assert said in done.err
    assert files(demo.parent) == before


def test_a_file_that_is_there_is_kept(demo: Path, run: Run) -> None:
    (demo / "content/regler.md").write_text("---\nid: gamle-regler\n---\n\nTekst.\n", encoding="utf-8")

    done = run(demo, "new", "page", "--title", "Regler")

    assert done.exit_code == 1
    assert "gamle-regler" in (demo / "content/regler.md").read_text(encoding="utf-8")


def test_new_works_from_a_folder_inside_the_region(demo: Path, run: Run) -> None:
    done = run(demo / "content/kurs", "new", "page", "--title", "Regler")

    assert done.exit_code == 0
    assert (demo / "content/regler.md").is_file()
