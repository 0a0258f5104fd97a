"""Tables to import, and what an import says and writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

Write = Callable[[str | bytes], Path]

COLUMNS = (
    *("Skills Community", "Category", "Specialty Area", "Work Role", "Competency Group ID"),
    *("Competency Group", "Competency ID", "Competency", "K S or A", "KSA ID", "KSA"),
)


BRANNVERN = """\
---
type: competence
id: brannvern
title: Brannvern
levels: {1: Vet, 2: Kan, 3: Gjør, 4: Lærer bort}
---

Skrevet av noen.
"""


def nice_row(
    role: str = "Cyber Instructor (OV-TEA-002)",
    competence: tuple[str, str] = ("C017", "Encryption"),
    statement: tuple[str, str, str] = ("Knowledge", "K0018", "Knowledge of encryption algorithms "),
) -> list[str]:
    """Return a row with the columns of the NICE Framework."""
    return [
        *("Cross Functional", "Oversee and Govern (OV)", "Training (TEA)", role),
        *("CG01", "Technical", *competence, *statement),
    ]


def nice(rows: Iterable[list[str]]) -> bytes:
    """Return a table in the form of the NICE Framework: a byte order mark, commas and Windows row ends."""
    stream = io.StringIO()
    csv.writer(stream).writerows([COLUMNS, *rows])
    return stream.getvalue().encode("utf-8-sig")


def big_nice(roles: int = 52, competences: int = 60) -> bytes:
    """Return a table with many roles, each with some of the competences, and five statements for each of them."""
    return nice(
        nice_row(f"Role {role} (OV-TEA-{role:03})", (f"C{one:03}", f"Competency {one}"), statement)
        for role in range(1, roles + 1)
        for one in range(1, competences + 1)
        if (role + one) % 7 == 0 or one == role
        for statement in (
            ("Knowledge", f"K{one:04}", f"Knowledge of area {one} (e.g., Some Standard [SS])."),
            ("Skill", f"S{one:04}", f"Skill in doing {one} & more."),
            ("Ability", f"A{one:04}", f"Ability to keep {one}."),
        )
    )


def imported(run, root: Path, file: Path, *options: str):
    """Import `file`, and check that no row is lost between the counts."""
    done = run(root, "import", "framework", str(file), "--json", *options)
    rows = done.report["rows"]
    assert rows["read"] == sum(rows[name] for name in ("used", "repeats", "not_used", "empty"))
    assert rows["repeats"] == len(done.report["repeats"])
    assert rows["not_used"] == len(done.report["not_used"])
    return done


def text_of(root: Path, path: str) -> str:
    return (root / "content" / path).read_text(encoding="utf-8")


def errors(run, root: Path) -> str:
    done = run(root, "check", "--lang", "en", "--date", "2026-11-24")
    return "" if done.exit_code == 0 else done.out


# The NICE Framework
