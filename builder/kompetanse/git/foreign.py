"""What we ask of git about a foreign repository: commits, trees and files, never a checkout.

A bare repository of our own holds what was fetched. No hook, filter, link, submodule or path of the source takes effect.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from kompetanse.git.run import GitError, Terms, TooMuchError, run, stream

MOST_PATHS = 200_000
"""Files of one commit; a tree that repeats itself a thousand million times ends here."""

_LONGEST_NAME = 1 << 20
_QUIET_FETCH = ("-q", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
_HERE = Terms(environment={"GIT_NO_LAZY_FETCH": "1"})
"""Stay off the network: a missing object is a missing object."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a tree: its path is as git has it, with what is not UTF-8 as surrogates."""

    mode: str
    kind: str
    oid: str
    path: str


@dataclass(frozen=True, slots=True)
class Logged:
    """One commit of a history: its first row of text, and each file it wrote as (path, blob id)."""

    commit: str
    seconds: int
    subject: str
    files: tuple[tuple[str, str], ...] = ()


def begin(folder: Path, url: str) -> None:
    """Make `folder` a bare repository that is filled from `url` without file contents."""
    _bare(folder)
    for key, value in _remote(url).items():
        run(folder, "config", key, value)


def _bare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    run(folder, "init", "-q", "--bare", "--template=", "--object-format=sha1", "-b", "none", ".")


def _remote(url: str) -> dict[str, str]:
    settings = {"url": url, "promisor": "true", "partialclonefilter": "blob:none"}
    return {f"remote.origin.{key}": value for key, value in settings.items()}


def offered(folder: Path, name: str, terms: Terms) -> str | None:
    """Return the id that the source has for `HEAD` or `refs/heads/…` now, or None when it has no such."""
    rows = run(folder, "ls-remote", "-q", "--end-of-options", "origin", name, terms=terms, most=1 << 20)
    for row in rows.decode("utf-8", "replace").splitlines():
        oid, _, ref = row.partition("\t")
        if ref == name:
            return oid
    return None


def fetch(
    folder: Path, refspec: str, terms: Terms, *, filtered: str | None = "blob:none", depth: Sequence[str] = ()
) -> None:
    """Fetch one commit, or the history that `depth` (`--depth=1`, `--shallow-since=…`) leaves, by the filter.

    Files that git leaves behind when the limit of size ends it are removed.
    """
    flags = (*_QUIET_FETCH, *depth, f"--filter={filtered}" if filtered else "--no-filter")
    try:
        run(folder, "fetch", *flags, "--end-of-options", "origin", refspec, terms=terms)
    except BaseException:
        _sweep(folder)
        raise


def fetch_files(folder: Path, url: str, oids: Sequence[str], terms: Terms) -> None:
    """Fetch the files with these ids in one request, to `folder`, which is made for that and holds nothing else."""
    _bare(folder)
    feed = "".join(f"{oid}\n" for oid in oids).encode()
    settings = {**_remote(url), **(terms.settings or {}), "fetch.negotiationAlgorithm": "noop"}
    flags = (*_QUIET_FETCH, "--filter=blob:none", "--stdin")
    run(folder, "fetch", *flags, "origin", feed=feed, terms=replace(terms, settings=settings))


def _sweep(folder: Path) -> None:
    for left in (*folder.glob("objects/pack/tmp_*"), *folder.glob("objects/tmp_*"), *folder.glob("*.lock")):
        with contextlib.suppress(OSError):
            left.unlink()


def kept(folder: Path, ref: str) -> str | None:
    """Return the id that our own `ref` holds, without asking the source."""
    found = run(folder, "for-each-ref", "--format=%(objectname)", ref).decode().strip()
    return found or None


def keep(folder: Path, ref: str, oid: str) -> None:
    """Let our own `ref` hold the commit `oid`."""
    run(folder, "update-ref", "--end-of-options", ref, oid)


def text_of(folder: Path, commit: str) -> bytes:
    """Return a commit that we hold as git has it: tree, parents, people, signature and message."""
    return run(folder, "cat-file", "commit", commit, terms=_HERE)


def seconds_of(folder: Path, commit: str) -> int:
    """Return the committer's time of a commit that we hold, in seconds since 1970."""
    raw = text_of(folder, commit).decode("utf-8", "replace")
    row = next((row for row in raw.splitlines() if row.startswith("committer ")), "")
    parts = row.rpartition(">")[2].split()
    return int(parts[0]) if parts and parts[0].isdigit() else 0


def listing(folder: Path, commit: str, most: int = MOST_PATHS) -> Iterator[Listed]:
    """Yield every file and every folder of a commit, in the order of git's tree, a folder before what it holds.

    Raises:
        TooMuchError: When there are more than `most`.
    """
    with stream(folder, "ls-tree", "-r", "-t", "-z", "--full-tree", commit, terms=_HERE) as out:
        for number, row in enumerate(_records(out)):
            if number >= most:
                raise TooMuchError(f"The source has more than {most} files")
            meta, _, name = row.partition(b"\t")
            mode, kind, oid = meta.decode().split(" ")
            yield Listed(mode, kind, oid, name.decode("utf-8", "surrogateescape"))


def _records(out: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands before each NUL."""
    rest = b""
    while chunk := out.read(1 << 16):
        *rows, rest = (rest + chunk).split(b"\0")
        yield from rows
        if len(rest) > _LONGEST_NAME:
            raise TooMuchError("The source has a name of more than a million bytes")


def tree_of(folder: Path, commit: str, path: str) -> str | None:
    """Return the id of a folder or file at a commit, or None; equal ids mean that nothing in it changed."""
    name = path.strip("/")
    if not name or name == ".":
        return text_of(folder, commit).split(b"\n", 1)[0].split()[1].decode()
    found = run(folder, "ls-tree", "-z", "--full-tree", commit, "--", name, terms=_HERE)
    return found.split(b"\t")[0].split()[2].decode() if found else None


def sizes(folder: Path, oids: Sequence[str]) -> dict[str, int]:
    """Return the bytes of each file that we hold; those that are no file are left out.

    Raises:
        GitError: When one is not here.
    """
    feed = "".join(f"{oid}\n" for oid in oids).encode()
    rows = run(folder, "cat-file", "--batch-check", feed=feed, terms=_HERE).decode().splitlines()
    parts = [row.split() for row in rows]
    return {part[0]: int(part[2]) for part in parts if len(part) == 3 and part[1] == "blob"}


def contents(folder: Path, oids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the contents of files that we hold, one by one; their sizes have been looked at."""
    feed = "".join(f"{oid}\n" for oid in oids).encode()
    with stream(folder, "cat-file", "--batch", feed=feed, terms=_HERE) as out:
        for oid in oids:
            head = out.readline().split()
            if len(head) != 3 or head[1] != b"blob":
                raise GitError("cat-file", f"{oid} is no file")
            data = out.read(int(head[2]))
            out.read(1)
            yield oid, data


def is_shallow(folder: Path) -> bool:
    """Tell whether the history that we hold is cut off somewhere."""
    return run(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def common(folder: Path, one: str, other: str) -> str | None:
    """Return the newest commit that both come from, or None when there is none that we hold."""
    try:
        found = run(folder, "merge-base", "--end-of-options", one, other, terms=_HERE)
    except GitError as error:
        if error.said != "it did not say why" and error.said:
            raise
        return None
    return found.decode().split()[0]


def log(folder: Path, what: Sequence[str], path: str | None = None) -> Iterator[Logged]:
    """Yield commits, newest first; with `path`, those that wrote a file there, and what they wrote.

    Args:
        folder: A repository that holds commits, and trees when `path` is given.
        what: Commit ids, those to leave out with `^` before.
        path: A file or folder.
    """
    shape = ("--format=%x01%H %ct %s", "-z", "--no-renames", "--no-abbrev", "--no-show-signature")
    some = ("--raw", "--full-history", "--diff-merges=first-parent") if path else ("--no-patch",)
    with stream(
        folder, "log", *shape, *some, "--end-of-options", *what, "--", *((path,) if path else ()), terms=_HERE
    ) as out:
        yield from _commits(_records(out))


def _commits(records: Iterator[bytes]) -> Iterator[Logged]:
    now: Logged | None = None
    files: list[tuple[str, str]] = []
    oid = ""
    for record in records:
        text = record.decode("utf-8", "surrogateescape").lstrip("\n")
        if text.startswith("\x01"):
            if now:
                yield Logged(now.commit, now.seconds, now.subject, tuple(files))
            commit, seconds, subject = text[1:].split(" ", 2)
            now, files = Logged(commit, int(seconds), subject), []
        elif text.startswith(":"):
            oid = text.split(" ")[3]
        elif text:
            files.append((text, oid))
    if now:
        yield Logged(now.commit, now.seconds, now.subject, tuple(files))


def holds(folder: Path, commit: str) -> bool:
    """Tell whether a repository without missing commits has this one."""
    said = run(folder, "cat-file", "--batch-check", feed=f"{commit}\n".encode(), terms=_HERE)
    return said.split()[1:2] == [b"commit"]
