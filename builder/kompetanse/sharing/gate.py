"""The licence of every file of a fork, and whether it may be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.content.document import Document
from kompetanse.content.library import TEXT_SUFFIXES
from kompetanse.errors import KompetanseError
from kompetanse.sharing.closure import Closure, Taken
from kompetanse.sharing.licence import Answer, Verdict, adaptation, canonical, kept, part
from kompetanse.sharing.licence_text import licence_in

MARK = ".license"
"""A file with this ending tells the licence of the one that it is called after, https://reuse.software/spec/."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A file and what its licence lets us do.

    Attributes:
        taken: The file.
        licence: SPDX identifier as it was found; None when nobody says.
        verdict: What may be done with it here.
    """

    taken: Taken
    licence: str | None
    verdict: Verdict


def judged(
    whole: Closure,
    contents: Mapping[PurePosixPath, bytes],
    licence: str | None,
    target: str,
    document_of: Callable[[PurePosixPath], Document | None],
) -> tuple[Judged, ...]:
    """Return the verdict on each file.

    Args:
        whole: What is taken.
        contents: Its files, by their path at the source.
        licence: That of the course.
        target: That of our region.
        document_of: Finds a text of the source by its path.
    """
    default = whole.region.licence if whole.region else licence
    return tuple(
        _judged(one, contents, licence, default, target, document_of(one.source)) for one in whole.taken
    )


def _judged(
    taken: Taken,
    contents: Mapping[PurePosixPath, bytes],
    licence: str | None,
    default: str | None,
    target: str,
    document: Document | None,
) -> Judged:
    if taken.source.suffix.lower() in TEXT_SUFFIXES:
        own = stated(document)
        found = canonical(own or default) or own or default
        return Judged(taken, found, kept(found, target))
    beside = contents.get(taken.source.with_name(taken.source.name + MARK))
    found = (licence_in(beside.decode(errors="replace")) if beside else None) or licence
    return Judged(taken, canonical(found) or found, part(found, target))


def stated(document: Document | None) -> str | None:
    """Return the licence as a text states it, also when it is none that we know; None when it states none."""
    found = document.source.meta.get("licence") if document else None
    return None if found is None else str(found)


def refuse(found: Iterable[Judged], mixed: Iterable[tuple[Judged, Judged]]) -> None:
    """Stop when a file may not be taken, or not be mixed into another one.

    Args:
        found: All files.
        mixed: Those that bring in text of another, and that other.

    Raises:
        KompetanseError: With the list.
    """
    rows = [
        f"{one.taken.source}: {one.licence or 'no licence'}: {one.verdict.words('en')}"
        for one in found
        if one.verdict.answer is Answer.REFUSE
    ]
    rows += list(_mixed(mixed))
    if rows:
        listed = "".join(f"\n  {row}" for row in rows)
        raise KompetanseError(
            f"Nothing was written, since the licence of these files does not let you:{listed}\n"
            "Ask those who hold the rights, and have them state another licence. This is no legal advice"
        )


def _mixed(mixed: Iterable[tuple[Judged, Judged]]) -> Iterator[str]:
    for host, guest in mixed:
        verdict = adaptation(guest.licence, host.licence)
        if verdict.answer is Answer.REFUSE:
            yield (
                f"{guest.taken.source} ({guest.licence}) is brought into {host.taken.source} ({host.licence}): "
                f"{verdict.words('en')}"
            )
