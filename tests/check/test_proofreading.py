"""The words of files are read in place or by a second process, and both find the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import pytest

from kompetanse.content import files, proofreading
from kompetanse.content.frontmatter import Source, split
from kompetanse.content.proofreading import begin

Region = Callable[[Mapping[str, str | bytes]], Path]


def test_a_second_process_finds_what_is_found_in_place(region: Region, monkeypatch: pytest.MonkeyPatch):
    root = region(
        {
            "content/a.md": "---\ntitle: A\n---\n\n## Del\n\n#### Sprang\n",
            "content/b.md": "---\ntitle: B\n---\n\n<script>1</script>\n",
            "content/c.md": "Tekst.\n",
        }
    )
    paths = [PurePosixPath(f"content/{name}.md") for name in "abc"]
    sources = [split(path, str(files.read(root, path))) for path in paths]

    in_place = begin(root, paths)(one for one in sources if isinstance(one, Source))
    monkeypatch.setattr(proofreading, "MANY", 1)
    beside = begin(root, paths)(())

    assert [problem.code for problem in in_place] == ["heading-jump", "active-html"]
    assert beside == in_place
