"""A file of nothing but questions as a course: each category of it is a lesson."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from pathlib import PurePath

from kompetanse.errors import KompetanseError
from kompetanse.importers.asked import Test
from kompetanse.importers.found_course import FoundCourse, FoundLesson, FoundMedia, Loss
from kompetanse.importers.table import clean

_SLASH = "\0"
_STAMP = re.compile(r" \((?:[0-9-]{10} [0-9a-f]{12}|[0-9a-f]{12}|unversioned)\)\Z")
"""What our own exporter adds to a category, so that versions can be told apart in a question bank."""


def path_of(category: str) -> tuple[str, ...]:
    """Return the names on the way to a category of Moodle; `//` is a slash in a name, `$course$` and `top` are no names."""
    parts = [clean(part.replace(_SLASH, "/")) for part in category.replace("//", _SLASH).split("/")]
    shown = [part for part in parts if part and not (part.startswith("$") and part.endswith("$"))]
    return tuple(shown[1:] if shown[:1] == ["top"] else shown)


def course(
    source: PurePath,
    format_: str,
    tests: Iterable[tuple[str, Test]],
    *,
    language: str | None = None,
    media: Sequence[FoundMedia] = (),
    losses: Sequence[Loss] = (),
) -> FoundCourse:
    """Return what a file of questions holds.

    Args:
        source: The file.
        format_: What kind of file it is.
        tests: Category and questions, in the order of the file; a category may come again.
        language: BCP 47 tag, where it is known.
        media: Pictures of the questions.
        losses: What was not carried over, apart from what `tests` say.

    Raises:
        KompetanseError: When there is nothing in it.
    """
    by_path: dict[tuple[str, ...], list[Test]] = {}
    lost = list(losses)
    for category, test in tests:
        lost += test.losses
        by_path.setdefault(path_of(category), []).append(test)
    held = {path for path, found in by_path.items() if any(one.questions for one in found)}
    held = held or {path for path, found in by_path.items() if _says(found)}
    if not held:
        raise KompetanseError(
            f"{source}: there is no question in it that we can read. Export the questions again, as {format_}"
        )
    above = _above([path for path in by_path if path])
    title = _STAMP.sub("", above[-1]) if above else clean(source.stem) or source.name
    lessons = [path for path, found in by_path.items() if path in held or (path != above and _says(found))]
    titles = _without_numbers([" – ".join(path[len(above) :]) or title for path in lessons])
    return FoundCourse(
        title=title,
        source=source.name,
        format=format_,
        lessons=tuple(_lesson(one, by_path[path]) for one, path in zip(titles, lessons, strict=True)),
        body="" if above in lessons else _says(by_path.get(above, [])),
        language=language,
        media=tuple(media),
        losses=tuple(lost),
    )


def _says(tests: Sequence[Test]) -> str:
    return "\n\n".join(test.body for test in tests if test.body)


def _above(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names that all paths begin with; of a single one, all of it."""
    same = takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    return tuple(names[0] for names in same)


def _without_numbers(titles: Sequence[str]) -> Sequence[str]:
    """Return titles without the numbers that sort them, when all have one and they rise."""
    parts = [(number, rest) for number, _, rest in (title.partition(" ") for title in titles)]
    if not all(number.isascii() and number.isdigit() and len(number) < 4 and rest for number, rest in parts):
        return titles
    numbers = [int(number) for number, _ in parts]
    rises = all(one < two for one, two in pairwise(numbers)) and (len(numbers) > 1 or numbers == [1])
    return [rest for _, rest in parts] if rises else titles


def _lesson(title: str, tests: Sequence[Test]) -> FoundLesson:
    questions = tuple(question for test in tests for question in test.questions)
    return FoundLesson(title, _says(tests), questions)
