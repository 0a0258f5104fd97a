"""A small LMS with an LRS, as cmi5 describes them: it launches one assignable unit and keeps what it is told.

Sources: cmi5 Quartz, 1st edition, sections 8 to 10; xAPI 1.0.3, part three.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "1625378"}}
REGISTRATION = "760e3480-ba55-4991-94b0-01820dbd23a2"
ACTIVITY = "https://lms.example/activity/1"
PUBLISHER = "urn:example:unit"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
TOKEN = "bGVhcm5lcjpzZWNyZXQ="  # noqa: S105 (of a test)

Statement = dict[str, Any]


@dataclass
class Store:
    """What the LMS knows.

    Attributes:
        origin: Where it is.
        launch: The launch data of the next visit.
        statements: What it was told, by visit.
        documents: State documents of the unit.
        wrong: Requests that no LRS would take.
        down: Whether it refuses everything.
    """

    origin: str = ""
    launch: dict[str, Any] = field(default_factory=dict)
    statements: list[list[Statement]] = field(default_factory=list)
    documents: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    down: bool = False
    lock: Lock = field(default_factory=Lock)
    _fetched: bool = False

    def address(self, mode: str = "Normal", **launch: Any) -> str:
        """Begin a visit, and return the address that launches the unit."""
        self._fetched = False
        self.statements.append([])
        template = {
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": PUBLISHER}]},
            "extensions": {SESSION: f"session-{len(self.statements)}"},
        }
        self.launch = {
            "contextTemplate": template,
            "launchMode": mode,
            "moveOn": "CompletedAndPassed",
            **launch,
        }
        values = {
            "endpoint": f"{self.origin}/xapi",
            "fetch": f"{self.origin}/token",
            "actor": json.dumps(ACTOR),
            "registration": REGISTRATION,
            "activityId": ACTIVITY,
        }
        return f"{self.origin}/index.html?" + "&".join(
            f"{key}={quote(one, safe='')}" for key, one in values.items()
        )

    def token(self) -> dict[str, str]:
        """Return the token of the visit, once."""
        if self._fetched:
            self.wrong.append("token asked for twice")
            return {"error-code": "1", "error-text": "The authorization token has already been returned."}
        self._fetched = True
        return {"auth-token": TOKEN}


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, store: Store, **options: Any) -> None:
        self.store = store
        super().__init__(*arguments, **options)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        with self.store.lock:
            self._answer(200, self.store.token())

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not path.startswith("/xapi/"):
            super().do_GET()
            return
        with self.store.lock:
            self._check()
            found = self._document() if path == "/xapi/activities/state" else None
            self._answer(404 if found is None else 200, found)

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.store.lock:
            self._check()
            if self.store.down:
                self._answer(500, None)
                return
            if urlsplit(self.path).path == "/xapi/statements":
                self._told(body)
            else:
                self.store.documents[self._asked()["stateId"]] = body
            self._answer(204, None)

    def _told(self, body: Statement) -> None:
        if self._asked()["statementId"] != body["id"]:
            self.store.wrong.append("another statement than its address says")
        self.store.statements[-1].append(body)

    def _asked(self) -> dict[str, str]:
        return {key: one[0] for key, one in parse_qs(urlsplit(self.path).query).items()}

    def _document(self) -> Any:
        asked = self._asked()
        if (asked["activityId"], asked["registration"], json.loads(asked["agent"])) != (
            ACTIVITY,
            REGISTRATION,
            ACTOR,
        ):
            self.store.wrong.append(self.path)
        name = asked["stateId"]
        return self.store.launch if name == "LMS.LaunchData" else self.store.documents.get(name)

    def _check(self) -> None:
        if (
            self.headers["Authorization"] != f"Basic {TOKEN}"
            or self.headers["X-Experience-API-Version"] != "1.0.3"
        ):
            self.store.wrong.append(f"{self.command} {self.path}: headers")

    def _answer(self, status: int, body: Any) -> None:
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data if status != 204 else b"")


@contextmanager
def store_of(folder: Path) -> Iterator[Store]:
    """Serve the unpacked package in `folder` with an LRS beside it."""
    store = Store()
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Handler, directory=str(folder), store=store)
    ) as server:
        store.origin = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield store
        server.shutdown()
        thread.join()
