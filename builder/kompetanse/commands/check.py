"""`kompetanse check`: say what is wrong with the content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kompetanse.commands.place import content_option, date_option, find, today
from kompetanse.commands.progress import track
from kompetanse.commands.report import FORMATS, counted, counts
from kompetanse.errors import ExitCode, KompetanseError, Problem, Severity, UsageError
from kompetanse.messages import LANGUAGES, codes, explanation

_COMPLETE = frozenset({"json", "sarif"})


@click.command(
    "check",
    epilog="Example: kompetanse check --strict --format github",
    short_help="Say everything that is wrong with the content.",
)
@content_option
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How problems are written."
)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option(
    "--notices", is_flag=True, help="Show notices too, which never fail; JSON and SARIF always hold them."
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the messages; default: the region's.")
@click.option("--explain", metavar="CODE", help="Say why a rule exists, and stop.")
@date_option
def command(
    content: Path | None,
    form: str,
    strict: bool,
    notices: bool,
    lang: str | None,
    explain: str | None,
    day: date | None,
) -> int:
    """Say everything that is wrong with the content, and what to do.

    Exits with 1 when there are errors, or with --strict warnings.
    """
    if explain:
        return _explain(explain, lang or _language(content))
    from kompetanse.staging import read

    place = find(content)
    reading = read(place.root, place.content, day or today(), track)
    language = lang or reading.library.region.language
    written = FORMATS[form](_shown(reading.problems, form, notices), language)
    if written:
        click.echo(written)
    if form == "text":
        click.echo(_summary(len(reading.library.documents), counts(reading.problems), notices), err=True)
    failed = reading.errors or (strict and reading.warnings)
    return ExitCode.PROBLEMS if failed else ExitCode.DONE


def _language(content: Path | None) -> str:
    """Return the language of the region that one stands in, or English outside of any."""
    from kompetanse.content.region import read_region

    try:
        return read_region(find(content).root)[0].language
    except KompetanseError:
        return "en"


def _explain(code: str, language: str) -> int:
    if code not in codes():
        raise UsageError(f"There is no rule {code!r}. The rules: {', '.join(codes())}")
    click.echo(explanation(code, language))
    return ExitCode.DONE


def _shown(problems: Sequence[Problem], form: str, notices: bool) -> Sequence[Problem]:
    """Leave notices out where people read, so that what must be mended is not lost among them."""
    if notices or form in _COMPLETE:
        return problems
    return [problem for problem in problems if problem.severity is not Severity.NOTICE]


def _summary(files: int, found: dict[str, int], notices: bool) -> str:
    hidden = " (--notices shows them)" if found["notice"] and not notices else ""
    return f"{counted({'file': files}) or '0 files'}: {counted(found) or 'no problems'}{hidden}"
