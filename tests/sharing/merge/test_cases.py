"""What the merge decides and what it asks, case by case.

A case is a folder with `base`, `ours` and `theirs`; `expected` is the text with ours where a question is open, and `told.txt` what a
person is told: each question, each place to look over, each change at the source that was not taken.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kompetanse.sharing.merge import Merged, Question, Review, merge

CASES = Path(__file__).parent / "cases"
NAMES = sorted(case.name for case in CASES.iterdir())


def _read(name: str) -> tuple[Merged, str]:
    case = CASES / name
    suffix = next(case.glob("base.*")).suffix
    sides = [(case / f"{side}{suffix}").read_bytes() for side in ("base", "ours", "theirs")]
    merged = merge(*sides, data=suffix == ".yml")
    assert isinstance(merged, Merged)
    return merged, suffix


def _told(merged: Merged) -> str:
    rows = []
    for part in merged.parts:
        if isinstance(part, Question):
            rows.append(f"question {part.key or part.where}: {part.why}")
        elif isinstance(part, Review):
            rows.append(f"review {part.key or part.where}: {part.how}")
    rows += [f"notice {notice.key}: {notice.theirs.strip()}" for notice in merged.notices]
    return "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, request: pytest.FixtureRequest) -> None:
    merged, suffix = _read(name)
    case = CASES / name
    text = merged.answered({number: one.ours for number, one in enumerate(merged.questions)})

    if request.config.getoption("--update-expected"):
        (case / f"expected{suffix}").write_text(text, encoding="utf-8", newline="")
        (case / "told.txt").write_text(_told(merged), encoding="utf-8", newline="")

    assert text == (case / f"expected{suffix}").read_text(encoding="utf-8")
    assert _told(merged) == (case / "told.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_side_alone_is_taken_as_it_is(name: str) -> None:
    case = CASES / name
    base, ours, theirs = (
        next(case.glob(f"{side}.*")).read_text(encoding="utf-8") for side in ("base", "ours", "theirs")
    )
    data = (case / "base.yml").exists()

    kept = merge(base.encode(), ours.encode(), base.encode(), data=data)
    taken = merge(base.encode(), base.encode(), ours.encode(), data=data)

    assert isinstance(kept, Merged)
    assert kept.text == ours
    assert isinstance(taken, Merged)
    assert taken.text == ours or name in ("local-keys-stay", "keys-added-by-a-fork")
    assert isinstance(merge(base.encode(), theirs.encode(), theirs.encode(), data=data), Merged)
