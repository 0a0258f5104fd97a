"""What `kompetanse fork` says, for people and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.following import say
from kompetanse.commands.visible import visible

if TYPE_CHECKING:
    from kompetanse.git.write import Result
    from kompetanse.sharing.fork import Plan

_SHOWN = 30
"""So many files are listed; `--json` has all."""


def row(found: Plan, result: Result | None) -> dict[str, Any]:
    """Return the plan as data."""
    return {
        "id": found.id,
        "folder": str(found.folder),
        "source": f"{found.origin.source}/{found.origin.id}",
        "commit": found.origin.commit,
        "signature": {"status": found.origin.signature.status, "key": found.origin.signature.key},
        "licence": found.origin.credit.licence,
        "files": [
            {
                "path": str(one.taken.target),
                "from": str(one.taken.source),
                "bytes": len(found.bases[one.taken.target]),
                "licence": one.licence,
                "verdict": one.verdict.answer,
                "why": one.verdict.words("en"),
            }
            for one in found.judged
        ],
        "competences": {
            "matched": found.names.matched,
            "copied": found.names.copied,
            "linked": found.names.linked,
            "unlike": found.names.unlike,
        },
        "ids": dict(found.names.ids),
        "hash": found.hash,
        "left_out": [{"path": one.shown, "why": one.why} for one in found.left_out],
        "staying": found.staying,
        "links": dict(found.outward),
        "missing": found.missing,
        "keys_taken_out": {str(path): keys for path, keys in found.local.items() if keys},
        "written": result is not None,
        "landed_on": result.branch if result else None,
        "landed_commit": result.commit if result else None,
    }


def tell(found: Plan, result: Result | None, *, dry_run: bool) -> None:
    """Say what a fork does, or has done."""
    credit = found.origin.credit
    click.echo(f"{visible(credit.title)}, by {visible(', '.join(credit.authors))}, {credit.licence}")
    click.echo(f"  {found.origin.source}/{found.origin.id} at {found.origin.commit[:12]} → {found.folder}")
    click.echo(f"  that version is {found.origin.signature}")
    for one in _files(found):
        click.echo(one)
    for one in _notes(found):
        click.echo(visible(one))
    if dry_run:
        click.echo("Nothing was written (--dry-run). The verdicts on licences are no legal advice")
    elif result and result.commit:
        click.echo(
            f"Committed {result.commit[:12]} on {result.branch}. Take it back with: kompetanse undo {found.id}"
        )
    else:
        click.echo(f"Staged. Look at it, then commit; or take it back with: kompetanse undo {found.id}")
    if not dry_run:
        say("Next: kompetanse check")


def _files(found: Plan) -> Iterator[str]:
    for one in found.judged[:_SHOWN]:
        size = len(found.bases[one.taken.target])
        kept = "" if one.verdict.answer == "ok" else f"; {one.licence}: {one.verdict.words('en')}"
        yield f"{size:>11}  {visible(str(one.taken.target))}{visible(kept)}"
    if len(found.judged) > _SHOWN:
        yield f"and {len(found.judged) - _SHOWN} more files"


def _notes(found: Plan) -> Iterator[str]:
    yield from _about_ids(found)
    if found.staying:
        yield f"References that stay with the source: {', '.join(found.staying)}"
    yield from _outward(found)
    yield from (f"{id_} leads nowhere at the source either" for id_ in found.missing)
    yield from (f"Left out: {one.shown}: {one.why}" for one in found.left_out[:_SHOWN])
    if len(found.left_out) > _SHOWN:
        yield f"Left out: {len(found.left_out) - _SHOWN} more files (see --json)"
    for path, keys in found.local.items():
        if keys:
            yield f"{path}: keys that mean something else here were taken out: {', '.join(keys)}"


def _outward(found: Plan) -> Iterator[str]:
    there = [f"{id_} ({address})" for id_, address in found.outward.items() if address]
    gone = [id_ for id_, address in found.outward.items() if not address]
    if there:
        yield f"Links that lead to the source: {', '.join(there)}"
    if gone:
        yield f"Links to what stays with the source and has no page there; their words stand without a link: {', '.join(gone)}"


def _about_ids(found: Plan) -> Iterator[str]:
    names = found.names
    told = {
        "Competences you have already": names.matched,
        "Yours say something else (take theirs too with --map or --competences ask)": names.unlike,
        "Competences that come along": names.copied,
        "Competences that stay with the source; the course no longer says that it teaches them": names.linked,
    }
    yield from (f"{words}: {', '.join(ids)}" for words, ids in told.items() if ids)
    yield from (
        f"{theirs} is called {ours} here" for theirs, ours in names.ids.items() if theirs != found.origin.id
    )
