"""A leader sees a unit: in the browser and from the command line, to the same digit, with nothing sent and nothing kept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kompetanse.model.item import Role

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
UNIT = "enhet/"
ROLE = "helsefagarbeider"


@pytest.fixture
def asked(catalogue):
    """Ids of the competences that the role asks for."""
    return [one.requirement.competence for one in catalogue.requirements(catalogue.items[ROLE])]


def file_of(number: int, asked: list[str], **changed: Any) -> dict[str, Any]:
    """A mapping of somebody invented, whose levels and evidence follow from the number."""
    answers = [
        {
            "competence": id_,
            "title": id_,
            "level": None if (number + place) % 7 == 6 else (number + place) % 5,
            "day": "2026-11-20",
            "evidence": [{"kind": "confirmed", "level": 3, "day": f"2025-0{1 + (number + place) % 9}-10"}]
            if (number + place) % 2
            else [],
        }
        for place, id_ in enumerate(asked)
    ]
    return {
        "type": "kompetanse-assessment",
        "version": 1,
        "region": "eksempelregionen",
        "content_version": None,
        "made": "2026-11-20",
        "person": f"5a3c1f0e-8d7b-4f7e-9b1d-{number:012x}",
        "name": f"Person {number}",
        "roles": [ROLE, "ansatt"] if number % 2 else [ROLE],
        "answers": answers,
        **changed,
    }


@pytest.fixture
def folder(tmp_path, asked):
    """Files as they come: in order, hostile, double, damaged, older, foreign, and of content that has changed."""
    files = tmp_path / "filer"
    files.mkdir()

    def put(name: str, value: Any) -> None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        (files / name).write_text(text, encoding="utf-8")

    for number in range(6):
        put(f"p{number}.json", file_of(number, asked))
    put("hostile.json", file_of(10, asked, name='<img src=x onerror="window.hit=1">'))
    put("formula.json", file_of(11, asked, name='=HYPERLINK("https://a.example";"x")'))
    put("twice.json", file_of(12, asked, name="person 0", made="2026-11-01"))
    put("future.json", file_of(13, asked, made="2030-01-01"))
    put("gone.json", {**file_of(14, ["borte"]), "roles": ["borte-rolle"]})
    put("other.json", file_of(15, asked, region="annen"))
    put("damaged.json", "{")
    put("foreign.json", "[]")
    put("newer.json", {"type": "kompetanse-assessment", "version": 2})
    return files


def opened(visit, files: list[Path] | list[Any], **options):
    """Open the page by a clock of the day of the site, and give it `files`."""
    seen = visit(UNIT, **options)
    seen.page.clock.set_fixed_time(datetime(2026, 11, 24, 12))  # noqa: DTZ001 (the device's own time)
    seen.page.wait_for_selector("#kmp-files")
    seen.page.set_input_files("#kmp-files", files)
    seen.page.wait_for_selector(".kmp-unit__view > *")
    return seen


def report(folder: Path, form: str, output: Path) -> int:
    """Run the command on the reference region."""
    command = [sys.executable, "-m", "kompetanse", "report", "unit", str(folder)]
    command += ["--format", form, "--date", TODAY, "-o", str(output)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode


def csv_of(page) -> bytes:
    with page.expect_download() as coming:
        page.click("text=Last ned CSV")
    return Path(coming.value.path()).read_bytes()


def cells(page, table: str) -> list[list[str]]:
    """Return the words of a table, row by row."""
    found = page.locator(f"table{table} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return [[re.sub(r"[✓◐◷✕\s]+", "", cell) for cell in row] for row in found]


def test_the_csv_of_the_browser_is_that_of_the_command_byte_for_byte(visit, folder, tmp_path):
    seen = opened(visit, sorted(folder.iterdir()))

    theirs = csv_of(seen.page)

    assert report(folder, "csv", tmp_path / "enhet.csv") == 1
    assert theirs == (tmp_path / "enhet.csv").read_bytes()
    assert b"'=HYPERLINK" in theirs
    assert theirs.startswith("\ufeffPerson;Rolle;".encode())


def test_every_table_and_sentence_is_that_of_the_command(visit, folder, tmp_path):
    page = opened(visit, sorted(folder.iterdir())).page
    report(folder, "html", tmp_path / "enhet.html")
    written = page.context.new_page()
    written.goto((tmp_path / "enhet.html").as_uri())

    for name in ("missing", "expiring", "table", "people", "guiding"):
        assert cells(page, f".kmp-unit__{name}") == cells(written, f".{name}"), name
    ours = page.locator(".kmp-unit__summary li").all_inner_texts()
    assert ours == written.locator(".summary li").all_inner_texts()
    assert (
        page.locator(".kmp-unit__notices li").all_inner_texts()
        == written.locator(".notices li").all_inner_texts()
    )


def test_what_is_in_a_name_is_never_run_and_nothing_leaves_the_site(visit, site, folder):
    seen = opened(visit, sorted(folder.iterdir()))

    csv_of(seen.page)

    assert seen.page.evaluate("window.hit") is None
    assert seen.page.locator(".kmp-unit__people img").count() == 0
    assert [url for url in seen.requests if not url.startswith((site.home, "blob:"))] == []
    assert [url for url in seen.requests if url.startswith(site.home + "kartlegging/data/")]
    assert (seen.stored(), seen.faults) == ([], [])


def test_each_file_that_is_not_counted_is_told_with_the_reason(visit, folder):
    page = opened(visit, sorted(folder.iterdir())).page

    told = " ".join(page.locator(".kmp-unit__notices li").all_inner_texts())

    for words in (
        "damaged.json er skadet",
        "foreign.json er ikke en kartlegging",
        "newer.json er laget av en nyere utgave",
        "twice.json er ikke regnet med. p0.json er fra samme person",
        "future.json har en dato som ikke er kommet ennå: 1. januar 2030",
        "other.json er fra en annen region",
        "«borte» finnes ikke lenger",
        "Rollen «borte-rolle» finnes ikke lenger",
    ):
        assert words in told


@pytest.mark.parametrize(("number", "shown"), [(4, False), (5, True)])
def test_an_average_is_left_out_for_four_and_told_for_five(visit, asked, tmp_path, number, shown):
    for one in range(number):
        (tmp_path / f"{one}.json").write_text(json.dumps(file_of(one, asked)), encoding="utf-8")

    page = opened(visit, sorted(tmp_path.glob("*.json"))).page

    assert ("snitt" in page.locator(".kmp-unit__table tbody").inner_text()) == shown


def test_what_is_missing_and_what_runs_out_comes_before_the_large_table(visit, folder):
    page = opened(visit, sorted(folder.iterdir())).page

    headings = page.locator(".kmp-unit__view > div h2").all_inner_texts()

    assert headings == [
        "Mangler",
        "Går snart ut",
        "Roller og kompetanser",
        "Personer",
        "Hvem kan veilede hvem",
    ]


def test_a_cell_says_in_a_word_and_in_numbers_and_has_headers_of_row_and_column(visit, folder, asked):
    page = opened(visit, sorted(folder.iterdir())).page

    cell = page.locator(".kmp-unit__table tbody td").first.inner_text()

    assert re.search(r"(Alle|Noen|Ingen) \d+ av \d+", cell)
    assert page.locator(".kmp-unit__table tbody th[scope=row]").count() >= len(asked)
    assert page.locator(".kmp-unit__table thead th[scope=col]").count() == 3


def test_a_filter_narrows_all_tables_and_says_how_many_are_left(visit, folder, catalogue):
    page = opened(visit, sorted(folder.iterdir())).page
    all_rows = page.locator(".kmp-unit__table tbody tr").count()

    page.select_option("#kmp-unit-kind", "statutory")

    left = page.locator(".kmp-unit__table tbody tr:visible").count()
    assert 0 < left < all_rows
    assert page.locator(".kmp-unit .kmp-filter [role=status]").inner_text() == f"Viser {left} kompetanser"
    page.select_option("#kmp-unit-role", "ansatt")
    assert page.locator(".kmp-unit__table thead th:visible").all_inner_texts() == [
        "Kompetanse",
        next(one.title for one in catalogue.published(Role) if one.id == "ansatt"),
    ]
    page.click(".kmp-unit .kmp-filter button")
    page.wait_for_function(
        f"document.querySelectorAll('.kmp-unit__table tbody tr:not([hidden])').length === {all_rows}"
    )


def test_a_file_of_50_mb_is_refused_without_being_read(visit, tmp_path):
    large = tmp_path / "stor.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    seen = visit(UNIT)
    seen.page.evaluate("Blob.prototype.arrayBuffer = Blob.prototype.text = () => { window.read = true }")

    seen.page.set_input_files("#kmp-files", str(large))

    seen.page.wait_for_selector("text=stor.json er større enn 1 MB")
    assert seen.page.evaluate("window.read") is None


def test_500_files_at_once_are_read_while_the_page_answers(visit, asked, tmp_path):
    paths = []
    for number in range(500):
        paths.append(tmp_path / f"{number:03}.json")
        paths[-1].write_text(json.dumps(file_of(number, asked)), encoding="utf-8")
    seen = visit(UNIT)
    seen.page.evaluate(
        """() => {
        window.said = []
        const status = document.querySelector('.kmp-unit__status')
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true})
        }"""
    )

    seen.page.set_input_files("#kmp-files", paths)
    seen.page.wait_for_selector(".kmp-unit__table", timeout=30_000)

    said = seen.page.evaluate("window.said")
    assert "Leser fil 200 av 500 …" in said
    assert said[-1] == "500 filer er lest. Oversikten står under."
    assert "500 personer" in seen.page.locator(".kmp-unit__summary").inner_text()


def test_the_same_file_twice_counts_once_and_more_files_can_be_added(visit, asked, folder):
    page = opened(visit, [folder / "p1.json"]).page

    page.set_input_files("#kmp-files", [folder / "p1.json", folder / "p2.json"])

    page.wait_for_selector("text=2 filer, 2 personer")
    assert page.locator(".kmp-unit__notices").count() == 0


def test_a_dropped_file_is_read_and_removed_again_by_keyboard(visit, asked):
    seen = visit(UNIT)
    page = seen.page
    page.wait_for_selector("#kmp-files")
    text = json.dumps(file_of(1, asked))
    page.evaluate(
        """text => {
        const data = new DataTransfer()
        data.items.add(new File([text], 'a.json'))
        document.querySelector('.kmp-unit__drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))
        }""",
        text,
    )
    page.wait_for_selector(".kmp-unit__people")

    page.focus("text=Fjern filene")
    page.keyboard.press("Enter")

    assert page.locator(".kmp-unit__people").count() == 0
    assert page.evaluate("document.activeElement.id") == "kmp-files"
    assert page.locator(".kmp-unit__status").inner_text() == "Filene er fjernet fra siden."


def test_a_site_that_cannot_be_reached_is_told_and_can_be_tried_again(visit, folder):
    seen = visit(UNIT)
    page = seen.page
    page.route("**/data/*.json", lambda route: route.abort())
    page.set_input_files("#kmp-files", str(folder / "p1.json"))
    page.wait_for_selector("text=Kravene kunne ikke hentes")

    page.unroute("**/data/*.json")
    page.click("text=Prøv igjen")

    page.wait_for_selector(".kmp-unit__people")


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("state", ["empty", "problems", "full"])
def test_axe_finds_no_fault_and_the_page_is_no_wider_than_its_window(visit, faults, folder, state, width):
    files = {
        "empty": [],
        "problems": [folder / "damaged.json", folder / "newer.json"],
        "full": sorted(folder.iterdir()),
    }
    seen = opened(visit, files[state], width=width) if files[state] else visit(UNIT, width=width)
    seen.page.wait_for_selector("#kmp-files")

    found = faults(seen.page)

    assert found == []
    assert not seen.scrolls_sideways()


def test_the_report_of_the_command_has_no_fault_either(visit, faults, folder, tmp_path):
    report(folder, "html", tmp_path / "enhet.html")
    page = visit(UNIT).page
    alone = page.context.new_page()

    alone.goto((tmp_path / "enhet.html").as_uri())

    assert alone.locator("html").get_attribute("lang") == "nb"
    assert alone.locator("script, link, img").count() == 0
    assert alone.evaluate("performance.getEntriesByType('resource').length") == 0


def test_all_is_said_in_the_other_languages_too(visit, folder):
    seen = visit(f"en/{UNIT}")
    seen.page.set_input_files("#kmp-files", [str(one) for one in sorted(folder.iterdir())])
    seen.page.wait_for_selector(".kmp-unit__view > *")

    assert seen.page.locator("text=Who can guide whom").count() == 1
    assert not re.search(r"unit\.|file\.|\{\w+\}", seen.page.locator(".kmp-unit").inner_text())


def test_the_synthetic_files_hold_by_the_published_schema(built, asked):
    schema = json.loads((built / "skjema/assessment.schema.json").read_text(encoding="utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(file_of(1, asked))) == []
