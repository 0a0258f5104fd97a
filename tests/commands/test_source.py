"""`kompetanse source` and `kompetanse catalogue`: from an address to courses that one can take."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Region = Callable[..., Path]
Run = Callable[..., Any]

REGION_YML = """\
id: testvik
name: Testvik
languages: [nb, nn, en]
accessibility_statement: https://example.no/tilgjengelighet
privacy_statement: https://example.no/personvern
# Vår egen merknad
"""
COURSE = "---\ntype: course\nid: {0}\ntitle: {1}\nduration: PT{2}M\nlicence: {3}\n---\nTekst.\n"


@pytest.fixture
def neighbour(tmp_path: Path, commit: Callable[[Path], Path]) -> Path:
    """Another region, in a folder beside ours."""
    root = tmp_path / "nabo"
    files = {
        "region.yml": "id: nordvik\nname: Nordvik\nlanguages: [nb]\n",
        "content/kurs/brann/index.md": COURSE.format("brann", "Brannvern i bygg", 45, "CC-BY-4.0"),
        "content/kurs/medisin/index.md": COURSE.format("medisin", "Medisinhåndtering", 90, "CC-BY-ND-4.0"),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return commit(root)


@pytest.fixture
def ours(region: Region) -> Path:
    """Our region, with a comment that must survive."""
    return region({"region.yml": REGION_YML})


def test_a_source_is_added_listed_asked_and_removed(ours: Path, neighbour: Path, run: Run, commit: Any):
    before = (ours / "region.yml").read_text(encoding="utf-8")

    added = run(ours, "source", "add", "../nabo")

    assert added.exit_code == 0, added.err
    assert "nordvik is new: 2 courses" in added.out
    record = "sources:\n  - name: nordvik\n    repository: ../nabo\n    region: nordvik\n    trust: seen\n"
    assert (ours / "region.yml").read_text(encoding="utf-8") == before + record
    assert run(ours, "check", "--strict").exit_code == 0
    (listed,) = run(ours, "source", "list", "--json").report
    assert (listed["name"], listed["offers"], listed["trust"]) == ("nordvik", 2, "seen")

    (neighbour / "content/kurs/ny.md").write_text(COURSE.format("ny", "Nytt", 5, "MIT"), encoding="utf-8")
    commit(neighbour)

    asked = run(ours, "source", "refresh").out
    assert "nordvik has news: 3 courses" in asked
    assert "Written: .kompetanse/offers/nordvik.json" in asked
    again = run(ours, "source", "refresh", "nordvik").out
    assert "nordvik has nothing new: 3 courses" in again
    assert "Written" not in again
    assert run(ours, "source", "remove", "nordvik").exit_code == 0
    assert (ours / "region.yml").read_text(encoding="utf-8") == before
    assert not list((ours / ".kompetanse").rglob("*.json"))


def test_nothing_is_written_when_the_source_cannot_be_read(ours: Path, tmp_path: Path, run: Run):
    (tmp_path / "tom").mkdir()
    subprocess.run(["git", "init", "--quiet", "tom"], cwd=tmp_path, check=True)

    for address, says in {
        "../tom": "has no commit",
        "../borte": "There is no folder",
        "file:///etc": "without file://",
        "https://a:b@git.example.no/x": "password",
        "--upload-pack=x": "option",
    }.items():
        done = run(ours, "source", "add", "--", address)

        assert (done.exit_code, done.out) == (1, "")
        assert says in done.err
        assert "Traceback" not in done.err
    assert not (ours / ".kompetanse").exists()
    assert "sources" not in (ours / "region.yml").read_text(encoding="utf-8")


def test_a_region_that_cannot_be_read_is_left_alone(ours: Path, neighbour: Path, run: Run):
    (ours / "region.yml").write_text("id: [\n", encoding="utf-8")

    assert "`kompetanse check` says why" in run(ours, "source", "add", "../nabo").err
    assert (ours / "region.yml").read_text(encoding="utf-8") == "id: [\n"


def test_names_and_addresses_stand_once(ours: Path, neighbour: Path, run: Run, tmp_path: Path):
    run(ours, "source", "add", "../nabo")
    shutil.copytree(neighbour, tmp_path / "kopi")

    assert "followed already, as nordvik" in run(ours, "source", "add", "../nabo").err
    assert "There is a source nordvik already" in run(ours, "source", "add", "../kopi").err
    assert "small letters" in run(ours, "source", "add", "../kopi", "--name", "../x").err
    assert run(ours, "source", "add", "../kopi", "--name", "kopi").exit_code == 0
    assert "Did you mean nordvik?" in run(ours, "source", "remove", "nordvk").err


def test_a_region_is_no_source_of_its_own(ours: Path, run: Run, tmp_path: Path):
    subprocess.run(["git", "clone", "--quiet", str(ours), str(tmp_path / "klon")], check=True)

    assert "this region itself" in run(ours, "source", "add", "../klon").err


def test_a_source_that_is_gone_stops_nobody(ours: Path, neighbour: Path, run: Run, tmp_path: Path):
    run(ours, "source", "add", "../nabo")
    shutil.copytree(neighbour, tmp_path / "annen")
    run(ours, "source", "add", "../annen", "--name", "annen")
    neighbour.rename(tmp_path / "flyttet")

    done = run(ours, "source", "refresh")

    assert done.exit_code == 1
    assert "annen has nothing new" in done.out
    assert "nordvik: ../nabo has no such repository: gone, renamed or private" in done.err
    assert len(run(ours, "catalogue", "--json").report) == 4


def test_an_older_version_waits_for_a_person(ours: Path, neighbour: Path, run: Run, commit: Any):
    (neighbour / "x.md").write_text("x")
    commit(neighbour)
    run(ours, "source", "add", "../nabo")
    subprocess.run(["git", "reset", "--quiet", "--hard", "HEAD~1"], cwd=neighbour, check=True)

    refused = run(ours, "source", "refresh", "nordvik")

    assert refused.exit_code == 1
    assert "kompetanse source refresh nordvik --accept" in refused.err
    assert "is back at an older version" in run(ours, "source", "refresh", "nordvik", "--accept").out


def test_a_stopped_source_is_not_asked(ours: Path, neighbour: Path, run: Run):
    run(ours, "source", "add", "../nabo")
    path = ours / "region.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("trust: seen", "trust: stopped"), encoding="utf-8"
    )

    assert run(ours, "source", "refresh").out == ""
    assert "is stopped in region.yml" in run(ours, "source", "refresh", "nordvik").err


def test_the_catalogue_is_read_from_what_is_kept(ours: Path, neighbour: Path, run: Run, tmp_path: Path):
    run(ours, "source", "add", "../nabo")
    neighbour.rename(tmp_path / "gone")
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)

    out = run(ours, "catalogue").out

    assert "nordvik/brann  Brannvern i bygg\n    nb · 45 min · CC-BY-4.0 (may be adapted)\n" in out
    assert (
        "CC-BY-ND-4.0 (not to be adapted; ND: an adaptation cannot be shared, only an unchanged copy)" in out
    )


def test_the_catalogue_says_what_we_have_and_how_far_behind(
    ours: Path, neighbour: Path, run: Run, commit: Any
):
    run(ours, "source", "add", "../nabo")
    commit(ours)
    forked = run(ours, "fork", "nordvik/brann", "--as", "brann-her")
    assert forked.exit_code == 0, forked.err

    assert "you have it as brann-her, up to date" in run(ours, "catalogue", "brannvern").out

    page = neighbour / "content/kurs/brann/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "Nytt avsnitt.\n", encoding="utf-8")
    commit(neighbour)
    run(ours, "source", "refresh")

    assert "you have it as brann-her, 1 file behind" in run(ours, "catalogue", "brannvern").out


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["brann", "medisin"]),
        (["medisin"], ["medisin"]),
        (["--search", "håndtering av medisiner"], ["medisin"]),
        (["--licence", "cc-by-4.0"], ["brann"]),
        (["--language", "nb"], ["brann", "medisin"]),
        (["--language", "nn"], []),
        (["--competence", "slokke"], []),
        (["--source", "nordvik"], ["brann", "medisin"]),
    ],
)
def test_the_catalogue_is_narrowed(
    arguments: list[str], ids: list[str], ours: Path, neighbour: Path, run: Run
):
    run(ours, "source", "add", "../nabo")

    found = json.loads(run(ours, "catalogue", "--json", *arguments).out)

    assert [one["id"] for one in found] == ids


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "2 courses. Take one"),
        (["medisin"], "1 of 2 courses. Take one"),
        (["--source", "nordvik"], "2 courses of nordvik. Take one"),
        (["--source", "nordvik", "medisin"], "1 of 2 courses of nordvik. Take one"),
    ],
)
def test_the_catalogue_counts_what_was_asked_for(
    arguments: list[str], said: str, ours: Path, neighbour: Path, run: Run
):
    run(ours, "source", "add", "../nabo")

    assert run(ours, "catalogue", *arguments).err.startswith(said)


def test_one_course_is_counted_as_one(ours: Path, neighbour: Path, run: Run, commit: Any):
    shutil.rmtree(neighbour / "content/kurs/medisin")
    commit(neighbour)

    assert "nordvik is new: 1 course, version" in run(ours, "source", "add", "../nabo").out


def test_words_that_find_nothing_and_unknown_sources_are_told(ours: Path, neighbour: Path, run: Run):
    assert "No source offers anything yet" in run(ours, "catalogue").err
    run(ours, "source", "add", "../nabo")

    assert run(ours, "catalogue", "xyzzy").exit_code == 1
    assert "There is no source 'nordvi'" in run(ours, "catalogue", "--source", "nordvi").err
