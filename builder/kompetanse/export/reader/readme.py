"""What lies in a package for the person who uploads it: some settings cannot travel in a file."""

from __future__ import annotations

from functools import partial

from kompetanse.export.edition import Edition
from kompetanse.export.reader.page import credit
from kompetanse.export.reader.templating import template
from kompetanse.messages import table, text


def readme(edition: Edition, format_: str) -> str:
    """Return the page for a format whose words stand under `howto.<format>`: steps that are numbered from 1."""
    language = edition.course.language
    prefix = f"howto.{format_}."
    words = table(language, ("howto",))
    steps = [words[key] for key in sorted(words) if key.removeprefix(prefix).isdigit()]
    return template("readme.html").render(
        edition=edition,
        course=edition.course,
        steps=[one.format(mark=edition.pass_mark) for one in steps],
        notes=[words[key] for key in sorted(words) if key.startswith(f"{prefix}note")],
        intro=words[f"{prefix}intro"],
        name=words[f"{prefix}name"],
        credit=partial(credit, text(language, "package.away")),
        t=partial(text, language),
    )
