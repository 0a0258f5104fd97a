"""GIFT, read by gift-pegjs: a grammar of the format that others wrote."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kompetanse.export import gift
from kompetanse.export.edition import Edition

ORACLE = Path(__file__).parent / "oracle"
needs_npm = pytest.mark.skipif(
    not (ORACLE / "node_modules/gift-pegjs").is_dir() or not shutil.which("node"),
    reason="gift-pegjs is not installed; `make oracle` does so",
)


def _written(edition: Edition) -> tuple[str, list[str]]:
    to = io.BytesIO()
    lost = list(gift.package(edition, to))
    return to.getvalue().decode(), lost


def _read(text: str) -> list[Any]:
    done = subprocess.run(
        ["node", str(ORACLE / "gift.mjs")], input=text, capture_output=True, text=True, check=True
    )
    found: list[Any] = json.loads(done.stdout)
    return found


@needs_npm
def test_others_read_every_question_as_it_was_written(odd: Edition) -> None:
    categories = [one for one in _read(_written(odd)[0]) if one["type"] == "Category"]
    one, many, short = (found for found in _read(_written(odd)[0]) if found["type"] != "Category")

    assert categories[0]["title"] == f'$course$/top/Cheese ‹b› & "wine" 🧀 ({odd.stamp})'
    assert (one["id"], one["tags"], one["type"]) == ("one", ["tasting"], "MC")
    assert one["stem"]["text"].startswith("<p>What is {a} = #1 \\ ~2: <code>x -&gt; y</code>?</p>")
    assert [found["text"]["text"] for found in one["choices"]] == [
        "%20% of {all}",
        "100 % &amp; <em>more</em>",
    ]
    assert [found["isCorrect"] for found in one["choices"]] == [False, True]
    assert one["choices"][0]["feedback"]["text"] == "No: #never = ~ever."
    assert one["globalFeedback"]["text"] == "<p>It is said in the text.</p>"
    assert [found["weight"] for found in many["choices"]] == [10] * 9 + [5, 5, -100]
    assert short["type"] == "Short"
    assert [found["text"]["text"] for found in short["choices"]] == ["50 %", "%50", "a\\*b", "[x]"]


def test_what_gift_cannot_hold_is_said(odd: Edition) -> None:
    text, lost = _written(odd)

    assert [row.split(":")[0] for row in lost] == ["lone", "one", "short"]
    assert "<em>[A cellar]</em>" in text
    assert "img" not in text


def test_the_same_course_gives_the_same_bytes(odd: Edition) -> None:
    assert _written(odd) == _written(odd)


def test_a_question_without_an_answer_is_left_out(odd: Edition) -> None:
    """Moodle takes it for an essay (`question/format/gift/format.php`, `readquestion`)."""
    task = replace(next(one for one in odd.tasks if one.kind == "short"), id="pairs", answers=("a->b",))
    lesson = replace(odd.lessons[0], tasks=(task,))

    text, lost = _written(replace(odd, lessons=(lesson,)))

    assert "[id:pairs]" not in text
    assert lost == ["pairs: left out, since -> is in every spelling, which GIFT takes for pairs"]
