"""Values of a source, checked before git, or anybody else, sees them: its address, its name, a commit, a branch."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.model.source_address import BadAddressError, protocol_of

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_OID = re.compile(r"[0-9a-f]{40}")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


class RefusedError(KompetanseError):
    """What we do not touch; the text says what and why."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a source is read from.

    Attributes:
        text: As it stands in the record.
        url: As git takes it: an address, or the absolute path of a folder.
        protocol: `https`, `ssh` or `file`; git gets no other.
        internal: Whether its host's name may lead into a private net, since a person has said so.
    """

    text: str
    url: str
    protocol: str
    internal: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it is a folder on this machine."""
        return self.protocol == "file"

    @property
    def key(self) -> str:
        """Name of its folder in the cache: 32 hexadecimal digits, the same for the same address."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:32]


def read_address(text: str, root: Path, *, recorded: bool = False) -> Address:
    """Return the address that `text` is.

    Args:
        text: As a person typed it, or as it stands in `region.yml`.
        root: Folder that a relative path starts from.
        recorded: Whether it stands in `region.yml`, where a person has seen it: then it may be a number in a private net, or
            a folder that is not there now.

    Raises:
        RefusedError: When it is no address that we use.
    """
    try:
        protocol = protocol_of(text, recorded=recorded)
    except BadAddressError as error:
        raise RefusedError(str(error)) from error
    if protocol == "file" or (protocol == "ssh" and (root / text).exists()):
        return _local(text, root, recorded)
    return Address(text, text, protocol)


def _local(text: str, root: Path, recorded: bool) -> Address:
    folder = (Path(text).expanduser() if text.startswith("~") else root / text).resolve()
    if recorded:  # a disk that is not there today leaves what was kept of it
        return Address(text, str(folder), "file")
    if not folder.is_dir():
        raise RefusedError(
            f"There is no folder {text}. An address is https://…, ssh://… or a folder that is a git repository"
        )
    if not (folder / ".git").exists() and not ((folder / "HEAD").is_file() and (folder / "objects").is_dir()):
        raise RefusedError(f"{text} is no git repository. Name the folder that holds .git")
    return Address(text, str(folder), "file")


def check_name(name: str) -> str:
    """Return the short name of a source, when it is one: small letters a–z, digits and hyphens, at most 64.

    Raises:
        RefusedError: When it is none.
    """
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        raise RefusedError(
            f"{name[:80]!r} cannot name a source: small letters a–z, digits and hyphens, at most 64, such as lillestrom"
        )
    return name


def check_oid(oid: str) -> str:
    """Return the id of a commit or file, when it is whole: 40 hexadecimal digits.

    Raises:
        RefusedError: When it is none; 64 digits are git's SHA-256 format, which is not read yet.
    """
    if re.fullmatch(r"[0-9a-f]{64}", oid):
        raise RefusedError(
            "The source uses git's SHA-256 format, which is not read yet. Ask it for a SHA-1 repository"
        )
    if not _OID.fullmatch(oid):
        raise RefusedError(f"{oid[:80]!r} is no full id of a commit: 40 of the signs 0–9 and a–f")
    return oid


def check_branch(branch: str) -> str:
    """Return the name of a branch, when it is one that nothing takes for an option or a path.

    Raises:
        RefusedError: When it is none (git check-ref-format is the rule; ours is narrower).
    """
    if (
        not _BRANCH.fullmatch(branch)
        or ".." in branch
        or "//" in branch
        or branch.endswith((".lock", "/", "."))
    ):
        raise RefusedError(
            f"{branch[:80]!r} is no branch that can be followed. Write its plain name, such as main"
        )
    return branch
