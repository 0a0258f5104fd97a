"""Names of the entries of an archive: in their letters, and refused where they would leave a folder."""

from __future__ import annotations

import re
import unicodedata

_DRIVE = re.compile(r"[A-Za-z]:")
_DOS_LETTERS = range(0x80, 0xA6)
"""Where code page 865 has its letters; Windows-1252 has signs there that no file name has."""

LONGEST = 1000


def decoded(raw: bytes) -> str:
    """Return a name whose archive does not say its encoding.

    UTF-8 when it is that, else the code page of Norwegian DOS (865, which zip programs of Windows use) when every
    letter beyond ASCII is one there, else Windows-1252, which holds Latin-1.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        beyond = [byte for byte in raw if byte > 0x7F]
        is_dos = all(byte in _DOS_LETTERS for byte in beyond)
        return raw.decode("cp865" if is_dos else "windows-1252", errors="replace")


def normal(name: str) -> str:
    """Return a name as the program that looks for it writes it: letters composed, no `./` before it."""
    return unicodedata.normalize("NFC", name).removeprefix("./")


def why_refused(name: str) -> str | None:
    """Return why no program should unpack a file to `name`, or None when it may be."""
    if "\\" in name:
        return "its name has a backslash"
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is absolute"
    if ".." in name.split("/"):
        return "its name leads out of the folder"
    if not name or "\0" in name or len(name) > LONGEST or not name.replace("\t", "").isprintable():
        return "its name is empty, too long, or has signs that no name has"
    return None
