"""Fetch a file over HTTPS from somebody we do not trust: bounded in bytes and time, never from a private net."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from kompetanse import __version__

MOST_REDIRECTS = 3
_AT_ONCE = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class UnreachableError(Exception):
    """Nothing usable was answered; the text says why, in a sentence without an end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is asked of an answer.

    Attributes:
        most: Bytes, after any compression is undone.
        silence: Seconds that the other side may say nothing.
        whole: Seconds for all of it, redirects too.
        loopback: Whether this machine may be asked, and without encryption; for trials on one's own machine.
    """

    most: int = 20_000_000
    silence: float = 15.0
    whole: float = 60.0
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells whether a file is another one than last time (RFC 9110, section 8.8)."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Return them as a conditional request."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered.

    Attributes:
        address: Where, after redirects.
        body: The file; None when it is the same as last time.
        mark: What to ask with next time.
        received: Bytes that came over the line.
    """

    address: str
    body: bytes | None
    mark: Mark
    received: int


class Web:
    """Asks others; may be used from several threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._http = _manager(self._limits)

    def get(self, address: str, mark: Mark | None = None) -> Answer:
        """Return what is answered at `address`, unless it is the same as `mark` says.

        Raises:
            UnreachableError: When nothing usable is.
        """
        ends = time.monotonic() + self._limits.whole
        for _ in range(MOST_REDIRECTS + 1):
            check(address, loopback=self._limits.loopback)
            with self._asked(address, mark or Mark(), ends) as answer:
                if answer.status not in _REDIRECTS:
                    return self._read(address, answer, ends)
                address = urljoin(address, answer.headers.get("Location", ""))
        raise UnreachableError(f"it leads on more than {MOST_REDIRECTS} times")

    @contextmanager
    def _asked(self, address: str, mark: Mark, ends: float) -> Iterator[urllib3.BaseHTTPResponse]:
        headers = {"User-Agent": f"kompetanse/{__version__}", "Accept-Encoding": "gzip", **mark.headers}
        seconds = max(0.01, min(self._limits.silence, ends - time.monotonic()))
        try:
            answer = self._http.request(
                "GET",
                address,
                headers={**headers, "Accept": "application/json"},
                timeout=urllib3.Timeout(connect=seconds, read=seconds),
                preload_content=False,
                decode_content=False,
                redirect=False,
                retries=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise UnreachableError(_why(error)) from error
        try:
            yield answer
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise UnreachableError(_why(error)) from error
        finally:
            answer.close()

    def _read(self, address: str, answer: urllib3.BaseHTTPResponse, ends: float) -> Answer:
        found = Mark(answer.headers.get("ETag", "")[:1000], answer.headers.get("Last-Modified", "")[:100])
        if answer.status == 304:
            return Answer(address, None, found, 0)
        if answer.status != 200:
            raise UnreachableError(f"it answers {answer.status}")
        body = self._body(answer, ends)
        received = int(answer.headers.get("Content-Length") or 0) if _is_count(answer) else len(body)
        return Answer(address, body, found, received)

    def _body(self, answer: urllib3.BaseHTTPResponse, ends: float) -> bytes:
        """Read all of it, undoing gzip a little at a time, so that what swells is stopped when it passes the limit."""
        found = bytearray()
        while part := answer.read1(_AT_ONCE, decode_content=True):
            found += part
            if len(found) > self._limits.most:
                raise UnreachableError(f"it is larger than {self._limits.most // 1_000_000} MB")
            if time.monotonic() > ends:
                raise UnreachableError(f"it takes more than {self._limits.whole:.0f} seconds")
        return bytes(found)


def _is_count(answer: urllib3.BaseHTTPResponse) -> bool:
    return (answer.headers.get("Content-Length") or "").isdecimal()


def check(address: str, *, loopback: bool = False) -> None:
    """Say whether `address` is one that is asked: https, a host by name, no password.

    Raises:
        UnreachableError: When it is none.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise UnreachableError(f"{address[:100]!r} is no address") from error
    own = loopback and _is_loopback(host)
    if parts.scheme != "https" and not (own and parts.scheme == "http"):
        raise UnreachableError("it is not https" if host else f"{address[:100]!r} is no address")
    if parts.username is not None or parts.password is not None:
        raise UnreachableError("its address has a user name or password in it")
    if not host or (not own and not _is_public_name(host)):
        raise UnreachableError("its address is none in the public net")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_public_name(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        named = host.rstrip(".").lower()
        return "." in named and not named.endswith((".localhost", ".local", ".internal"))


def _why(error: Exception) -> str:
    """Return an error of the net in a few words that somebody can act upon."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    return f"it cannot be read ({type(error).__name__})"


_WORDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (urllib3.exceptions.NameResolutionError, "its name is not known"),
    (urllib3.exceptions.ConnectTimeoutError, "it does not answer"),
    (urllib3.exceptions.ReadTimeoutError, "it stopped answering"),
    ((urllib3.exceptions.SSLError, ssl.SSLError), "its certificate does not hold"),
    (urllib3.exceptions.NewConnectionError, "it does not answer"),
    (urllib3.exceptions.DecodeError, "its compression is damaged"),
    ((urllib3.exceptions.ProtocolError, OSError), "it broke off"),
)


def _manager(limits: Limits) -> urllib3.PoolManager:
    """Return what keeps connections; a proxy that the machine names is used, and then decides what is reached."""
    proxy = None if limits.loopback else urllib.request.getproxies().get("https")
    if proxy:
        return urllib3.ProxyManager(proxy)
    found = urllib3.PoolManager(num_pools=64, maxsize=2, block=False)
    plain, safe = _pools(limits.loopback)
    found.pool_classes_by_scheme = {"http": plain, "https": safe}
    return found


def _pools(loopback: bool) -> tuple[type[HTTPConnectionPool], type[HTTPSConnectionPool]]:
    """Return pools whose connections end, before anything is asked, when a name has led into a private net.

    The address is looked at on the connection itself: a name may lead elsewhere the next time it is looked up.
    """

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            _check_peer(self.sock, self.close, loopback)

    class Safe(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            _check_peer(self.sock, self.close, loopback)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = Safe

    return PlainPool, SafePool


def _check_peer(peer: socket.socket | Any, close: Callable[[], None], loopback: bool) -> None:
    number = ipaddress.ip_address(str(peer.getpeername()[0]).partition("%")[0])
    mapped = getattr(number, "ipv4_mapped", None) or number
    if mapped.is_global or (loopback and mapped.is_loopback):
        return
    close()
    raise UnreachableError("its name leads into a private net")
