"""What may be the address of a source: `https://…`, `ssh://…`, `user@host:path`, or a folder; nothing else.

Refused are other protocols, helpers (`ext::`), options, variables, passwords and addresses of this machine.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_LONGEST = 500
_SCP = re.compile(r"(?:[A-Za-z0-9._][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]+:(?!\\|//)[^\s:]+")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+")
_USER = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._-]*")
_NUMERIC = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)


class BadAddressError(ValueError):
    """Why a text is no address of a source, and what to do."""


def protocol_of(text: str, *, recorded: bool = False) -> str:
    """Return how a source with this address is reached: `https`, `ssh`, or `file` for a folder.

    Args:
        text: As a person wrote it.
        recorded: Whether it stands in `region.yml`, where a person has seen it: then it may be a number in a private net.

    Raises:
        BadAddressError: When it is no address that we use.
    """
    _check_signs(text)
    if "://" in text:
        return _check_web(text, recorded)
    if _SCP.fullmatch(text):
        host = text.partition(":")[0].rpartition("@")[2]
        _check_host(host, recorded)
        return "ssh"
    return "file"


def _check_signs(text: str) -> None:
    if not text.strip() or len(text) > _LONGEST:
        raise BadAddressError(f"An address has 1–{_LONGEST} characters")
    if any(not sign.isprintable() for sign in text) or text != text.strip():
        raise BadAddressError(
            f"The address {text[:80]!r} has spaces or control characters in it. Write it again by hand"
        )
    if text.startswith("-"):
        raise BadAddressError(
            f"The address {text[:80]!r} begins like an option. An address is https://…, ssh://… or a folder"
        )
    if "::" in text.partition("://")[0]:
        raise BadAddressError(
            "Helpers (`name::…`) are never run. An address is https://…, ssh://… or a folder"
        )
    if "$" in text or "`" in text:
        raise BadAddressError(
            "An address holds no variables; they are never filled in. Write the whole address"
        )


def _split(text: str) -> SplitResult:
    """Split a web address.

    Raises:
        BadAddressError: When it cannot be split, or its port is none.
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise BadAddressError(f"{text[:80]!r} is no address: {error}") from error
    return parts


def _check_web(text: str, recorded: bool) -> str:
    parts = _split(text)
    if parts.scheme not in {"https", "ssh"}:
        raise BadAddressError(
            f"Only https and ssh are used, not {parts.scheme}://. "
            + (
                "Name the folder without file://"
                if parts.scheme == "file"
                else "Ask the source for its https address"
            )
        )
    if parts.password is not None or (parts.scheme == "https" and parts.username is not None):
        raise BadAddressError(
            "The address holds a user name or a password, which would stand in your repository. "
            "Use ssh with a key, or an address that can be read without"
        )
    if " " in text or "\\" in text or '"' in text or "<" in text:
        raise BadAddressError(f"{text[:80]!r} is no address: it has a sign that none has")
    if parts.username is not None and not _USER.fullmatch(parts.username):
        raise BadAddressError("The user name in the address is none")
    _check_host(parts.hostname or "", recorded)
    if parts.query or parts.fragment or len(parts.path.strip("/")) == 0:
        raise BadAddressError(
            f"{text[:80]!r} names no repository. The address is the one you would give to git clone"
        )
    return parts.scheme


def _check_host(host: str, recorded: bool) -> None:
    if not _HOST.fullmatch(host):
        raise BadAddressError("The address has no host name that can be used")
    if host == "localhost" or host.endswith((".localhost", ".local.", "localhost.")):
        raise BadAddressError("The address is one of this machine. Name the folder instead")
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        if _NUMERIC.search(host.rpartition(".")[2] or host):
            raise BadAddressError("The host is written as a number. Write its name") from None
        return
    mapped = getattr(number, "ipv4_mapped", None) or number
    if mapped.is_loopback or mapped.is_link_local or mapped.is_unspecified or mapped.is_multicast:
        raise BadAddressError("The address is one of this machine or its own link. Write the source's name")
    if not mapped.is_global and not recorded:
        raise BadAddressError(
            "The host is a number in a private net. If you mean it, write the source into region.yml by hand"
        )
