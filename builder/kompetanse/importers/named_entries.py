"""Entries of an archive by name, each once, and the words by which an archive is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kompetanse.errors import KompetanseError
from kompetanse.importers import entry_names
from kompetanse.importers.limits import Limits
from kompetanse.importers.unpacked import shown

AGAIN = "Pack the folder again with an ordinary zip program, and import that"
ASK = "Ask for a new copy, or unpack it yourself and import the folder"
DAMAGED = "it is damaged"
NOT_THERE = "there is no such file in it"


def _is_noise(name: str) -> bool:
    """Tell whether a system wrote an entry for itself."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or parts[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}


class Named:
    """Entries by name, each once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.entries: dict[str, Any] = {}

    def add(self, name: str, entry: Any, is_folder: bool) -> None:
        why = entry_names.why_refused(name)
        if why:
            self.refuse(name, why, f"{AGAIN}; nothing was unpacked")
        name = entry_names.normal(name)
        if is_folder or _is_noise(name):
            return
        if name in self.entries:
            self.refuse(name, "the archive has it twice", AGAIN)
        self.entries[name] = entry

    def refuse(self, name: str, why: str, remedy: str) -> None:
        raise KompetanseError(f"{self._file}: {shown(name)}: {why}. {remedy}")


def too_many(file: Path, limits: Limits) -> str:
    """Return what is said of a file that holds too many."""
    return f"{file} holds more than {limits.entries:,} files. Split it, and import the parts".replace(
        ",000", " 000"
    )
