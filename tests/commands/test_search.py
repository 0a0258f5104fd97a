"""`kompetanse search`: found, narrowed, compared, and nothing of others that steers the terminal."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.search.strange import STRANGE

from kompetanse import searching
from kompetanse.errors import ExitCode, KompetanseError
from kompetanse.searching import Watch

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(searching.CACHE, str(tmp_path / "cache"))


def addresses(run: Run, root: Path, *arguments: str) -> list[str]:
    """Return the addresses of what is found."""
    return [row["address"] for row in run(root, "search", *arguments, "--json").report["results"]]


def test_pages_are_found_with_title_kind_address_and_extract(demo: Path, run: Run) -> None:
    done = run(demo, "search", "hindre", "brann")

    assert done.exit_code == 0
    assert "Brannkurs · course · nb\n  kurs/brannkurs/\n" in done.out
    assert "Slik hindrer du brann." in done.out
    assert "kind: " in done.err


def test_drafts_and_what_is_retired_are_not_found(demo: Path, run: Run) -> None:
    for status in ("draft", "retired"):
        page = f"---\ntitle: Hemmelig\nstatus: {status}\n---\n\nSvaret er kvikksølv.\n"
        (demo / f"content/{status}.md").write_text(page, encoding="utf-8")

    assert run(demo, "search", "kvikksølv").exit_code == 1


def test_the_answer_of_a_question_is_not_told(demo: Path, run: Run) -> None:
    path = demo / "content/kurs/brannkurs/01-alarm.md"
    text = path.read_text(encoding="utf-8").replace("> Ja.", "> Fordi nødsentralen svarer.")
    path.write_text(text + "\n<quiz>\n<!-- id: a2 -->\nHva heter [[kvikksølv]]?\n</quiz>\n", encoding="utf-8")

    assert addresses(run, demo, "ringer") == ["kurs/brannkurs/01-alarm/"]
    assert addresses(run, demo, "nødsentralen") == []
    assert addresses(run, demo, "kvikksølv") == []


def test_names_levels_and_objectives_are_found(demo: Path, run: Run) -> None:
    assert addresses(run, demo, "kjenner", "rutinen") == ["kompetanser/brannvern/"]
    assert addresses(run, demo, "rådhuset") == ["samlinger/ovelse/"]
    assert "kurs/brannkurs/" in addresses(run, demo, "vaktmester")


@pytest.mark.parametrize(
    ("facet", "value", "found"),
    [
        ("kind", "session", {"samlinger/ovelse/"}),
        ("role", "vaktmester", {"roller/vaktmester/", "kompetanser/brannvern/", "kurs/brannkurs/"}),
        ("competence", "nei", set()),
        ("level", "2", {"kurs/brannkurs/"}),
        ("language", "nn", set()),
        ("region", "testvik", {"kompetanser/brannvern/"}),
        ("licence", "CC-BY-4.0", {"kompetanser/brannvern/"}),
    ],
)
def test_results_are_narrowed(facet: str, value: str, found: set[str], demo: Path, run: Run) -> None:
    here = set(addresses(run, demo, "brann", "øver", f"--{facet}", value, "--limit", "50"))

    assert found <= here
    assert bool(found) == bool(here)


def test_a_change_is_found_at_once_and_the_old_text_no_more(demo: Path, run: Run) -> None:
    path = demo / "content/moduler/sloking.md"
    assert addresses(run, demo, "teppet") == ["moduler/sloking/"]

    path.write_text(path.read_text(encoding="utf-8").replace("tepp", "klut"), encoding="utf-8")

    assert addresses(run, demo, "kluten") == ["moduler/sloking/"]
    assert "moduler/sloking/" not in addresses(run, demo, "teppet")


def test_a_page_that_is_written_over_with_one_as_long_and_as_old_is_read(demo: Path, run: Run) -> None:
    path = demo / "content/moduler/sloking.md"
    addresses(run, demo, "teppet")
    before = path.stat()

    path.write_text(path.read_text(encoding="utf-8").replace("teppet", "kluten"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert addresses(run, demo, "kluten") == ["moduler/sloking/"]


def test_synonyms_of_the_region_are_found(demo: Path, run: Run) -> None:
    assert addresses(run, demo, "ildteppe") == []

    (demo / "synonyms.yml").write_text("- [ildteppe, teppe]\n", encoding="utf-8")

    assert addresses(run, demo, "ildteppe") == ["moduler/sloking/"]


def test_a_better_spelling_is_offered(demo: Path, run: Run) -> None:
    assert "Did you mean: brannvern\n" in run(demo, "search", "branvern").out
    assert run(demo, "search", "brannvern", "--json").report["did_you_mean"] == ""


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_whatever_is_typed_is_answered(text: str, form: list[str], demo: Path, run: Run) -> None:
    done = run(demo, "search", *form, "--", text)

    assert done.exit_code in {0, 1}
    assert "Traceback" not in done.err
    assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)


def test_nothing_in_a_page_steers_the_terminal(demo: Path, run: Run) -> None:
    page = "Fare \u009b31m her \u202e og \u2066der\u2069.\n\n## Fare \u202e\n"
    (demo / "content/fare.md").write_text(
        f'---\ntitle: "Fare \\e[31m \u202e"\n---\n\n{page}', encoding="utf-8"
    )
    (demo / "content/farlig.md").write_text(f"---\ntitle: Fare\n---\n\n{page}", encoding="utf-8")

    for form in ([], ["--json"]):
        out = run(demo, "search", "fare", *form).out
        assert "Fare" in out
        assert not {"\x1b", "\x9b", "\u202e", "\u2066"} & set(out)


def test_a_draft_is_compared_with_what_is_there(demo: Path, run: Run) -> None:
    draft = demo / "utkast.md"
    draft.write_text("# Slokking\n\n## Med teppe\n\nLegg teppet over. Les om brannvern.\n", encoding="utf-8")

    found = run(demo, "search", "--similar", "utkast.md", "--json").report["similar"]

    assert found[0]["address"] == "moduler/sloking/"
    assert found[0]["share"] > 60
    assert all(0 <= one["share"] <= 100 for one in found)
    own = run(demo, "search", "--similar", "content/moduler/sloking.md", "--json").report["similar"]
    assert "moduler/sloking/" not in [one["address"] for one in own]


def test_queries_that_find_nothing_are_noted_down_only_when_that_is_asked_for(demo: Path, run: Run) -> None:
    run(demo, "search", "kvikksølv")
    assert run(demo, "search", "--zero-hits").out == ""

    for _ in range(2):
        run(demo, "search", "Kvikksølv", "--remember")
    run(demo, "search", "brannvern", "--remember")
    run(demo, "search", "\x1b[2Jbly", "--remember")

    assert run(demo, "search", "--zero-hits").out == "   2  kvikksølv\n   1  [2jbly\n"
    assert run(demo, "search", "--zero-hits", "--json").report[0] == {"query": "kvikksølv", "times": 2}


def test_without_words_and_terminal_it_says_how_it_is_called(demo: Path, run: Run) -> None:
    done = run(demo, "search")

    assert done.exit_code == 2
    assert "kompetanse search WORDS" in done.err


def test_the_region_is_left_as_it_was(
    demo: Path, run: Run, files: Callable[[Path], dict[str, bytes]]
) -> None:
    before = files(demo)

    run(demo, "search", "brann", "--remember")

    assert files(demo) == before


def test_a_damaged_index_is_made_anew(demo: Path, run: Run) -> None:
    addresses(run, demo, "teppet")
    segment = next(searching.shelf(demo, "content").current().glob("*.seg"))
    whole = segment.read_bytes()
    segment.write_bytes(whole[:2000] + bytes(len(whole) - 4000) + whole[-2000:])

    assert addresses(run, demo, "teppet") == ["moduler/sloking/"]


def test_a_module_that_is_missing_is_no_damage(demo: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses(run, demo, "teppet")
    before = searching.shelf(demo, "content").current()
    monkeypatch.setitem(sys.modules, "kompetanse_search.answer", None)

    assert run(demo, "search", "teppet").exit_code == ExitCode.BUG
    assert searching.shelf(demo, "content").current() == before


def test_somebody_else_who_writes_is_waited_for_and_then_told_of(demo: Path) -> None:
    said: list[str] = []
    where = searching.shelf(demo, "content")

    with where.locked(0), pytest.raises(KompetanseError, match="Another kompetanse has been writing"):
        searching.index(demo, "content", Watch(said.append, patience=0.1))

    assert said == ["Somebody else is bringing the search index up to date; waiting …"]


def test_a_folder_that_cannot_be_written_is_told_of(
    demo: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(searching.CACHE, str(tmp_path / "file"))

    done = run(demo, "search", "brann")

    assert done.exit_code == 1
    assert "Could not write the search index in" in done.err
    assert searching.CACHE in done.err


def test_a_full_disk_is_told_of(demo: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("kompetanse_search.register.Register.relate", full)

    done = run(demo, "search", "brann")

    assert done.exit_code == 1
    assert "disk is full" in done.err


def test_json_is_one_object(demo: Path, run: Run) -> None:
    found = json.loads(run(demo, "search", "brannvern", "--json").out)

    assert set(found) == {"query", "total", "results", "facets", "did_you_mean"}
    assert found["facets"]["kind"]["competence"] == 1
