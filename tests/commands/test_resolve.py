"""`kompetanse resolve`: a person answers, one commit holds what comes of it, and nothing is written before."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.commands import adopted

from kompetanse.content.origin import read_origin
from kompetanse.messages import text
from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base
from kompetanse.sharing import questions
from kompetanse.sharing.merge import Why
from kompetanse.sharing.questions import Asked

Region = Callable[..., Path]
Run = Callable[..., Any]
RECORD = adopted.COURSE / "origin.yml"
STORED = questions.path_of("brann")


@pytest.fixture
def root(region: Region) -> Path:
    """A region whose course waits for answers."""
    return adopted.waiting(region)


def _head(root: Path) -> str:
    return _git(root, "rev-parse", "HEAD").strip()


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


def _text(root: Path, path: Any) -> str:
    found: str = (root / adopted.COURSE / path).read_text(encoding="utf-8")
    return found


def test_what_waits_is_listed_in_plain_words_and_nothing_is_written(root: Path, run: Run) -> None:
    before = _head(root)

    done = run(root, "resolve", "brann", "--list")

    assert done.exit_code == 0, done.err
    assert "Spørsmål 1 av 4 · gammel.md · Hele filen" in done.out
    assert "Dere har endret filen, kilden har slettet den." in done.out
    assert "Spørsmål 2 av 4 · index.md · Opplysning: title" in done.out
    assert "Under «Oppmøte»" in done.out
    assert "Begge har endret et tall, en dato, en adresse eller et «ikke»." in done.out
    assert "Møt opp {+3+}[-1-]. mars" in done.out or "[-1-]{+3+}" in done.out
    assert [word for word in ("HEAD", "theirs", "merge", "rebase") if word in done.out] == []
    assert _head(root) == before


def test_what_waits_is_given_to_programs(root: Path, run: Run) -> None:
    found = run(root, "resolve", "brann", "--json").report

    assert [(one["number"], one["path"], one["sort"], one["choices"]) for one in found["questions"]] == [
        (1, "gammel.md", "file", ["ours", "theirs"]),
        (2, "index.md", "key", ["ours", "theirs", "own"]),
        (3, "index.md", "text", ["ours", "theirs", "both", "own"]),
        (4, "plan.png", "file", ["ours", "theirs"]),
    ]
    assert [(one["number"], one["path"], one["how"]) for one in found["reviews"]] == [
        (1, "index.md", "sentence"),
        (2, "alarm.md", "word"),
    ]


def test_all_answers_make_one_commit_with_files_bases_and_record(root: Path, run: Run) -> None:
    done = run(
        root,
        "resolve",
        "brann",
        *(f"--answer={one}" for one in ("1=theirs", "2=ours", "3=both", "4=theirs")),
        "--looked-over",
    )

    assert done.exit_code == 0, done.err
    written = _text(root, "index.md")
    assert "title: Brannvern hos oss\n" in written
    assert "Kurset varer to dager. Det er gratis for alle.\n" in written
    assert "Møt opp 3. mars på brannstasjonen.\n\nMøt opp 1. april på brannstasjonen.\n" in written
    assert not (root / adopted.COURSE / "gammel.md").exists()
    assert (root / adopted.COURSE / "plan.png").read_bytes() == adopted.GIVEN[adopted.PICTURE]
    assert not (root / STORED).exists()
    record, problems = read_origin(root, RECORD)
    assert problems == ()
    assert record
    assert record.pending is None
    assert record.history[-1].did == "resolve"
    assert record.files[adopted.INDEX].oid == blob_id(adopted.THEIRS.encode())
    assert adopted.OLD not in record.files
    assert (root / ".kompetanse/base/brann/index.md").read_text(encoding="utf-8") == adopted.THEIRS
    assert not (root / ".kompetanse/base/brann/gammel.md").exists()
    assert "Kompetanse: resolve brann" in _git(root, "log", "-1", "--format=%B")
    assert _git(root, "status", "--porcelain") == ""


def test_a_file_with_an_open_place_stays_as_ours(root: Path, run: Run) -> None:
    done = run(root, "resolve", "brann", "--answer", "1=ours", "--answer", "2=theirs")

    assert done.exit_code == 0, done.err
    assert _text(root, "index.md") == adopted.OURS
    assert _text(root, "gammel.md") == "Gammelt, men vaart.\n"
    record, _ = read_origin(root, RECORD)
    assert record
    assert record.pending
    assert record.pending.files == (adopted.INDEX, adopted.PICTURE)
    assert adopted.OLD not in record.files
    assert set(questions.read("brann", (root / STORED).read_bytes()).files) == {
        adopted.INDEX,
        adopted.PICTURE,
    }
    assert "3 spørsmål er ikke besvart" in done.out


def test_an_edit_in_the_meantime_counts(root: Path, run: Run, commit: Callable[[Path], Path]) -> None:
    edited = adopted.OURS.replace("3. mars", "1. april").replace(
        "title: Brannvern hos oss", "title: Brannvern for alle"
    )
    (root / adopted.COURSE / "index.md").write_text(edited, encoding="utf-8")
    commit(root)

    done = run(root, "resolve", "brann", "--answer", "1=ours", "--answer", "2=ours")

    assert done.exit_code == 0, done.err
    assert _text(root, "index.md") == edited.replace("gratis", "gratis for alle")
    assert (root / adopted.COURSE / "plan.png").read_bytes() == adopted.MINE[adopted.PICTURE]
    assert "Lagret: 3 filer." in done.out


def test_what_edits_have_settled_is_closed_without_a_question(
    root: Path, run: Run, commit: Callable[[Path], Path]
) -> None:
    for path, data in adopted.GIVEN.items():
        if data is None:
            (root / adopted.COURSE / path).unlink()
        else:
            (root / adopted.COURSE / path).write_bytes(data)
    commit(root)

    done = run(root, "resolve", "brann")

    assert done.exit_code == 0, done.err
    assert "Lagret: 3 filer." in done.out
    record, _ = read_origin(root, RECORD)
    assert record
    assert record.pending is None
    assert record.files[adopted.INDEX].oid == blob_id(adopted.THEIRS.encode())


def test_what_was_merged_automatically_can_be_taken_back(root: Path, run: Run) -> None:
    answers = [f"--answer={number}=ours" for number in (2, 3)]

    done = run(root, "resolve", "brann", *answers, "--take-back", "1", "--take-back", "2")

    assert done.exit_code == 0, done.err
    assert "Kurset varer to dager. Det er gratis.\n" in _text(root, "index.md")
    assert "Ring 110 straks. Gå ut.\n" in _text(root, "alarm.md")


def test_what_was_merged_and_then_edited_is_not_taken_back(
    root: Path, run: Run, commit: Callable[[Path], Path]
) -> None:
    (root / adopted.COURSE / "alarm.md").write_text("Noe annet.\n", encoding="utf-8")
    commit(root)

    done = run(root, "resolve", "brann", "--take-back", "2")

    assert done.exit_code == 1
    assert "«Ring 110 straks. Gå rolig ut.» was changed since" in done.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--answer", "1=begge"], "is no answer"),
        (["--answer", "x=ours"], "is no answer"),
        (["--answer", "9=ours"], "There is no question 9. They are numbered from 1 to 4"),
        (["--take-back", "7"], "There is no merged place 7"),
        ([], "Nobody can be asked here"),
    ],
)
def test_answers_that_make_no_sense_change_nothing(root: Path, run: Run, given: list[str], said: str) -> None:
    before = _head(root)

    done = run(root, "resolve", "brann", *given)

    assert done.exit_code == 2
    assert said in done.err
    assert _head(root) == before


def test_an_answer_that_a_question_does_not_take_is_refused(root: Path, run: Run) -> None:
    done = run(root, "resolve", "brann", "--answer", "1=ours", "--answer", "2=both", "--answer", "3=ours")

    assert done.exit_code == 1
    assert "Question 2 cannot be answered with both. Choose one of: ours, theirs, own" in done.err


def test_a_file_whose_place_is_taken_can_only_be_left_and_changes_no_base(
    root: Path, run: Run, commit: Callable[[Path], Path]
) -> None:
    asked = adopted.asked()
    theirs = Asked("place-taken", b"Annet.\n", Base(blob_id(b"Annet.\n")))
    (root / STORED).write_bytes(questions.text(replace(asked, files={adopted.ALARM: theirs}, reviews={})))
    commit(root)
    base = (root / ".kompetanse/base/brann/alarm.md").read_bytes()

    refused = run(root, "resolve", "brann", "--answer", "1=theirs")
    done = run(root, "resolve", "brann", "--answer", "1=ours")

    assert refused.exit_code == 1
    assert done.exit_code == 0, done.err
    assert (root / ".kompetanse/base/brann/alarm.md").read_bytes() == base
    assert _text(root, "alarm.md") == adopted.MODULE_OURS
    record, _ = read_origin(root, RECORD)
    assert record
    assert record.files[adopted.ALARM].oid == blob_id(base)
    assert not (root / STORED).exists()


def test_a_dirty_file_is_not_written_over(root: Path, run: Run) -> None:
    (root / adopted.COURSE / "gammel.md").write_text("Ikke lagret i git.\n", encoding="utf-8")

    done = run(root, "resolve", "brann", "--answer", "1=theirs")

    assert done.exit_code == 1
    assert "gammel.md" in done.err
    assert _text(root, "gammel.md") == "Ikke lagret i git.\n"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:40], "it is no JSON"),
        (lambda data: data.replace(b'"version": 1', b'"version": 2'), "newer kompetanse"),
        (lambda data: data.replace(b'"index.md"', b'"../../index.md"'), "is damaged"),
        (lambda data: data.replace(b"for alle", b"for noen"), "do not belong together"),
        (lambda data: data.replace(b'"course": "brann"', b'"course": "bronn"'), "another course"),
        (lambda data: b"[]", "is damaged"),
        (lambda data: b'{"version": 1, "files": {"a": 1}}', "is damaged"),
    ],
)
def test_damaged_questions_are_told_of_and_never_guessed_at(
    root: Path, run: Run, commit: Callable[[Path], Path], damage: Callable[[bytes], bytes], said: str
) -> None:
    stored = root / STORED
    stored.write_bytes(damage(stored.read_bytes()))
    commit(root)

    done = run(root, "resolve", "brann", "--list")

    assert done.exit_code == 1, done.out
    assert said in done.err


WHYS = (
    "both-added",
    "deleted-here",
    "deleted-there",
    "place-taken",
    "file-and-folder",
    "base-gone",
    "not-here",
)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_reason_has_words_in_every_language(language: str) -> None:
    told = [text(language, f"why.{why}") for why in (*Why, *WHYS)]
    told += [
        text(language, f"how.{how}") for how in ("value", "line", "sentence", "word", "space", "contained")
    ]

    assert len(set(told)) == len(told)


def test_the_stored_questions_are_the_same_bytes_each_time() -> None:
    data = questions.text(adopted.asked())

    assert questions.text(questions.read("brann", data)) == data
    assert json.loads(data)["files"]["plan.png"]["base64"]


def test_nothing_waits_in_a_course_without_questions(
    root: Path, run: Run, commit: Callable[[Path], Path]
) -> None:
    (root / STORED).unlink()
    commit(root)

    done = run(root, "resolve", "brann")

    assert done.exit_code == 0
    assert "Ingenting venter på svar i brann." in done.out


def _dialogue(root: Path, typed: list[str], columns: int) -> tuple[str, int]:
    """Run the command on a terminal, type each line when it asks, and return all that it showed and its exit code."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "40", "TERM": "xterm-256color"}
    environment = {name: value for name, value in environment.items() if name not in {"EDITOR", "VISUAL"}}
    command = [sys.executable, "-m", "kompetanse", "resolve", "brann"]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        os.write(master, "".join(f"{line}\n" for line in typed).encode())
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                more = os.read(master, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
        code = process.wait()
    os.close(master)
    return shown.decode(), code


def test_a_person_answers_on_a_real_terminal(root: Path) -> None:
    typed = ["1", "3", "Brannvern: for alle", ".", "4", "Møt opp 2. mai.", ".", "3", "2"]

    shown, code = _dialogue(root, typed, 120)

    assert code == 0, shown
    assert "Slik det var" in shown
    assert "\x1b[32m" in shown
    assert "1 Behold vår  2 Ta kildens  3 Skriv selv  4 Hopp over" in shown
    written = _text(root, "index.md")
    assert "title: 'Brannvern: for alle'\n" in written
    assert "Møt opp 2. mai.\n" in written
    assert "Ring 110 straks. Gå ut.\n" in _text(root, "alarm.md")
    assert (root / adopted.COURSE / "plan.png").read_bytes() == adopted.MINE[adopted.PICTURE]
    assert (root / STORED).exists()
