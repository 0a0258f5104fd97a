"""Which reader knows a file, told by what it holds and not by its name.

A reader is a module with

    def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse

To add one, add a row to `_ALL`. Its test must be cheap, and true for no file of another format; the first that is true reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Protocol, cast

from kompetanse.errors import KompetanseError
from kompetanse.importers.archives import nested
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.unpacked import Unpacked, shown

Tell = Callable[[int, int], None]
"""Called with how many parts of a file have been read, and how many there are."""

_HEAD = 8_192


def quiet(done: int, of: int, /) -> None:
    """Tell nobody how far reading has come."""


class Read(Protocol):
    """Read a file.

    Raises:
        KompetanseError: When it is damaged or holds nothing that could be a course; names file, entry and remedy.
    """

    def __call__(self, source: Unpacked, tell: Tell = quiet) -> FoundCourse: ...


class Sample:
    """What a file is recognised by.

    Attributes:
        source: The file.
        names: Names of its entries.
    """

    def __init__(self, source: Unpacked) -> None:
        self.source = source
        self.names = frozenset(source.names)

    @cached_property
    def is_archive(self) -> bool:
        """Whether it is an archive or a folder; else it is one file."""
        return self.source.names != (self.source.file.name,) or self.source.file.is_dir()

    @cached_property
    def text(self) -> str:
        """The first characters of a file that is no archive, in any encoding, small letters; empty for an archive."""
        return "" if self.is_archive else self.start_of(self.source.file.name)

    def start_of(self, name: str) -> str:
        """Return the first characters of an entry, in small letters; empty where there is none."""
        if name not in self.source:
            return ""
        start = next(iter(self.source.pieces(name)), b"")[:_HEAD]
        return start.replace(b"\0", b"").decode("utf-8", errors="replace").lstrip("\ufeff").lower()

    def ends(self, *suffixes: str) -> bool:
        """Tell whether an entry has one of these endings."""
        return any(name.lower().endswith(suffixes) for name in self.names)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format.

    Attributes:
        name: As people call it.
        module: Module in this package that reads it.
        suits: Tells whether a file is one.
    """

    name: str
    module: str
    suits: Callable[[Sample], bool]

    @property
    def read(self) -> Read:
        """The function that reads it; its module is imported here, so that others need not be installed."""
        return cast(Read, import_module(f"kompetanse.importers.{self.module}").read)


def _is_word(sample: Sample) -> bool:
    return "word/document.xml" in sample.names


def _is_slides(sample: Sample) -> bool:
    return "ppt/presentation.xml" in sample.names


def _is_epub(sample: Sample) -> bool:
    return "application/epub+zip" in sample.start_of("mimetype") or "META-INF/container.xml" in sample.names


def _is_pages(sample: Sample) -> bool:
    if sample.is_archive:
        return sample.ends(".html", ".htm", ".xhtml")
    return "<html" in sample.text or "<!doctype html" in sample.text or "<body" in sample.text


def _is_moodle_xml(sample: Sample) -> bool:
    return _root_of(sample.text) == "quiz"


def _is_h5p(sample: Sample) -> bool:
    return "h5p.json" in sample.names and "content/content.json" in sample.names


def _is_cmi5(sample: Sample) -> bool:
    return "cmi5.xml" in sample.names


def _is_scorm(sample: Sample) -> bool:
    return _is_package(sample) and bool(re.search(r"adlcp|adl scorm|adlseq", _manifest_of(sample)))


def _manifest_of(sample: Sample) -> str:
    """Return the first characters of the uppermost manifest, in small letters."""
    found = [name for name in sample.names if name.lower().rpartition("/")[2] == "imsmanifest.xml"]
    return sample.start_of(min(found, key=lambda name: (name.count("/"), name)))


def _is_qti(sample: Sample) -> bool:
    return _root_of(sample.text) in (
        "questestinterop",
        "assessmentitem",
        "assessmenttest",
        "qti-assessment-item",
    )


def _is_moodle(sample: Sample) -> bool:
    return "moodle_backup.xml" in sample.names


def _is_package(sample: Sample) -> bool:
    return any(name.lower().rpartition("/")[2] == "imsmanifest.xml" for name in sample.names)


def _is_gift(sample: Sample) -> bool:
    text = sample.text
    return bool(_GIFT_BRACE.search(text)) and (
        "::" in text or "$category:" in text or "=" in text or "~" in text
    )


_ROOT = re.compile(r"<(?:[\w.-]+:)?([a-z][\w.-]*)[\s/>]")
_GIFT_BRACE = re.compile(r"(?<!\\)\{\s*(?:\Z|[=~#}]|t(?:rue)?\b|f(?:alse)?\b)")


def _root_of(text: str) -> str:
    """Return the name of the root element of an XML file that starts with `text`, in small letters; empty for others."""
    if not text.lstrip().startswith("<"):
        return ""
    found = _ROOT.search(text)
    return found[1] if found else ""


_ALL = (
    Reader("Word", "word", _is_word),
    Reader("PowerPoint", "slides", _is_slides),
    Reader("EPUB", "epub", _is_epub),
    # packages of learning systems stand here: they hold pages too
    Reader("Moodle", "mbz", _is_moodle),
    Reader("cmi5", "cmi5", _is_cmi5),
    Reader("H5P", "h5p", _is_h5p),
    Reader("SCORM", "scorm", _is_scorm),
    Reader("Common Cartridge", "cartridge", _is_package),
    Reader("Moodle XML", "moodle_xml", _is_moodle_xml),
    Reader("QTI", "qti", _is_qti),
    Reader("GIFT", "gift", _is_gift),
    Reader("HTML", "pages", _is_pages),
)

READERS = {reader.name: reader for reader in _ALL}
"""Formats by name, in the order in which they are tried."""


def reader_of(source: Unpacked) -> Reader:
    """Return the reader that knows a file.

    Raises:
        KompetanseError: When none does; with what the file seems to be, and what to do.
    """
    sample = Sample(source)
    found = next((reader for reader in _ALL if reader.suits(sample)), None)
    if found is None:
        raise KompetanseError(f"{source.file}: {_what_else(sample)}")
    return found


_STRANGERS = {
    b"\xd0\xcf\x11\xe0": "this is an Office file of before 2007, or one with a password. Open it, save it as .docx or "
    ".pptx without password, and import that",
    b"%PDF": "this is a PDF, which does not say what is a heading, a list or a table. Import the file that it was made from",
    b"{\\rt": "this is an RTF file. Open it in Word or LibreOffice, save it as .docx, and import that",
}


_OTHER_PACKAGES = {
    "moodle.xml": "this is a backup of Moodle 1. Restore it in a newer Moodle, and back the course up there",
    ".crs": "this is an AICC package. Export the course again as SCORM 1.2, and import that",
}
"""What holds one of these, and nothing that a reader knows."""


def _what_else(sample: Sample) -> str:
    source = sample.source
    if not source.names:
        return "it is empty. Check that you chose the right file"
    inner = nested(source.names) if sample.is_archive else None
    if inner:
        remedy = "Name that file" if source.file.is_dir() else "Unpack it once, and import what is inside"
        return f"it holds a file to import itself, {shown(inner)}. {remedy}"
    if source.names[0].lower().endswith((".md", ".markdown")):
        return "this is Markdown, which needs no import. Copy it into the content folder, and run `kompetanse check`"
    if sample.is_archive:
        if any(
            name.endswith(".xml") and "opendocument" in sample.start_of("mimetype") for name in source.names
        ):
            return "this is a file of LibreOffice. Save it as .docx or .pptx, and import that"
        if told := next((says for sign, says in _OTHER_PACKAGES.items() if sample.ends(sign)), None):
            return told
        return (
            f"none of the formats that we read: it starts with {shown(source.names[0])}. We read {_known()}"
        )
    start = next(iter(source.pieces(source.file.name)), b"")[:4]
    if not start:
        return "it is empty. Check that you chose the right file"
    return _STRANGERS.get(start, f"none of the formats that we read. We read {_known()}")


def _known() -> str:
    *first, last = READERS
    return f"{', '.join(first)} and {last}. Save it as one of these, or import what it was made from"
