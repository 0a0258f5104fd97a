"""`kompetanse where-used`: every place that points to an item."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_keys_and_links_are_listed_with_file_and_line(demo: Path, run: Run) -> None:
    done = run(demo, "where-used", "brannvern")

    assert done.exit_code == 0
    assert done.out.splitlines() == [
        "content/kurs/brannkurs/index.md:7: key teaches[0].competence: brannvern",
        "content/moduler/sloking.md:11: link: id:brannvern",
        "content/roller/vaktmester.md:8: key requires[0].competence: brannvern",
        "content/roller/vaktmester.md:14: link: ../kompetanser/brannvern.md",
    ]
    assert "is used 4 times in 3 files" in done.err


def test_modules_reuse_and_translations_are_listed(demo: Path, run: Run) -> None:
    (demo / "content/moduler/sloking.nn.md").write_text(
        "---\ntype: module\nid: sloking-nn\ntitle: Sløkking\n---\n\nTekst.\n", encoding="utf-8"
    )
    (demo / "content/om.md").write_text('Om.\n\n--8<-- "sloking#med-teppe"\n', encoding="utf-8")

    rows = json.loads(run(demo, "where-used", "sloking", "--json").out)

    assert [(row["path"], row["line"], row["how"], row["written"]) for row in rows] == [
        ("content/kurs/brannkurs/index.md", 12, "module", "sloking"),
        ("content/moduler/sloking.nn.md", 0, "name", "sloking.nn.md"),
        ("content/om.md", 3, "reuse", "sloking"),
    ]


def test_an_item_that_nothing_refers_to_is_said_so(demo: Path, run: Run) -> None:
    done = run(demo, "where-used", "ny")

    assert (done.exit_code, done.out) == (0, "")
    assert done.err == "Nothing refers to ny\n"


def test_an_unknown_item_names_the_nearest(demo: Path, run: Run) -> None:
    done = run(demo, "where-used", "branvern")

    assert done.exit_code == 1
    assert "Did you mean brannvern" in done.err
