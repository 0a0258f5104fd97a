"""`kompetanse export`: which courses, in which formats, to which folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompetanse.export.formats import FORMATS


def test_all_formats_of_all_courses_are_written_in_one_run(
    demo: Path, run: Callable[..., Any], tmp_path: Path
):
    done = run(demo, "export", "all", "--all", "-o", str(tmp_path / "pakker"))

    assert done.exit_code == 0
    names = {file.name for file in (tmp_path / "pakker").iterdir()}
    assert {one.file_name("brannkurs") for one in FORMATS.values() if one.scope == "course"} <= names
    assert len(names) == len(FORMATS)


def test_several_formats_stand_with_commas_between(demo: Path, run: Callable[..., Any], tmp_path: Path):
    done = run(demo, "export", "gift,case", "brannkurs", "-o", str(tmp_path / "pakker"))

    assert done.exit_code == 0
    assert {file.suffix for file in (tmp_path / "pakker").iterdir()} == {".gift", ".json"}


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (("scorm13", "brannkurs"), 2, "There is no format scorm13. Use scorm12, "),
        (("scorm12",), 2, "Say which courses: their ids, or --all."),
        (("scorm12", "brannkurs", "--all"), 2, "Say which courses: their ids, or --all."),
        (("case", "brannkurs"), 2, "case: this is what the whole region has."),
        (("scorm12", "brannkurs", "--for", "moodle"), 2, "--for is only for cc11"),
        (
            ("scorm12", "branskurs"),
            1,
            "There is no published course with the id branskurs. The nearest is brannkurs",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    demo: Path, run: Callable[..., Any], asked: tuple[str, ...], code: int, told: str
):
    done = run(demo, "export", *asked)

    assert (done.exit_code, told in done.err) == (code, True)
    assert not (demo / "packages").exists()
