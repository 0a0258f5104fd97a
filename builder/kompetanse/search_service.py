"""Searches over HTTP, for portals: reads the index, writes nothing, and tells nobody what was asked."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kompetanse import searching
from kompetanse_search.answer import FACETS, answer
from kompetanse_search.index import Index
from kompetanse_search.rank import GoOn

MOST_LETTERS, MOST_PARAMETERS, MOST_RESULTS = 1000, 30, 100
"""Of one request: letters of its query, parameters, results."""

AT_ONCE, WAIT, SILENCE = 32, 2.0, 10.0
"""Requests at once, seconds that one waits for its turn, and seconds that a client may be silent."""

LONGEST = 2.0
"""Seconds that one search may take: as long as another waits for its turn. It is stopped before the next word or term."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service answers.

    Attributes:
        root, content: The region.
        allow_origin: Site whose scripts may read answers; empty for none.
        log: Told each query; None to tell nobody.
    """

    root: Path
    content: str
    allow_origin: str = ""
    log: Callable[[str], None] | None = None


class Refused(Exception):  # noqa: N818 (the request is at fault)
    """The request cannot be answered."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    text: str
    limit: int
    where: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, query: str) -> Request:
        """Read the part of an address after `?`. Raises `Refused`."""
        try:
            given = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
        except ValueError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, f"more than {MOST_PARAMETERS} parameters") from error
        unknown = {name for name, _ in given} - {"q", "limit", *FACETS}
        if unknown:
            raise Refused(HTTPStatus.BAD_REQUEST, f"known parameters are q, limit, {', '.join(FACETS)}")
        values = dict(given)
        if len(values.get("q", "")) > MOST_LETTERS:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, f"q has more than {MOST_LETTERS} letters")
        where = {facet: frozenset(v for n, v in given if n == facet) for facet in FACETS if facet in values}
        return cls(values.get("q", ""), _limit(values.get("limit", "10")), where)


def _limit(written: str) -> int:
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= MOST_RESULTS):
        raise Refused(HTTPStatus.BAD_REQUEST, f"limit must be from 1 to {MOST_RESULTS}")
    return int(written)


class Service:
    """The index that holds, one search at a time: each takes milliseconds, and readers of it are not made for threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._shelf = searching.shelf(settings.root, settings.content)
        self._turn = threading.Lock()
        self._index: Index | None = None
        self._folder: Path | None = None

    def answer(self, request: Request) -> dict[str, Any]:
        """Return what is answered. Raises `Refused`."""
        if not self._turn.acquire(timeout=WAIT):
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "too many searches at once")
        try:
            index, go_on = self._current(), _until(time.monotonic() + LONGEST)
            return answer(index, request.text, limit=request.limit, where=request.where, go_on=go_on).json()
        except (searching.Unusable, *searching.DAMAGE) as error:
            self._folder = None
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "the index cannot be read now") from error
        finally:
            self._turn.release()

    def _current(self) -> Index:
        """Return the index that holds now; another one has been written when the name of its folder is another."""
        folder = self._shelf.current()
        if self._index is None or folder != self._folder:
            found = searching.as_written(self.settings.root, self.settings.content)
            self.close()
            self._index, self._folder = found, folder
        return self._index

    def close(self) -> None:
        """Let go of the index."""
        if self._index:
            self._index.close()
        self._index = None


def _until(end: float) -> GoOn:
    """Return what refuses to go on from a moment on."""

    def go_on() -> None:
        if time.monotonic() >= end:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, f"the search took more than {LONGEST:.0f} seconds")

    return go_on


class Server(ThreadingHTTPServer):
    """Listens on one address."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, port: int, settings: Settings) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.service = Service(settings)
        self._places = threading.BoundedSemaphore(AT_ONCE)
        super().__init__((host, port), Handler)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one request, unless too many are being answered: then its client is let go at once."""
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away, whose query would be in what is said."""

    def run(self) -> None:
        """Answer until somebody stops it."""
        with self, closing(self.service):
            self.serve_forever()


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    server_version, sys_version = "kompetanse", ""
    timeout = SILENCE

    def do_GET(self) -> None:
        """Answer a search."""
        asked = urlsplit(self.path)
        try:
            if asked.path != "/search":
                raise Refused(HTTPStatus.NOT_FOUND, "ask /search?q=WORDS")
            request = Request.of(asked.query)
            self._tell(request)
            self._send(HTTPStatus.OK, self.server.service.answer(request))
        except Refused as refused:
            self._send(refused.status, {"error": str(refused)})

    do_HEAD = do_GET  # noqa: N815 (the name is that of http.server)

    def _refuse(self) -> None:
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, {"error": "only GET and HEAD"}, {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815 (as above)

    def _tell(self, request: Request) -> None:
        log = self.server.service.settings.log
        if log:
            log(request.text)

    def _send(self, status: HTTPStatus, found: dict[str, Any], more: Mapping[str, str] | None = None) -> None:
        body = json.dumps(found, ensure_ascii=False).encode(errors="replace")
        self.send_response(status)
        origin = self.server.service.settings.allow_origin
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **({"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if origin else {}),
            **(more or {}),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: an address has the query in it."""
