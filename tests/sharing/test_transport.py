"""The same over HTTP, from git's own server: a modern one, one without filters, and one of the old protocol."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kompetanse.git.foreign import begin, offered
from kompetanse.git.run import Terms
from kompetanse.sharing.address import Address
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.host import held_at
from kompetanse.sharing.store import Store


class Backend(BaseHTTPRequestHandler):
    """`git http-backend` behind a server on loopback."""

    root: Path
    speaks_v2 = True
    moved_to = ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer as for GET."""
        self.do_GET()

    def do_GET(self) -> None:
        """Hand the request to git, and its answer back."""
        if self.moved_to:
            self.send_response(301)
            self.send_header("Location", self.moved_to)
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        environment = os.environ | {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "CONTENT_LENGTH": str(len(body)),
            **({"HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", "")} if self.speaks_v2 else {}),
        }
        done = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env=environment, check=False
        )
        head, _, answer = done.stdout.partition(b"\r\n\r\n")
        headers = dict(row.split(": ", 1) for row in head.decode().splitlines())
        self.send_response(int(headers.pop("Status", "200 OK").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)


Serve = Callable[..., Address]


@pytest.fixture
def serve(foreign: Any) -> Iterator[Serve]:
    """Serve the foreign repository; the address is made here, since nobody may type `http://`."""
    running: list[ThreadingHTTPServer] = []

    def start(**how: object) -> Address:
        handler = type("Handler", (Backend,), {"root": foreign.folder.parent, **how})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        url = f"http://127.0.0.1:{server.server_port}/foreign/.git"
        return Address(url, url, "http")

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("filters", "speaks_v2"), [("true", True), ("false", True), ("true", False), ("false", False)]
)
def test_every_kind_of_server_gives_commits_and_contents(
    filters: str, speaks_v2: bool, serve: Serve, foreign: Any, tmp_path: Path, now: Any
):
    foreign.git("config", "uploadpack.allowFilter", filters)
    base = foreign.commit({"kurs/index.md": "# En\n"})
    head = foreign.commit({"kurs/index.md": "# To\n"})
    store = Store(tmp_path / "store", serve(speaks_v2=speaks_v2))

    assert store.refresh(now) == head
    texts = [
        b"".join(store.read(store.snapshot(commit).entries.oids).values())
        for commit in (head, store.fetch_commit(base))
    ]

    assert texts == [b"# To\n", b"# En\n"]


def test_a_server_cannot_send_us_to_another_protocol(serve: Serve, foreign: Any, tmp_path: Path, now: Any):
    foreign.commit({"a.md": "a"})
    store = Store(tmp_path / "store", serve(moved_to=f"file://{foreign.folder}/.git/info/refs"))

    with pytest.raises(SourceError):
        store.refresh(now)


def test_a_server_that_is_not_there_is_told(tmp_path: Path, now: Any):
    url = "http://127.0.0.1:9/foreign/.git"

    with pytest.raises(SourceError, match="does not answer"):
        Store(tmp_path / "store", Address(url, url, "http")).refresh(now)


def test_git_goes_to_the_number_that_it_is_held_at(serve: Serve, foreign: Any, tmp_path: Path):
    head = foreign.commit({"a.md": "a"})
    port = serve().url.split("/")[2].partition(":")[2]
    begin(tmp_path / "store", f"http://git.nabo.example:{port}/foreign/.git")
    terms = Terms(protocols=("http",), settings=held_at("git.nabo.example", int(port), ("127.0.0.1",)))

    assert offered(tmp_path / "store", "HEAD", terms) == head
