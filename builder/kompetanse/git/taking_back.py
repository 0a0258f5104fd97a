"""Take back what was staged, or put on a branch of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.git import journal
from kompetanse.git.journal import Journal, Move, Tell
from kompetanse.git.lock import held
from kompetanse.git.own import Own, find
from kompetanse.git.write import carry_out, clear_errors, silent, stage


def unstage(root: Path, tell: Tell = silent) -> None:
    """Take back what was last staged and not committed.

    Args:
        root: The region's root.
        tell: Told of each step.

    Raises:
        KompetanseError: When there is nothing, or its files were changed since.
    """
    own = find(root)
    with held(own.private, "Unstage"), clear_errors():
        journal.recover(own, tell)
        staged = journal.staged(own)
        if staged is None:
            raise KompetanseError("Nothing is staged that kompetanse put there")
        changed = [one.path for one in staged.moves if journal.digest(own.top / one.path) != one.becomes]
        if changed:
            named = "".join(f"\n  {path}" for path in changed)
            raise KompetanseError(
                f"These files were changed since they were staged:{named}\nNothing was taken back"
            )
        with stage(own) as folder:
            carry_out(own, _backwards(own, staged, folder), tell)
        journal.forget_staged(own)


def _backwards(own: Own, staged: Journal, stage: Path) -> Journal:
    """Return the journal of the way back, with all contents in the stage."""
    contents = own.contents(one.old.oid for one in staged.moves if one.old)
    moves = []
    for number, one in enumerate(staged.moves):
        if one.new:
            shutil.copy2(own.top / one.path, stage / f"old-{number}")
        if one.old:
            (stage / f"new-{number}").write_bytes(contents[one.old.oid])
        becomes = journal.digest(stage / f"new-{number}")
        moves.append(Move(one.path, one.new, one.old, one.becomes, becomes))
    return Journal(f"Undo: {staged.what}", stage, None, staged.since, None, tuple(moves))


def delete_branch(root: Path, name: str, commit: str) -> None:
    """Delete a branch that points at `commit` and is not checked out.

    Raises:
        KompetanseError: When it points elsewhere by now.
    """
    own = find(root)
    with held(own.private, f"Delete the branch {name}"):
        own.move(f"refs/heads/{name}", None, commit, "Undo")
