"""Serves the page to this machine's browser, and to nobody else.

Another site must not reach it through the browser: the address holds a random token, the request's `Host` must be ours (against
DNS rebinding), and what changes anything must come from the page itself (`Origin`).
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any, Literal
from urllib.parse import urlsplit

from kompetanse.errors import KompetanseError
from kompetanse.sharing.desk.form import NOTHING, Chosen, chosen
from kompetanse.sharing.desk.page import SIDES, Page, end_style
from kompetanse.sharing.desk.pictures import kind_of

LOOPBACK = "127.0.0.1"
LARGEST = 4_000_000
"""Bytes that the form may have: all texts of a person's own."""
SILENCE = 30.0
"""Seconds that a client may be silent."""

_FORM = "application/x-www-form-urlencoded"
_ASSETS = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{more}; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Save = Callable[[Chosen], str]
"""Writes what was chosen and returns what to say of it. Raises `KompetanseError` when nothing could be written."""


class Refused(Exception):  # noqa: N818 (the request is at fault)
    """The request is not answered."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back."""

    body: bytes
    kind: str
    status: HTTPStatus = HTTPStatus.OK
    policy: str = _POLICY.format(more="")


class Desk(ThreadingHTTPServer):
    """Listens on the loopback address, at a free port, until the answers are saved or the person stops."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, page: Page, token: str, save: Save) -> None:
        """Take the page, a token that nobody can guess, and what saves."""
        super().__init__((LOOPBACK, 0), Handler)
        self.page = page
        self.token = token
        self.outcome: Literal["", "saved", "stopped"] = ""
        self._save = save
        self._chosen = NOTHING
        self._turn = threading.Lock()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{LOOPBACK}:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"{self.origin}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away."""

    def shown(self) -> Reply:
        """Return the page as far as it is answered."""
        with self._turn:
            return _html(self.page.html(self._chosen))

    def keep(self, sent: str) -> Reply:
        """Remember what is chosen so far."""
        with self._turn:
            self._chosen = self._read(sent)
        return Reply(b"", "text/plain", HTTPStatus.NO_CONTENT)

    def save(self, sent: str) -> Reply:
        """Save all, once, and end; when that cannot be done, say why on the page."""
        with self._turn:
            if self.outcome:
                raise Refused(HTTPStatus.CONFLICT)
            self._chosen = self._read(sent)
            try:
                said = self._save(self._chosen)
            except KompetanseError as error:
                return _html(self.page.html(self._chosen, str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
            self.outcome = "saved"
        return _end(self.page.end("done", said))

    def stop(self) -> Reply:
        """End without saving."""
        with self._turn:
            self.outcome = self.outcome or "stopped"
        return _end(self.page.end("stopped"))

    def picture(self, number: str, side: str) -> Reply:
        """Return one version of a picture."""
        for case in self.page.sheet.cases:
            if side in SIDES and any(str(place.number) == number for place in case.places):
                data = {"base": case.base, "ours": case.ours, "theirs": case.asked.theirs}[side]
                kind = kind_of(data)
                if data is not None and kind:
                    return Reply(data, kind, policy="default-src 'none'; sandbox")
        raise Refused(HTTPStatus.NOT_FOUND)

    def _read(self, sent: str) -> Chosen:
        try:
            return chosen(self.page.sheet, sent)
        except ValueError as error:
            raise Refused(HTTPStatus.BAD_REQUEST) from error


def _html(text: str, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    return Reply(text.encode(errors="replace"), "text/html; charset=utf-8", status)


def _end(text: str) -> Reply:
    """Return the last page, which has its few rules of style in it: nothing can be asked for after it."""
    return Reply(text.encode(), "text/html; charset=utf-8", policy=_POLICY.format(more=f" {end_style()}"))


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Desk
    server_version, sys_version = "kompetanse", ""
    timeout = SILENCE

    def do_GET(self) -> None:
        """Show the page, and what it is made of."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Take what is chosen."""
        self._answer(self._post)

    def _answer(self, what: Callable[[], Reply]) -> None:
        try:
            reply = what()
        except Refused as refused:
            reply = Reply(str(refused).encode(), "text/plain; charset=utf-8", refused.status)
            self.close_connection = True
        self._send(reply)
        if self.server.outcome:
            threading.Thread(target=self.server.shutdown, daemon=True).start()

    def _get(self) -> Reply:
        name = self._asked()
        if name == "":
            return self.server.shown()
        if name in _ASSETS:
            return Reply((resources.files(__package__) / name).read_bytes(), _ASSETS[name])
        match name.split("/"):
            case ["picture", number, side]:
                return self.server.picture(number, side)
        raise Refused(HTTPStatus.NOT_FOUND)

    def _post(self) -> Reply:
        name = self._asked()
        if self.headers.get("Origin") != self.server.origin:
            raise Refused(HTTPStatus.FORBIDDEN)
        if name not in {"keep", "save", "stop"}:
            raise Refused(HTTPStatus.NOT_FOUND)
        sent = self._body()
        if name == "stop":
            return self.server.stop()
        return self.server.keep(sent) if name == "keep" else self.server.save(sent)

    def _asked(self) -> str:
        """Return what is asked for, below the token."""
        if self.headers.get_all("Host") != [f"{LOOPBACK}:{self.server.server_port}"]:
            raise Refused(HTTPStatus.FORBIDDEN)
        token, _, name = urlsplit(self.path).path.removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            raise Refused(HTTPStatus.NOT_FOUND)
        return name

    def _body(self) -> str:
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Transfer-Encoding") or not (length.isascii() and length.isdigit()):
            raise Refused(HTTPStatus.LENGTH_REQUIRED)
        if int(length[:12]) > LARGEST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.headers.get_content_type() != _FORM:
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        return self.rfile.read(int(length)).decode("ascii", "replace")

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        headers = {
            **_HEADERS,
            "Content-Type": reply.kind,
            "Content-Length": str(len(reply.body)),
            "Content-Security-Policy": reply.policy,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the address has the token in it."""
