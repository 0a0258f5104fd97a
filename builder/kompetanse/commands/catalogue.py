"""`kompetanse catalogue`: the courses that all sources offer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands.counting import counted
from kompetanse.commands.place import content_option, find
from kompetanse.commands.visible import visible, visible_json
from kompetanse.errors import ExitCode

if TYPE_CHECKING:
    from kompetanse.model.offer import Offer
    from kompetanse.model.region import Region
    from kompetanse.model.signature import Signature
    from kompetanse.sharing.status import Standing

_VERDICTS = {
    "ok": "may be adapted",
    "warn": "may be adapted",
    "mark": "may be adapted",
    "refuse": "not to be adapted",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """An offer with what it means for us.

    Attributes:
        offer: What is offered.
        verdict: `ok`, `warn`, `mark` or `refuse`: whether it may be adapted under our licence.
        why: The reason, in English.
        have: Id of the course that we made of it; None when we have not.
        behind: Files that the source has changed since; None when nobody knows.
        signature: How the source's version is signed; None when this machine has not read it.
    """

    offer: Offer
    verdict: str
    why: str
    have: str | None
    behind: int | None
    signature: Signature | None


@click.command(
    "catalogue", epilog="Example: kompetanse catalogue brannvern --language nb --licence CC-BY-4.0"
)
@click.argument("words", nargs=-1)
@click.option("--search", metavar="TEXT", help="The same as WORDS.")
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="Only what this source offers. Repeatable."
)
@click.option(
    "--licence", "licences", multiple=True, metavar="SPDX", help="Only under this licence. Repeatable."
)
@click.option(
    "--competence",
    "competences",
    multiple=True,
    metavar="TEXT",
    help="Only what teaches a competence with this id or title. Repeatable.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Only in this language, such as nn. Repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@content_option
def command(
    words: tuple[str, ...],
    search: str | None,
    sources: tuple[str, ...],
    licences: tuple[str, ...],
    competences: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
    content: Path | None,
) -> int:
    """List the courses that the sources offer, the best first when WORDS are given.

    Says of each whether its licence lets you adapt it, and whether you have it already and how far behind it is. Reads
    what is kept; `kompetanse source refresh` asks the sources. Exits with 1 when WORDS find nothing.
    """
    from kompetanse.content.offers import read_offers
    from kompetanse.content.region import read_region
    from kompetanse.sharing.sources import named

    place = find(content)
    region = read_region(place.root)[0]
    offers = read_offers(place.root)[0]
    for name in sources:
        if not any(one.source == name for one in offers):
            named(region, name)
    text = " ".join((*words, *((search,) if search else ())))
    chosen = [one for one in offers if _is_wanted(one, sources, licences, competences, languages)]
    ranked = _ranked(chosen, text) if text.strip() else chosen
    rows = _rows(place.root, region, ranked)
    if as_json:
        click.echo(visible_json(json.dumps([_json(row) for row in rows], ensure_ascii=False, indent=2)))
    else:
        _show(rows)
        _tell([one for one in offers if _among(sources, (one.source,))], len(rows), sources)
    return ExitCode.DONE if rows or not text.strip() else ExitCode.PROBLEMS


def _is_wanted(
    one: Offer,
    sources: Sequence[str],
    licences: Sequence[str],
    competences: Sequence[str],
    languages: Sequence[str],
) -> bool:
    return (
        _among(sources, (one.source,))
        and _among(licences, (one.licence or "",))
        and _among(competences, one.teaches)
        and _among(languages, (one.language, one.language.partition("-")[0]))
    )


def _among(wanted: Iterable[str], values: Iterable[str]) -> bool:
    """Tell whether one of the values is wanted; all are when nothing is said."""
    asked = {one.casefold() for one in wanted}
    return not asked or not asked.isdisjoint(value.casefold() for value in values)


def _ranked(offers: Sequence[Offer], text: str) -> list[Offer]:
    """Return the offers that `text` finds, best first, as the search on the site ranks."""
    from kompetanse_search.document import Document
    from kompetanse_search.memory import ranker_of

    by_key = {f"{one.source}/{one.id}": one for one in offers}
    documents = [
        Document(
            address=key,
            language=one.language,
            title=one.title,
            summary=one.summary,
            body=" ".join((one.id.replace("-", " "), *one.authors)),
            names=(*one.teaches, *one.audience),
        )
        for key, one in by_key.items()
    ]
    hits = ranker_of(documents).search(text, limit=max(len(documents), 1)).hits if documents else ()
    return [by_key[hit.address] for hit in hits]


def _rows(root: Path, region: Region, offers: Sequence[Offer]) -> list[_Row]:
    from kompetanse.sharing.having import having, signatures
    from kompetanse.sharing.licence import kept

    standings: Mapping[tuple[str, str], Standing] = having(root, region, offers)
    signed = signatures(root, region, offers)
    rows = []
    for one in offers:
        verdict = kept(one.licence, region.licence)
        ours = standings.get((one.source, one.id))
        behind = len(ours.behind) if ours and ours.behind is not None else None
        rows.append(
            _Row(
                one,
                str(verdict.answer),
                verdict.words("en"),
                ours.course if ours else None,
                behind,
                signed.get(one.source),
            )
        )
    return rows


def _show(rows: Sequence[_Row]) -> None:
    for row in rows:
        one = row.offer
        click.echo(f"{one.source}/{one.id}  {visible(one.title)}")
        click.echo(f"    {' · '.join(_facts(row))}")


def _facts(row: _Row) -> list[str]:
    one = row.offer
    low, high = (one.levels[0], one.levels[-1]) if one.levels else (0, 0)
    level = f"level {low}" if low == high else f"level {low}–{high}"
    found = [
        visible(one.language) if one.language != "und" else "language unknown",
        level if one.levels else "",
        f"{one.minutes} min" if one.minutes else "",
        f"{visible(one.licence or 'no licence')} ({_VERDICTS[row.verdict]}{'; ' + row.why if row.verdict != 'ok' else ''})",
        f"withdrawn: {visible(one.withdrawn)}" if one.withdrawn else "",
        str(row.signature) if row.signature and row.signature.status != "unsigned" else "",
        _had(row),
    ]
    return [fact for fact in found if fact]


def _had(row: _Row) -> str:
    if row.have is None:
        return ""
    named = "you have it" if row.have == row.offer.id else f"you have it as {row.have}"
    if row.behind is None:
        return f"{named}, behind (kompetanse status tells by how much)"
    if row.behind == 0:
        return f"{named}, up to date"
    return f"{named}, {counted(row.behind, 'file')} behind"


def _json(row: _Row) -> dict[str, Any]:
    offer = {
        key: str(value) if key == "modified" and value else value for key, value in asdict(row.offer).items()
    }
    return offer | {
        "verdict": row.verdict,
        "why": row.why,
        "have": row.have,
        "behind": row.behind,
        "signature": row.signature.status if row.signature else None,
    }


def _tell(offers: Sequence[Offer], shown: int, sources: Sequence[str]) -> None:
    """Say how many of the courses, of all sources or of those that were named, are shown."""
    whose = ", ".join(dict.fromkeys(sources))
    if not offers and whose:
        click.echo(f"{whose} offers no course", err=True)
    elif not offers:
        click.echo("No source offers anything yet. Add one: kompetanse source add ADDRESS", err=True)
    else:
        part = "" if shown == len(offers) else f"{shown} of "
        of_whom = f" of {whose}" if whose else ""
        click.echo(
            f"{part}{counted(len(offers), 'course')}{of_whom}. Take one: kompetanse fork SOURCE/ID", err=True
        )
