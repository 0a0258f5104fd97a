"""A leader sees a unit: in the browser and from the command line, to the same digit, with nothing sent and nothing kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from kompetanse.cli import main
from kompetanse.model.item import Role

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
UNIT = "enhet/"
ROLE = "helsefagarbeider"
NAME = "Heimetenesta =1"


@pytest.fixture(scope="module")
def asked(catalogue) -> list[str]:
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


def put(folder: Path, asked: list[str], number: int) -> list[Path]:
    """Write the files of so many people."""
    for one in range(number):
        (folder / f"{one:03}.json").write_text(json.dumps(file_of(one, asked)), encoding="utf-8")
    return sorted(folder.glob("*.json"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory, asked) -> Path:
    """Files as they come: in order, hostile, double, damaged, older, foreign, and of content that has changed."""
    files: Path = tmp_path_factory.mktemp("filer")
    people = {f"p{number}": file_of(number, asked) for number in range(6)}
    people |= {
        "hostile": file_of(10, asked, name='<img src=x onerror="window.hit=1">'),
        "formula": file_of(11, asked, name='=HYPERLINK("https://a.example";"x")'),
        "namesake": file_of(12, asked, name="person 0", made="2026-11-01"),
        "older": file_of(1, asked, made="2026-10-01"),
        "future": file_of(13, asked, made="2030-01-01"),
        "gone": {**file_of(14, ["borte"]), "roles": ["borte-rolle"]},
        "other": file_of(15, asked, region="annen"),
        "turned": file_of(16, asked, name="Kari\u202enotyek"),
        "wrong": file_of(17, asked, made="i går"),
        "newer": {"type": "kompetanse-assessment", "version": 2},
    }
    for name, value in people.items():
        (files / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    (files / "damaged.json").write_bytes(b'{"name": "\xff"')
    (files / "foreign.json").write_bytes(b"[]")
    return files


def opened(visit, files: list[Path], address: str = UNIT, **options):
    """Open the page by a clock of the day of the site, and give it `files`."""
    seen = visit(address, **options)
    seen.page.clock.set_fixed_time(datetime(2026, 11, 24, 12))  # noqa: DTZ001 (the device's own time)
    seen.page.set_input_files("#kmp-files", files)
    seen.page.wait_for_selector(".kmp-unit__view > *")
    return seen


@pytest.fixture(scope="module")
def full(visit_once, folder):
    """The page with all files; tests leave it as it was."""
    return opened(visit_once, sorted(folder.iterdir()))


@pytest.fixture(scope="module")
def few(visit_once, folder):
    """The page with a file of each kind that looks different."""
    names = ("p0", "p1", "hostile", "older", "gone", "damaged")
    return opened(visit_once, [folder / f"{one}.json" for one in names])


@pytest.fixture(scope="module")
def report(folder, tmp_path_factory) -> Callable[..., Path]:
    """Run the command on the reference region, and return the report."""

    def call(form: str, *more: str) -> Path:
        output: Path = tmp_path_factory.mktemp("report") / f"enhet.{form}"
        options = ["--content", str(ROOT), "--format", form, "--date", TODAY, "-o", str(output), *more]
        assert main(["report", "unit", str(folder), *options]) == 1, "some files cannot be read"
        return output

    return call


@pytest.fixture(scope="module")
def written(visit_once, report):
    """The report of the command, as a page."""
    page = visit_once(UNIT).page
    page.goto(report("html").as_uri())
    return page


def csv_of(page) -> bytes:
    with page.expect_download() as coming:
        page.click(".kmp-unit__view .kmp-actions button >> nth=0")
    return Path(coming.value.path()).read_bytes()


def cells(page, table: str) -> list[list[str]]:
    """Return the words of a table, row by row; marks stand in the command's text and in the page's style."""
    found = page.locator(f"table{table} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return [[re.sub(r"^[✓◐!✕]|\s+", "", cell) for cell in row] for row in found]


def told(page) -> str:
    return " ".join(page.locator(".kmp-unit__notices li").all_inner_texts())


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_csv_of_the_browser_is_that_of_the_command_byte_for_byte(visit, full, folder, report, language):
    files = sorted(folder.iterdir())
    page = full.page if language == "nb" else opened(visit, files, f"{language}/{UNIT}").page
    page.fill("#kmp-unit-name", NAME)

    theirs = csv_of(page)

    page.fill("#kmp-unit-name", "")
    assert theirs == report("csv", "--language", language, "--name", NAME).read_bytes()
    assert b"'=HYPERLINK" in theirs
    assert f"\r\n{NAME};".encode() in theirs
    assert not re.search(
        r"\b(unit|file|state|level|month)\.[a-z0-9]|\{\w+\}", page.locator(".kmp-unit").inner_text()
    )


def test_every_table_and_sentence_is_that_of_the_command(full, written):
    for name in ("missing", "expiring", "table", "people", "guiding"):
        assert cells(full.page, f".kmp-unit__{name}") == cells(written, f".{name}"), name
    for name in ("summary", "notices"):
        ours = full.page.locator(f".kmp-unit__{name} li").all_inner_texts()
        assert ours == written.locator(f".{name} li").all_inner_texts(), name


def test_what_is_in_a_name_is_never_run_and_nothing_leaves_the_site(full, site):
    csv_of(full.page)

    assert full.page.evaluate("window.hit") is None
    assert full.page.locator(".kmp-unit img").count() == 0
    assert [url for url in full.requests if not url.startswith((site.home, "blob:"))] == []
    assert (full.stored(), full.faults) == ([], [])
    names = full.page.locator(".kmp-unit__people tbody th").all_inner_texts()
    assert '<img src=x onerror="window.hit=1">' in names
    assert "Kari\ufffdnotyek" in names


@pytest.mark.parametrize(
    "words",
    [
        "damaged.json er skadet",
        "foreign.json er ikke en kartlegging",
        "wrong.json kan ikke leses: «made» har en verdi",
        "newer.json er laget av en nyere utgave",
        "older.json er ikke regnet med. p1.json er fra samme person og nyere",
        "namesake.json er ikke regnet med. Navnet tyder på at p0.json er fra samme person",
        "future.json har en dato som ikke er kommet ennå: 1. januar 2030",
        "other.json er fra en annen region",
        "«borte» finnes ikke lenger",
        "Rollen «borte-rolle» finnes ikke lenger",
    ],
)
def test_each_file_that_is_not_counted_is_told_with_the_reason(full, words):
    assert words in told(full.page)


def test_an_average_is_left_out_for_four_and_no_filter_makes_one(visit, asked, tmp_path):
    files = put(tmp_path, asked, 5)
    page = opened(visit, files[:4]).page
    table = page.locator(".kmp-unit__table tbody")
    four = table.inner_text()
    page.set_input_files("#kmp-files", files[4:])
    page.wait_for_selector("text=5 personer")
    cells_of_five = cells(page, ".kmp-unit__table")

    page.select_option("#kmp-unit-role", "ansatt")

    assert "snitt" not in four
    assert "snitt" in page.locator(".kmp-unit__table tbody").text_content()
    assert cells(page, ".kmp-unit__table") == cells_of_five, "a filter hides, it never reckons anew"
    assert "snitt" not in page.locator(".kmp-unit__table tbody").inner_text(), "two have this role"


def test_what_is_missing_and_what_runs_out_comes_before_the_large_table(full):
    headings = full.page.locator(".kmp-unit__view > div h2").all_inner_texts()

    assert headings == [
        "Mangler",
        "Går snart ut",
        "Roller og kompetanser",
        "Personer",
        "Hvem kan veilede hvem",
    ]


def test_a_cell_says_in_a_symbol_a_word_and_in_numbers_and_has_headers_of_row_and_column(full, asked):
    cell = full.page.locator(".kmp-unit__table tbody td:not(.kmp-unit__empty)").first

    symbol = cell.locator(".kmp-status").evaluate("one => getComputedStyle(one, '::before').content")

    assert re.search(r"(Alle|Noen|Ingen) \d+ av \d+", cell.inner_text())
    assert symbol[1] in "✓◐✕"
    assert full.page.locator(".kmp-unit__table tbody th[scope=row]").count() >= len(asked)
    assert full.page.locator(".kmp-unit__table thead th[scope=col]").count() == 3


def test_a_filter_narrows_all_tables_and_says_how_many_are_left(full, catalogue):
    page = full.page
    rows = page.locator(".kmp-unit__table tbody tr:visible")
    number = rows.count()

    page.select_option("#kmp-unit-kind", "statutory")

    left = rows.count()
    assert 0 < left < number
    assert page.locator(".kmp-unit .kmp-filter [role=status]").inner_text() == f"Viser {left} kompetanser"
    page.select_option("#kmp-unit-role", "ansatt")
    title = next(one.title for one in catalogue.published(Role) if one.id == "ansatt")
    assert page.locator(".kmp-unit__table thead th:visible").all_inner_texts() == ["Kompetanse", title]
    page.click(".kmp-unit .kmp-filter button")
    rows.nth(number - 1).wait_for()


def test_a_file_of_50_mb_is_refused_without_being_read(visit, tmp_path):
    large = tmp_path / "stor.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    page = visit(UNIT).page
    page.evaluate(
        "() => { Blob.prototype.arrayBuffer = Blob.prototype.text = async () => { window.read = true } }"
    )

    page.set_input_files("#kmp-files", str(large))

    page.wait_for_selector("text=stor.json er større enn 1 MB")
    assert page.evaluate("window.read") is None


def test_500_files_at_once_are_read_while_the_page_answers(visit, asked, tmp_path):
    files = put(tmp_path, asked, 500)
    page = visit(UNIT).page
    page.evaluate(
        """() => {
        window.said = []
        const status = document.querySelector('.kmp-unit__status')
        new MutationObserver(() => window.said.push([status.textContent, performance.now()])).observe(status, {childList: true})
        }"""
    )

    page.set_input_files("#kmp-files", files)
    page.wait_for_selector(".kmp-unit__table", timeout=30_000)

    said, times = zip(*page.evaluate("window.said"), strict=True)
    assert "Leser fil 200 av 500 …" in said
    assert said[-1] == "500 filer er lest. Oversikten står under."
    assert "500 personer" in page.locator(".kmp-unit__summary").inner_text()
    assert times[-1] - times[0] < 10_000, "two seconds on an idle machine"


def test_files_that_come_while_others_are_read_are_added_and_none_counts_twice(visit, folder):
    seen = opened(visit, [folder / "p1.json"])

    seen.page.evaluate(
        """texts => {
        for (const text of texts) {
          const data = new DataTransfer()
          data.items.add(new File([text], 'p1.json'))
          document.querySelector('.kmp-drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))
        }}""",
        [(folder / f"{one}.json").read_text(encoding="utf-8") for one in ("p1", "p2", "p3")],
    )

    seen.page.wait_for_selector("text=3 filer, 3 personer")
    assert seen.page.locator(".kmp-unit__notices").count() == 0


def test_files_are_removed_again_by_keyboard(visit, folder):
    page = opened(visit, [folder / "p1.json"]).page

    page.focus("text=Fjern filene")
    page.keyboard.press("Enter")

    page.wait_for_selector(".kmp-unit__people", state="detached")
    assert page.evaluate("document.activeElement.id") == "kmp-files"
    assert page.locator(".kmp-unit__status[role=status]").inner_text() == "Filene er fjernet fra siden."


def test_a_site_that_cannot_be_reached_is_told_and_can_be_tried_again_by_keyboard(visit, folder):
    seen = visit(UNIT)
    page = seen.page
    page.route("**/data/*.json", lambda route: route.abort())
    page.set_input_files("#kmp-files", str(folder / "p1.json"))
    page.wait_for_selector("[role=alert]:has-text('Kravene kunne ikke hentes')")

    page.unroute("**/data/*.json")
    page.get_by_role("button", name="Prøv igjen").press("Enter")

    page.wait_for_selector(".kmp-unit__people")
    assert page.evaluate("document.activeElement.id") == "kmp-unit-name"


def test_the_way_of_the_tab_key_passes_all_that_can_be_used_and_all_that_scrolls(full):
    page = full.page
    page.focus("#kmp-files")
    passed = []

    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.id || document.activeElement.className"))

    places = [
        "kmp-unit-name",
        "kmp-unit__told",
        "kmp-unit-role",
        "kmp-unit-state",
        "kmp-scroll kmp-unit__scroll",
    ]
    assert [one for one in places if one in passed] == places
    assert sorted(passed.index(one) for one in places) == [passed.index(one) for one in places]


def test_the_report_on_paper_has_the_name_of_the_unit_and_every_table_whole(full):
    page = full.page
    page.fill("#kmp-unit-name", "Hjemmetjenesten")
    page.set_viewport_size({"width": 390, "height": 900})

    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    page.set_viewport_size({"width": 1280, "height": 900})
    page.fill("#kmp-unit-name", "")
    text = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    assert paper.pages[0].mediabox.width > paper.pages[0].mediabox.height
    assert "Hjemmetjenesten" in text
    for heading in ("Mangler", "Går snart ut", "Roller og kompetanser", "Personer", "Hvem kan veilede hvem"):
        assert heading in text
    assert "Last ned CSV" not in text
    assert text.count("Kreves ikke") == page.locator(".kmp-unit__empty").count()


@pytest.mark.parametrize("width", [1000, 700])
def test_no_table_is_cut_off_on_paper_of_either_direction(full, width):
    page = full.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")

    cut = page.locator(".kmp-unit__scroll, .kmp-unit__told").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).length"
    )

    wide = full.scrolls_sideways()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (cut, wide) == (0, False)


def test_axe_finds_no_fault(few, faults):
    assert faults(few.page, "main") == []


def test_axe_finds_no_fault_when_filters_leave_nothing_or_no_file_can_be_used(visit, faults, folder):
    useless = opened(visit, [folder / "damaged.json", folder / "newer.json"])
    filtered = opened(visit, [folder / "p1.json"])
    filtered.page.select_option("#kmp-unit-kind", "statutory")
    filtered.page.select_option("#kmp-unit-role", "ansatt")
    filtered.page.select_option("#kmp-unit-state", "met")

    assert faults(useless.page, "main") + faults(filtered.page, "main") == []


def test_axe_finds_no_fault_in_the_report_of_the_command_which_fetches_nothing(written, faults):
    assert faults(written) == []
    assert written.locator("html").get_attribute("lang") == "nb"
    assert written.locator("script, link, img").count() == 0
    assert written.evaluate("performance.getEntriesByType('resource').length") == 0


def test_the_synthetic_files_hold_by_the_published_schema(built, asked):
    schema = json.loads((built / "skjema/assessment.schema.json").read_text(encoding="utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(file_of(1, asked))) == []
