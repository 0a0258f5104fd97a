"""Write what a person has answered: one commit, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kompetanse.commands.following import landing, now

if TYPE_CHECKING:
    from kompetanse.commands.resolve import Work
    from kompetanse.git.write import Result
    from kompetanse.sharing.resolution import Answered


def save(work: Work, answered: Answered) -> Result:
    """Write it.

    Raises:
        KompetanseError: When it cannot be written, or somebody has committed in the meantime; then nothing is changed.
    """
    from kompetanse.git.write import apply
    from kompetanse.sharing.deed import Deed
    from kompetanse.sharing.resolution import change

    deed = Deed("resolve", work.course.id)
    moment = now()  # a page may have been open for hours
    made, origin = change(work.at.own, work.course, work.sheet.questions, answered, moment)
    return apply(
        work.at.place.root,
        made,
        how=landing(deed, work.branch, staged=work.staged),
        message=deed.message(f"Answer what an update of {work.course.id} asked", origin=origin),
        moment=moment,
        since=work.at.own.commit,
    )
