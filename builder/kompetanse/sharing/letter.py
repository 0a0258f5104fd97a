"""The text that goes with a contribution: in the course's language, for people who may never have heard of us."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.messages import text
from kompetanse.sharing.contribute import Contribution
from kompetanse.sharing.differences import FileDifference, Sort
from kompetanse.sharing.plain import plain


def subject(found: Contribution, region: str, language: str) -> str:
    """Return the subject of the mail and of the commit: which course, and from whom."""
    return text(language, "contribute.subject", title=plain(found.given.credit.title), region=region)


def letter(found: Contribution, region: str, language: str, file: str) -> str:
    """Return the text of the mail or the request.

    Args:
        found: What is given.
        region: Our name.
        language: BCP 47.
        file: Name of the file that holds the change.
    """
    rows = (f"- {one.path}: {', '.join(_said(one, language))}" for one in found.differences)
    credit = found.course.record.credit
    parts = (
        text(language, "contribute.hello"),
        text(language, "contribute.uses", region=region, title=plain(credit.title), date=credit.date or "–"),
        "\n".join(rows),
        text(language, "contribute.licence", licence=found.given.credit.licence),
        text(language, "contribute.how", file=file, commit=found.given.commit[:12]),
        text(language, "contribute.bye", region=region),
    )
    return "\n\n".join(parts) + "\n"


def _said(one: FileDifference, language: str) -> Iterator[str]:
    if one.sort is not Sort.CHANGED:
        yield text(language, f"contribute.{one.sort}")
        return
    if not one.is_text:
        yield text(language, "contribute.picture")
    if one.layout:
        yield text(language, "contribute.layout")
    if one.passages:
        yield text(language, "contribute.changed", count=len(one.passages))
    if one.keys:
        yield text(language, "contribute.keys", keys=", ".join(key.key for key in one.keys))
