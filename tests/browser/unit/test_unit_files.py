"""The files that a leader opens: whatever is in them, nothing is run, sent or kept, and each that is not counted is told."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from tests.browser.unit.handed import UNIT, csv_of, file_of, opened, put, told


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


def test_the_synthetic_files_hold_by_the_published_schema(built, asked):
    schema = json.loads((built / "skjema/assessment.schema.json").read_text(encoding="utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(file_of(1, asked))) == []
