"""Where the name of a source's host leads, looked up before git goes there, so that no source leads into a private net.

Git is told the numbers that were found (`http.curloptResolve`, https://git-scm.com/docs/git-config, since git 2.37) and does not look
the name up again; an older git does, and so does any where the host sends it on to another one. With a proxy, that decides.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.request
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from kompetanse.sharing.address import Address, RefusedError

LookUp = Callable[[str, int], Sequence[str]]
"""From a host and a port to the numbers that its name leads to."""

_PORT = 443


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the numbers that a host's name leads to; none when nobody knows it, which git then says."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def pinned(address: Address, look_up: LookUp = look_up) -> dict[str, str]:
    """Return the settings of git that keep the name of the address at what it leads to now.

    Raises:
        RefusedError: When it leads to this machine or its own link, or into a private net that the record does not speak of.
    """
    parts = urlsplit(address.url) if address.protocol == "https" else None
    host = (parts.hostname or "") if parts else ""
    if parts is None or _is_number(host) or urllib.request.getproxies().get("https"):
        return {}
    port = parts.port or _PORT
    numbers = look_up(host, port)
    for one in numbers:
        _check(address, host, one)
    return held_at(host, port, numbers) if numbers else {}


def held_at(host: str, port: int, numbers: Sequence[str]) -> dict[str, str]:
    """Return the settings of git by which the name of a host leads to `numbers` and nowhere else."""
    written = ",".join(f"[{one}]" if ":" in one else one for one in numbers if "%" not in one)
    return {"http.curloptResolve": f"{host}:{port}:{written}"}


def _is_number(host: str) -> bool:
    """Tell whether the record names a number itself, which `model.source_address` has judged."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _check(address: Address, host: str, number: str) -> None:
    found = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    if mapped.is_loopback or mapped.is_link_local or mapped.is_unspecified or mapped.is_multicast:
        raise RefusedError(
            f"{host} leads to this machine or its own link ({number}), and is not read. Ask the source for its address"
        )
    if not mapped.is_global and not address.internal:
        raise RefusedError(
            f"{host} leads into a private net ({number}), and is not read. If the source lies in your own network, "
            "add it with --internal, or write internal: true into its record in region.yml"
        )
