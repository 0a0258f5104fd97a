"""From a fork through an update to answers and back: two regions, and what lies between them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kompetanse.sharing import questions

Region = Callable[..., Path]
Run = Callable[..., Any]

COURSE = "content/kurs/brann"
TEXT = """\
---
type: course
id: brann
title: Brannvern
summary: Slik hindrer du brann.
licence: CC-BY-4.0
authors: [Nordvik]
modules: [alarm.md]
---
# Brannvern

Kurset varer en dag. Det er gratis.

## Oppmøte

Møt opp 1. mars på brannstasjonen.
"""
MODULE = "---\ntype: module\nid: alarm\ntitle: Alarm\n---\nRing 110 straks. Gå rolig ut av bygget.\n"
STORED = questions.path_of("brann")


def _change(
    root: Path, commit: Callable[[Path], Path], edits: Mapping[str, tuple[tuple[str, str], ...]]
) -> None:
    for name, pairs in edits.items():
        path = root / COURSE / name
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    commit(root)


@pytest.fixture
def updated(tmp_path: Path, region: Region, run: Run, commit: Callable[[Path], Path]) -> Path:
    """Our region, after both have changed the course and ours has taken the update."""
    source = tmp_path / "nabo"
    files = {
        "region.yml": "id: nordvik\nname: Nordvik\nlanguages: [nb]\nlicence: CC-BY-4.0\n",
        f"{COURSE}/index.md": TEXT,
        f"{COURSE}/alarm.md": MODULE,
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    commit(source)
    root = region({})
    assert run(root, "source", "add", "../nabo").exit_code == 0
    commit(root)
    forked = run(root, "fork", "nordvik/brann")
    assert forked.exit_code == 0, forked.err
    _change(
        root,
        commit,
        {"index.md": (("1. mars", "3. mars"), ("en dag", "to dager")), "alarm.md": (("rolig", "stille"),)},
    )
    _change(
        source,
        commit,
        {
            "index.md": (("1. mars", "1. april"), ("gratis", "gratis for alle")),
            "alarm.md": (("straks", "med en gang"),),
        },
    )
    done = run(root, "update", "brann")
    assert done.exit_code == 0, done.err
    return root


def test_an_update_leaves_questions_that_answers_close_and_undo_opens_again(updated: Path, run: Run) -> None:
    asked = run(updated, "resolve", "brann", "--json").report
    before = (updated / STORED).read_bytes()

    assert [(one["path"], one["why"], one["heading"]) for one in asked["questions"]] == [
        ("index.md", "facts", "Oppmøte")
    ]
    assert [(one["path"], one["how"]) for one in asked["reviews"]] == [
        ("index.md", "sentence"),
        ("alarm.md", "sentence"),
    ]
    assert "Ring 110 med en gang. Gå stille ut" in (updated / COURSE / "alarm.md").read_text(encoding="utf-8")
    assert "varer to dager. Det er gratis.\n" in (updated / COURSE / "index.md").read_text(encoding="utf-8")

    answered = run(updated, "resolve", "brann", "--answer", "1=theirs", "--take-back", "2")

    assert answered.exit_code == 0, answered.err
    text = (updated / COURSE / "index.md").read_text(encoding="utf-8")
    assert "Kurset varer to dager. Det er gratis for alle.\n" in text
    assert "Møt opp 1. april" in text
    assert "Ring 110 straks. Gå stille ut" in (updated / COURSE / "alarm.md").read_text(encoding="utf-8")
    assert not (updated / STORED).exists()
    assert "up to date" in run(updated, "update", "brann").out

    undone = run(updated, "undo", "brann")

    assert undone.exit_code == 0, undone.err
    assert (updated / STORED).read_bytes() == before
    tree = ["git", "diff", "--stat", "HEAD~2", "HEAD"]
    assert subprocess.run(tree, cwd=updated, capture_output=True, text=True, check=True).stdout == ""
