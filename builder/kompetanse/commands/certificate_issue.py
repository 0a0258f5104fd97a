"""`kompetanse certificate issue`: certificates of a course, for one person or a list of them."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.issuing import Decorator, Office, key_option, log_option, office
from kompetanse.commands.place import Day, content_option, today
from kompetanse.commands.progress import track_people
from kompetanse.commands.replacement import put
from kompetanse.errors import ExitCode, KompetanseError, UsageError
from kompetanse.messages import LANGUAGES
from kompetanse.model.attendance import Attended, Refusal

if TYPE_CHECKING:
    from kompetanse.evidence.certificate_files import Format, Look, Made
    from kompetanse.evidence.issuance import Giving
    from kompetanse.evidence.issue_log import Issued, IssueLog
    from kompetanse.evidence.proofs import Signer
    from kompetanse.importers.attendance import Defaults
    from kompetanse.model.item import Certificate, Course
    from kompetanse.pages.view import Site

_FORMATS = ("json", "svg", "png", "pdf")


output_option: Decorator = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the files.",
)
format_option: Decorator = click.option(
    "--format",
    "forms",
    type=click.Choice(_FORMATS),
    multiple=True,
    default=_FORMATS,
    show_default=True,
    help="May be repeated.",
)


@click.command(
    "issue",
    epilog="Example: kompetanse certificate issue brannkurs --to deltakere.csv --key ~/nokkel/2026.pem -o ~/bevis",
)
@click.argument("course", metavar="COURSE")
@click.option(
    "--to",
    "people",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="List of those who have completed it.",
)
@click.option("--name", metavar="NAME", help="One person, in place of a list.")
@click.option("--number", metavar="TEXT", help="Number of employment of that one.")
@click.option("--score", metavar="PERCENT", help="Result of that one, in per cent.")
@click.option(
    "--date",
    "day",
    type=Day(),
    help="When it was completed, where the list does not say; with --name: today.",
)
@click.option("--attested-by", metavar="NAME", help="Who answers for it, where the list does not say.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language, where the list does not say; default: the region's.",
)
@key_option
@log_option
@output_option
@format_option
@content_option
def issue(
    course: str,
    people: Path | None,
    name: str | None,
    number: str | None,
    score: str | None,
    day: date | None,
    attested_by: str | None,
    language: str | None,
    key: Path,
    log: Path | None,
    output: Path,
    forms: tuple[Format, ...],
    content: Path | None,
) -> int:
    """Issue the certificate of COURSE.

    The list is CSV from a spreadsheet, with the columns navn, ansattnummer, dato, resultat, bekreftet av and språk; navn
    is enough when options say the rest. When one row is wrong, all that is wrong is told and nobody gets anything.

    Run it again as often as you like: nobody gets the same certificate twice, and files that are gone are written again.
    """
    if (people is None) == (name is None):
        raise UsageError("Say who has completed the course: either --to FILE.csv or --name NAME")
    where = office(content, log, key)
    refuse_output(output, forms)
    from kompetanse.evidence.eligible import refusals
    from kompetanse.importers.attendance import Defaults

    defaults = Defaults(day or (today() if name else None), attested_by)
    given = {"name": name, "number": number, "score": score}
    attended, refused = _read(people, {field: value for field, value in given.items() if value}, defaults)
    held = taught(where, course)
    stop_at((*refused, *refusals(held.asked, attended, today())), people)
    signer = where.signer(key)
    giving = held.giving(where, signer, language)
    with where.opened(signer.moment) as opened:
        done = give(where, giving, attended, opened, Output(output, forms, where.look))
    tell(done, output, where.log)
    return ExitCode.DONE


def refuse_output(output: Path, forms: Sequence[Format]) -> None:
    from kompetanse.evidence.typst_pdf import need_typst
    from kompetanse.git.ignored import is_kept_out

    if not is_kept_out(output / "x"):
        raise KompetanseError(
            f"{output} lies in a git repository, and a certificate is about a person: what git has kept, it never forgets. "
            "Choose a folder outside the repository, or one that .gitignore names"
        )
    if {"png", "pdf"} & set(forms):
        need_typst()


_Found = tuple[tuple[Attended, ...], tuple[Refusal, ...]]


def _read(people: Path | None, given: Mapping[str, str], defaults: Defaults) -> _Found:
    from kompetanse.importers.attendance import read_attendance, understood
    from kompetanse.importers.columns import Record
    from kompetanse.importers.table import clean

    if people is not None:
        return read_attendance(people, defaults)
    one = understood(Record(0, {field: clean(value) for field, value in given.items()}), defaults)
    return ((), (one,)) if isinstance(one, Refusal) else ((one,), ())


@dataclass(frozen=True, slots=True)
class Taught:
    """A course whose certificate can be given.

    Attributes:
        site: All that the region has.
        course: The course.
        asked: What it takes to get its certificate.
    """

    site: Site
    course: Course
    asked: Certificate

    def giving(self, where: Office, signer: Signer, language: str | None) -> Giving:
        """Return what all who get it share."""
        from kompetanse.evidence.achievement import achievement
        from kompetanse.evidence.issuance import Chance, Giving

        catalogue, change = self.site.catalogue, self.site.changed(self.course)
        return Giving(
            course=self.course.id,
            valid_for=self.asked.valid_for,
            issuer=where.issued_by,
            signer=signer,
            achievements={
                one: achievement(catalogue, self.course, self.asked, change, where.site, one)
                for one in LANGUAGES
            },
            language=language or _ours(catalogue.region.language),
            chance=Chance(uuid.uuid4, secrets.randbelow),
        )


def _ours(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def taught(where: Office, id_: str) -> Taught:
    """Return the course with that id, whose text must be committed, since the certificate names its version.

    Raises:
        KompetanseError: When there is none that gives a certificate today, or it has changes that are not committed.
    """
    from kompetanse.evidence.eligible import certificate_of
    from kompetanse.git.state import uncommitted
    from kompetanse.model.item import ItemId
    from kompetanse.staging import site_of

    site = site_of(where.place.root, where.place.content, today())
    course, asked = certificate_of(site.catalogue.items.get(ItemId(id_)), id_)
    files = {course.path, *(module.path for module in site.catalogue.modules_of(course))}
    changed = sorted(files & uncommitted(where.place.root))
    if changed:
        raise KompetanseError(
            f"{changed[0]} has changes that are not committed, and a certificate says which text of the course it is for. Commit them first"
        )
    return Taught(site, course, asked)


def stop_at(refused: Sequence[Refusal], people: Path | None) -> None:
    """Tell all that is wrong, and issue nothing.

    Raises:
        KompetanseError: When anything is.
    """
    if not refused:
        return
    for one in sorted(refused, key=lambda one: one.line):
        click.echo(f"{people}, line {one.line}: {one.reason}" if people else one.reason, err=True)
    raise KompetanseError("Nothing was issued. Mend what is told above, and run the command again")


@dataclass(frozen=True, slots=True)
class Output:
    """Where files go, which, and how they look."""

    folder: Path
    forms: tuple[Format, ...]
    look: Look

    def write(self, one: Issued, log: IssueLog) -> Iterator[Made]:
        """Write the files of a certificate that are not there, and yield all of them."""
        from kompetanse.evidence.certificate_files import files

        for made in files(one, log.certificate(one), self.forms, self.look):
            put(self.folder / made.name, made.data)
            yield made


@dataclass(slots=True)
class Done:
    """What a run has done."""

    new: int = 0
    known: int = 0
    lists: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def give(where: Office, giving: Giving, people: Sequence[Attended], log: IssueLog, output: Output) -> Done:
    """Give each of `people` the certificate: the log first, then the files."""
    done = Done()
    number = where.next_list(log)
    lists = {number, *(one.list for one in log.issued.values())}
    done.lists = where.publish(log, lists, giving.signer)
    for person in track_people(people):
        one, is_new = giving.to(person, log, number)
        done.new, done.known = done.new + is_new, done.known + (not is_new)
        done.lacking += tuple(made.name for made in output.write(one, log) if made.lacking)
    return done


def tell(done: Done, output: Path, log: Path) -> None:
    click.echo(f"Issued     {done.new}" + (f", and {done.known} had it already" if done.known else ""))
    click.echo(f"Files in   {output}")
    click.echo(f"Log        {log}")
    for name in done.lacking:
        click.echo(
            f"{name} has signs that the PDF's fonts lack, and «?» in their place; the file in it has them all"
        )
    for path in done.lists:
        click.echo(
            f"Commit {path} and publish the site: until then nobody can see that the certificates stand."
        )
