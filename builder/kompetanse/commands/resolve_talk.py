"""Ask in the terminal: three versions side by side where there is room, below each other where there is not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from kompetanse.messages import text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kompetanse.sharing.places import Answer, Choice, Place
    from kompetanse.sharing.sheet import Sheet

WIDE = 100
"""Columns from which there is room for three versions side by side."""
_LONGEST = 20_000
"""Letters of a version that are shown."""
_WORDS: dict[str, str] = {
    "ours": "take_ours",
    "theirs": "take_theirs",
    "both": "take_both",
    "own": "write_own",
}


def ask(sheet: Sheet, language: str) -> dict[int, Answer]:
    """Ask about every place and return the answers by number; those that are skipped are left out."""
    for case in sheet.cases:
        if not case.places:
            click.echo(text(language, "resolve.edited", path=_clean(str(case.path))))
    found = {}
    for place in sheet.places:
        show_place(place, len(sheet.places), language)
        answer = _choose(place, language)
        if answer:
            found[place.number] = answer
    return found


def _choose(place: Place, language: str) -> Answer | None:
    from kompetanse.errors import KompetanseError
    from kompetanse.sharing.places import Answer, answer_text

    names = [*(_named(place, choice, language) for choice in place.choices), text(language, "resolve.skip")]
    click.echo("  ".join(f"{number} {name}" for number, name in enumerate(names, 1)))
    while True:
        number = click.prompt(text(language, "resolve.choose"), type=click.IntRange(1, len(names)))
        if number == len(names):
            return None
        choice = place.choices[number - 1]
        answer = Answer(choice, _written(place, language) if choice == "own" else "")
        try:
            answer_text(place, answer)
        except KompetanseError as error:
            click.echo(str(error))
            continue
        return answer


def _named(place: Place, choice: Choice, language: str) -> str:
    if place.sort == "file" and choice == "theirs" and place.why == "deleted-there":
        return text(language, "resolve.delete_ours")
    if place.sort == "file" and choice == "ours" and place.why == "deleted-here":
        return text(language, "resolve.keep_deleted")
    return text(language, f"resolve.{_WORDS[choice]}")


def _written(place: Place, language: str) -> str:
    """Return a text of the person's own: from the editor that they have chosen, else typed."""
    if sys.stdout.isatty() and (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        found = click.edit(place.start, extension=".md")
        if found is not None:
            return str(found)
    if place.is_value:
        click.echo(text(language, "resolve.own_value"))
    click.echo(text(language, "resolve.own_hint"))
    rows: list[str] = []
    while (row := click.prompt("", prompt_suffix="> ", default="", show_default=False)) != ".":
        rows.append(row)
    return "\n".join(rows)


def look_over(sheet: Sheet, language: str) -> tuple[int, ...]:
    """Show what was merged automatically, and return the numbers that are to be taken back."""
    if not sheet.noted:
        return ()
    show_noted(sheet, language)
    while True:
        given = click.prompt(
            text(language, "resolve.take_back_prompt"), default="", show_default=False
        ).split()
        known = {str(one.number) for one in sheet.noted}
        if set(given) <= known:
            return tuple(map(int, given))


# --- showing --------------------------------------------------------------------------------------------------------


def show_place(place: Place, count: int, language: str) -> None:
    """Show a place with its three versions, the words that differ from how it was marked."""
    head = text(language, "resolve.question", number=place.number, count=count)
    where = {
        "file": text(language, "resolve.whole_file"),
        "key": text(language, "resolve.key", key=_clean(place.key)),
        "text": text(language, "resolve.under", heading=_clean(place.heading)) if place.heading else "",
    }[place.sort]
    click.echo()
    click.echo(
        click.style(" · ".join(one for one in (head, _clean(str(place.path)), where) if one), bold=True)
    )
    for why in place.why.split(", "):
        click.echo(text(language, f"why.{why}"))
    sides = zip(("base", "ours", "theirs"), (place.base, place.ours, place.theirs), place.sizes, strict=True)
    _print(
        [
            (text(language, f"resolve.{side}"), _version(place, version, size, language))
            for side, version, size in sides
        ]
    )
    if place.sort == "file" and any(place.sizes) and place.base is place.ours is place.theirs is None:
        click.echo(text(language, "resolve.see_pictures"))


def show_noted(sheet: Sheet, language: str) -> None:
    """Show what was merged automatically."""
    from rich.text import Text

    if not sheet.noted:
        return
    click.echo()
    click.echo(click.style(text(language, "resolve.reviews"), bold=True))
    click.echo(text(language, "resolve.reviews_lead"))
    for one in sheet.noted:
        review = one.review
        key = text(language, "resolve.key", key=_clean(review.key)) if review.key else ""
        parts = (f"{one.number}", _clean(str(one.path)), key, text(language, f"how.{review.how}"))
        click.echo()
        click.echo(click.style(" · ".join(part for part in parts if part), bold=True))
        _print(
            [
                (text(language, "resolve.ours"), Text(_clean(review.ours).strip("\n"))),
                (text(language, "resolve.theirs"), Text(_clean(review.theirs).strip("\n"))),
                (text(language, "resolve.result"), _words(review.ours, review.merged)),
            ]
        )


def _version(place: Place, version: str | None, size: int | None, language: str) -> Text:
    """Return a version of a place; what it has more than how it was is marked."""
    from rich.text import Text

    if version and version.strip():
        return _words("" if version is place.base else place.base or "", version)
    if place.sort != "file" or version is not None:
        return Text(text(language, "resolve.missing"), style="italic")
    key = "no_file" if size is None else "no_text"
    return Text(text(language, f"resolve.{key}", size=size), style="italic")


def _words(before: str, after: str) -> Text:
    """Return a version with what it has more than `before` marked by colour and by signs."""
    from rich.text import Text

    from kompetanse.sharing.differences import Sort, marked

    shown = Text()
    if len(before) + len(after) > _LONGEST or not before.strip():
        return Text(_clean(after).strip("\n")[:_LONGEST])
    for word in marked(before.strip("\n"), after.strip("\n")):
        if word.sort is Sort.SAME:
            shown.append(_clean(word.text))
        elif word.sort is Sort.ADDED:
            shown.append(f"{{+{_clean(word.text)}+}}", style="green")
        else:
            shown.append(f"[-{_clean(word.text)}-]", style="red")
    return shown


def _print(versions: list[tuple[str, Text]]) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=False)
    if console.width >= WIDE:
        _beside(console, versions)
        return
    for title, version in versions:
        console.print(title, style="bold underline", markup=False)
        console.print(version)


def _beside(console: Console, versions: list[tuple[str, Text]]) -> None:
    from rich.table import Table

    table = Table(expand=True, show_lines=False)
    for title, _ in versions:
        table.add_column(title, ratio=1, overflow="fold")
    table.add_row(*(version for _, version in versions))
    console.print(table)


def _clean(shown: str) -> str:
    """Return foreign text without the signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "·" for sign in shown)
