"""`kompetanse adopt`: make a course that was copied by hand a fork, after finding where it came from."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from kompetanse.commands.following import Here, here, landing, landing_options, offline_option, say
from kompetanse.commands.place import content_option
from kompetanse.commands.visible import visible
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.sharing.adopt import Trace, Tracing


@click.command("adopt", epilog="Example: kompetanse adopt content/kurs/brannvern nordvik/brannvern")
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("course", metavar="SOURCE/ID")
@click.option("--yes", is_flag=True, help="Do not ask whether the versions that were found are right.")
@landing_options
@offline_option
@content_option
def command(
    path: Path, course: str, yes: bool, branch: str | None, staged: bool, offline: bool, content: Path | None
) -> int:
    """Find the versions of SOURCE/ID that the course in the folder PATH was copied from, and follow it from now on.

    Your text is not changed. You see how certain each version is, and nothing is written before you say yes.
    """
    from kompetanse.git.write import apply, ready
    from kompetanse.sharing.adopt import adoption, trace
    from kompetanse.sharing.deed import Deed

    name, _, id_ = course.partition("/")
    if not id_:
        raise UsageError("Name the course as SOURCE/ID, such as nordvik/brannvern")
    at = here(content, offline=offline)
    folder = _folder(at, path)
    source = at.sources.of(name)
    now = source.at(source.newest())
    say(f"Reading the history of {course} …")
    found = trace(at.own, folder, now, id_)
    _tell(found)
    origin, change = adoption(found, now, at.region.licence, source.record.repository, at.now)
    if not _confirmed(yes=yes):
        say("Nothing was written. When the versions are right, run it again with --yes")
        return ExitCode.PROBLEMS
    deed = Deed("adopt", found.id)
    how = landing(deed, branch, staged=staged)
    ready(at.place.root, how)
    message = deed.message(f"Adopt {found.id} from {name}", origin=origin)
    result = apply(at.place.root, change, how=how, message=message, moment=at.now, since=at.own.commit)
    place = f"commit {result.commit[:8]}" if result.commit else "not committed"
    click.echo(f"{found.id} follows {course} from now on ({place}). Next: kompetanse update {found.id}")
    return ExitCode.DONE


def _folder(at: Here, path: Path) -> PurePosixPath:
    """Return the folder from the region's root; refuse one that has a record already."""
    from kompetanse.sharing.origin import NAME

    whole = path.resolve() if path.is_absolute() or path.exists() else (at.place.root / path).resolve()
    if not whole.is_dir() or not whole.is_relative_to(at.place.root.resolve()):
        raise UsageError(
            f"There is no folder {path} in this region. Name the folder of the course, from its root"
        )
    folder = PurePosixPath(whole.relative_to(at.place.root.resolve()).as_posix())
    known = next((one for one in at.own.courses if one.folder == folder), None)
    if known and known.origin:
        raise KompetanseError(
            f"{folder} is adopted already: {known.origin.source}/{known.origin.id}. See: kompetanse status"
        )
    if known and any(one.code == "origin-newer" for one in known.problems):
        raise KompetanseError(
            f"{folder}/{NAME} was written by a newer kompetanse. Upgrade: pip install -U kompetanse"
        )
    return folder


def _confirmed(*, yes: bool) -> bool:
    if yes:
        return True
    return sys.stdin.isatty() and click.confirm("Are these the versions that your course was made from?")


def _tell(found: Tracing) -> None:
    for one in found.traces:
        click.echo(f"{visible(str(one.path)):<30} {_version(one)}")
    for one in found.uncertain:
        click.echo(
            f"{visible(str(one.path)):<30} no certain origin ({one.likeness.shared:.0%} of its lines): yours"
        )
    for path in found.own:
        click.echo(f"{visible(str(path)):<30} not in the source: yours")


def _version(one: Trace) -> str:
    version = f"{one.version.commit[:8]} of {one.version.moment:%Y-%m-%d}"
    if one.likeness.shared == 1 and not one.likeness.lead:
        return f"{version}, the same"
    return f"{version}, {one.likeness.shared:.0%} of its lines, {one.likeness.lead:g} more than the next best version"
