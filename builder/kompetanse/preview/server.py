"""The preview over HTTP, for this machine alone: the files of a shelf, and word to each open page when it is to load anew.

Word comes as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Their script is a file
of its own, so that the policy of the pages holds in the preview too.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from contextlib import suppress
from dataclasses import asdict
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from kompetanse.model.own_address import FOLDER_SCRIPT, SEARCH_INDEX, SEARCH_SCRIPT
from kompetanse.preview.shelf import Content, Shelf

HOST = "127.0.0.1"
_OWN = "/-/kompetanse-preview/"
"""Where the preview's own files lie; no page of a region has an address that begins with a hyphen alone."""

_PATIENCE = 600.0
"""Seconds that a page waits for the first site, and for what is being made anew of it."""

_LATER = 20.0
"""Seconds that a request for what follows later waits for it."""

_BEAT = 15.0
"""Seconds after which an open connection says that it lives; a page that is gone is noticed then."""

_TYPES = {
    ".md": "text/markdown; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ics": "text/calendar; charset=utf-8",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_LOCAL = frozenset({"localhost", HOST, "[::1]"})


class Server(ThreadingHTTPServer):
    """Listens on one port of this machine."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, shelf: Shelf) -> None:
        self.shelf = shelf
        super().__init__((HOST, port), Handler)

    def start(self) -> None:
        """Answer in a thread of its own, which ends with the process."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where the site is seen."""
        return f"http://{HOST}:{self.server_address[1]}{self.shelf.mount}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of pages that were closed."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    server_version, sys_version = "kompetanse", ""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a file, with the preview's script, or with word of changes."""
        asked = urlsplit(self.path)
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, b"This preview is for the machine it runs on.", "text/plain")
        elif asked.path == f"{_OWN}events":
            self._events(parse_qs(asked.query))
        elif asked.path == f"{_OWN}reload.js":
            script = resources.files("kompetanse.preview") / "reload.js"
            self._send(HTTPStatus.OK, script.read_bytes(), _TYPES[".js"])
        else:
            self._file(unquote(asked.path), asked.query)

    do_HEAD = do_GET  # noqa: N815 (the name is that of http.server)

    def _is_for_us(self) -> bool:
        """Tell whether a page of this machine asks: another site could lead its own name here (DNS rebinding)."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        return host in _LOCAL

    def _file(self, path: str, query: str) -> None:
        shelf = self.server.shelf
        shelf.opened(_PATIENCE)
        mount = shelf.mount  # it is known when the first site is
        name = _inside(mount, path)
        if path == "/" and mount != "/":
            return self._go_to(mount)
        if _follows(name) and shelf.awaited(name, _LATER):
            return self._send(
                HTTPStatus.SERVICE_UNAVAILABLE,
                shelf.coming.encode(),
                "text/plain; charset=utf-8",
                **{"Retry-After": "2"},
            )
        found, number = shelf.get(name, _PATIENCE)
        if found is None and shelf.get(f"{name}/index.html", _PATIENCE)[0] is not None:
            return self._go_to(f"{path}/" + (f"?{query}" if query else ""))
        status = HTTPStatus.OK if found is not None else HTTPStatus.NOT_FOUND
        if found is None:
            name, (found, number) = "404.html", shelf.get("404.html", 0)
        return self._send(status, *self._shown(name, found or b"", number))

    def _shown(self, name: str, found: Content, number: int) -> tuple[bytes, str]:
        data = _read(found)
        kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind != "text/html":
            return data, kind
        return with_script(data, self.server.shelf, number), "text/html; charset=utf-8"

    def _go_to(self, path: str) -> None:
        self._send(HTTPStatus.FOUND, b"", "text/plain", Location=quote(path, safe="/?=&%"))

    def _send(self, status: HTTPStatus, data: bytes, kind: str, **more: str) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
            **more,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, query: dict[str, list[str]]) -> None:
        """Tell one page of every change, until it is closed."""
        self.close_connection = True
        page = _index(query.get("page", [""])[0])
        written = self.headers.get("Last-Event-ID") or query.get("since", [""])[0]
        known = query.get("run") == [
            self.server.shelf.run
        ]  # a page of an earlier preview has missed everything
        number = int(written) if known and written.isascii() and written.isdigit() else -1
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError), self.server.shelf.read(page):
            while True:
                number = self._tell(page, number)

    def _tell(self, page: str, number: int) -> int:
        news = self.server.shelf.news(page, number, _BEAT)
        if news is None:
            self.wfile.write(b": still here\n\n")
            return number
        data = json.dumps({"run": self.server.shelf.run, **asdict(news)}, ensure_ascii=False)
        self.wfile.write(f"retry: 500\nid: {news.number}\ndata: {data}\n\n".encode(errors="replace"))
        return news.number

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for what is wrong with the content."""


def _follows(path: str) -> bool:
    """Tell whether the file at `path` is made when nobody writes: what the search reads."""
    return path.startswith(SEARCH_INDEX) or path in {SEARCH_SCRIPT, FOLDER_SCRIPT}


def _inside(mount: str, path: str) -> str:
    """Return where `path` lies in the site; nothing that it holds for what lies beside it."""
    return _index(path.removeprefix(mount)) if path.startswith(mount) else path


def _index(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path


def _read(found: Content) -> bytes:
    if isinstance(found, bytes):
        return found
    try:
        return found.read_bytes()
    except OSError:  # it was there when the region was read
        return b""


def with_script(page: bytes, shelf: Shelf, number: int) -> bytes:
    """Return `page` with the script that loads it anew; the rest of it is what readers get."""
    tag = (
        f'<script src="{_OWN}reload.js" data-events="{_OWN}events" data-root="{shelf.mount}" '
        f'data-run="{shelf.run}" data-number="{number}" data-coming="{escape(shelf.coming)}" defer></script>'
    ).encode()
    before, end, after = page.rpartition(b"</body>")
    return before + tag + end + after if end else page + tag


def free_port(after: int) -> int | None:
    """Return the next port after `after` that nobody listens on; None when there is none near."""
    import socket

    for port in range(after + 1, min(after + 50, 65536)):
        with socket.socket() as tried:
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            return port
    return None
