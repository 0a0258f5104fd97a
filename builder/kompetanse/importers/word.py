"""Word documents (.docx, .docm): mammoth reads their styles into HTML, and the HTML becomes modules of ours.

A module begins at each heading of the highest level; what a person must look at is reported with its page and heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import mammoth

from kompetanse.errors import KompetanseError
from kompetanse.importers import office, word_scan
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.html_notes import Note, notes
from kompetanse.importers.html_parts import Part, Parts, anchors, is_empty, parts
from kompetanse.importers.html_text import written
from kompetanse.importers.html_tree import Element, name, take_out, tree, words
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import InPart
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.word_plain import plain
from kompetanse.importers.word_styles import own_styles

_TITLE, _SUBTITLE = "kmp-title", "kmp-subtitle"
_DEEP = "\n".join(
    f"p[style-name='List {kind} {level}'] => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh"
    for kind, tag in (("Bullet", "ul"), ("Number", "ol"))
    for level in (2, 3, 4, 5)
)
"""Lists whose level is in the name of their style only."""

_BUILT_IN = {
    "title": f"p.{_TITLE}:fresh",
    "subtitle": f"p.{_SUBTITLE}:fresh",
    "quote": "blockquote > p:fresh",
    "intense quote": "blockquote > p:fresh",
    "caption": "figcaption:fresh",
    "toc heading": "!",
    "html preformatted": "pre:separator('\\n')",
    "code": "pre:separator('\\n')",
}
"""What becomes of styles that mammoth does not know, by their names in small letters."""

_STYLES = "\n".join(
    [
        *(
            f"p[style-name='{name}'] => {path}"
            for key, path in _BUILT_IN.items()
            for name in (key, key.title(), key.upper())
        ),
        "p[style-name='TOC Heading'] => !",
        "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
        "p[style-name^='toc '] => !",
        "p[style-name^='TOC '] => !",
        "r[style-name='HTML Code'] => code",
        _DEEP,
    ]
)
_SPOILT = (
    AttributeError,
    BadZipFile,
    ExpatError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What mammoth raises on a file that is no whole Word document."""

_MISSING = "Could not find image file"
_UNKNOWN = "An unrecognised element was ignored: "
"""How mammoth begins to say it."""

_LONGEST_HEADING = 80


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a Word document.

    Raises:
        KompetanseError: When it is damaged, unsafe or empty.
    """
    office.refuse_unsafe(source)
    shelf = Shelf()
    html, missing = _html(source, shelf, tell)
    root = tree(html)
    title, subtitle = _taken(root, _TITLE), _taken(root, _SUBTITLE)
    footnotes = notes(root)
    guesses = list(_fake_headings(root, source.file.name))
    found = parts(root, has_title=bool(title))
    said = office.properties(source)
    whole = title or found.title or said.get("title") or source.file.stem
    lessons, losses = _lessons(source, shelf, found, footnotes, whole, tell)
    body = "" if not found.parts else _lead(source, shelf, found, footnotes, losses)
    return FoundCourse(
        title=whole,
        source=source.file.name,
        format="Word",
        lessons=tuple(lessons),
        body=body,
        summary=subtitle,
        language=said.get("language"),
        authors=(said["creator"],) if "creator" in said else (),
        media=shelf.media,
        losses=(*word_scan.losses(source), *missing, *guesses, *losses, *shelf.losses),
    )


def _html(source: Unpacked, shelf: Shelf, tell: Tell) -> tuple[str, list[Loss]]:
    """Return the document as HTML, its pictures on the shelf, and the pictures that it names and does not hold.

    Raises:
        KompetanseError: When it cannot be read.
    """
    count, pictures = 0, sum(name.startswith("word/media/") for name in source.names)

    def picture(image: Any) -> dict[str, str]:
        nonlocal count
        count += 1
        tell(count, max(count, pictures))
        try:
            with image.open() as stream:
                name = stream.read().decode()
        except (
            KeyError,
            ValueError,
        ):  # it lies outside the document, or is not in it: whoever writes the text says so
            return {"src": f"no. {count}"}
        file = f"bilde-{count}{PurePosixPath(name).suffix}"
        kept = shelf.put(file, source.keep(name), f"{source.file.name}: picture {count}")
        return {"src": kept or f"no. {count}"}

    try:
        with office.slim(source, partial(plain, source)).open("rb") as stream:
            result = mammoth.convert_to_html(
                stream,
                style_map="\n".join([_STYLES, *own_styles(source, _BUILT_IN)]),
                convert_image=mammoth.images.img_element(picture),
                include_embedded_style_map=False,
            )
    except _SPOILT as error:
        raise KompetanseError(
            f"{source.file}: it is damaged, or no whole Word document. Open it in Word or LibreOffice, save it anew, and import that"
        ) from error
    return str(result.value), list(_remarks(source, [str(one.message) for one in result.messages]))


def _remarks(source: Unpacked, messages: Sequence[str]) -> Iterator[Loss]:
    """Yield what mammoth says that it left out."""
    for message in messages:
        element = message.removeprefix(_UNKNOWN)
        if message.startswith(_MISSING):
            yield Loss(source.file.name, "picture", "its file is not in the document")
        elif element != message and element.startswith("w:") and element != "w:altChunk":
            yield Loss(
                source.file.name, f"element {element}", "it is not known here. Look whether words are missing"
            )


def _taken(root: Element, mark: str) -> str:
    """Take the paragraphs of a style out of a document, and return their words."""
    found = [one for one in root.iter("p") if one.get("class") == mark]
    shown = " ".join(" ".join(words(one).split()) for one in found)
    for one in found:
        take_out(one)
    return shown


def _lessons(
    source: Unpacked, shelf: Shelf, found: Parts, footnotes: Mapping[str, Note], title: str, tell: Tell
) -> tuple[list[FoundLesson], list[Loss]]:
    """Return a lesson for each part; a document that nothing parts is one lesson of its title."""
    each = list(found.parts) or [found.lead]
    where = anchors(each)
    lessons: list[FoundLesson] = []
    losses: list[Loss] = []
    for number, part in enumerate(each):
        text = written(part.root, InPart(_OnShelf(shelf), where), _place(source, part), footnotes)
        lessons.append(FoundLesson(part.title or title, text.body))
        losses += text.losses
        tell(number + 1, len(each))
    if not found.parts and not lessons[0].body:
        raise KompetanseError(f"{source.file}: the document is empty. Check that you chose the right file")
    return lessons, losses


def _lead(
    source: Unpacked, shelf: Shelf, found: Parts, footnotes: Mapping[str, Note], losses: list[Loss]
) -> str:
    if is_empty(found.lead.root):
        return ""
    text = written(
        found.lead.root, InPart(_OnShelf(shelf), anchors(found.parts)), _place(source, found.lead), footnotes
    )
    losses += text.losses
    return text.body


def _place(source: Unpacked, part: Part) -> str:
    return f"{source.file.name}: under «{part.title}»" if part.title else source.file.name


class _OnShelf:
    """Places in a document whose pictures lie on the shelf already."""

    def __init__(self, shelf: Shelf) -> None:
        self._names = {one.name for one in shelf.media}

    def link(self, url: str) -> str | None:
        return None

    def picture(self, url: str) -> str | None:
        return url if url in self._names else None


def _fake_headings(root: Element, file: str) -> Iterator[Loss]:
    """Yield what looks like a heading and has no style of one: a short paragraph that is bold all through."""
    for one in root:
        shown = " ".join(words(one).split())
        if (
            name(one) == "p"
            and _is_all_bold(one)
            and 0 < len(shown) <= _LONGEST_HEADING
            and not shown.endswith((".", ":"))
        ):
            yield Loss(
                file,
                f"«{shown}»",
                "it looks like a heading, but has no style of one, so it stands as bold words. Write ## before it if it is one",
            )


def _is_all_bold(paragraph: Element) -> bool:
    loose = [paragraph.text, *(child.tail for child in paragraph)]
    return (
        len(paragraph) > 0
        and all(name(child) == "strong" for child in paragraph)
        and not any((one or "").strip() for one in loose)
    )
