"""`kompetanse contribute`: give what we changed in an adopted course back to its source."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from kompetanse.commands.following import Here, here, offline_option, say, say_uncommitted
from kompetanse.commands.place import content_option
from kompetanse.commands.replacement import write_all
from kompetanse.commands.visible import visible
from kompetanse.errors import ExitCode, KompetanseError

if TYPE_CHECKING:
    from kompetanse.git.giving import Author, Gift
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.contribute import Contribution
    from kompetanse.sharing.followed import Followed


@click.command(
    "contribute", epilog="Example: kompetanse contribute brannvern --only 01-alarm.md -o til-nordvik"
)
@click.argument("course")
@click.option(
    "--only", multiple=True, metavar="FILE", help="Give only this file of the course; can be repeated."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("contribution"),
    show_default=True,
    help="Folder for the patch and the text of the mail.",
)
@click.option(
    "--push", metavar="URL|REMOTE", help="Also give it to this repository, your copy of the source's."
)
@offline_option
@content_option
def command(
    course: str, only: tuple[str, ...], output: Path, push: str | None, offline: bool, content: Path | None
) -> int:
    """Give what you changed in COURSE back to its source.

    The change is made on the source's newest text, in its paths and with its ids; what is about you (owner, reviews,
    files such as 04-hos-oss.local.md) stays. You get a patch that `git am` takes and the text of a mail. Nothing is sent but by --push.
    """
    from kompetanse.sharing.contribute import contribution
    from kompetanse.sharing.letter import letter, subject

    at = here(content, offline=offline)
    own = at.own.course(course)
    source = at.sources.of(own.record.source)
    _warn(at, source, own.record.credit.licence)
    say_uncommitted(at, own, "given")
    chosen = tuple(_in_course(own, one) for one in only)
    found = contribution(at.own, own, source.at(source.newest()), chosen)
    language = _language(at, found)
    title = subject(found, at.region.name, language)
    gift, oid, branch = _commit(at, source, found, title)
    files = _written(
        source, found, gift, oid, output, letter(found, at.region.name, language, f"{own.id}.patch"), title
    )
    for one in found.differences:
        click.echo(f"{one.sort:<8} {visible(str(one.path))}")
    for path, why in found.left_out.items():
        say(f"left out  {path}: {why}")
    click.echo(f"Written: {', '.join(map(str, files))}")
    say("Look the patch over: it has all that you changed in these files, also what is only true at home")
    if push:
        url = _push(at, source, oid, branch, push)
        click.echo(
            f"Given to {visible(url)} as the branch {branch}. Open a request there, with the text of {files[1]}"
        )
    else:
        say(f"Send both files to {own.record.source}, or give it to your copy of its repository with --push")
    return ExitCode.DONE


def _in_course(course: Adopted, path: str) -> PurePosixPath:
    """Return the path of a file in the course's folder; it may be named from the region's root too."""
    found = PurePosixPath(path.replace("\\", "/"))
    return found.relative_to(course.folder) if found.is_relative_to(course.folder) else found


def _warn(at: Here, source: Followed, licence: str) -> None:
    from kompetanse.sharing.licence import Answer, adaptation

    if source.fault:
        say(
            f"The source does not answer; its version of {source.store.last_seen:%Y-%m-%d} is used: {source.fault}"
        )
    verdict = adaptation(at.region.licence, licence)
    if verdict.answer is Answer.REFUSE:
        say(
            f"Your region publishes under {at.region.licence}, the source under {licence}, which is more open: "
            "make sure that you may give your text under its licence"
        )


def _language(at: Here, found: Contribution) -> str:
    from kompetanse.content.frontmatter import split
    from kompetanse.errors import Problem

    index = found.course.files.get(PurePosixPath("index.md"))
    text = at.own.read([index])[index].decode("utf-8", "replace") if index else ""
    source = split(PurePosixPath("index.md"), text.replace("\r\n", "\n"))
    told = "" if isinstance(source, Problem) else str(source.meta.get("language", ""))
    return told or at.region.language


def _commit(at: Here, source: Followed, found: Contribution, title: str) -> tuple[Gift, str, str]:
    from kompetanse.git.giving import Gift, commit
    from kompetanse.sharing.plain import plain

    credit = found.course.record.credit
    message = f"{title}\n\nLicence: {found.given.credit.licence}\nAdapted-from: {plain(credit.title)} ({', '.join(credit.authors)})\n"
    gift = Gift(found.given.commit, found.write, found.delete, message, _author(at), at.own.moment)
    branch = f"kompetanse/{at.region.id}/{found.course.id}"
    return gift, commit(_folder(source), gift, branch), branch


def _author(at: Here) -> Author:
    from kompetanse.git.giving import Author

    at.own.own.who()
    name, _, rest = at.own.own.line("var", "GIT_AUTHOR_IDENT").partition(" <")
    return Author(name, rest.partition(">")[0])


def _folder(source: Followed) -> Path:
    return source.store.folder / "git"


def _written(
    source: Followed, found: Contribution, gift: Gift, oid: str, output: Path, text: str, title: str
) -> tuple[Path, Path]:
    from kompetanse.git.giving import patch

    mbox, mail = output / f"{found.course.id}.patch", output / f"{found.course.id}.txt"
    data = patch(_folder(source), gift, oid, found.before)
    output.mkdir(parents=True, exist_ok=True)
    write_all({mail: f"{title}\n\n{text}"})
    aside = mbox.with_name(f".{mbox.name}.new")
    aside.write_bytes(data)
    aside.replace(mbox)
    return mbox, mail


def _push(at: Here, source: Followed, oid: str, branch: str, target: str) -> str:
    from kompetanse.git.giving import push
    from kompetanse.git.run import GitError
    from kompetanse.sharing.address import read_address

    known = (
        at.own.own.line("config", "--get", f"remote.{target}.url", fails=True)
        if target.isidentifier()
        else ""
    )
    address = read_address(known or target, at.place.root)
    try:
        push(_folder(source), address.url, oid, branch, address.protocol)
    except GitError as error:
        raise KompetanseError(
            f"{address.text} did not take it (git says: {error.said[:300]}). The patch and the text are written; send them"
        ) from error
    return address.text
