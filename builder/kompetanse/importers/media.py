"""Pictures and other files that a course brings: named for our folder, each once, and left out where they may do harm."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from kompetanse.content.checks.assets import is_active
from kompetanse.content.file_kinds import why_refused
from kompetanse.importers.found_course import FoundMedia, Loss
from kompetanse.model.asset import is_published
from kompetanse.model.slug import slug

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"})
_OTHER_PICTURES = frozenset(
    {".emf", ".wmf", ".tif", ".tiff", ".bmp", ".psd", ".heic", ".eps", ".ai", ".svgz"}
)
_AS_PNG = "Save it as PNG, and put it in the course's folder"
_LONGEST = 60
_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"RIFF": ".webp",
    b"%PDF-": ".pdf",
}
_HEAD = 16


class Shelf:
    """The files of one course, in the order in which they were put.

    Attributes:
        losses: Files that were not taken, and why.
    """

    def __init__(self) -> None:
        self.losses: list[Loss] = []
        self._by_name: dict[str, FoundMedia] = {}
        self._by_digest: dict[str, str] = {}

    @property
    def media(self) -> tuple[FoundMedia, ...]:
        """What it holds."""
        return tuple(self._by_name.values())

    def put(self, name: str, data: bytes | Path, where: str) -> str | None:
        """Take a file, and return the name that the text shall use; None when it was not taken, which `losses` then says.

        The same bytes get the same name; what the file is called when it lies elsewhere does not matter.

        Args:
            name: What it is called where it comes from.
            data: What it holds, or a file that stays until the course is written.
            where: Its place, for the report.
        """
        suffix = _suffix(name, data)
        digest = _digest(data) + suffix
        if digest in self._by_digest:
            return self._by_digest[digest]
        why = self._refused(suffix, data)
        if why:
            self.losses.append(Loss(where, f"file {PurePosixPath(name).name}", why))
            return None
        chosen = self._free(PurePosixPath(name).stem, suffix)
        self._by_name[chosen] = FoundMedia(chosen, data)
        self._by_digest[digest] = chosen
        return chosen

    def _refused(self, suffix: str, data: bytes | Path) -> str | None:
        if not suffix or not is_published(PurePosixPath(f"x{suffix}")):
            return f"files of the kind {suffix or 'without an ending'} are not published. " + (
                _AS_PNG
                if suffix in _OTHER_PICTURES
                else "If readers need it, save it as a kind that is, such as PDF or MP4"
            )
        held = data if isinstance(data, bytes) else data.read_bytes()
        why = why_refused(suffix, held)
        if why:
            return f"it is {why}. Ask for a new copy" if not why.startswith("declares") else f"it {why}"
        if suffix == ".svg" and is_active(held):
            return "the drawing can run something, or fetches something from elsewhere. Save it as PNG"
        return None

    def _free(self, stem: str, suffix: str) -> str:
        folder = "bilder" if suffix in PICTURES else "filer"
        base = slug(stem)[:_LONGEST].strip("-") or "fil"
        number, name = 1, f"{folder}/{base}{suffix}"
        while name in self._by_name:
            number += 1
            name = f"{folder}/{base}-{number}{suffix}"
        return name


def _suffix(name: str, data: bytes | Path) -> str:
    """Return the ending that a file's own first bytes speak of, else that of its name."""
    own = PurePosixPath(name).suffix.lower()
    start = data[:_HEAD] if isinstance(data, bytes) else _start(data)
    told = next((suffix for sign, suffix in _SIGNATURES.items() if start.startswith(sign)), own)
    if told == ".webp" and start[8:12] != b"WEBP":
        return own
    return own if (told, own) == (".jpg", ".jpeg") else told


def _start(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_HEAD)


def _digest(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
