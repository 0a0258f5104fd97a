"""The address of a source: checked before git, or anybody else, sees it.

Taken are `https://…`, `ssh://…`, `user@host:path`, and a folder on this machine that is a git repository. All else is
refused: other protocols, helpers (`ext::`), options, variables, passwords, addresses of this machine.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from kompetanse.errors import KompetanseError

_LONGEST = 500
_SCP = re.compile(r"(?:[A-Za-z0-9._][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?![/\\])[^\s:]+")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+")
_USER = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._-]*")
_NUMERIC = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)
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
    """

    text: str
    url: str
    protocol: str

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
    _check_signs(text)
    if "://" in text:
        return _web(text, _split(text), recorded)
    if _SCP.fullmatch(text) and not (root / text).exists():
        host, _, path = text.partition(":")
        whole = f"ssh://{host}/{path}"
        return Address(text, _web(whole, _split(whole), recorded).url, "ssh")
    return _local(text, root, recorded)


def _check_signs(text: str) -> None:
    if not text.strip() or len(text) > _LONGEST:
        raise RefusedError(f"An address has 1–{_LONGEST} characters")
    if any(not sign.isprintable() for sign in text) or text != text.strip():
        raise RefusedError(
            f"The address {text[:80]!r} has spaces or control characters in it. Write it again by hand"
        )
    if text.startswith("-"):
        raise RefusedError(
            f"The address {text[:80]!r} begins like an option. An address is https://…, ssh://… or a folder"
        )
    if "::" in text.partition("://")[0]:
        raise RefusedError("Helpers (`name::…`) are never run. An address is https://…, ssh://… or a folder")
    if "$" in text or "`" in text:
        raise RefusedError("An address holds no variables; they are never filled in. Write the whole address")


def _split(text: str) -> SplitResult:
    """Split a web address.

    Raises:
        RefusedError: When it cannot be split, or its port is none.
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise RefusedError(f"{text[:80]!r} is no address: {error}") from error
    return parts


def _web(text: str, parts: SplitResult, recorded: bool) -> Address:
    if parts.scheme not in {"https", "ssh"}:
        raise RefusedError(
            f"Only https and ssh are used, not {parts.scheme}://. "
            + (
                "Name the folder without file://"
                if parts.scheme == "file"
                else "Ask the source for its https address"
            )
        )
    if parts.password is not None or (parts.scheme == "https" and parts.username is not None):
        raise RefusedError(
            "The address holds a user name or a password, which would stand in your repository. "
            "Use ssh with a key, or an address that can be read without"
        )
    if " " in text or "\\" in text or '"' in text or "<" in text:
        raise RefusedError(f"{text[:80]!r} is no address: it has a sign that none has")
    if parts.username is not None and not _USER.fullmatch(parts.username):
        raise RefusedError("The user name in the address is none")
    _check_host(parts.hostname or "", recorded)
    if parts.query or parts.fragment or len(parts.path.strip("/")) == 0:
        raise RefusedError(
            f"{text[:80]!r} names no repository. The address is the one you would give to git clone"
        )
    return Address(text, text, parts.scheme)


def _check_host(host: str, recorded: bool) -> None:
    if not _HOST.fullmatch(host):
        raise RefusedError("The address has no host name that can be used")
    if host == "localhost" or host.endswith((".localhost", ".local.", "localhost.")):
        raise RefusedError("The address is one of this machine. Name the folder instead")
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        if _NUMERIC.search(host.rpartition(".")[2] or host):
            raise RefusedError("The host is written as a number. Write its name") from None
        return
    mapped = getattr(number, "ipv4_mapped", None) or number
    if mapped.is_loopback or mapped.is_link_local or mapped.is_unspecified or mapped.is_multicast:
        raise RefusedError("The address is one of this machine or its own link. Write the source's name")
    if not mapped.is_global and not recorded:
        raise RefusedError(
            "The host is a number in a private net. If you mean it, write the source into region.yml by hand"
        )


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
