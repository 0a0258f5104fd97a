"""Real servers with the catalogues of other regions, and a portal that reads them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kompetanse.content.offers import path_of, read_offers
from kompetanse.model.region import Federated
from kompetanse.sharing.federation import Federation, Outcome
from kompetanse.sharing.web import Limits, Web

TODAY = date(2026, 11, 26)


QUICK = Limits(silence=0.5, whole=5.0, loopback=True)


Answer = Callable[["Asked"], None]


Run = Callable[..., Any]


class Asked(BaseHTTPRequestHandler):
    """One request, answered as the test says."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path)
        if answer:
            answer(self)
        else:
            self.say(b"", 404)

    def say(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Answers on this machine; `asked` is what was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ending = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Those who were told too much go away; that is what is tried here."""


def course(region: str, id_: str, **more: Any) -> dict[str, Any]:
    return {
        "identifier": f"{region}/{id_}",
        "id": f"/kurs/{id_}/",
        "name": f"Kurs {id_}",
        "inLanguage": ["nb"],
    } | more


def catalogue(region: str, *courses: Any, **more: Any) -> bytes:
    whole = {"version": 1, "region": region, "name": region.title(), "dataFeedElement": list(courses), **more}
    return json.dumps(whole).encode()


def page(body: bytes, **headers: str) -> Answer:
    return lambda asked: asked.say(body, 200, **headers)


@dataclass
class Portal:
    """A region that reads the catalogues of others."""

    root: Path
    base: str
    limits: Limits = QUICK
    written: list[str] = field(default_factory=list)

    def ask(self, *names: str, **options: Any) -> dict[str, Outcome]:
        regions = [Federated(name, f"{self.base}{name}.json") for name in names]
        federation = Federation(self.root, "portal", TODAY, Web(self.limits))
        return {one.region.name: one for one in federation.ask(regions, self.keep, **options)}

    def keep(self, outcome: Outcome) -> None:
        self.written.append(outcome.region.name)
        path = self.root / path_of(outcome.region.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(outcome.text, encoding="utf-8")

    @property
    def offers(self) -> list[str]:
        return [one.name for one in read_offers(self.root)[0]]
