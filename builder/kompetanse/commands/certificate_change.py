"""`kompetanse certificate revoke` and `renew`: withdraw what should not stand, and give again what runs out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.certificate_issue import (
    Output,
    format_option,
    give,
    output_option,
    refuse_output,
    stop_at,
    taught,
    tell,
)
from kompetanse.commands.issuing import key_option, log_option, office, refuse_identity
from kompetanse.commands.place import Day, content_option, today
from kompetanse.errors import ExitCode, KompetanseError
from kompetanse.model.attendance import Attended

if TYPE_CHECKING:
    from kompetanse.evidence.certificate_files import Format
    from kompetanse.evidence.issue_log import Issued


@click.command(
    "revoke",
    epilog="Example: kompetanse certificate revoke 0d0f3a55 --reason 'Feil navn' --key ~/nokkel/2026.pem",
)
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True)
@click.option(
    "--reason", required=True, metavar="TEXT", help="Why, for the private log; never anything about health."
)
@key_option
@log_option
@content_option
def revoke(numbers: tuple[str, ...], reason: str, key: Path, log: Path | None, content: Path | None) -> int:
    """Withdraw certificates, for good.

    NUMBER is what stands on the certificate; its first eight signs are enough. Everybody who checks it sees that it is
    withdrawn when the list that this command signs has been committed and published. Why stands in the private log alone.
    """
    from kompetanse.evidence.register import chosen

    refuse_identity(reason)
    where = office(content, log, key)
    signer = where.signer(key)
    with where.opened(signer.moment) as opened:
        found = chosen(opened.issued.values(), numbers)
        fresh = [one for one in found if one.withdrawn is None]
        for one in fresh:
            opened.withdraw(one, reason, signer.moment)
        lists = where.publish(opened, {one.list for one in opened.issued.values()}, signer)
    known = len(found) - len(fresh)
    click.echo(f"Withdrawn  {len(fresh)}" + (f", and {known} were withdrawn before" if known else ""))
    for path in lists:
        click.echo(f"Commit {path} and publish the site: until then the certificates seem to stand.")
    return ExitCode.DONE


@click.command(
    "renew",
    epilog="Example: kompetanse certificate renew 0d0f3a55 --score 90 --attested-by 'Ola' --key ~/nokkel/2026.pem -o ~/bevis",
)
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True)
@click.option("--date", "day", type=Day(), help="When the course was completed anew; default: today.")
@click.option("--attested-by", required=True, metavar="NAME", help="Who answers for it.")
@click.option("--score", type=click.FloatRange(0, 100), metavar="PERCENT", help="New result, in per cent.")
@key_option
@log_option
@output_option
@format_option
@content_option
def renew(
    numbers: tuple[str, ...],
    day: date | None,
    attested_by: str,
    score: float | None,
    key: Path,
    log: Path | None,
    output: Path,
    forms: tuple[Format, ...],
    content: Path | None,
) -> int:
    """Issue anew, with a new period, to those who have completed the same course again.

    NUMBER is what stands on the old certificate, which runs out by itself. The new one is by the course as it is today.
    """
    from kompetanse.evidence.eligible import refusals
    from kompetanse.evidence.register import chosen

    refuse_identity(attested_by)
    where = office(content, log, key)
    refuse_output(output, forms)
    signer = where.signer(key)
    result = None if score is None else Decimal(str(score))
    with where.opened(signer.moment) as opened:
        old = chosen(opened.issued.values(), numbers)
        course = taught(where, _course_of(old))
        people = [_again(one, day or today(), attested_by, result) for one in old]
        stop_at(tuple(refusals(course.asked, people, today())), None)
        giving = course.giving(where, signer, None)
        done = give(where, giving, people, opened, Output(output, forms, where.look))
    tell(done, output, where.log)
    return ExitCode.DONE


def _course_of(old: tuple[Issued, ...]) -> str:
    withdrawn = next((one for one in old if one.withdrawn), None)
    if withdrawn:
        raise KompetanseError(
            f"{withdrawn.id.removeprefix('urn:uuid:')} was withdrawn, and cannot be renewed. Issue a new one"
        )
    courses = {one.course for one in old}
    if len(courses) > 1:
        raise KompetanseError(f"These are of {len(courses)} courses. Renew those of one course at a time")
    return courses.pop()


def _again(one: Issued, day: date, attested_by: str, score: Decimal | None) -> Attended:
    return Attended(0, one.name, day, attested_by, number=one.person, score=score, language=one.language)
