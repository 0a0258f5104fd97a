"""How reports are asked for and written: their forms, and where they may lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.commands.place import Decorator
from kompetanse.errors import KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.evidence.report_page import Page

_BINARY = frozenset({"pdf", "xlsx"})

output_option: Decorator = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write; default: standard output.",
)


def form_option(*forms: str) -> Decorator:
    """Return the option that chooses among `forms`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="Form of the report.",
    )


status_option: Decorator = click.option(
    "--status",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="List of withdrawn certificates of a partner region; may be repeated. The region's own are known.",
)


def refuse_wrong(form: str, output: Path | None) -> None:
    """Stop before anything is read.

    Raises:
        UsageError: When a PDF or a workbook would go to the terminal.
        KompetanseError: When git would keep the report, or its folder is not there.
    """
    if output is None:
        if form in _BINARY:
            raise UsageError(
                f"{'A PDF' if form == 'pdf' else 'A workbook'} needs a file. Name one with -o FILE"
            )
        return
    from kompetanse.git.ignored import is_kept_out

    if not is_kept_out(output):
        raise KompetanseError(
            f"{output} lies in a git repository, and a report is about persons: what git has kept, it never forgets. "
            "Choose a file outside the repository, or one that .gitignore names"
        )
    if output.is_dir() or not output.absolute().parent.is_dir():
        raise KompetanseError(f"{output} cannot be written. Name a file in a folder that is there")


def in_form(form: str, page: Page, language: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the report, and what there is to tell of its form alone."""
    from kompetanse.evidence.report_page import as_csv, as_html, as_pdf
    from kompetanse.evidence.spreadsheet import workbook
    from kompetanse.messages import plural

    if form == "pdf":
        return as_pdf(page, lambda count: plural(language, "unit.pdf_signs", count))
    if form == "xlsx":
        return workbook(page), ()
    as_text: Callable[[Page], str] = as_csv if form == "csv" else as_html
    return as_text(page).encode("utf-8"), ()


def write(report: bytes, output: Path | None) -> None:
    """Write the report whole, or not at all.

    Raises:
        KompetanseError: When it cannot be written.
    """
    if output is None:
        click.echo(report, nl=False)
        return
    aside = output.with_name(f".{output.name}.new")
    try:
        aside.write_bytes(report)
        aside.replace(output)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise KompetanseError(f"Could not write {output}: {error.strerror}. Choose another file") from error
