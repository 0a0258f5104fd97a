"""Read H5P: its texts, pictures and usual questions; what its scripts do besides is said.

The parameters of each content type are those of its `semantics.json`; a version of a type only adds to the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kompetanse.errors import KompetanseError
from kompetanse.importers.asked import Fitting
from kompetanse.importers.found_course import FoundCourse, FoundLesson
from kompetanse.importers.h5p_parts import Part, Parts, inner, listed, name_of, said
from kompetanse.importers.html_head import licence_in
from kompetanse.importers.html_text import plain
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import PagePlaces
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.saying import Saying
from kompetanse.importers.sections import joined
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

ABOUT, CONTENT = "h5p.json", "content/content.json"


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a package.

    Raises:
        KompetanseError: When it is damaged, or holds no text and no question that we can read.
    """
    about, content = _json(source, ABOUT), _json(source, CONTENT)
    language = said(about, "language", "defaultLanguage")
    shelf = Shelf()
    fitting = Fitting(language or "nb")
    parts = Parts(source.file.name, PagePlaces(source, CONTENT, shelf, {}), shelf, source, fitting)
    title = plain(said(about, "title")) or clean(source.file.stem)
    whole = Part(name_of(said(about, "mainLibrary")), content, title)
    lessons = []
    for number, part in enumerate(_lessons(whole), 1):
        body = joined(parts.blocks(part))
        lessons.append(FoundLesson(part.title or f"{title} {number}", body, parts.questions()))
        tell(number, number)
    cover = Saying(source.file.name, parts.losses, parts.places).block(
        said(inner(content, "bookCover"), "coverDescription")
    )
    if not any(one.body or one.questions for one in lessons):
        raise KompetanseError(
            f"{source.file}: no text and no question in it can be read. Write them anew, or export the questions elsewhere"
        )
    mark = content.get("passPercentage")
    return FoundCourse(
        title=title,
        source=source.file.name,
        format=f"H5P {whole.library.removeprefix('H5P.')}",
        lessons=tuple(lessons),
        body=cover,
        language=language if 2 <= len(language) <= 8 and language != "und" else None,
        licence=licence_in(f"{said(about, 'license')} {said(about, 'licenseVersion')}".strip()),
        authors=tuple(filter(None, (clean(said(one, "name")) for one in listed(about, "authors")))),
        media=shelf.media,
        pass_mark=mark if isinstance(mark, int) and 0 < mark <= 100 else None,
        losses=(*parts.losses, *shelf.losses),
    )


def _lessons(whole: Part) -> Iterator[Part]:
    """Yield the chapters of a book; everything else is one lesson."""
    chapters = listed(whole.params, "chapters") if whole.library == "H5P.InteractiveBook" else []
    for chapter in chapters:
        found = Part.of(chapter)
        if found:
            yield found
    if not chapters:
        yield whole


def _json(source: Unpacked, name: str) -> Mapping[str, Any]:
    """Return what a file of the package says.

    Raises:
        KompetanseError: When it is not there, or no JSON.
    """
    try:
        found = json.loads(source.read(name))
    except (ValueError, RecursionError):
        source.fail(name, "it is no whole JSON", "Download the content again as .h5p")
    if not isinstance(found, dict):
        source.fail(name, "it is no description of H5P content", "Download the content again as .h5p")
    return found
