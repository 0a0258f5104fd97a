"""What a fork may take: licences that allow it, files that do nothing, and no more than a course is."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.forking.conftest import NABOVIK, git
from tests.forking.kurs import FOLDER, Make, Run, files

from kompetanse.sharing.origin import read


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {
                "content/kurs/brev/01-les.md": str(NABOVIK["content/kurs/brev/01-les.md"]).replace(
                    "CC-BY-4.0", "Other"
                )
            },
            "01-les.md: Other: the licence is unknown or missing",
        ),
        ({f"content/kurs/brev/{n}.txt": "x" for n in range(500)}, "at most 500 are taken"),
        (
            {
                "content/kurs/brev/01-les.md": str(NABOVIK["content/kurs/brev/01-les.md"]).replace(
                    "CC-BY-4.0", "CC-BY-ND-4.0"
                )
            },
            "01-les.md: CC-BY-ND-4.0: ND: an adaptation cannot be shared",
        ),
        (
            {
                "content/moduler/hilsen.md": str(NABOVIK["content/moduler/hilsen.md"]).replace(
                    "CC-BY-4.0", "CC-BY-SA-4.0"
                )
            },
            "hilsen.md (CC-BY-SA-4.0) is brought into content/kurs/brev/01-les.md (CC-BY-4.0): ShareAlike",
        ),
        ({"content/kurs/brev/bilder/plan.png": b"GIF89a"}, "plan.png: no PNG file"),
        ({"content/kurs/brev/CON.md": "# x\n"}, "a name that Windows keeps for itself"),
        ({"content/kurs/brev/index.md": None}, "has no course 'brev'"),
        (
            {
                "content/kurs/brev/index.md": str(NABOVIK["content/kurs/brev/index.md"]).replace(
                    "CC-BY-4.0", "NOASSERTION"
                )
            },
            "index.md: NOASSERTION: the licence is unknown or missing",
        ),
    ],
    ids=[
        "licence-that-nobody-knows",
        "too-many-files",
        "nd-text",
        "share-alike-mixed-in",
        "png-that-is-none",
        "reserved-name",
        "gone",
        "not-settled",
    ],
)
def test_what_may_not_be_taken_stops_the_whole_fork(
    nabovik: Make, ours: Path, fork: Run, changed: dict[str, Any], says: str
) -> None:
    nabovik(changed)

    done = fork()

    assert (done.exit_code, says in done.err) == (1, True), done.err
    assert not (ours / FOLDER).exists()
    assert git(ours, "status", "--porcelain") == ""


def test_a_picture_has_the_licence_that_stands_beside_it(nabovik: Make, fork: Run) -> None:
    nabovik({"content/kurs/brev/bilder/plan.png.license": "SPDX-License-Identifier: CC-BY-SA-4.0\n"})

    found = {row["path"]: row for row in fork("--dry-run", "--json").report["files"]}

    assert (found["bilder/plan.png"]["licence"], found["bilder/plan.png"]["verdict"]) == (
        "CC-BY-SA-4.0",
        "mark",
    )


def test_a_licence_is_known_in_any_case_and_written_as_spdx_does(
    nabovik: Make, ours: Path, fork: Run, errors: Any
) -> None:
    nabovik(
        {
            "content/kurs/brev/01-les.md": str(NABOVIK["content/kurs/brev/01-les.md"])
            .replace("CC-BY-4.0", "cc-by-sa-4.0")
            .replace('--8<-- "hilsen#kort"', "")
        }
    )

    assert fork().exit_code == 0
    assert b"licence: CC-BY-SA-4.0\n" in files(ours)["01-les.md"]
    assert read(ours, FOLDER).files[PurePosixPath("01-les.md")].licence == "CC-BY-SA-4.0"
    assert errors(ours) == []


def test_a_picture_that_can_run_something_stays_behind(nabovik: Make, ours: Path, fork: Run) -> None:
    nabovik(
        {"content/kurs/brev/bilder/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'}
    )

    assert "bilder/x.svg: can run or fetch something" in fork().out
    assert "bilder/x.svg" not in files(ours)
