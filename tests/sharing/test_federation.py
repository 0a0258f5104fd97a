"""Catalogues of other regions, fetched from real servers: what is usable is used, and nobody's fault is anybody else's."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kompetanse.content.offers import path_of, read_offers
from kompetanse.model.region import Federated
from kompetanse.sharing.federation import Federation, Outcome
from kompetanse.sharing.web import Limits, UnreachableError, Web, check

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


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.ending.set()
        found.shutdown()
        thread.join()


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


@pytest.fixture
def portal(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Portal:
    monkeypatch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "portal").mkdir()
    return Portal(tmp_path / "portal", server.base)


def drip(asked: Asked) -> None:
    """Answer a sign now and then, for as long as anybody listens."""
    asked.send_response(200)
    asked.end_headers()
    while not asked.server.ending.wait(0.1):
        asked.wfile.write(b" ")


def silent(asked: Asked) -> None:
    asked.server.ending.wait(10)


def endless(asked: Asked) -> None:
    """Answer 500 MB, made as they go."""
    asked.send_response(200)
    asked.end_headers()
    for _ in range(500):
        asked.wfile.write(b" " * 1_000_000)


def bomb(asked: Asked) -> None:
    """Answer half a megabyte that swells to 500."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head, same = (packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    asked.say(head + 499 * same, Content_Encoding="gzip")


def cut(asked: Asked) -> None:
    asked.send_response(200)
    asked.send_header("Content-Length", "1000")
    asked.end_headers()
    asked.wfile.write(b"{")
    asked.close_connection = True


FAULTS: Mapping[str, tuple[Answer, str]] = {
    "silent": (silent, "it stopped answering"),
    "dripping": (drip, "it takes more than 1 seconds"),
    "endless": (endless, "it is larger than 20 MB"),
    "bomb": (bomb, "it is larger than 20 MB"),
    "cut": (cut, "it broke off"),
    "html": (page(b"<!doctype html><title>Velkommen</title>"), "it is HTML, and a catalogue is JSON"),
    "text": (page(b"hei"), "it is no JSON, and a catalogue is JSON"),
    "latin-1": (page('{"name": "Sørvik"}'.encode("latin-1")), "it is not UTF-8"),
    "utf-16": (page('{"name": "S"}'.encode("utf-16")), "it is not UTF-8"),
    "deep": (page(b"[" * 1_000_000), "it is no JSON, and a catalogue is JSON"),
    "list": (page(b"[]"), "it is JSON, but no catalogue"),
    "other": (page(b'{"version": 1}'), "it is JSON, but no catalogue: region does not hold (missing)"),
    "later": (page(b'{"version": 9}'), "its form is version 9; upgrade kompetanse to read it"),
    "ours": (page(catalogue("portal")), "it is the catalogue of this region"),
    "missing": (lambda asked: asked.say(b"", 404), "it answers 404"),
    "broken": (lambda asked: asked.say(b"{}", 500), "it answers 500"),
    "not-gzip": (page(b"{}", Content_Encoding="gzip"), "its compression is damaged"),
    "round": (lambda asked: asked.say(b"", 302, Location="round.json"), "it leads on more than 3 times"),
    "to-http": (
        lambda asked: asked.say(b"", 301, Location="http://nordvik.example/c.json"),
        "it is not https",
    ),
    "inside": (
        lambda asked: asked.say(b"", 301, Location="https://10.0.0.1/"),
        "its address is none in the public net",
    ),
    "to-file": (
        lambda asked: asked.say(b"", 301, Location="file:///etc/passwd"),
        "'file:///etc/passwd' is no address",
    ),
}


def test_each_fault_is_said_and_the_rest_is_used(server: Server, portal: Portal):
    server.answers = {f"/{name}.json": answer for name, (answer, _) in FAULTS.items()}
    server.answers["/nordvik.json"] = page(catalogue("nordvik", course("nordvik", "brann")))
    portal.limits = Limits(silence=0.5, whole=1.0, loopback=True)

    found = portal.ask(*FAULTS, "nordvik")

    assert {name: one.why for name, one in found.items() if one.state == "failed"} == {
        name: why if name not in {"endless", "bomb"} else found[name].why for name, (_, why) in FAULTS.items()
    }
    assert portal.offers == ["nordvik/brann"]
    assert portal.written == ["nordvik"]


@pytest.mark.parametrize("name", ["endless", "bomb"])
def test_more_than_anybody_offers_is_stopped_at_the_limit(server: Server, portal: Portal, name: str):
    server.answers = {f"/{name}.json": FAULTS[name][0]}
    portal.limits = Limits(silence=5.0, whole=60.0, loopback=True)

    assert portal.ask(name)[name].why == "it is larger than 20 MB"


def test_what_was_kept_of_a_region_stays_when_it_fails(server: Server, portal: Portal):
    server.answers["/nordvik.json"] = page(catalogue("nordvik", course("nordvik", "brann")))
    portal.ask("nordvik")
    server.answers["/nordvik.json"] = FAULTS["html"][0]

    found = portal.ask("nordvik")["nordvik"]

    assert (found.state, found.offers) == ("failed", 1)
    assert portal.offers == ["nordvik/brann"]


@contextmanager
def conditional(server: Server, body: bytes) -> Iterator[None]:
    def answer(asked: Asked) -> None:
        same = asked.headers.get("If-None-Match") == '"1"'
        asked.say(b"" if same else body, 304 if same else 200, ETag='"1"')

    server.answers["/nordvik.json"] = answer
    yield


def test_nothing_is_fetched_or_written_when_the_region_says_that_nothing_is_new(
    server: Server, portal: Portal
):
    with conditional(server, catalogue("nordvik", course("nordvik", "brann"))):
        first = portal.ask("nordvik")["nordvik"]
        again = portal.ask("nordvik")["nordvik"]

    assert (first.state, again.state, again.offers, again.received) == ("new", "same", 1, 0)
    assert portal.written == ["nordvik"]


def test_all_is_fetched_again_when_what_was_kept_is_another(server: Server, portal: Portal):
    with conditional(server, catalogue("nordvik", course("nordvik", "brann"))):
        portal.ask("nordvik")
        (portal.root / path_of("nordvik")).write_text("<<<<<<< HEAD\n", encoding="utf-8")
        again = portal.ask("nordvik")["nordvik"]

    assert again.state == "new"
    assert portal.offers == ["nordvik/brann"]


def test_the_same_courses_give_the_same_file_whatever_else_is_new(server: Server, portal: Portal):
    brann = course("nordvik", "brann")
    server.answers["/nordvik.json"] = page(catalogue("nordvik", brann), ETag='"1"')
    portal.ask("nordvik")
    server.answers["/nordvik.json"] = page(catalogue("nordvik", brann, extra="x"), ETag='"2"')

    assert portal.ask("nordvik")["nordvik"].state == "same"


def test_a_compressed_answer_and_one_in_pieces_are_read(server: Server, portal: Portal):
    body = catalogue("nordvik", *(course("nordvik", str(number)) for number in range(1000)))

    def in_pieces(asked: Asked) -> None:
        asked.protocol_version = "HTTP/1.1"
        asked.send_response(200)
        asked.send_header("Transfer-Encoding", "chunked")
        asked.send_header("Content-Encoding", "gzip")
        asked.end_headers()
        packed = gzip.compress(body)
        for start in range(0, len(packed), 100):
            part = packed[start : start + 100]
            asked.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        asked.wfile.write(b"0\r\n\r\n")

    server.answers = {
        "/nordvik.json": page(gzip.compress(body), Content_Encoding="gzip"),
        "/pieces.json": in_pieces,
    }

    assert [one.offers for one in portal.ask("nordvik", "pieces").values()] == [1000, 1000]


def test_a_course_is_read_with_all_that_a_fork_needs(server: Server, portal: Portal):
    whole = course(
        "nordvik",
        "brann",
        description="Om\n brann.",
        language="nn",
        licence="CC-BY-SA-4.0",
        minutes=45,
        levels=[2, 1],
        teaches=[
            {"id": "https://n.example/brannvern/", "prefLabel": {"nn": "Brannvern"}},
            {"id": "https://n.example/hlr/"},
        ],
        creator=[{"type": "Organization", "name": "Nordvik kommune"}],
        dateModified="2026-11-02T10:00:00Z",
        repository="https://git.nordvik.example/laering.git",
        path="content/kurs/brann",
        commit="a" * 40,
        contentHash="sha256:" + "b" * 64,
        isBasedOn=[
            {"name": "Brann", "identifier": "sorvik/brann"},
            {"name": "B", "id": "https://s.example/"},
        ],
    )
    server.answers["/nordvik.json"] = page(catalogue("nordvik", whole))

    portal.ask("nordvik")

    (found,) = read_offers(portal.root)[0]
    assert found.url == f"{server.base}kurs/brann/"
    assert (found.summary, found.language, found.licence, found.minutes) == (
        "Om brann.",
        "nn",
        "CC-BY-SA-4.0",
        45,
    )
    assert (found.levels, found.teaches, found.authors) == (
        (1, 2),
        ("Brannvern", "hlr"),
        ("Nordvik kommune",),
    )
    assert (found.commit, found.version, found.modified) == (
        "a" * 40,
        "sha256:" + "b" * 64,
        date(2026, 11, 2),
    )
    assert found.based_on == ("sorvik/brann", "https://s.example/")


BAD: list[Any] = [
    7,
    {},
    course("sorvik", "fremmed"),
    course("nordvik", "../x"),
    course("nordvik", "brann"),
    course("nordvik", "uten-navn", name=None),
    course("nordvik", "lang", minutes="lenge"),
]


def test_a_record_that_does_not_hold_is_dropped_with_a_notice(server: Server, portal: Portal):
    server.answers["/nordvik.json"] = page(catalogue("nordvik", course("nordvik", "brann"), *BAD))

    found = portal.ask("nordvik")["nordvik"]

    assert portal.offers == ["nordvik/brann"]
    assert [notice.partition(":")[0] for notice in found.notices] == [
        f"course {number}" for number in range(2, 9)
    ]


def test_what_cannot_be_right_is_left_out(server: Server, portal: Portal):
    odd = course(
        "nordvik",
        "brann",
        id="javascript:alert(1)",
        name="pdf\u202e<script>\n" + "a" * 400,
        dateModified="2036-01-01",
        license={"id": "https://creativecommons.org/licenses/by/4.0"},
    )
    server.answers["/nordvik.json"] = page(catalogue("nordvik", odd))

    portal.ask("nordvik")

    (found,) = read_offers(portal.root)[0]
    assert (found.url, found.modified, found.licence) == (None, None, "CC-BY-4.0")
    assert found.title == "pdf<script> " + "a" * 287 + "…"


def test_what_is_withdrawn_keeps_the_title_it_had(server: Server, portal: Portal):
    brann = course("nordvik", "brann")
    server.answers["/nordvik.json"] = page(catalogue("nordvik", brann))
    portal.ask("nordvik")
    gone = [{"id": id_, "reason": "error", "date": "2026-11-20"} for id_ in ("brann", "ukjent")]
    server.answers["/nordvik.json"] = page(
        catalogue("nordvik", withdrawn=[*gone, {"id": "x", "reason": "trøtt"}])
    )

    found = portal.ask("nordvik")["nordvik"]

    kept = read_offers(portal.root)[0]
    assert [(one.title, one.withdrawn, one.withdrawn_on) for one in kept] == [
        ("Kurs brann", "error", date(2026, 11, 20)),
        ("ukjent", "error", date(2026, 11, 20)),
    ]
    assert [notice.partition(":")[0] for notice in found.notices] == ["withdrawn 3"]


@pytest.mark.parametrize(
    "address",
    [
        "http://nordvik.example/",
        "https://10.0.0.1/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://intern/",
        "https://nas.local/",
        "https://bruker:ord@nordvik.example/",
        "file:///etc/passwd",
        "ftp://nordvik.example/",
        "https://[",
        "",
    ],
)
def test_only_public_addresses_over_https_are_asked(address: str):
    with pytest.raises(UnreachableError):
        check(address)


def test_a_name_that_leads_to_this_machine_is_left_before_anything_is_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    port = server.server_address[1]
    home = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: home)
    web = Web(Limits(silence=0.5, whole=2.0))

    with pytest.raises(UnreachableError):
        web.get(f"https://nordvik.example:{port}/catalogue.json")

    assert server.asked == []


REGION = "id: portal\nname: Portal  # vår\nlanguages: [nb]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "here"
    (root / "content").mkdir(parents=True)
    (root / "region.yml").write_text(REGION, encoding="utf-8")
    return root


def test_a_region_is_added_listed_asked_and_removed(server: Server, here: Path, run: Run):
    server.answers["/.well-known/kompetanse.json"] = page(b'{"catalogue": "../data/c.json"}')
    server.answers["/data/c.json"] = page(catalogue("nordvik", course("nordvik", "brann")))

    added = run(here, "federate", "add", server.base, "--allow-loopback")
    listed = run(here, "federate", "list", "--json")
    asked = run(here, "federate", "refresh", "--allow-loopback")
    again = run(here, "federate", "add", server.base, "--allow-loopback")
    removed = run(here, "federate", "remove", "nordvik")

    assert (added.exit_code, added.out.splitlines()[0]) == (0, "nordvik: 1 course, new")
    assert listed.report == [
        {"name": "nordvik", "catalogue": f"{server.base}data/c.json", "offers": 1, "withdrawn": 0}
    ]
    assert asked.out == "nordvik: 1 course, nothing new\n"
    assert (again.exit_code, "already" in again.err) == (1, True)
    assert removed.exit_code == 0
    assert (here / "region.yml").read_text(encoding="utf-8") == REGION
    assert list((here / ".kompetanse/offers").iterdir()) == []


def test_a_site_without_a_well_known_folder_is_found_by_its_catalogue(server: Server, here: Path, run: Run):
    server.answers["/laering/catalogue.json"] = page(catalogue("nordvik", course("nordvik", "brann")))

    run(here, "federate", "add", f"{server.base}laering", "--allow-loopback", "--name", "nord")

    assert "federation:\n  - name: nord\n    catalogue: " in (here / "region.yml").read_text(encoding="utf-8")


def test_this_machine_is_asked_only_when_one_says_so(server: Server, here: Path, run: Run):
    done = run(here, "federate", "add", server.base)

    assert done.exit_code == 1
    assert "it is not https" in done.err
    assert server.asked == []
    assert (here / "region.yml").read_text(encoding="utf-8") == REGION


def test_one_that_fails_is_told_and_only_strictly_a_failure(server: Server, here: Path, run: Run):
    server.answers["/a.json"] = page(catalogue("a", course("a", "k")))
    server.answers["/b.json"] = page(catalogue("b", course("b", "k"), 7))
    for name in ("a", "b"):
        run(here, "federate", "add", f"{server.base}{name}.json", "--allow-loopback")
    del server.answers["/a.json"]

    done = run(here, "federate", "refresh", "--allow-loopback")
    strict = run(here, "federate", "refresh", "--allow-loopback", "--strict")
    alone = run(here, "federate", "refresh", "a", "--allow-loopback")
    unknown = run(here, "federate", "refresh", "aa", "--allow-loopback")

    assert (done.exit_code, strict.exit_code, alone.exit_code, unknown.exit_code) == (0, 1, 1, 2)
    assert "a: it answers 404; what is kept of it stays: 1 course" in done.err
    assert "b: course 2: dropped" in done.err
    assert "2 regions: 0 with news, 1 without, 1 failed" in done.err


def test_nobody_asked_is_no_failure(here: Path, run: Run):
    assert run(here, "federate", "refresh").exit_code == 0


def test_a_region_whose_repository_becomes_a_source_is_read_there(
    server: Server, here: Path, run: Run, commit: Callable[[Path], Path], tmp_path: Path
):
    server.answers["/catalogue.json"] = page(catalogue("nordvik", course("nordvik", "brann")))
    run(here, "federate", "add", server.base, "--allow-loopback")
    theirs = tmp_path / "nordvik"
    (theirs / "content/k").mkdir(parents=True)
    (theirs / "region.yml").write_text("id: nordvik\nname: Nordvik\n", encoding="utf-8")
    (theirs / "content/k/index.md").write_text("---\ntype: course\nid: k\ntitle: K\n---\n", encoding="utf-8")
    commit(theirs)

    added = run(here, "source", "add", str(theirs))
    refused = run(here, "federate", "add", server.base, "--allow-loopback")

    assert (added.exit_code, "no longer read" in added.out) == (0, True)
    assert "federation" not in (here / "region.yml").read_text(encoding="utf-8")
    assert [one.name for one in read_offers(here)[0]] == ["nordvik/k"]
    assert refused.exit_code == 1
