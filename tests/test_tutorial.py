"""The ten minutes of docs/authors.md are carried out, word for word."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kompetanse.cli import main
from kompetanse.commands.place import today
from kompetanse.staging import Staged, staged

AUTHORS = Path(__file__).parent.parent / "docs" / "authors.md"
_STEP = re.compile(
    r"(?:^<!-- (keys|body|delete):? ?(\S*) -->\n)?^```(sh|yaml|markdown)\n(.*?^)```$",
    re.MULTILINE | re.DOTALL,
)


def steps() -> Iterator[tuple[str, str, str]]:
    """Yield what the reader does: `sh`, `keys`, `body` or `delete`, the file it is done in, and the text."""
    text = AUTHORS.read_text(encoding="utf-8")
    tutorial = text[
        text.index("## Write a course in ten minutes") : text.index("## File names and addresses")
    ]
    for what, path, language, block in _STEP.findall(tutorial):
        yield what or language, path, block


def run(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Carry out one line of the terminal; the preview would never end."""
    words = shlex.split(line)
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[:2] != ["kompetanse", "serve"]:
        done = main(words[1:]) if words[0] == "kompetanse" else subprocess.run(words, check=False).returncode
        assert done == 0, line


def with_keys(text: str, keys: str) -> str:
    """Return `text` with a key of its front matter, and what is indented under it, replaced."""
    name = keys.partition(":")[0]
    found, times = re.subn(
        rf"^{name}:.*\n(?:(?: |- ).*\n)*", lambda _: keys, text, count=1, flags=re.MULTILINE
    )
    assert times == 1, f"there is no key {name}"
    return found


def with_body(text: str, body: str) -> str:
    """Return `text` with what stands under its front matter replaced."""
    front, fence, _ = text.partition("\n---\n")
    assert fence, "there is no front matter"
    return f"{front}{fence}\n{body}"


def edit(what: str, path: Path, block: str) -> None:
    """Do in the editor what the page says."""
    change = with_body if what == "body" else with_keys
    path.write_text(change(path.read_text(encoding="utf-8"), block), encoding="utf-8")


@pytest.fixture
def finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Staged:
    """The region that a reader has after ten minutes."""
    monkeypatch.chdir(tmp_path)
    for what, path, block in steps():
        if what == "sh":
            for line in block.splitlines():
                run(line, monkeypatch)
        elif what == "delete":
            for file in Path.cwd().glob("content/**/*.md"):
                file.write_text(file.read_text(encoding="utf-8").replace(block, ""), encoding="utf-8")
        else:
            edit(what, Path.cwd() / path, block)
    return staged(Path.cwd(), "content", today())


def test_the_tutorial_ends_in_a_region_without_errors(finished: Staged):
    assert {problem.code for problem in finished.reading.problems} == {"statement-missing"}


def test_the_tutorial_publishes_all_that_it_writes(finished: Staged):
    pages = {file.path: file.text for file in finished.stage.files}

    module = pages["kurs/first-aid-at-work/01-when-somebody-collapses/index.md"]
    assert "Put the phone on speaker" in module, "the shared section is brought in"
    assert "kmp-quiz" in module
    assert "First aid at work" in pages["roller/caretaker/index.md"]
    assert "Caretaker" in pages["kompetanser/first-aid/index.md"]
    assert {item.status for item in finished.catalogue.items.values()} == {"published"}


def test_the_tutorial_ends_with_everything_committed(finished: Staged):
    said = subprocess.run(["git", "status", "--porcelain"], check=True, capture_output=True, text=True)

    assert said.stdout == ""
