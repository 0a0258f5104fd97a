"""Answer on a page: start the server, show its address, wait until the answers are saved."""

from __future__ import annotations

import secrets
import sys
import webbrowser
from typing import TYPE_CHECKING

import click

from kompetanse.errors import ExitCode, KompetanseError
from kompetanse.messages import plural, text

if TYPE_CHECKING:
    from kompetanse.commands.resolve import Work
    from kompetanse.sharing.desk.form import Chosen


def serve(work: Work) -> int:
    """Serve the page until the person has saved, or stopped."""
    from kompetanse.sharing.desk.page import Page
    from kompetanse.sharing.desk.server import Desk

    page = Page(work.sheet, work.title, work.language)
    with Desk(page, secrets.token_urlsafe(32), lambda chosen: _saved(work, chosen)) as desk:
        click.echo(text(work.language, "resolve.open", address=desk.address))
        click.echo(text(work.language, "resolve.waits"), err=True)
        if sys.stdout.isatty():
            webbrowser.open(desk.address)
        desk.serve_forever(poll_interval=0.1)
    if desk.outcome == "saved":
        click.echo(text(work.language, "resolve.done_title"))
        click.echo(text(work.language, "resolve.undo", command=f"kompetanse undo {work.course.id}"), err=True)
    return ExitCode.DONE


def _saved(work: Work, chosen: Chosen) -> str:
    """Write what was chosen, and return what to say of it."""
    from kompetanse.commands.resolve_save import save

    answered = work.sheet.answered(chosen.answers, chosen.taken_back, looked_over=True)
    if answered.is_nothing:
        raise KompetanseError(text(work.language, "resolve.saved_nothing"))
    save(work, answered)
    left = work.sheet.left(answered)
    saved = plural(work.language, "resolve.saved", len(answered.settled) + len(answered.edited))
    return f"{saved} {plural(work.language, 'resolve.unanswered', left)}" if left else saved
