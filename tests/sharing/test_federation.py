"""Catalogues of other regions, fetched from real servers: what is usable is used, and nobody's fault is anybody else's."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.sharing.portal import Answer, Asked, Portal, Server, catalogue, course, page

from kompetanse.content.offers import path_of, read_offers
from kompetanse.sharing.web import Limits, UnreachableError, Web, check


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
