"""Make a commit for others in a repository of ours that has neither their history nor their files, and hand it on."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from kompetanse.git.run import Terms, run

_NOBODY = "0" * 40
_PLAIN = "100644"
_FRESH = ("--no-signature", "--no-renames", "--full-index", "--binary", "--no-ext-diff", "--stdout")


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, as git names people."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Gift:
    """A change for others.

    Attributes:
        parent: The commit of theirs that it is made on.
        write: New contents by path from their repository's root.
        delete: Files that are to be gone.
        message: Of the commit.
        author: Who made it.
        moment: When it was made.
    """

    parent: str
    write: Mapping[PurePosixPath, bytes]
    delete: frozenset[PurePosixPath]
    message: str
    author: Author
    moment: datetime


def commit(folder: Path, gift: Gift, branch: str) -> str:
    """Make the change a commit, let `branch` in `folder` hold it, and return its id; no file of theirs is needed.

    Args:
        folder: A bare repository that holds the parent's trees.
        gift: The change.
        branch: Short name; a commit that it held before is let go.
    """
    with tempfile.TemporaryDirectory(prefix="kompetanse-") as aside:
        index = {"GIT_INDEX_FILE": str(Path(aside) / "index")}
        run(folder, "read-tree", gift.parent, terms=_terms(index))
        rows = "".join(
            f"{_PLAIN} {_blob(folder, data)}\t{path}\0" for path, data in sorted(gift.write.items())
        )
        rows += "".join(f"0 {_NOBODY}\t{path}\0" for path in sorted(gift.delete))
        run(folder, "update-index", "-z", "--index-info", feed=rows.encode(), terms=_terms(index))
        tree = run(folder, "write-tree", "--missing-ok", terms=_terms(index)).decode().strip()
    made = run(
        folder,
        "commit-tree",
        tree,
        "-p",
        gift.parent,
        "-F",
        "-",
        feed=gift.message.encode(),
        terms=_people(gift),
    )
    oid = made.decode().strip()
    run(folder, "update-ref", "--end-of-options", f"refs/heads/{branch}", oid)
    return oid


def patch(folder: Path, gift: Gift, oid: str, before: Mapping[PurePosixPath, bytes]) -> bytes:
    """Return the commit as a mail that `git am` takes.

    Args:
        folder: The repository that holds it.
        gift: What it was made from.
        oid: Its id.
        before: What stood in the files that it changes, which the repository may lack.
    """
    for data in before.values():
        _blob(folder, data)
    return run(folder, "format-patch", *_FRESH, "-1", "--end-of-options", oid, terms=_terms({}))


def push(folder: Path, url: str, oid: str, branch: str, protocol: str) -> None:
    """Give the commit to the repository at `url`, as a branch; one of that name that holds something else stays.

    The user's own settings hold, so that git finds her key or password.
    """
    terms = Terms((protocol,), trusted=True, environment={"GIT_NO_LAZY_FETCH": "1"})
    run(folder, "push", "-q", "--end-of-options", url, f"{oid}:refs/heads/{branch}", terms=terms)


def _blob(folder: Path, data: bytes) -> str:
    return run(folder, "hash-object", "-w", "--stdin", "--no-filters", feed=data).decode().strip()


def _terms(more: Mapping[str, str]) -> Terms:
    return Terms(environment={"GIT_NO_LAZY_FETCH": "1", **more})


def _people(gift: Gift) -> Terms:
    when = f"{int(gift.moment.timestamp())} {gift.moment.strftime('%z') or '+0000'}"
    people = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", gift.author.name), ("EMAIL", gift.author.email), ("DATE", when))
    }
    return _terms(people)
