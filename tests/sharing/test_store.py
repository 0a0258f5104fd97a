"""What we keep of a source, on real repositories: partial, verified, safe from what the source does later."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.sharing.address import RefusedError
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.limits import Limits
from kompetanse.sharing.past import News
from kompetanse.sharing.store import Store
from kompetanse.sharing.vet import vet_contents

A, B = PurePosixPath("kurs/x/index.md"), PurePosixPath("kurs/x/bilder/æ å.png")


def _objects(store: Store, kind: str) -> int:
    """Count what a store's repository holds."""
    said = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"],
        cwd=store.folder / "git",
        capture_output=True,
        check=True,
        text=True,
    )
    return said.stdout.split().count(kind)


def test_a_new_source_costs_one_commit_and_no_contents(foreign: Any, store: Any, now: Any):
    foreign.commit({str(A): "# En\n"})
    newest = foreign.commit({str(A): "# To\n", str(B): b"\x89PNG"})
    opened = store(foreign.folder)

    assert (opened.head, opened.last_seen) == (None, None)
    assert opened.refresh(now) == newest == opened.head
    assert (opened.news, opened.last_seen) == (News.FIRST, now)
    assert list(opened.snapshot(newest).entries) == [B, A]
    assert (_objects(opened, "commit"), _objects(opened, "blob")) == (1, 0)


def test_contents_come_in_one_request_and_stay(foreign: Any, store: Any, now: Any, tmp_path: Path):
    head = foreign.commit({str(A): "# En\n", str(B): b"\x89PNG", "annet.md": "x"})
    opened = store(foreign.folder)
    snapshot = opened.snapshot(opened.refresh(now))
    oids = {path: snapshot.entries[path].oid for path in (A, B)}

    read = snapshot.read(oids.values())
    foreign.folder.rename(tmp_path / "gone")

    assert {path: read[oid] for path, oid in oids.items()} == {A: b"# En\n", B: b"\x89PNG"}
    assert sorted(path.name for path in opened.folder.iterdir()) == ["blobs.sqlite", "git", "lock", "seen"]
    assert store(foreign.folder).snapshot(head).read(oids.values()) == read


def test_a_base_commit_is_fetched_by_its_id_and_kept(foreign: Any, store: Any, now: Any, tmp_path: Path):
    base = foreign.commit({str(A): "# En\n"})
    foreign.commit({str(A): "# To\n"})
    opened = store(foreign.folder)
    opened.refresh(now)

    opened.fetch_commit(base)
    foreign.folder.rename(tmp_path / "gone")

    assert opened.fetch_commit(base) == base
    assert opened.tree_of(base, "kurs") != opened.tree_of(opened.head, "kurs")
    assert opened.tree_of(base, "finnes/ikke") is None
    assert _objects(opened, "commit") == 2


def test_a_source_that_is_gone_leaves_all_that_was_kept(foreign: Any, store: Any, now: Any, tmp_path: Path):
    head = foreign.commit({str(A): "# En\n"})
    store(foreign.folder).refresh(now)
    foreign.folder.rename(tmp_path / "gone")
    opened = store(foreign.folder)

    with pytest.raises(SourceError, match="gone, renamed or private"):
        opened.refresh(now)

    assert (opened.head, opened.last_seen) == (head, now)
    assert list(opened.snapshot(head).entries) == [A]


def test_a_force_push_is_followed_and_the_base_stays(foreign: Any, store: Any, now: Any):
    first = foreign.commit({str(A): "# En\n", "b.md": "b"})
    foreign.commit({"c.md": "c"})
    opened = store(foreign.folder)
    opened.fetch_commit(opened.refresh(now))
    old = opened.head
    foreign.git("reset", "--quiet", "--hard", first)
    new = foreign.commit({"d.md": "d"})
    foreign.git("reflog", "expire", "--expire=now", "--all")
    foreign.git("gc", "--quiet", "--prune=now")

    assert opened.refresh(now) == new
    assert opened.news is News.REWRITTEN
    assert opened.fetch_commit(old) == old


def test_an_older_version_is_taken_only_when_a_person_says_so(foreign: Any, store: Any, now: Any):
    first = foreign.commit({str(A): "# En\n"})
    second = foreign.commit({str(A): "# To\n"})
    opened = store(foreign.folder)
    opened.refresh(now)
    foreign.git("reset", "--quiet", "--hard", first)

    with pytest.raises(SourceError, match="gone back to an older version"):
        opened.refresh(now)
    assert opened.head == second

    assert opened.refresh(now, accept=True) == first == opened.head


def test_another_history_with_other_files_is_taken_only_when_a_person_says_so(
    foreign: Any, store: Any, now: Any
):
    old = foreign.commit({str(A): "# En\n"})
    opened = store(foreign.folder)
    opened.refresh(now)
    new = foreign.begin_anew({"noe/annet.md": "# Noe helt annet\n"})

    for _ in range(2):
        with pytest.raises(SourceError, match="another history, with other files"):
            opened.refresh(now)
    assert opened.head == old

    assert opened.refresh(now, accept=True) == new


def test_a_source_that_began_its_history_anew_with_its_files_is_still_itself(
    foreign: Any, store: Any, now: Any
):
    files = {str(A): "# En\n", "b.md": "b"}
    foreign.commit(files)
    opened = store(foreign.folder)
    opened.refresh(now)
    foreign.begin_anew({**files, "c.md": "c"})

    opened.refresh(now)

    assert opened.news is News.REWRITTEN


def test_versions_of_a_file_are_told_from_the_history(foreign: Any, store: Any, now: Any):
    commits = [foreign.commit({str(A): f"# {word}\n"}) for word in ("En", "To")]
    foreign.commit({"annet.md": "x"})
    commits.append(foreign.commit({str(A): "# Tre\n"}, "Rett en feil"))
    opened = store(foreign.folder)
    opened.refresh(now)

    versions = opened.versions(A)

    assert [one.commit for one in versions] == commits
    assert [opened.read([one.oid])[one.oid] for one in versions] == [b"# En\n", b"# To\n", b"# Tre\n"]
    since = opened.commits(commits[1], "kurs/x")
    assert [(one.commit, one.subject) for one in since] == [(commits[2], "Rett en feil")]
    assert opened.commits(opened.head, "kurs/x") == ()


def test_a_version_that_only_a_merge_made_is_told(foreign: Any, store: Any, now: Any):
    rows = [f"Linje {i}\n" for i in range(9)]
    foreign.commit({str(A): "".join(rows)})
    foreign.git("checkout", "--quiet", "-b", "side")
    foreign.commit({str(A): "".join(["Først\n", *rows[1:]])})
    foreign.git("checkout", "--quiet", "main")
    foreign.commit({str(A): "".join([*rows[:-1], "Sist\n"])})
    foreign.git("merge", "--quiet", "-m", "Merge", "side")
    opened = store(foreign.folder)
    opened.refresh(now)

    versions = opened.versions(A)

    assert len(versions) == 4
    assert opened.snapshot(opened.head).entries[A].oid == versions[-1].oid


def test_a_branch_is_followed_when_the_record_names_one(foreign: Any, store: Any, now: Any):
    main = foreign.commit({str(A): "# En\n"})
    foreign.git("checkout", "--quiet", "-b", "v2")
    foreign.commit({str(A): "# To\n"})

    assert store(foreign.folder, branch="main").refresh(now) == main
    with pytest.raises(SourceError, match="no branch of that name"):
        store(foreign.folder, branch="v3").refresh(now)


def test_an_empty_source_is_said_to_be_empty(foreign: Any, store: Any, now: Any):
    with pytest.raises(SourceError, match="has no commit"):
        store(foreign.folder).refresh(now)


def test_a_file_above_the_limit_of_a_transfer_ends_it_and_leaves_nothing(foreign: Any, store: Any, now: Any):
    foreign.commit({"video.bin": os.urandom(3_000_000)})
    opened = store(foreign.folder, Limits(transfer=1_000_000))
    snapshot = opened.snapshot(opened.refresh(now))

    with pytest.raises(KompetanseError, match="larger than the limit of one transfer"):
        snapshot.read(snapshot.entries.oids)

    left = [path.name for path in (opened.folder / "git").rglob("tmp_*")]
    assert (left, list(opened.folder.glob("blobs*"))) == ([], [])


def test_a_file_that_swells_when_it_is_unpacked_is_never_read(foreign: Any, store: Any, now: Any):
    foreign.commit({"null.bin": bytes(5_000_000)})
    opened = store(foreign.folder, Limits(blob=1_000_000))
    snapshot = opened.snapshot(opened.refresh(now))

    with pytest.raises(RefusedError, match="5000000 bytes is above the limit"):
        snapshot.read(snapshot.entries.oids)


def test_a_damaged_file_of_the_store_comes_anew(foreign: Any, store: Any, now: Any):
    foreign.commit({str(A): "# En\n"})
    opened = store(foreign.folder)
    snapshot = opened.snapshot(opened.refresh(now))
    (oid,) = snapshot.entries.oids
    snapshot.read([oid])
    with closing(sqlite3.connect(opened.folder / "blobs.sqlite")) as base, base:
        base.execute("UPDATE bundle SET data = ?", (zlib.compress(b"# Andre ord\n"),))

    assert snapshot.read([oid]) == {oid: b"# En\n"}
    assert store(foreign.folder).snapshot(snapshot.commit).read([oid]) == {oid: b"# En\n"}


def test_what_is_kept_is_made_anew_when_it_is_no_database(foreign: Any, store: Any, now: Any):
    foreign.commit({str(A): "# En\n"})
    opened = store(foreign.folder)
    snapshot = opened.snapshot(opened.refresh(now))
    snapshot.read(snapshot.entries.oids)
    (opened.folder / "blobs.sqlite").write_bytes(b"ikke en database" * 100)

    read = snapshot.read(snapshot.entries.oids)

    assert list(read.values()) == [b"# En\n"]
    assert (opened.folder / "blobs.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_two_runs_at_once_fetch_one_after_the_other(foreign: Any, store: Any, now: Any):
    for number in range(3):
        head = foreign.commit({str(A): f"# {number}\n"})
    base = foreign.git("rev-parse", "HEAD~1")

    with ThreadPoolExecutor(4) as pool:
        heads = list(pool.map(lambda _: store(foreign.folder).refresh(now), range(4)))
        bases = list(pool.map(lambda _: store(foreign.folder).fetch_commit(base), range(4)))

    assert (set(heads), set(bases)) == ({head}, {base})


def test_a_repository_in_the_sha_256_format_is_refused_in_words(foreign: Any, store: Any, now: Any):
    (foreign.folder / ".git").rename(foreign.folder / "old")
    foreign.git("init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    foreign.commit({str(A): "# En\n"})

    with pytest.raises(KompetanseError, match="SHA-256"):
        store(foreign.folder).refresh(now)


def test_nothing_of_the_source_is_run_or_written(foreign: Any, store: Any, now: Any, tmp_path: Path):
    trace = tmp_path / "ran"
    hook = foreign.folder / ".git/hooks/post-update"
    hook.write_text(f"#!/bin/sh\ntouch '{trace}'\n")
    hook.chmod(0o755)
    foreign.git("config", "filter.pwn.smudge", f"touch '{trace}'")
    foreign.git("config", "core.fsmonitor", f"touch '{trace}'")
    foreign.git("config", "uploadpack.packObjectsHook", f"touch '{trace}'")
    foreign.commit({".gitattributes": "* filter=pwn\n", str(A): "# En\n"})
    trace.unlink(missing_ok=True)
    opened = store(foreign.folder)

    snapshot = opened.snapshot(opened.refresh(now))
    snapshot.read(snapshot.entries.oids)

    assert not trace.exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.png", b"<html><script>", "no PNG file"),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + bytes(9),
            "60000 × 60000",
        ),
        ("a.png", b"\x89PNG\r\n\x1a\n", "header cannot be read"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "no JPG file"),
        ("a.svg", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><svg>&a;</svg>', "entities"),
        ("a.h5p", b"PK\3\4" + bytes(40), "list of contents"),
        ("a.mp4", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "Git LFS"),
        ("a.md", bytes(30), "30 bytes; at most 20"),
    ],
)
def test_files_are_what_their_names_say(name: str, data: bytes, says: str):
    (found,) = vet_contents({PurePosixPath(name): data}, 20 if name == "a.md" else 10_000)

    assert says in str(found)


def test_an_archive_that_would_burst_the_disk_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("null", bytes(20_000_000))
    data = (tmp_path / "a.zip").read_bytes()

    (found,) = vet_contents({PurePosixPath("a.zip"): data})

    assert "unfolds to 1 files of 20000000 bytes" in str(found)


def test_honest_pictures_pass():
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") * 2 + bytes(9)
    gif = b"GIF89a" + (640).to_bytes(2, "little") * 2 + bytes(9)

    assert vet_contents({PurePosixPath("a.png"): png, PurePosixPath("b.GIF"): gif}) == ()
