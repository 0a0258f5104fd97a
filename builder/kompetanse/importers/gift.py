"""Read questions in GIFT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kompetanse.importers.asked import Answer, Asked, Fitting, Test, plain
from kompetanse.importers.gift_grammar import GiftEntry, GiftFault, GiftKind, entries
from kompetanse.importers.moodle_question import MoodleQuestion, take
from kompetanse.importers.moodle_text import AsMarkdown, Marked


def tests(text: str, name: str, fitting: Fitting, as_markdown: AsMarkdown) -> Iterator[tuple[str, Test]]:
    """Yield each category and what it asks.

    Args:
        text: The file.
        name: Its name, for the report.
        fitting: Takes in the questions.
        as_markdown: HTML from elsewhere → Markdown of ours.
    """
    category = ""
    for entry in entries(text):
        if isinstance(entry, GiftFault):
            fitting.lose(f"{name}, line {entry.line}", "a question", entry.says)
            continue
        if entry.category != category:
            yield category, fitting.taken()
            category = entry.category
        take(_question(entry, name, as_markdown), fitting)
    yield category, fitting.taken()


_QTYPES: Mapping[GiftKind, str] = {
    "description": "description",
    "essay": "essay",
    "choice": "multichoice",
    "match": "match",
    "truefalse": "truefalse",
    "short": "shortanswer",
    "number": "numerical",
}


def _question(entry: GiftEntry, name: str, as_markdown: AsMarkdown) -> MoodleQuestion:
    def markdown(text: Marked) -> str:
        html = text.html()
        return as_markdown(html).strip() if html else ""

    is_text = entry.kind in ("short", "number")
    where = f"{name}, line {entry.line}"
    stem, explanation = markdown(entry.stem), markdown(entry.explanation)
    return MoodleQuestion(
        Asked(where, stem, explanation, entry.id or entry.name, entry.name),
        _QTYPES[entry.kind],
        tuple(
            Answer(one.text.text if is_text else markdown(one.text), one.credit, markdown(one.feedback))
            for one in entry.answers
        ),
        single=entry.single,
        exact=all(one.exact for one in entry.answers),
        pairs=tuple((markdown(one.text), plain(one.pair)) for one in entry.answers if one.pair),
    )
