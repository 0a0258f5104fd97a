"""`kompetanse search-serve`: the JSON of the command line over HTTP, read only, with nothing said of what was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kompetanse import searching
from kompetanse.search_service import AT_ONCE, MOST_LETTERS, Server, Settings

Run = Callable[..., Any]


class Client:
    """Asks one server."""

    def __init__(self, server: Server) -> None:
        self._port = server.server_address[1]

    def ask(self, path: str, method: str = "GET") -> tuple[HTTPResponse, Any]:
        """Return the response, and its JSON."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        connection.request(method, path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, json.loads(body) if body else None


@pytest.fixture
def serve(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Client]]:
    """Start servers of the demo region on free ports."""
    monkeypatch.setenv(searching.CACHE, str(tmp_path / "cache"))
    searching.index(demo, "content").close()
    started: list[tuple[Server, threading.Thread]] = []

    def start(**settings: Any) -> Client:
        server = Server("127.0.0.1", 0, Settings(demo, "content", **settings))
        thread = threading.Thread(target=server.run)
        thread.start()
        started.append((server, thread))
        return Client(server)

    yield start
    for server, thread in started:
        server.shutdown()
        thread.join()


def test_the_answer_is_that_of_the_command_line(serve: Callable[..., Client], demo: Path, run: Run) -> None:
    response, found = serve().ask(f"/search?q={quote('hindre brann')}&kind=course&limit=1")

    assert response.status == 200
    assert (
        found == run(demo, "search", "hindre", "brann", "--kind", "course", "--limit", "1", "--json").report
    )
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] is None


def test_another_site_may_read_only_when_it_is_named(serve: Callable[..., Client]) -> None:
    response, _ = serve(allow_origin="https://portal.example.no").ask("/search?q=brann")

    assert response.headers["Access-Control-Allow-Origin"] == "https://portal.example.no"


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 404),
        ("/search/../../etc", "GET", 404),
        ("/search?q=a&limit=0", "GET", 400),
        ("/search?q=a&limit=1e9", "GET", 400),
        ("/search?q=a&limit=²", "GET", 400),
        ("/search?q=a&callback=x", "GET", 400),
        ("/search?" + "&".join(["kind=a"] * 40), "GET", 400),
        (f"/search?q={'a' * (MOST_LETTERS + 1)}", "GET", 414),
        ("/search?q=a", "POST", 405),
        ("/search?q=a", "OPTIONS", 405),
        ("/search?q=" + quote("<script>\x00\x1b\u202e🔥"), "GET", 200),
        ("/search?q=%ff%fe", "GET", 200),
        ("/search", "GET", 200),
    ],
)
def test_wrong_requests_are_refused_with_a_reason(
    path: str, method: str, status: int, serve: Callable[..., Client]
) -> None:
    response, found = serve().ask(quote(path, safe="/?&=%"), method)

    assert response.status == status
    assert ("error" in found) == (status != 200)


def test_head_has_no_body(serve: Callable[..., Client]) -> None:
    response, found = serve().ask("/search?q=brann", "HEAD")

    assert (response.status, found) == (200, None)


def test_queries_are_told_only_to_whom_asks_for_them(
    serve: Callable[..., Client], capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    serve().ask("/search?q=hemmelig")
    serve(log=told.append).ask("/search?q=kjent")

    assert told == ["kjent"]
    assert "hemmelig" not in "".join(capfd.readouterr())


def test_a_new_index_is_taken_over(serve: Callable[..., Client], demo: Path) -> None:
    client = serve()
    assert client.ask("/search?q=kvikk")[1]["total"] == 0
    (demo / "content/kvikk.md").write_text("---\ntitle: Kvikk\n---\n\nTekst.\n", encoding="utf-8")

    assert client.ask("/search?q=kvikk")[1]["total"] == 0
    searching.index(demo, "content").close()

    assert client.ask("/search?q=kvikk")[1]["total"] == 1


def test_an_index_that_is_gone_is_told_of_and_one_that_comes_back_is_read(
    serve: Callable[..., Client], demo: Path
) -> None:
    client = serve()
    searching.again(demo, "content")
    assert client.ask("/search?q=brann")[0].status == 503

    searching.index(demo, "content").close()

    assert client.ask("/search?q=brann")[0].status == 200


def test_many_at_once_are_answered(serve: Callable[..., Client]) -> None:
    client = serve()
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(client.ask("/search?q=brann")[0].status))
        for _ in range(AT_ONCE // 2)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * len(threads)


def test_a_search_that_takes_too_long_is_stopped_and_the_next_one_answered(
    serve: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serve()
    with monkeypatch.context() as patience:
        patience.setattr("kompetanse.search_service.LONGEST", 0.0)
        response, found = client.ask("/search?q=brann")

    assert (response.status, "took more than" in found["error"]) == (503, True)
    assert client.ask("/search?q=brann")[0].status == 200


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--allow-origin", "portal"], "is no origin"),
        (["--host", "192.0.2.1"], "Could not listen on 192.0.2.1"),
    ],
)
def test_what_makes_no_sense_is_told(options: list[str], said: str, demo: Path, run: Run) -> None:
    done = run(demo, "search-serve", *options)

    assert done.exit_code in {1, 2}
    assert said in done.err


def test_an_open_address_is_warned_of(demo: Path, run: Run) -> None:
    assert "other machines can reach" in run(demo, "search-serve", "--host", "192.0.2.1").err
