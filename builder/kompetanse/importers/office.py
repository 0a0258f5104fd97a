"""What Word and PowerPoint files have in common: the parts of their package, who wrote them, and what is not taken from them.

ECMA-376 part 2 (Open Packaging Conventions) describes the package.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kompetanse.importers.found_course import Loss
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import local, parsed, refuse_entities

MOST_XML = 20 * 2**20
"""Bytes of one part: 300 pages of text are a twentieth of it, and a reader needs forty times its size in memory."""

_MOST_IN_ALL = 4 * MOST_XML

_MACROS = ("vbaproject.bin",)


def refuse_unsafe(source: Unpacked) -> None:
    """Stop before a library of others unfolds a file that it should not.

    Raises:
        KompetanseError: When a part is damaged, too large, or declares entities.
    """
    size = 0
    for name in source.names:
        if not name.lower().endswith((".xml", ".rels")):
            for _ in source.pieces(name):
                pass
            continue
        data = source.read(name, MOST_XML)
        refuse_entities(data, f"{source.file}: {name}")
        size += len(data)
        if size > _MOST_IN_ALL:
            source.fail(
                name,
                f"up to here the text alone has {size // 2**20} MB",
                "Split the document, and import the parts",
            )


def slim(source: Unpacked, change: Callable[[str, bytes], bytes] = lambda name, data: data) -> Path:
    """Return the package with its text only, for a library that would hold all of it: what is no XML holds its own name.

    Args:
        source: The package.
        change: Returns what an entry that is XML is to hold.
    """
    path = source.store(b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.names:
            is_xml = name.lower().endswith((".xml", ".rels"))
            archive.writestr(name, change(name, source.read(name, MOST_XML)) if is_xml else name.encode())
    return path


def left_behind(source: Unpacked) -> Iterator[Loss]:
    """Yield the parts of a package that are never taken, and what it would fetch from elsewhere."""
    for name in source.names:
        small = name.lower()
        if small.endswith(_MACROS):
            yield Loss(source.file.name, "macros", "programs are never taken or run")
        elif "/embeddings/" in small:
            yield Loss(
                source.file.name,
                f"embedded file {name.rpartition('/')[2]}",
                "files in the document are not taken. Save it on its own, and put it in the course's folder",
            )
        elif "/charts/chart" in small and small.endswith(".xml"):
            yield Loss(
                source.file.name,
                "chart",
                "charts are not taken. Save it as a picture, and say in words what it shows",
            )
        elif "/diagrams/data" in small:
            shown = " · ".join(_texts(source, name))
            yield Loss(
                source.file.name,
                f"SmartArt: {shown[:200]}",
                "its layout is not taken. Write it as a list, or save it as a picture",
            )
        elif small.endswith(".rels"):
            yield from _outside(source, name)


def _texts(source: Unpacked, name: str) -> Iterator[str]:
    for element in parsed(source.read(name), f"{source.file}: {name}").iter():
        if local(element) == "t" and (element.text or "").strip():
            yield str(element.text).strip()


def _outside(source: Unpacked, name: str) -> Iterator[Loss]:
    for element in parsed(source.read(name), f"{source.file}: {name}"):
        kind = (element.get("Type") or "").rpartition("/")[2]
        if element.get("TargetMode") == "External" and kind != "hyperlink":
            target = (element.get("Target") or "")[:200]
            yield Loss(
                source.file.name,
                f"{_KIND.get(kind, kind)} outside the file: {target}",
                "nothing is fetched. Put the file into the course's folder",
            )


_KIND = {
    "image": "picture",
    "attachedTemplate": "template",
    "oleObject": "object",
    "video": "film",
    "audio": "sound",
}


def properties(source: Unpacked) -> dict[str, str]:
    """Return what a package says of itself: `title`, `creator`, `language`, `description` …, each where it says something."""
    name = "docProps/core.xml"
    if name not in source:
        return {}
    root = parsed(source.read(name), f"{source.file}: {name}")
    return {local(one): " ".join(one.text.split()) for one in root if one.text and one.text.strip()}
