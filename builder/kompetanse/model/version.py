"""Which version of a course a fork takes: the commit, and a hash that is the same wherever the same files lie."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

OWN_FILES = frozenset({"origin.yml", "local.yml"})
"""Files of a course's folder that are the region's own, and that no fork takes."""

_LOCAL = ".local"
"""What the name of an overlay ends in, before `.md`."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a fork of a course takes.

    Attributes:
        path: The course's folder, from the root of its repository; the file itself for a course that has no folder.
        hash: `content_hash` of all that is taken.
        commit: The newest commit that changed any of it; None outside of git.
        moment: When that was, in UTC; None outside of git.
    """

    path: PurePosixPath
    hash: str
    commit: str | None = None
    moment: datetime | None = None


def is_taken(path: PurePosixPath) -> bool:
    """Tell whether a fork takes the file at `path` in a course's folder: not what is hidden, and not what is the region's own."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.name not in OWN_FILES and not path.stem.endswith(_LOCAL)


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def content_hash(digests: Mapping[str, str]) -> str:
    """Return `sha256:` and the SHA-256 over the sorted lines `path NUL digest LF`, independent of git's object format.

    Args:
        digests: `digest` of each file by its path: in the course's folder, such as `index.md`; for what lies outside of the
            folder, from the region's root with a slash before it, such as `/content/moduler/varsle.md`.
    """
    lines = b"".join(
        path.encode() + b"\0" + digests[path].encode() + b"\n" for path in sorted(digests, key=str.encode)
    )
    return f"sha256:{hashlib.sha256(lines).hexdigest()}"
