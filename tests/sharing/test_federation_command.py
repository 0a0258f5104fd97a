"""`kompetanse federation`: regions are added, listed, asked and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sharing.portal import Run, Server, catalogue, course, page

from kompetanse.content.offers import read_offers

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


def test_who_takes_a_course_that_was_found_in_a_catalogue_is_told_to_follow_its_repository(
    server: Server, here: Path, run: Run, commit: Callable[[Path], Path]
):
    server.answers["/catalogue.json"] = page(catalogue("nordvik", course("nordvik", "brann")))
    run(here, "federate", "add", server.base, "--allow-loopback")
    commit(here)

    done = run(here, "fork", "nordvik/brann")

    assert done.exit_code == 1
    assert "kompetanse source add ADDRESS --name nordvik" in done.err
