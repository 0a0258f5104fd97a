"""The preview in a process of its own: what it serves, what it tells, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kompetanse.preview.server import Server, free_port, with_script
from kompetanse.preview.shelf import Shelf


@pytest.fixture
def served() -> Iterator[tuple[Server, Shelf]]:
    """A small site, shown under a path of its host."""
    shelf = Shelf(mount="/region/")
    shelf.put({"index.html": b"<body>Hei</body>", "kurs/index.html": b"<body>Kurs</body>", "a.ics": b"BEGIN"})
    server = Server(0, shelf)
    server.start()
    yield server, shelf
    server.shutdown()
    server.server_close()


def _ask(server: Server, path: str, host: str | None = None) -> tuple[int, str, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{server.server_address[1]}{path}")
    if host:
        request.add_header("Host", host)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (our own server)
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize("path", ["/", "/region/", "/region/index.html"])
def test_the_first_page_is_found_at_its_own_path_and_at_the_root(
    served: tuple[Server, Shelf], path: str
) -> None:
    status, kind, text = _ask(served[0], path)

    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert text.startswith("<body>Hei<script src=")


def test_a_page_is_what_readers_get_and_one_script() -> None:
    page = b"<html><body>Hei </body></html>"

    shown = with_script(page, Shelf(), 3)

    before, _, rest = shown.partition(b"<script")
    assert before + rest.partition(b"</script>")[2] == page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/region/kurs", 200),
        ("/region/a.ics", 200),
        ("/region/no/", 404),
        ("/region/../../etc/passwd", 404),
        ("/kurs/", 404),
    ],
)
def test_only_what_the_site_holds_is_served(served: tuple[Server, Shelf], path: str, status: int) -> None:
    assert _ask(served[0], path)[0] == status


def test_the_name_of_another_host_is_refused(served: tuple[Server, Shelf]) -> None:
    assert _ask(served[0], "/region/", host="example.no:8000")[0] == 403


def test_a_page_hears_of_its_own_change_and_not_of_others(served: tuple[Server, Shelf]) -> None:
    shelf = served[1]
    number = shelf.number

    shelf.put({"kurs/index.html": b"<body>Nytt</body>"})

    mine, other = shelf.news("kurs/index.html", number, 0), shelf.news("index.html", number, 0)
    assert mine
    assert other
    assert (mine.page, other.page) == (True, False)
    assert shelf.news("kurs/index.html", mine.number, 0) is None


def test_the_next_free_port_is_another_one(served: tuple[Server, Shelf]) -> None:
    taken = served[0].server_address[1]

    assert free_port(taken - 1) != taken


@contextmanager
def _preview(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port(18000 + os.getpid() % 2000)
    command = [sys.executable, "-m", "kompetanse", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=root, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stderr
        try:
            for row in process.stderr:
                if row.startswith("Look at"):
                    yield process, row.split()[2]
                    break
        finally:
            process.kill()


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own server)
        return str(answer.read().decode())


def _until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise")
def test_a_saved_text_is_served_and_told_and_ctrl_c_ends_at_once(
    region: Callable[[dict[str, str]], Path],
) -> None:
    page = "---\ntype: module\nid: varsle\ntitle: Varsle\n---\n\n{}\n"
    root = region({"content/moduler/varsle.md": page.format("Ring 110.")})

    with _preview(root) as (process, home):
        events = urllib.request.urlopen(  # noqa: S310 (our own server)
            f"{home}-/kompetanse-preview/events?since=0&page=moduler/varsle/", timeout=30
        )
        assert "Ring 110." in _read(f"{home}moduler/varsle/")  # what nobody has seen needs no word of change
        temporary = root / "content/moduler/.varsle.md.swp"
        temporary.write_text("noise", encoding="utf-8")
        (root / "content/moduler/new.tmp").write_text(page.format("Ring brannvesenet."), encoding="utf-8")
        (root / "content/moduler/new.tmp").replace(root / "content/moduler/varsle.md")

        assert _until(lambda: "Ring brannvesenet." in _read(f"{home}moduler/varsle/"))
        with events:
            rows = (row.decode() for row in events)
            assert any(json.loads(row[6:])["page"] for row in rows if row.startswith("data: "))
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_what_the_search_reads_is_waited_for_and_is_there_when_it_is_made(
    served: tuple[Server, Shelf],
) -> None:
    server, shelf = served
    shelf.coming = "Søket lages."
    later = threading.Timer(0.3, lambda: shelf.put({"sok/indeks/manifest.js": b"1"}, silent=True))

    later.start()
    found = _ask(server, "/region/sok/indeks/manifest.js")

    assert (found[0], found[2]) == (200, "1")
    assert _ask(server, "/region/finnes/ikke/")[0] == 404  # what nobody makes is not waited for


def test_a_search_that_is_not_made_in_time_is_to_be_asked_for_again(
    served: tuple[Server, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, shelf = served
    monkeypatch.setattr("kompetanse.preview.server._LATER", 0.1)
    shelf.coming = "Søket lages."

    early = _ask(server, "/region/sok/sok.js")
    shelf.settle()
    late = _ask(server, "/region/sok/sok.js")

    assert (early[0], early[2]) == (503, "Søket lages.")
    assert late[0] == 404
    news = shelf.news("index.html", 0, 0)
    assert news
    assert news.coming == ""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_ctrl_c_while_the_comparison_starts_ends_without_a_word_of_it(
    region: Callable[[dict[str, str]], Path],
) -> None:
    root = region({"content/om.md": "---\ntitle: Om\n---\n\nOm oss.\n"})

    with _preview(root) as (process, _):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        assert _until(lambda: bool(children.read_text(encoding="ascii")))
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells all of them
        said = process.communicate(timeout=20)[1]

    assert process.returncode == 0
    assert said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said
