"""`kompetanse diff`: what differs between an adopted course and its source, as authors read it."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.following import Here, here, offline_option, say, say_uncommitted
from kompetanse.commands.place import content_option
from kompetanse.commands.visible import visible_json
from kompetanse.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kompetanse.sharing.adopted import Adopted
    from kompetanse.sharing.differences import FileDifference, Passage, Words

Contents = Mapping[PurePosixPath, bytes]


@click.command("diff", epilog="Example: kompetanse diff brannvern --theirs")
@click.argument("course")
@click.option("--ours", is_flag=True, help="What you have changed since you took it.")
@click.option("--theirs", is_flag=True, help="What the source has changed since you took it.")
@offline_option
@content_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(course: str, ours: bool, theirs: bool, offline: bool, content: Path | None, as_json: bool) -> int:
    """Show what you and the source have changed in COURSE: by key, heading and paragraph, with the words marked.

    Words that came are marked {+so+}, words that went [-so-]; on a terminal they have colours too.
    Without --ours or --theirs both are shown.
    """
    if ours and theirs:
        raise UsageError("Leave out --ours and --theirs to see both")
    at = here(content, offline=offline)
    found = at.own.course(course)
    sides = {}
    if not theirs:
        say_uncommitted(at, found, "shown")
        sides["ours"] = _ours(at, found)
    if not ours:
        sides["theirs"] = _theirs(at, found)
    if as_json:
        rows = {side: [_row(one) for one in differences] for side, differences in sides.items()}
        click.echo(visible_json(json.dumps(rows, ensure_ascii=False, indent=2)))
        return ExitCode.DONE
    titles = {"ours": "You have changed", "theirs": f"{found.record.source} has changed"}
    for number, (side, differences) in enumerate(sides.items()):
        click.echo(
            "\n" * bool(number)
            + click.style(f"{titles[side]}: {len(differences) or 'nothing'}", bold=True)
            + _files(differences)
        )
        for one in differences:
            for text in _lines(one):
                click.echo(text)
    return ExitCode.DONE


def _files(found: tuple[FileDifference, ...]) -> str:
    return f" file{'' if len(found) == 1 else 's'}" if found else ""


def _ours(at: Here, course: Adopted) -> tuple[FileDifference, ...]:
    """Return what we have changed; keys that are about us, and rows that the fork had to add, are no change."""
    from kompetanse.content.adoption import is_adapted
    from kompetanse.sharing.differences import differences

    read = at.own.read(course.files.values())
    before = _bases(at, course)
    after = {path: read[oid] for path, oid in course.files.items()}
    same = {
        path for path, data in before.items() if path in after and not is_adapted(path, data, after[path])
    }
    before = {path: data for path, data in before.items() if path not in same}
    after = {path: data for path, data in after.items() if path not in same}
    return tuple(map(_without_rows_of_the_fork, differences(before, after)))


def _without_rows_of_the_fork(one: FileDifference) -> FileDifference:
    from kompetanse.content.adoption import LOCAL_KEYS, NAMING_KEYS
    from kompetanse.sharing.differences import Sort

    if one.sort is not Sort.CHANGED:
        return one
    keys = tuple(
        key
        for key in one.keys
        if key.key not in LOCAL_KEYS and not (key.before is None and key.key in NAMING_KEYS)
    )
    return replace(one, keys=keys)


def _bases(at: Here, course: Adopted) -> Contents:
    """Return the versions that ours were made from, by path in our folder."""
    files = course.record.files
    found = at.own.bases(course, (base.oid for base in files.values()))
    missing = sorted({base.oid for base in files.values()} - found.keys())
    if missing:
        source = at.sources.of(course.record.source)
        found |= source.at(course.record.commit).snapshot.read(missing)
    return {path: found[base.oid] for path, base in files.items()}


def _theirs(at: Here, course: Adopted) -> tuple[FileDifference, ...]:
    from kompetanse.sharing.differences import differences
    from kompetanse.sharing.given import given

    source = at.sources.of(course.record.source)
    if source.fault:
        say(f"The source does not answer; what was kept is shown: {source.fault}")
    now = source.at(source.newest())
    found = given(course.record, now.snapshot, now.tree, now.offers, now.moment)
    read = now.snapshot.read(sorted({one.oid for one in found.files.values()}))
    return differences(_bases(at, course), {path: read[one.oid] for path, one in found.files.items()})


# --- telling ----------------------------------------------------------------------------------------------------------


def _lines(one: FileDifference) -> Iterator[str]:
    from kompetanse.sharing.differences import Sort
    from kompetanse.sharing.vet import shown

    word = {Sort.ADDED: "new", Sort.REMOVED: "gone"}.get(one.sort, "changed")
    yield ""
    yield click.style(f"{shown(one.path)} ({word})", bold=True)
    if not one.is_text:
        yield "  no text, such as a picture"
    if one.layout:
        yield "  only spaces and row ends"
    for key in one.keys:
        yield f"  {shown(key.key) or 'front matter'}: {_key(key.before, key.after)}"
    heading: tuple[str, ...] = ()
    for passage in one.passages:
        if passage.headings != heading:
            heading = passage.headings
            yield click.style(f"  {' › '.join(map(_clean, heading)) or 'At the top'}", underline=True)
        yield from _wrapped(passage)


def _key(before: str | None, after: str | None) -> str:
    if before is None:
        return _new(_clean(after or ""))
    if after is None:
        return _old(_clean(before))
    return f"{_old(_clean(before))} → {_new(_clean(after))}"


def _wrapped(passage: Passage) -> Iterator[str]:
    """Yield the text of a passage in rows that fit the screen; its own rows stay where it is code."""
    text = "".join(_word(word) for word in passage.words)
    width = min(shutil.get_terminal_size().columns, 120)
    for row in text.split("\n"):
        yield from textwrap.wrap(row, width, initial_indent="    ", subsequent_indent="    ") or [""]


def _word(word: Words) -> str:
    from kompetanse.sharing.differences import Sort

    text = _clean(word.text)
    return _new(text) if word.sort is Sort.ADDED else _old(text) if word.sort is Sort.REMOVED else text


def _new(text: str) -> str:
    return click.style(f"{{+{text}+}}", fg="green")


def _old(text: str) -> str:
    return click.style(f"[-{text}-]", fg="red")


def _clean(text: str) -> str:
    """Return foreign text without the signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "·" for sign in text)


def _row(one: FileDifference) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "sort": str(one.sort),
        "text": one.is_text,
        "layout": one.layout,
        "keys": [{"key": key.key, "before": key.before, "after": key.after} for key in one.keys],
        "passages": [
            {
                "headings": list(passage.headings),
                "sort": str(passage.sort),
                "words": [{"sort": str(word.sort), "text": word.text} for word in passage.words],
            }
            for passage in one.passages
        ],
    }
