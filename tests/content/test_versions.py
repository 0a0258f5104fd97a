"""Which version of a course a fork takes: the same files give the same hash anywhere; the commit is the last that changed any."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from kompetanse.content.reading import read_region_at
from kompetanse.content.versions import versions
from kompetanse.git.history import read_history
from kompetanse.model.item import ItemId
from kompetanse.model.version import Version

Region = Callable[[Mapping[str, str | bytes]], Path]
Commit = Callable[[Path], Path]

COURSE = "---\ntype: course\nid: {id}\ntitle: K\nmodules: [01.md, felles]\n---\n![Kart](kart.png)\n"
FILES: dict[str, str | bytes] = {
    "content/kurs/k/index.md": COURSE.format(id="k"),
    "content/kurs/k/01.md": '---\ntype: module\nid: en\ntitle: En\n---\n--8<-- "innhenta"\n',
    "content/kurs/k/kart.png": b"\x89PNG",
    "content/moduler/felles.md": "---\ntype: module\nid: felles\ntitle: F\n---\nTekst.\n",
    "content/moduler/innhenta.md": "---\ntype: module\nid: innhenta\ntitle: I\n---\nTekst.\n",
    "content/moduler/annet.md": "---\ntype: module\nid: annet\ntitle: A\n---\nTekst.\n",
}


def version(root: Path, id_: str = "k") -> Version:
    library = read_region_at(root, "content", date(2026, 11, 24)).library
    return versions(library, root, read_history(root))[ItemId(id_)]


def head(root: Path) -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def change(root: Path, commit: Commit, path: str, text: str | None) -> str:
    if text is None:
        (root / path).unlink()
    else:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return head(commit(root))


def test_the_hash_is_that_of_the_files_and_the_commit_the_last_that_changed_one(
    region: Region, commit: Commit
) -> None:
    root = region(FILES)
    first = version(root)

    change(root, commit, "content/moduler/annet.md", "---\ntype: module\nid: annet\ntitle: A\n---\nNy.\n")
    same = version(root)
    second = change(
        root, commit, "content/moduler/innhenta.md", "---\ntype: module\nid: innhenta\ntitle: I\n---\nNy.\n"
    )
    other = version(root)

    assert first == same
    assert other.commit == second
    assert other.hash != first.hash


def test_what_is_deleted_from_the_folder_is_a_change(region: Region, commit: Commit) -> None:
    root = region({**FILES, "content/kurs/k/vedlegg.pdf": b"%PDF"})
    before = version(root)

    last = change(root, commit, "content/kurs/k/vedlegg.pdf", None)

    assert version(root).hash != before.hash
    assert version(root).commit == last


def test_what_is_the_regions_own_changes_nothing(region: Region, commit: Commit) -> None:
    root = region(FILES)
    before = version(root)

    for name in ("origin.yml", "local.yml", "index.local.md", ".hidden"):
        change(root, commit, f"content/kurs/k/{name}", "a: b\n")
    meeting = "---\ntype: session\nid: s\ntitle: S\ncourse: k\nstarts: 2027-01-12T09:00\nends: 2027-01-12T10:00\n---\n"
    change(root, commit, "content/kurs/k/samling.md", meeting)

    assert version(root).hash == before.hash


def test_a_copy_in_another_folder_has_the_same_hash_when_all_lies_in_the_folder(region: Region) -> None:
    alone = {
        "index.md": "---\ntype: course\nid: {id}\ntitle: K\n---\nTekst.\n",
        "01.md": "---\ntype: module\ntitle: M\n---\n",
    }
    here = {f"content/kurs/a/{name}": text.replace("{id}", "a") for name, text in alone.items()}
    there = {f"content/andre/b/{name}": text.replace("{id}", "a") for name, text in alone.items()}

    root = region(here)
    first = version(root, "a").hash
    (root / "content/andre").mkdir()
    (root / "content/kurs/a").rename(root / "content/andre/b")

    assert there.keys() == {str(path.relative_to(root)) for path in root.glob("content/andre/b/*")}
    assert version(root, "a").hash == first


def test_outside_of_git_there_is_a_hash_and_no_commit(tmp_path: Path) -> None:
    (tmp_path / "content/k").mkdir(parents=True)
    (tmp_path / "content/k/index.md").write_text(
        "---\ntype: course\nid: k\ntitle: K\n---\n", encoding="utf-8"
    )

    found = version(tmp_path)

    assert (found.commit, found.moment) == (None, None)
    assert found.hash.startswith("sha256:")
