"""An employee maps herself: roles, questions, result, plan, by keyboard, with nothing sent and nothing kept unasked."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.browser.mapping import MAPPING, ROLE, answer_all, answer_one, answered, begin, upload

KEY = "eksempelregionen.assessment"


def test_the_whole_way_goes_by_keyboard_and_asks_nobody_else(visit, site, requirements):
    seen = visit(MAPPING)
    page = seen.page
    page.focus(f'input[value="{ROLE}"]')
    page.keyboard.press("Space")
    page.focus(".kmp-roles button")
    page.keyboard.press("Enter")

    for number in range(1, len(requirements) + 1):
        page.wait_for_url(f"**#sporsmal-{number}")
        page.wait_for_function("() => document.activeElement.tagName === 'H2'")
        while not page.evaluate("document.activeElement.name === 'level'"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_selector(".kmp-result table")

    assert page.url.endswith("#resultat")
    assert page.locator(".kmp-result tbody tr").count() == len(requirements)
    page.focus("text=Lag plan")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kmp-plan")
    assert seen.stored() == []
    assert [url for url in seen.requests if not url.startswith((site.home, "blob:"))] == []
    assert seen.faults == []


def test_each_level_is_told_in_words(visit, catalogue, requirements):
    page = begin(visit).page
    competence = catalogue.items[requirements[0].competence]

    shown = page.locator(".kmp-question fieldset").inner_text()

    assert all(text in shown for text in competence.levels)
    assert "Jeg er ikke sikker" in shown


def test_the_result_has_the_statutory_first_and_says_state_in_words(visit, requirements):
    page = begin(visit).page
    answer_all(page, "1")

    kinds = page.locator(".kmp-result tbody .kmp-tag").all_inner_texts()

    assert kinds == sorted(kinds, key=["Lovpålagt", "Obligatorisk", "Anbefalt"].index)
    assert set(page.locator(".kmp-status").all_inner_texts()) <= {
        "Oppfylt",
        "På vei",
        "Mangler",
        "Mangler dokumentasjon",
    }


def test_nothing_is_kept_until_it_is_asked_for_and_then_under_one_name(visit):
    seen = begin(visit)
    answer_one(seen.page)
    assert seen.stored() == []

    seen.page.click("text=Lagre på denne enheten")

    assert seen.stored() == [KEY]
    assert "Lagret på denne enheten" in seen.page.locator(".kmp-kept").inner_text()


def test_one_goes_on_later_where_one_left(visit):
    page = begin(visit).page
    page.check('input[name=level][value="3"]')
    page.click("text=Se resultatet")
    page.click("text=Lagre på denne enheten")

    page.reload()
    page.goto(page.url.split("#")[0])
    page.click("text=Fortsett")

    page.wait_for_url("**#sporsmal-2")
    assert "Du har svart på 1 av" in page.locator(".kmp-progress").inner_text()


def test_an_answer_can_be_changed_from_the_result(visit):
    page = begin(visit).page
    answer_all(page, "0")

    page.locator(".kmp-result tbody tr a:has-text('Endre')").first.click()
    page.wait_for_selector(".kmp-question")
    page.check('input[name=level][value="4"]')
    page.click("text=Se resultatet")

    assert "Veileder andre" in page.locator(".kmp-result tbody").inner_text()


def test_documentation_counts_where_ones_own_word_does_not(visit, catalogue, requirements):
    number, asked = next((at, one) for at, one in enumerate(requirements, 1) if one.evidence == "confirmed")
    page = begin(visit).page
    page.goto(page.url.split("#")[0] + f"#sporsmal-{number}")
    page.check('input[name=level][value="4"]')
    page.select_option("#kmp-kind", "confirmed")
    page.click(".kmp-question button:not([type=button])")
    assert "dato" in page.locator("#kmp-day-fault").inner_text()

    page.fill("#kmp-day", "2026-11-01")
    page.select_option("#kmp-level", "4")
    page.click("text=Se resultatet")

    row = page.locator(".kmp-result tbody tr").filter(has_text=catalogue.items[asked.competence].title)
    assert row.locator(".kmp-status").inner_text() in {"Oppfylt", "Går snart ut"}
    assert "Bekreftet" in row.inner_text()


def test_a_new_round_is_compared_with_the_last(visit):
    page = begin(visit).page
    answer_all(page, "1")
    page.click("text=Lagre på denne enheten")
    page.goto(page.url.split("#")[0])
    page.reload()
    page.click("text=Kartlegg deg på nytt")
    page.wait_for_selector(".kmp-question")

    answer_all(page, "3")

    assert "Opp fra kjenner til" in page.locator(".kmp-result tbody").inner_text()
    assert "Sammenlignet med" in page.locator(".kmp-result .kmp-panel").first.inner_text()


def test_all_that_is_kept_can_be_deleted(visit):
    seen = begin(visit)
    answer_one(seen.page)
    seen.page.click("text=Lagre på denne enheten")

    seen.page.click("text=Slett alt på denne enheten")
    seen.page.click("text=Ja, slett alt")

    seen.page.wait_for_selector(".kmp-roles")
    assert seen.stored() == []


def test_a_device_without_room_says_so_and_the_answers_stay(visit):
    page = begin(visit).page
    answer_one(page)
    page.evaluate("""() => { let size = 1 << 22; while (size > 1) {
        try { localStorage.setItem("fyll" + size + Math.random(), "x".repeat(size)) } catch { size >>= 1 } } }""")

    page.click("text=Lagre på denne enheten")

    assert "ikke plass" in page.locator(".kmp-kept").inner_text()
    assert page.locator(".kmp-result tbody tr").count() > 0


def test_a_browser_that_forbids_storing_says_so(visit, site):
    seen = visit(MAPPING)
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    seen.page.goto(f"{site.home}{MAPPING}?#rolle={ROLE}")
    seen.page.click("text=Start kartleggingen")
    seen.page.wait_for_selector(".kmp-question")
    answer_one(seen.page)

    seen.page.click("text=Lagre på denne enheten")

    assert "tillater ikke lagring" in seen.page.locator(".kmp-kept").inner_text()
    assert seen.faults == []


def test_a_clock_that_is_wrong_is_told_and_not_believed(visit, site):
    seen = visit(MAPPING)
    seen.page.clock.set_fixed_time(datetime(2001, 1, 1))  # noqa: DTZ001 (the device's own time)

    seen.page.reload()

    assert "24. november 2026" in seen.page.locator(".kmp-alert--warning").inner_text()


def test_without_network_the_page_says_so_and_can_try_again(visit):
    page = visit(f"{MAPPING}#rolle={ROLE}").page
    page.wait_for_selector(".kmp-roles")
    page.context.set_offline(True)
    page.click("text=Start kartleggingen")
    assert "kunne ikke hentes" in page.locator(".kmp-alert--danger").inner_text()

    page.context.set_offline(False)
    page.click("button:has-text('Prøv igjen')")

    page.wait_for_selector(".kmp-question")


def test_the_plan_orders_courses_gives_minutes_and_sessions_for_the_calendar(visit, catalogue):
    page = begin(visit, "sykepleier").page
    answer_all(page, "0")
    page.click("text=Lag plan")
    page.wait_for_selector(".kmp-plan__steps")

    courses = [one.get_attribute("data-course") for one in page.locator(".kmp-plan__steps > li").all()]
    with page.expect_download() as coming:
        page.click("text=Last ned samlingene til kalenderen")
    events = Calendar.from_ical(Path(coming.value.path()).read_bytes()).walk("VEVENT")

    deliveries = [catalogue.items[one].delivery for one in courses]
    assert deliveries == sorted(deliveries, key=["self-paced", "blended", "classroom"].index)
    assert " time" in page.locator(".kmp-plan .kmp-panel").inner_text()
    assert len(events) >= 1


def test_a_nynorsk_reader_maps_herself_in_nynorsk(visit):
    page = visit(f"nn/{MAPPING}#rolle={ROLE}").page
    page.click("text=Start kartlegginga")
    page.wait_for_selector(".kmp-question")

    assert page.get_attribute("html", "lang") == "nn"
    assert "Kva passar best for deg no?" in page.locator(".kmp-question").inner_text()


def test_without_javascript_the_roles_can_be_read(visit, catalogue):
    page = visit(MAPPING, javascript=False).page

    assert page.is_visible("text=trenger JavaScript")
    assert page.locator(".kmp-without-scripts a").count() == 14


@pytest.mark.parametrize("state", ["roles", "fault", "question", "result", "forgetting", "plan"])
def test_axe_finds_no_fault_in_any_state(visit, faults, requirements, state):
    page = visit(f"{MAPPING}#rolle={ROLE}" if state == "question" else MAPPING).page
    if state in {"fault", "question"}:
        page.click("text=Start kartleggingen")
    if state in {"result", "forgetting", "plan"}:
        upload(page, "svar.json", json.dumps(answered(requirements, 1)))
        page.wait_for_selector(".kmp-result table")
    if state == "forgetting":
        page.click("text=Lagre på denne enheten")
        page.click("text=Slett alt på denne enheten")
    if state == "plan":
        page.click("text=Lag plan")

    assert faults(page, "main") == []
