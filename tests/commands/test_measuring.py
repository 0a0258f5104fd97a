"""A build tells where its time went when it is asked, and says nothing of it otherwise."""

from __future__ import annotations

import pstats
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kompetanse.timing import NOTHING, measuring, timed

Run = Callable[..., Any]
DAY = ("--date", "2026-11-24")
STAGES = ("git", "read", "check", "link", "stage", "search", "convert", "set", "write")


def test_every_stage_is_told_and_they_add_up(demo: Path, run: Run) -> None:
    told = run(demo, "build", "--timings", *DAY).out

    rows = dict(re.findall(r"^(\S+(?: all)?) +([\d.]+) +[\d.]+$", told, re.MULTILINE))
    assert set(rows) == {"start", *STAGES, "in all"}
    parts = sum(float(seconds) for name, seconds in rows.items() if name != "in all")
    assert abs(parts - float(rows["in all"])) < 0.2  # each is rounded


def test_nothing_is_told_unasked(demo: Path, run: Run) -> None:
    assert "Stage" not in run(demo, "build", *DAY).out


def test_a_profile_is_written_and_its_dearest_functions_are_told(
    demo: Path, run: Run, tmp_path: Path
) -> None:
    done = run(demo, "build", "--profile", str(tmp_path / "build.prof"), *DAY)

    assert done.exit_code == 0
    assert any(name == "staged" for _, _, name in pstats.Stats(str(tmp_path / "build.prof")).stats)  # type: ignore[attr-defined]
    assert len(done.out.partition("function\n")[2].splitlines()) == 10
    assert str(demo) not in done.out.partition("function\n")[2]


def test_a_profile_that_cannot_be_written_costs_only_itself(demo: Path, run: Run) -> None:
    done = run(demo, "build", "--profile", str(demo / "region.yml/build.prof"), *DAY)

    assert done.exit_code == 1
    assert "Could not write" in done.err
    assert (demo / "site/index.html").is_file()


def test_a_stage_within_another_takes_its_time_from_it() -> None:
    @timed("inner")
    def inner() -> None:
        time.sleep(0.05)

    with measuring() as found, timed("outer"):
        inner()
    inner()  # nobody measures

    assert list(found.spent) == ["outer", "inner"]
    assert found.spent["outer"].wall < found.spent["inner"].wall
    assert sum(found.spent.values(), NOTHING).wall >= 0.05
