"""`kompetanse fork`: take a course of another region, with all it needs, and remember where it came from."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from kompetanse.commands.following import Here, here, landing, landing_options, offline_option, say
from kompetanse.commands.fork_report import row, tell
from kompetanse.commands.place import content_option
from kompetanse.commands.visible import visible, visible_json
from kompetanse.errors import ExitCode, KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.content.library import Library
    from kompetanse.git.write import Landing
    from kompetanse.model.offer import Offer
    from kompetanse.sharing.followed import At
    from kompetanse.sharing.fork import Plan, Wish


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the command line about the course itself."""

    id: str | None
    into: Path | None
    competences: str
    mapped: tuple[str, ...]


@click.command("fork", epilog="Example: kompetanse fork lillestrom/personvern --dry-run")
@click.argument("course", metavar="SOURCE/ID")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="FOLDER", help="Folder that the course shall lie in."
)
@click.option("--as", "id_", metavar="ID", help="Give it another id here, when its own is taken.")
@click.option(
    "--competences",
    type=click.Choice(["copy", "link", "ask"]),
    default="copy",
    show_default=True,
    help="What becomes of competences that you do not have: they come along, stay there, or you are asked.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="THEIRS=OURS",
    help="One of your competences is meant by one of theirs.",
)
@click.option("--dry-run", is_flag=True, help="Show the plan and write nothing.")
@landing_options
@offline_option
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(
    course: str,
    into: Path | None,
    id_: str | None,
    competences: str,
    mapped: tuple[str, ...],
    dry_run: bool,
    branch: str | None,
    staged: bool,
    offline: bool,
    content: Path | None,
    as_json: bool,
) -> int:
    """Take the course SOURCE/ID with its modules, pictures and competences.

    Its files stay as they are, so that you get what the source makes of them later. Their licences are judged one by
    one, and what may be harmful is refused. All lands in one commit, which `kompetanse undo` takes back. This is no legal advice.
    """
    from kompetanse.content.reading import read_library_at
    from kompetanse.git.write import apply, ready
    from kompetanse.sharing.fork import plan
    from kompetanse.sharing.signing import refuse

    name, _, wanted = course.partition("/")
    if not name or not wanted:
        raise UsageError(
            "Name the course as SOURCE/ID, such as lillestrom/personvern. See: kompetanse catalogue"
        )
    at = here(content, offline=offline)
    since = None if dry_run else ready(at.place.root, _how(branch, staged=staged))
    ours = read_library_at(at.place.root, at.place.content)
    source = at.sources.of(name)
    if source.fault:
        say(f"{source.fault}. Working from what was kept")
    now = source.at(source.newest())
    offer = _offer(now, name, wanted)
    refuse(source.record, now.commit, now.signature)
    wish = _wish(at, ours, now, wanted, Asked(id_, into, competences, mapped))
    found = plan(ours, now.snapshot, source.record, offer, wish, now.moment.date())
    _check_hash(ours, now, found, wish)
    found = replace(found, origin=replace(found.origin, signature=now.signature))
    how = landing(found.deed, branch, staged=staged)
    result = None
    if not dry_run:
        result = apply(
            at.place.root, found.change(at.now), how=how, message=found.message(), moment=at.now, since=since
        )
    if as_json:
        click.echo(visible_json(json.dumps(row(found, result), ensure_ascii=False, indent=2)))
    else:
        tell(found, result, dry_run=dry_run)
    return ExitCode.DONE


def _how(branch: str | None, *, staged: bool) -> Landing:
    """Return where a change is to lie before its name is known."""
    from kompetanse.sharing.deed import Deed

    return landing(Deed("fork", "x"), branch, staged=staged)


def _offer(now: At, name: str, wanted: str) -> Offer:
    """Return the course as the source has it at this commit.

    Raises:
        KompetanseError: When it has none with this id.
    """
    from kompetanse.content.nearest import nearest
    from kompetanse.sharing.offers import offer_again, offers_of

    kept = now.kept.get(wanted)
    _refuse_withdrawn(name, kept)
    again = offer_again(now.snapshot, now.source.record, kept, now.languages)
    every = (again,) if again else offers_of(now.snapshot, now.source.record, now.languages)
    found = {one.id: one for one in every}
    _refuse_withdrawn(name, found.get(wanted))
    if wanted not in found:
        near = nearest(wanted, found)
        tip = f"Did you mean {' or '.join(near)}?" if near else f"See: kompetanse catalogue --source {name}"
        raise KompetanseError(f"{name} has no course {wanted!r}. {tip}")
    return found[wanted]


def _refuse_withdrawn(name: str, offer: Offer | None) -> None:
    if offer and offer.withdrawn:
        raise KompetanseError(
            f"{name} has taken {offer.id} back: {visible(offer.withdrawn)}. It is not forked"
        )


def _wish(at: Here, ours: Library, now: At, wanted: str, asked: Asked) -> Wish:
    from kompetanse.sharing.fork import Wish

    choices = dict(_mapping(one) for one in asked.mapped)
    if asked.competences == "ask":
        choices = {**_asked(ours, now, wanted, choices), **choices}
    into = _inside(at.place.root, asked.into) if asked.into else None
    return Wish(asked.id, into, choices, "link" if asked.competences == "link" else "copy")


def _mapping(written: str) -> tuple[str, str]:
    theirs, _, ours = written.partition("=")
    if not theirs or not ours:
        raise UsageError(f"{written!r} maps nothing. Write --map THEIRS=OURS")
    return theirs, ours


def _inside(root: Path, folder: Path) -> PurePosixPath:
    """Return a folder, as it was typed, from the region's root."""
    whole = Path.cwd() / folder
    if not whole.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{folder} does not lie in the region. Name a folder such as content/kurs/brannvern")
    return PurePosixPath(whole.resolve().relative_to(root.resolve()).as_posix())


def _asked(ours: Library, now: At, wanted: str, known: Mapping[str, str]) -> dict[str, str]:
    """Ask what each competence is to become that does not exist here, or says something else."""
    from kompetanse.sharing.fork import open_choices

    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked here. Use --competences copy or link, and --map THEIRS=OURS")
    found = {}
    for id_, title, why in open_choices(ours, now.snapshot, _offer(now, now.source.record.name, wanted)):
        if id_ not in known:
            told = "says something else here" if why == "unlike" else "does not exist here"
            answer = click.prompt(
                f"{visible(title)} ({id_}) {told}. copy, link, or the id of yours that is meant",
                default="copy",
            )
            found[id_] = answer
    return found


def _check_hash(ours: Library, now: At, found: Plan, wish: Wish) -> None:
    """Refuse what is not what the source's catalogue says, at the commit that it says.

    Raises:
        KompetanseError: When it is something else.
    """
    from kompetanse.sharing.fork import plan

    kept = now.kept.get(found.origin.id)
    stated = kept.version if kept else None
    if kept is None or stated is None or not stated.startswith("sha256:") or stated == found.hash:
        return
    same = found
    if kept.commit and kept.commit != now.commit:
        then = now.source.at(kept.commit)
        same = plan(ours, then.snapshot, now.source.record, _offer(then, kept.source, kept.id), wish)
    if same.hash != stated:
        raise KompetanseError(
            f"The files of {kept.name} are not those that its catalogue states ({stated[:19]}…, found {str(same.hash)[:19]}…). "
            f"Nothing was written. Ask the source; then: kompetanse source refresh {kept.source}"
        )
