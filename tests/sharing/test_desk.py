"""The page's server: what it refuses from other sites and other programs, and how it ends."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest
from tests.commands import adopted

from kompetanse.errors import KompetanseError
from kompetanse.sharing.adopted import Region as Own
from kompetanse.sharing.desk.form import Chosen
from kompetanse.sharing.desk.page import Page
from kompetanse.sharing.desk.server import LARGEST, Desk
from kompetanse.sharing.sheet import sheet

TOKEN = "t" * 43
FORM = "application/x-www-form-urlencoded"


class Served:
    """A page that is being served, and what was saved."""

    def __init__(self, desk: Desk, saved: list[Chosen]) -> None:
        self.desk = desk
        self.saved = saved

    def ask(
        self, method: str, path: str, body: str | bytes = "", /, **headers: str | None
    ) -> tuple[HTTPResponse, str]:
        """Send one request; a header that is None is left out."""
        given: dict[str, str | None] = {
            "Host": self.desk.origin.removeprefix("http://"),
            "Origin": self.desk.origin,
        }
        given |= {"Content-Type": FORM} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.desk.server_port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        length = {"Content-Length": str(len(body))} if body else {"Content-Length": "0"}
        for name, value in (length | given).items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body.encode() if isinstance(body, str) else body)
        reply = connection.getresponse()
        text = reply.read().decode(errors="replace")
        connection.close()
        return reply, text


@contextmanager
def _serving(root: Path, language: str = "nb", error: str = "") -> Iterator[Served]:
    own = Own(root)
    found = sheet(own, own.course("brann"))
    assert found
    saved: list[Chosen] = []

    def save(chosen: Chosen) -> str:
        if error:
            raise KompetanseError(error)
        saved.append(chosen)
        return "Lagret"

    with Desk(Page(found, "Brannvern", language), TOKEN, save) as desk:
        thread = Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Served(desk, saved)
        desk.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region whose course waits for answers; only read."""
    folder = tmp_path_factory.mktemp("region")

    def write(files: dict[str, bytes]) -> Path:
        for name, data in {"region.yml": b"id: testvik\nname: Testvik\nlanguages: [nb]\n", **files}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Content"]):
            subprocess.run(["git", *command], cwd=folder, check=True)
        return folder

    return adopted.waiting(write)


@pytest.fixture
def served(root: Path) -> Iterator[Served]:
    """The page of that course."""
    with _serving(root) as found:
        yield found


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    assert served.desk.server_address[0] == "127.0.0.1"
    assert served.desk.socket.family == socket.AF_INET


def test_the_page_may_load_nothing_from_elsewhere_and_be_put_in_no_frame(served: Served) -> None:
    reply, text = served.ask("GET", f"/{TOKEN}/")

    assert reply.status == 200
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert reply.headers["Cache-Control"] == "no-store"
    assert "http://" not in text
    assert "https://" not in text
    assert [word for word in ("HEAD", "merge", "rebase", "Theirs") if word in text] == []


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 404),
        ("GET", "/wrong/", {}, 404),
        ("GET", f"/{TOKEN}x/", {}, 404),
        ("GET", f"/{TOKEN}/../../etc/passwd", {}, 404),
        ("GET", f"/{TOKEN}/%2e%2e/%2e%2e/etc/passwd", {}, 404),
        ("GET", f"/{TOKEN}/picture/1/../../desk.css", {}, 404),
        ("GET", f"/{TOKEN}/picture/9/ours", {}, 404),
        ("GET", f"/{TOKEN}/picture/4/secret", {}, 404),
        ("GET", f"/{TOKEN}/server.py", {}, 404),
        ("GET", f"/{TOKEN}/", {"Host": "evil.example"}, 403),
        ("GET", f"/{TOKEN}/", {"Host": None}, 403),
        ("GET", f"/{TOKEN}/", {"Host": "localhost"}, 403),
        ("POST", f"/{TOKEN}/save", {"Host": "rebound.example"}, 403),
        ("POST", f"/{TOKEN}/save", {"Origin": "https://evil.example"}, 403),
        ("POST", f"/{TOKEN}/save", {"Origin": "null"}, 403),
        ("POST", f"/{TOKEN}/save", {"Origin": None}, 403),
        ("POST", f"/{TOKEN}/stop", {"Origin": "https://evil.example"}, 403),
        ("POST", "/save", {}, 404),
        ("POST", f"/{TOKEN}/other", {}, 404),
        ("POST", f"/{TOKEN}/save", {"Content_Type": "text/plain"}, 415),
        ("POST", f"/{TOKEN}/save", {"Content_Type": "application/json"}, 415),
        ("POST", f"/{TOKEN}/save", {"Content_Length": None}, 411),
        ("POST", f"/{TOKEN}/save", {"Content_Length": "-1"}, 411),
        ("POST", f"/{TOKEN}/save", {"Transfer_Encoding": "chunked"}, 411),
        ("POST", f"/{TOKEN}/save", {"Content_Length": "10000000"}, 413),
        ("PUT", f"/{TOKEN}/save", {}, 501),
        ("DELETE", f"/{TOKEN}/", {}, 501),
    ],
)
def test_what_is_not_from_the_page_itself_is_refused(
    served: Served, method: str, path: str, headers: dict[str, str | None], status: int
) -> None:
    reply, text = served.ask(method, path, **headers)

    assert reply.status == status
    assert "Brannvern" not in text
    assert served.saved == []
    assert served.desk.outcome == ""


def test_ten_megabytes_are_refused_unread(served: Served) -> None:
    assert LARGEST < 10_000_000
    with socket.create_connection(("127.0.0.1", served.desk.server_port), timeout=10) as client:
        host = served.desk.origin.removeprefix("http://")
        head = f"POST /{TOKEN}/save HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 10000000\r\n\r\n"
        client.sendall(head.encode())

        assert client.recv(1000).startswith(b"HTTP/1.0 413 ")


def test_a_form_of_nonsense_answers_nothing(served: Served) -> None:
    reply, _ = served.ask(
        "POST", f"/{TOKEN}/save", "q1=delete&q99=ours&q2=both&back=77&back=x&%ff=%00&t2=%ff"
    )

    assert reply.status == 200
    assert served.saved[0].choices == {}
    assert served.saved[0].taken_back == frozenset()


def test_too_many_fields_are_refused(served: Served) -> None:
    reply, _ = served.ask("POST", f"/{TOKEN}/keep", "a=&" * 30_000)

    assert reply.status == 400


def test_what_is_chosen_is_remembered_and_saved_once(served: Served) -> None:
    kept, _ = served.ask("POST", f"/{TOKEN}/keep", "q1=theirs&q3=own&t3=Mitt%0D%0Aeget&back=2")
    _, page = served.ask("GET", f"/{TOKEN}/")

    assert kept.status == 204
    assert 'name="q1" value="theirs" checked' in page
    assert 'name="back" value="2" checked' in page
    assert "Mitt\r\neget</textarea>" in page
    reply, text = served.ask("POST", f"/{TOKEN}/save", "q1=ours&q2=ours&q3=ours&q4=ours")
    assert reply.status == 200
    assert "Svarene er lagret" in text
    assert served.desk.outcome == "saved"
    assert len(served.saved) == 1


def test_what_cannot_be_saved_is_said_on_the_page_and_nothing_is_lost(root: Path) -> None:
    with _serving(root, error="gammel.md har endringer <b>her</b>") as served:
        reply, text = served.ask("POST", f"/{TOKEN}/save", "q1=theirs")

        assert reply.status == 422
        assert "gammel.md har endringer &lt;b&gt;her&lt;/b&gt;" in text
        assert 'name="q1" value="theirs" checked' in text
        assert served.desk.outcome == ""


def test_pictures_are_shown_as_what_they_are(served: Served) -> None:
    reply, _ = served.ask("GET", f"/{TOKEN}/picture/4/theirs")

    assert reply.status == 200
    assert reply.headers["Content-Type"] == "image/png"
    assert "sandbox" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("nb", "Slik det var"), ("nn", "Kjelda sitt"), ("en", "As it was"), ("se", "Slik det var")],
)
def test_the_page_speaks_the_regions_language(root: Path, language: str, said: str) -> None:
    with _serving(root, language) as served:
        _, text = served.ask("GET", f"/{TOKEN}/")

    assert said in text


def test_foreign_text_is_shown_as_text(region: Callable[..., Path], commit: Callable[[Path], Path]) -> None:
    root = adopted.waiting(region)
    path = root / adopted.COURSE / "index.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("3. mars", "3. <script>alert(1)</script>"), encoding="utf-8"
    )
    commit(root)

    with _serving(root) as served:
        _, text = served.ask("GET", f"/{TOKEN}/")

    assert "<script>alert" not in text
