"""`kompetanse search`: find what the region has, as its readers will."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kompetanse.commands.place import Place, content_option, find
from kompetanse.commands.visible import visible, visible_json
from kompetanse.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kompetanse_search.answer import Answer, Result
    from kompetanse_search.index import Index
    from kompetanse_search.shown import Piece

Found = TypeVar("Found")

_SHOWN_VALUES = 4
"""Values of a facet that are counted under the results."""

_SHOWN_FACETS = ("kind", "language", "level", "delivery", "minutes")
"""Facets whose values say something as they are; the others are ids."""

NARROWED = ("kind", "role", "competence", "region", "language", "level", "licence")
"""Facets that there is an option for."""


def _narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    helps = {
        "kind": "Only items of this kind, such as course.",
        "role": "Only what is for the role with this id.",
        "competence": "Only what is about the competence with this id.",
        "region": "Only what comes from the region with this id.",
        "language": "Only pages in this language, such as nn.",
        "level": "Only courses up to this level, 1–4.",
        "licence": "Only pages under this licence, such as CC-BY-4.0.",
    }
    for name in reversed(NARROWED):
        option = click.option(f"--{name}", multiple=True, metavar="VALUE", help=f"{helps[name]} Repeatable.")
        command = option(command)
    return command


@click.command("search", epilog="Example: kompetanse search håndtering av medisiner --kind course")
@click.argument("words", nargs=-1)
@_narrowing
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Results to show.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option(
    "--similar",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="List what says the same as a Markdown file already.",
)
@click.option("--remember", is_flag=True, help="Note down, on this machine, a query that finds nothing.")
@click.option("--zero-hits", is_flag=True, help="List the queries noted down that found nothing, and stop.")
@content_option
def command(
    words: tuple[str, ...],
    limit: int,
    as_json: bool,
    similar: Path | None,
    remember: bool,
    zero_hits: bool,
    content: Path | None,
    **narrowed: tuple[str, ...],
) -> int:
    """Find what the region has, as its readers will: WORDS in any form, bokmål or nynorsk, also with an error.

    Every sign is text; nothing has a special meaning. Without WORDS on a terminal, queries are asked for one by one.
    Exits with 1 when nothing is found.
    """
    place = find(content)
    where = {facet: frozenset(values) for facet, values in narrowed.items() if values}
    ask = Ask(place, where, limit, as_json, remember)
    if zero_hits:
        return ask.print_zero_hits()
    if similar:
        return ask.print_similar(similar)
    if words:
        return ask.print_answer(" ".join(words))
    if sys.stdin.isatty() and sys.stdout.isatty():
        return ask.converse()
    raise UsageError("Say what to look for: kompetanse search WORDS")


class Ask:
    """One way of asking, for one query or many."""

    def __init__(
        self, place: Place, where: Mapping[str, frozenset[str]], limit: int, as_json: bool, remember: bool
    ) -> None:
        self._place, self._where, self._limit = place, where, limit
        self._as_json, self._remember = as_json, remember

    def _with_index(self, use: Callable[[Index], Found]) -> Found:
        """Use the index as it should be now; one that turns out to be damaged is made anew."""
        from kompetanse.commands.progress import track_pages
        from kompetanse.searching import DAMAGE, Watch, again, index

        watch = Watch(lambda said: click.echo(said, err=True), track_pages)
        root, content = self._place.root, self._place.content
        found = index(root, content, watch)
        try:
            return use(found)
        except DAMAGE:
            found.close()
            again(root, content)
            found = index(root, content, watch)
            return use(found)
        finally:
            found.close()

    def print_answer(self, text: str) -> int:
        """Print what is found."""
        found = self._with_index(lambda index: self._answer(index, text))
        if not found.total and self._remember:
            _zero_hits(self._place).note(text)
        if self._as_json:
            _print_json(found.json())
        else:
            _print_answer(found)
        return ExitCode.DONE if found.total else ExitCode.PROBLEMS

    def _answer(self, index: Index, text: str) -> Answer:
        from kompetanse_search.answer import answer

        return answer(index, text, limit=self._limit, where=self._where)

    def print_similar(self, file: Path) -> int:
        """Print what says the same as `file` already."""
        from kompetanse.searching import document
        from kompetanse_search.answer import like

        given, own = document(self._place.root, self._place.content, file)
        found = self._with_index(lambda index: like(index, given, limit=self._limit, without=own))
        if self._as_json:
            _print_json(found)
        for row in [] if self._as_json else found["similar"]:
            click.echo(f"{row['share']:3} %  {click.style(visible(row['title']), bold=True)} · {row['kind']}")
            click.echo(f"       {visible(row['address'])}")
        if not found["similar"]:
            click.echo("Nothing here says the same.", err=True)
        return ExitCode.DONE if found["similar"] else ExitCode.PROBLEMS

    def print_zero_hits(self) -> int:
        """Print the queries that found nothing, the most frequent first."""
        rows = _zero_hits(self._place).counted()
        if self._as_json:
            _print_json([{"query": query, "times": times} for query, times in rows])
        for query, times in [] if self._as_json else rows:
            click.echo(f"{times:4}  {visible(query)}")
        if not rows:
            click.echo("No query has been noted down. kompetanse search --remember does that", err=True)
        return ExitCode.DONE

    def converse(self) -> int:
        """Ask for queries until an empty one. Tab completes words and titles, where the system can."""
        from kompetanse.searching import index

        with closing(index(self._place.root, self._place.content)) as suggesting:
            _complete(suggesting)
            while text := _asked():
                self.print_answer(text)
        return ExitCode.DONE


def _asked() -> str:
    try:
        return input("search: ").strip()
    except EOFError:
        return ""


def _complete(index: Index) -> None:
    try:
        import readline
    except ImportError:
        return
    from kompetanse_search.suggest import Suggestions

    suggestions = Suggestions.of(index)
    readline.set_completer_delims("")
    readline.parse_and_bind("set completion-ignore-case on")
    readline.parse_and_bind("tab: complete")
    readline.set_completer(suggestions.completer)


def _print_json(found: Any) -> None:
    click.echo(visible_json(json.dumps(found, ensure_ascii=False, indent=2)))


def _print_answer(found: Answer) -> None:
    for result in found.results:
        _print_result(result)
    if found.meant:
        click.echo(f"Did you mean: {click.style(visible(found.meant), bold=True)}")
    if found.total:
        click.echo(_counts(found), err=True)
    else:
        click.echo("Nothing was found.", err=True)


def _print_result(result: Result) -> None:
    click.echo(f"{_styled(result.title, bold=True)} · {result.kind} · {visible(result.language)}")
    click.echo(f"  {click.style(visible(result.address) or '/', fg='blue')}")
    for heading in result.headings[:3]:
        click.echo(f"  # {visible(heading.text)}")
    if result.extract:
        click.echo(f"  {_styled(result.extract)}")
    click.echo()


def _styled(pieces: tuple[Piece, ...], bold: bool = False) -> str:
    """Return pieces with those marked standing out. Spaces between them stay."""
    return "".join(
        click.style(_piece(piece.text), bold=bold or piece.marked, underline=piece.marked or None)
        for piece in pieces
    )


def _piece(text: str) -> str:
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{visible(text)}{after}" if text.strip() else before


def _counts(found: Answer) -> str:
    facets = {facet: found.facets[facet] for facet in _SHOWN_FACETS if len(found.facets.get(facet, ())) > 1}
    parts = [f"{facet}: {_values(values)}" for facet, values in facets.items()]
    return " · ".join([f"{len(found.results)} of {found.total}", *parts])


def _values(values: Mapping[str, int]) -> str:
    often = sorted(values.items(), key=lambda one: (-one[1], one[0]))
    more = " …" if len(often) > _SHOWN_VALUES else ""
    return ", ".join(f"{visible(value)} {count}" for value, count in often[:_SHOWN_VALUES]) + more


def _zero_hits(place: Place) -> Any:
    from kompetanse.searching import shelf
    from kompetanse.zero_hits import ZeroHits

    return ZeroHits(shelf(place.root, place.content).folder / "zero-hits.txt")
