"""`kompetanse certificate list` and `expiring`: what the log tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.issuing import log_option, office
from kompetanse.commands.place import Day, content_option, today
from kompetanse.errors import ExitCode, UsageError
from kompetanse.model.duration import Duration

if TYPE_CHECKING:
    from kompetanse.evidence.issue_log import Issued

_form_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="Form of the list; csv is for a spreadsheet.",
)


@click.command(
    "list",
    epilog="Example: kompetanse certificate list --course brannkurs --log ~/nokkel/kursbevis-logg.jsonl",
)
@click.option("--course", metavar="ID", help="Only those of this course.")
@log_option
@_form_option
@content_option
def listed(course: str | None, log: Path | None, form: str, content: Path | None) -> int:
    """List what has been issued, from the private log. It names people: keep what you save of it as you keep the log."""
    found = [one for one in _issued(content, log) if course in {None, one.course}]
    _show(found, form)
    return ExitCode.DONE


@click.command(
    "expiring",
    epilog="Example: kompetanse certificate expiring --within P90D --log ~/nokkel/kursbevis-logg.jsonl",
)
@click.option(
    "--within",
    default="P90D",
    show_default=True,
    metavar="LENGTH",
    help="How far to look ahead, such as P90D or P6M.",
)
@click.option("--date", "day", type=Day(), help="Day to look ahead from; default: today.")
@log_option
@_form_option
@content_option
def expiring(within: str, day: date | None, log: Path | None, form: str, content: Path | None) -> int:
    """List the certificates that run out, or have, and whose holders have no later one of the same course."""
    from kompetanse.evidence.register import ending

    found = [one.one for one in ending(_issued(content, log), day or today(), _length(within))]
    _show(found, form)
    return ExitCode.DONE


def _length(text: str) -> Duration:
    try:
        return Duration.parse(text)
    except ValueError as error:
        raise UsageError(f"{text} is no length of time. Write it as P90D, P6M or P1Y") from error


def _issued(content: Path | None, log: Path | None) -> tuple[Issued, ...]:
    from kompetanse.evidence.issue_log import IssueLog

    where = office(content, log, None)
    return tuple(IssueLog(where.log, where.did).issued.values())


def _show(found: Sequence[Issued], form: str) -> None:
    from kompetanse.evidence.register import COLUMNS, as_csv, rows

    if form == "csv":
        click.echo(as_csv(found), nl=False)
    elif form == "json":
        names = [name.replace(" ", "_") for name in COLUMNS]
        data = [dict(zip(names, row, strict=True)) for row in rows(found)]
        click.echo(json.dumps({"certificates": data}, ensure_ascii=False, indent=2))
    else:
        click.echo(_table(rows(found)) if found else "None.")


def _table(found: Iterable[tuple[str, ...]]) -> str:
    """Return a row for each: number, dates, name and course, and whether it is withdrawn."""
    lines = []
    for number, name, course, _, completed, last_day, withdrawn, _ in found:
        ends = f"withdrawn {withdrawn}" if withdrawn else f"to {last_day}" if last_day else "no end"
        lines.append(f"{number[:8]}  {completed}  {ends:<20}  {name}, {course}")
    return "\n".join(lines)
