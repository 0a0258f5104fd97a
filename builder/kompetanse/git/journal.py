"""What is about to happen to the work tree, written down first, so that an interrupted run ends whole or not at all.

The journal and all contents, old and new, lie beside each other until the last step is done:

1. the stage holds every new file and a copy of every old one;
2. the journal is put in place by rename: from here on the next run can finish;
3. files, index and branch follow;
4. the journal goes, and with it the stage.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.git.own import Held, Own

Tell = Callable[[str], None]
"""Is told of every step before it is taken; tests end the process there."""


@dataclass(frozen=True, slots=True)
class Move:
    """One file that changes.

    Attributes:
        path: From the top of the work tree.
        old, new: Its entry in git before and after; None where there is none.
        was, becomes: SHA-256 of the file on disk before and after; None where there is none.
    """

    path: PurePosixPath
    old: Held | None
    new: Held | None
    was: str | None
    becomes: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A change of the work tree that has begun.

    Attributes:
        message: Of the commit; its first line is what is done.
        stage: Folder with `new-N` and `old-N` for the N-th move.
        branch: Whole name of the branch that follows; None when nothing is committed.
        since: Commit that was checked out before.
        to: Commit that is made; None when nothing is committed.
        moves: The files.
    """

    message: str
    stage: Path
    branch: str | None
    since: str
    to: str | None
    moves: tuple[Move, ...]

    @property
    def what(self) -> str:
        """What is done, for people."""
        return self.message.partition("\n")[0]


def digest(file: Path) -> str | None:
    """Return the SHA-256 of a file; None when there is none."""
    if not file.is_file():
        return None
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def begin(own: Own, journal: Journal) -> None:
    """Write the journal down; from here on the change will be finished."""
    sync((*journal.stage.iterdir(), journal.stage))
    data = {
        **asdict(journal),
        "stage": str(journal.stage),
        "moves": [{**asdict(one), "path": str(one.path)} for one in journal.moves],
    }
    fresh = own.private / "journal.new"
    fresh.write_bytes(json.dumps(data, ensure_ascii=False).encode(errors="surrogateescape"))
    sync([fresh])
    fresh.replace(_file(own))
    sync([own.private])


def stage_of(own: Own) -> Path:
    """Return the folder that contents lie in while a change is made."""
    return own.private / "stage"


def interrupted(own: Own) -> Journal | None:
    """Return the journal of a run that was interrupted; None when there is none."""
    return _read(_file(own))


def staged(own: Own) -> Journal | None:
    """Return the journal of what was last staged and not committed by us; None when there is none."""
    return _read(_staged(own))


def forget_staged(own: Own) -> None:
    """Forget what was staged: it was taken back."""
    _staged(own).unlink(missing_ok=True)


def _read(file: Path) -> Journal | None:
    try:
        data = json.loads(file.read_bytes().decode(errors="surrogateescape"))
    except FileNotFoundError:
        return None
    moves = tuple(_move(one) for one in data["moves"])
    return Journal(data["message"], Path(data["stage"]), data["branch"], data["since"], data["to"], moves)


def _move(data: Mapping[str, object]) -> Move:
    held = {key: Held(**data[key]) if isinstance(data[key], dict) else None for key in ("old", "new")}  # type: ignore[arg-type]  # as we wrote it
    was, becomes = data["was"], data["becomes"]
    return Move(
        PurePosixPath(str(data["path"])),
        held["old"],
        held["new"],
        str(was) if was else None,
        str(becomes) if becomes else None,
    )


def _file(own: Own) -> Path:
    return own.private / "journal.json"


def _staged(own: Own) -> Path:
    return own.private / "staged.json"


def forward(own: Own, journal: Journal, tell: Tell) -> None:
    """Finish the change."""
    moves = sorted(enumerate(journal.moves), key=lambda one: one[1].becomes is not None)
    for number, move in moves:  # what goes makes room for what comes
        tell(f"file {move.path}")
        _put(own, move.path, journal.stage / f"new-{number}", move.becomes)
    sync(_touched(own, journal))
    tell("index")
    own.put_in_index({move.path: move.new for move in journal.moves})
    if journal.branch and journal.to:
        tell("branch")
        own.move(journal.branch, journal.to, journal.since, journal.what)
    tell("end")
    end(own, journal, tell)


def back(own: Own, journal: Journal, tell: Tell) -> None:
    """Take the change back."""
    moves = sorted(enumerate(journal.moves), key=lambda one: one[1].was is not None)
    for number, move in moves:
        tell(f"back {move.path}")
        _put(own, move.path, journal.stage / f"old-{number}", move.was)
    sync(_touched(own, journal))
    own.put_in_index({move.path: move.old for move in journal.moves})
    end(own, journal, tell, undone=True)


def end(own: Own, journal: Journal, tell: Tell, *, undone: bool = False) -> None:
    """Forget the journal, since the change is done or was taken back; what is only staged is remembered until it is committed."""
    own.run("update-index", "-q", "--refresh", fails=True)
    if journal.to or undone:
        _file(own).unlink(missing_ok=True)
    else:
        _file(own).replace(_staged(own))
    sync([own.private])
    tell("stage")
    shutil.rmtree(journal.stage, ignore_errors=True)


def _put(own: Own, path: PurePosixPath, staged: Path, wanted: str | None) -> None:
    """Put a staged file in place, or take the file away; both may have been done before, or by halves."""
    target = own.top / path
    fresh = target.with_name(f".kompetanse-{staged.name}")
    if wanted is None:
        _take_away(fresh)
        _take_away(target)
        _without_empty(target.parent, own.top)
        return
    if digest(target) == wanted:  # needs no room on a full disk
        _take_away(fresh)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(staged, fresh)
    fresh.replace(target)


def _take_away(file: Path) -> None:
    if file.is_symlink() or file.is_file():
        file.unlink()


def _without_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _touched(own: Own, journal: Journal) -> Iterator[Path]:
    """Yield the files and folders of the work tree that the change went through."""
    files = [own.top / move.path for move in journal.moves]
    yield from files
    yield from dict.fromkeys(file.parent for file in files)


def sync(paths: Iterable[Path]) -> None:
    """Wait until the disk has files, and names in folders; all at once, since the first wait pays for the rest.

    What is gone has nothing to wait for; where a folder cannot be opened, as on Windows, the system sees to it itself.
    """
    for path in paths:
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def recover(own: Own, tell: Tell) -> str | None:
    """Finish or take back what an interrupted run began; return what it was, or None when there was nothing.

    Raises:
        KompetanseError: When files were written to since.
    """
    journal = interrupted(own)
    if journal is None:
        shutil.rmtree(stage_of(own), ignore_errors=True)
        return None
    changed = [move.path for move in journal.moves if _is_changed(own.top, move)]
    if changed:
        names = "".join(f"\n  {path}" for path in changed)
        raise KompetanseError(
            f"An earlier run ({journal.what}) was interrupted, and these files were changed since:{names}\n"
            "Copy them elsewhere and delete them here; then run the command again, and it is tidied up"
        )
    _roll(own, journal, tell)
    return journal.what


def _is_changed(top: Path, move: Move) -> bool:
    """Tell whether somebody has written to the file since; to take it away loses nothing."""
    return digest(top / move.path) not in (move.was, move.becomes, None)


def _roll(own: Own, journal: Journal, tell: Tell) -> None:
    head, branch = own.commit_of("HEAD"), own.branch()
    here = branch == journal.branch or journal.branch is None
    if here and head == journal.since:
        forward(own, journal, tell)
    elif head and (head == journal.to or _holds(own.tree(head), journal.moves)):
        end(own, journal, tell)
    else:
        back(own, journal, tell)


def _holds(tree: Mapping[PurePosixPath, Held], moves: Iterable[Move]) -> bool:
    """Tell whether a commit has what was begun: a person has committed it."""
    return all(tree.get(move.path) == move.new for move in moves)
