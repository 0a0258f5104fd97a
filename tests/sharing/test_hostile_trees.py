"""Trees that no checkout would make, built by plumbing: none of them writes a file, and each is named for what it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.sharing.limits import Limits
from kompetanse.sharing.snapshot import Entry
from kompetanse.sharing.vet import Verdict, left_out, refused, vet_contents, vet_paths

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 99999999999\n"
PAGE, LINK, OUT = b"# Kurs\n", b"/etc/passwd", b"../../.git"
CONFIG: Sequence[Any] = [("100644", b"config", b"[core]\n\tfsmonitor = id\n")]


def _nested(depth: int) -> Any:
    """Return a page in so many folders."""
    return [("40000", b"d", _nested(depth - 1))] if depth else [("100644", b"x.md", PAGE)]


TREES: dict[str, tuple[str, Sequence[tuple[str, bytes, Any]]]] = {
    "symlink to a file": ("symbolic link", [("120000", b"bilde.png", LINK)]),
    "symlink to a folder": ("symbolic link", [("120000", b"bilder", OUT)]),
    "submodule": ("submodule", [("160000", b"sub", "1" * 40)]),
    "dot dot": ("refused", [("40000", b"..", [("100644", b"x.md", PAGE)])]),
    "dot": ("refused", [("40000", b".", [("100644", b"x.md", PAGE)])]),
    ".git": ("refused", [("40000", b".git", CONFIG)]),
    ".GIT": ("refused", [("40000", b".GIT", CONFIG)]),
    "git~1": ("refused", [("40000", b"git~1", CONFIG)]),
    ".git with a zero-width sign": ("refused", [("40000", b".g\xe2\x80\x8cit", CONFIG)]),
    "slash in a name": ("refused", [("100644", b"a/b.md", PAGE)]),
    "absolute": ("refused", [("100644", b"/etc/x.md", PAGE)]),
    "duplicate entry": ("refused", [("100644", b"index.md", b"other")]),
    "backslash": ("signs", [("100644", b"..\\..\\x.md", PAGE)]),
    "drive letter": ("signs", [("100644", b"C:x.md", PAGE)]),
    "case collision": ("one name with", [("100644", b"Index.md", PAGE)]),
    "case collision of folders": (
        "one name with",
        [
            ("40000", b"Bilder", [("100644", b"a.md", PAGE)]),
            ("40000", b"bilder", [("100644", b"b.md", PAGE)]),
        ],
    ),
    "unicode collision": (
        "one name with",
        [("100644", "å.md".encode(), PAGE), ("100644", b"a\xcc\x8a.md", PAGE)],
    ),
    "reserved on Windows": ("Windows", [("100644", b"aux", PAGE), ("100644", b"con.md", PAGE)]),
    "trailing dot and space": ("ends with", [("100644", b"bilde.png. ", PAGE)]),
    "newline": ("control character", [("100644", b"a\nb.md", PAGE)]),
    "escape": ("control character", [("100644", b"a\x1b[2Jb.md", PAGE)]),
    "bidi override": ("turns the text round", [("100644", b"rapport\xe2\x80\xaegnp.md", PAGE)]),
    "not UTF-8": ("not UTF-8", [("100644", b"\xff\xfe.md", PAGE)]),
    "leading dash": ("like an option", [("100644", b"--upload-pack=touch x", PAGE)]),
    "long path": ("longer than", [("100644", b"a" * 201, PAGE)]),
    "hundred folders": ("deeper than", [("40000", b"d", _nested(99))]),
    ".gitattributes": ("left-out", [("100644", b".gitattributes", b"* filter=pwn export-subst\n")]),
    ".gitmodules with CR": ("left-out", [("100644", b".gitmodules", b'[submodule "a\r"]\n\tpath = a\r\n')]),
    "LFS pointer": ("ask", [("100644", b"video.mp4", POINTER)]),
    "exec bit": ("fine", [("100755", b"run.sh", b"#!/bin/sh\nid\n")]),
}
"""Case → what must be said (`refused`: at the fetch), and the tree's entries besides index.md: mode, name, content."""


def _tree(source: Any, entries: Sequence[tuple[str, bytes, Any]]) -> str:
    """Write a tree object in git's order, otherwise as it is given: nothing is checked."""
    raw = b""
    for mode, name, content in sorted(entries, key=lambda one: one[1] + b"/" * (one[0] == "40000")):
        raw += mode.encode() + b" " + name + b"\0" + bytes.fromhex(_object(source, content))
    return str(source.git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", feed=raw))


def _object(source: Any, content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, bytes):
        return str(source.git("hash-object", "-w", "--stdin", feed=content))
    return _tree(source, content)


def _published(source: Any, entries: Sequence[tuple[str, bytes, Any]]) -> None:
    commit = source.git("commit-tree", _tree(source, [*entries, ("100644", b"index.md", PAGE)]), "-m", "evil")
    source.git("update-ref", "refs/heads/main", commit)


def _verdict(store: Any, now: Any) -> str:
    """Fetch and judge as a fork does, and return what is said."""
    try:
        entries = store.snapshot(store.refresh(now)).entries
    except KompetanseError as error:
        return f"refused: {error}"
    found = vet_paths(entries.values())
    if refused(found):
        return "; ".join(map(str, refused(found)))
    wanted = [entry for path, entry in entries.items() if path not in left_out(found)]
    read = store.read(entry.oid for entry in wanted)
    found += vet_contents({entry.path: read[entry.oid] for entry in wanted})
    return "; ".join(f"{one.verdict} {one}" for one in found) or "fine"


@pytest.mark.parametrize("case", TREES)
def test_every_hostile_tree_meets_a_wall(case: str, foreign: Any, store: Any, tmp_path: Path, now: Any):
    says, entries = TREES[case]
    _published(foreign, entries)

    said = _verdict(store(foreign.folder), now)

    assert says in said
    assert said.isprintable(), "what is told cannot steer a terminal"
    assert [path.name for path in tmp_path.rglob("*.md")] == []


@pytest.mark.parametrize("case", ["dot dot", ".git", ".GIT", "git~1", ".git with a zero-width sign"])
def test_the_second_wall_holds_without_the_first(case: str):
    path = PurePosixPath(TREES[case][1][0][1].decode(), "x.md")

    assert refused(vet_paths([Entry(path, "0" * 40, "100644")]))


def test_a_tree_that_repeats_itself_ends_at_the_limit(foreign: Any, store: Any, now: Any):
    oid = _tree(foreign, [("100644", b"%02d.md" % i, PAGE) for i in range(10)])
    for _ in range(8):
        oid = _tree(foreign, [("40000", b"%02d" % i, oid) for i in range(10)])
    foreign.git("update-ref", "refs/heads/main", foreign.git("commit-tree", oid, "-m", "bomb"))
    opened = store(foreign.folder, Limits(paths=5000))
    head = opened.refresh(now)

    with pytest.raises(KompetanseError, match="more than 5000 files"):
        _ = opened.snapshot(head).entries


def test_too_many_files_of_a_course_are_refused_before_any_is_read():
    entries = [Entry(PurePosixPath(f"{i}.md"), "0" * 40, "100644") for i in range(501)]

    assert [one.verdict for one in vet_paths(entries)] == [Verdict.REFUSE]
    assert vet_paths(entries[:500]) == ()
