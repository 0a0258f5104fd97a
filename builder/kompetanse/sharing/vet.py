"""What of a foreign tree may be written into a region's repository: a verdict on each path and file, nothing else.

    findings = (*vet_paths(entries), *vet_contents(contents))
    refused(findings)                          # one of these, and nothing is written
    left_out(findings)                         # paths that stay behind
    [one for one in findings if one.verdict is Verdict.ASK]

The rules are git's own for `.git` and its look-alikes (CVE-2014-9390 and followers), those of Windows' file names
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file), and limits that no course needs to pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from kompetanse.content.file_kinds import why_refused
from kompetanse.sharing.snapshot import Entry

MOST_FILES = 500
"""Files of one course with all it reaches."""

MOST_BYTES = 20 * 2**20
"""Bytes of one file."""

_LONGEST_PATH, _DEEPEST = 200, 12
_PLAIN = {"100644", "100755", "100664"}
_KINDS = {"120000": "a symbolic link", "160000": "a submodule"}
_DIRECTING = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_UNWRITABLE = re.compile(r'[\\:*?"<>|]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)", re.IGNORECASE
)
_SHORT_NAME = re.compile(r".*~\d+(?:\.|$)")
_POINTER = b"version https://git-lfs.github.com/spec/"


class Verdict(StrEnum):
    """What a finding means: nothing is written; this file stays behind; a person decides."""

    REFUSE = "refuse"
    LEFT_OUT = "left-out"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one path of the source.

    Attributes:
        verdict: What follows from it.
        path: As git has it.
        why: In a sentence without the path.
    """

    verdict: Verdict
    path: PurePosixPath
    why: str

    @property
    def shown(self) -> str:
        """The path as it can be shown: control characters and marks of direction as escapes."""
        return shown(self.path)

    def __str__(self) -> str:
        return f"{self.shown}: {self.why}"


def shown(path: PurePosixPath | str) -> str:
    """Return a foreign path for the screen: whatever could steer it, or turn text round, is an escape; at most 120 signs."""
    text = str(path)
    safe = "".join(
        sign if sign.isprintable() and not _DIRECTING.match(sign) else ascii(sign)[1:-1] for sign in text
    )
    return safe if len(safe) <= 120 else f"{safe[:119]}…"


def refused(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop all."""
    return tuple(one for one in findings if one.verdict is Verdict.REFUSE)


def left_out(findings: Iterable[Finding]) -> frozenset[PurePosixPath]:
    """Return the paths that stay behind."""
    return frozenset(one.path for one in findings if one.verdict is Verdict.LEFT_OUT)


def vet_paths(entries: Iterable[Entry], most: int = MOST_FILES) -> tuple[Finding, ...]:
    """Judge the files that are to be taken by their names and kinds alone.

    The executable bit is no finding: everything is written without it.
    """
    given = list(entries)
    if len(given) > most:
        return (_refuse(given[most].path, f"one of {len(given)} files; at most {most} are taken"),)
    found = [one for entry in given if (one := _path(entry)) is not None]
    told = {one.path for one in found}
    found += _collisions(entry.path for entry in given if entry.path not in told)
    return tuple(found)


def vet_contents(contents: Mapping[PurePosixPath, bytes], most: int = MOST_BYTES) -> tuple[Finding, ...]:
    """Judge the contents of the files that are to be taken; nothing is decoded beyond its header."""
    return tuple(one for path, data in contents.items() if (one := _content(path, data, most)) is not None)


def _refuse(path: PurePosixPath, why: str) -> Finding:
    return Finding(Verdict.REFUSE, path, why)


def _path(entry: Entry) -> Finding | None:
    path = entry.path
    if entry.mode not in _PLAIN:
        return _refuse(path, f"{_KINDS.get(entry.mode, 'no plain file')}; only plain files are taken")
    if path.is_absolute() or not path.parts:
        return _refuse(path, "no path inside the source")
    for part in path.parts:
        if why := why_not_written(part):
            return _refuse(path, why)
    if len(path.parts) > _DEEPEST:
        return _refuse(path, f"deeper than {_DEEPEST} folders")
    if len(str(path).encode()) > _LONGEST_PATH:
        return _refuse(path, f"longer than {_LONGEST_PATH} bytes")
    if any(part.startswith(".") for part in path.parts):
        return Finding(Verdict.LEFT_OUT, path, "files that begin with a dot steer programs and are not taken")
    return None


def why_not_written(name: str) -> str | None:
    """Return why a file or folder cannot have this name on every system, or None when it can."""
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in name):
        return "the name is not UTF-8"
    bare = "".join(sign for sign in name if unicodedata.category(sign) != "Cf").casefold().rstrip(". ")
    if name in {"", ".", ".."} or bare == ".git" or _SHORT_NAME.match(name):
        return "a name that git or the file system keeps for itself"
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        return "a control character in the name"
    if _DIRECTING.search(name):
        return "a sign in the name that is not seen, or turns the text round"
    if _UNWRITABLE.search(name):
        return 'one of the signs \\ : * ? " < > | in the name'
    if name.startswith("-"):
        return "a name that begins like an option"
    if name[0] == " " or name[-1] in ". ":
        return "a name that begins or ends with a space, or ends with a dot"
    return "a name that Windows keeps for itself" if _RESERVED.match(name) else None


def _collisions(paths: Iterable[PurePosixPath]) -> Iterator[Finding]:
    """Yield paths that are one on file systems that fold case or accents: files, folders, and a file named like a folder."""
    first: dict[str, str] = {}
    seen: set[PurePosixPath] = set()
    for path in paths:
        if path in seen:
            yield _refuse(path, "it stands twice in the tree")
        elif same := _other_spelling(path, first):
            yield _refuse(path, f"one name with {shown(same)} on some systems")
        seen.add(path)


def _other_spelling(path: PurePosixPath, first: dict[str, str]) -> str | None:
    """Return what came first of two spellings of one name, the path's own or that of a folder it lies in."""
    for depth in range(1, len(path.parts) + 1):
        prefix = "/".join(path.parts[:depth])
        kind = prefix if depth == len(path.parts) else f"{prefix}/"
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", prefix).casefold())
        same = first.setdefault(folded, kind)
        if same != kind:
            return same
    return None


def _content(path: PurePosixPath, data: bytes, most: int) -> Finding | None:
    if len(data) > most:
        return _refuse(path, f"{len(data)} bytes; at most {most} are taken")
    if data.startswith(_POINTER) and len(data) < 1024:
        return Finding(
            Verdict.ASK, path, "stands for a file that lies elsewhere (Git LFS); it is not fetched"
        )
    why = why_refused(path.suffix.lower(), data)
    return _refuse(path, why) if why else None
