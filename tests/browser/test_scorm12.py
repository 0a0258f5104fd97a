"""A SCORM 1.2 package in a learning platform: what is told, when, and what never is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame
from tests.browser.learning_platform import Platform, Visit, needs_npm, platform_of
from tests.browser.serving import served
from tests.export.odd import BARE, ODD, edition_of, package, unpacked, written

pytestmark = needs_npm


COURSES = ("rart", "bart")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where platforms are served, each with one course."""
    folder = tmp_path_factory.mktemp("platforms")
    root = written(folder / "region", {**ODD, **BARE})
    for id_ in COURSES:
        unpacked(package("scorm12", edition_of(root, id_))[0], folder / id_ / "package")
        platform_of(folder / id_)
    with served(folder) as site:
        yield site.origin


@pytest.fixture
def platform(origin: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A platform with the odd course, or the one that the test asks for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    found = Platform(context, f"{origin}/{getattr(request, 'param', 'rart')}")
    yield found
    context.close()
    assert found.faults == []


def go(course: Frame, number: int) -> None:
    """Go to a lesson by the table of contents."""
    link = course.locator(".kmp-contents li a").nth(number)
    if link.get_attribute("aria-current"):
        return
    link.click()
    course.wait_for_function("document.activeElement.closest('.kmp-lesson[data-shown]')")


def answer(course: Frame, id_: str, *chosen: int | str) -> None:
    """Answer a question: places of options, or what is written."""
    block = course.locator(f'[data-question="{id_}"]')
    again = block.get_by_role("button", name="Prøv igjen")
    if again.is_visible():
        again.click()
    for one in chosen:
        if isinstance(one, str):
            block.locator("input").fill(one)
        else:
            block.locator("input").nth(one).check()
    block.get_by_role("button", name="Sjekk svaret").click()


def answer_all_rightly(course: Frame) -> None:
    answer(course, "en", 1)
    answer(course, "to", 0, 2)
    answer(course, "tre", "Måltidet")


def read_all(visit: Visit) -> None:
    for number in range(visit.course.locator(".kmp-contents li a").count()):
        go(visit.course, number)
    visit.course.evaluate("scrollTo(0, document.body.scrollHeight)")
    visit.course.wait_for_function(
        "[...document.querySelectorAll('.kmp-contents li a')].every(one => one.hasAttribute('data-read'))"
    )


def test_who_opens_and_closes_has_begun_and_no_more(platform: Platform) -> None:
    kept = platform.open().leave()

    assert kept["cmi.core.lesson_status"] == "incomplete"
    assert kept["cmi.core.score.raw"] == ""


def test_who_misses_can_go_on_and_pass_and_never_loses_it(platform: Platform) -> None:
    visit = platform.open()
    go(visit.course, 1)
    answer(visit.course, "en", 0)
    missed = visit.leave()
    again = platform.open(missed)
    shown = again.course.locator('[data-question="en"] .kmp-quiz__note:visible').inner_text()
    read_all(again)
    go(again.course, 1)
    before = again.value("cmi.core.lesson_status")
    answer_all_rightly(again.course)
    told = again.course.locator(".kmp-told").inner_text()
    passed = again.leave()
    later = platform.open(passed)
    go(later.course, 1)
    answer(later.course, "en", 0)

    assert (missed["cmi.core.lesson_status"], missed["cmi.core.score.raw"]) == ("incomplete", "0")
    assert shown.startswith("✗ Feil: Nei:")
    assert before == "incomplete"
    assert told == "Du har bestått kurset."
    assert (passed["cmi.core.lesson_status"], passed["cmi.core.score.raw"]) == ("passed", "100")
    after = later.leave()
    assert (after["cmi.core.lesson_status"], after["cmi.core.score.raw"]) == ("passed", "100")


def test_enough_right_answers_without_reading_are_not_enough(platform: Platform) -> None:
    visit = platform.open()
    go(visit.course, 1)
    answer_all_rightly(visit.course)
    kept = visit.leave()

    assert (kept["cmi.core.lesson_status"], kept["cmi.core.score.raw"]) == ("incomplete", "100")


def test_who_comes_back_finds_the_place_and_the_answers(platform: Platform) -> None:
    visit = platform.open()
    go(visit.course, 1)
    answer(visit.course, "to", 0, 1)
    answer(visit.course, "tre", "frokost & lunsj")
    kept = visit.leave()
    back = platform.open(kept)
    shown = back.course.locator(".kmp-lesson[data-shown]")

    assert shown.get_attribute("id") == "m1-forste"
    assert shown.locator('[data-question="to"] input:checked').count() == 2
    assert shown.locator('[data-question="tre"] input').input_value() == "måltidet"
    assert shown.locator('[data-question="en"] input:checked').count() == 0
    assert "1 av 3 riktige svar" in back.course.locator(".kmp-progress__line").inner_text()
    assert len(kept["cmi.suspend_data"]) < 40
    assert kept["cmi.suspend_data"].isascii()


def test_one_answer_is_one_commit_and_tells_the_question(platform: Platform) -> None:
    visit = platform.open()
    read_all(visit)
    go(visit.course, 1)
    before = visit.commits
    answer(visit.course, "to", 0, 2)

    assert visit.commits == before + 1
    told = visit.page.evaluate("JSON.parse(JSON.stringify(API.cmi.interactions))")["0"]
    assert (told["id"], told["type"], told["student_response"]) == ("to", "choice", "a,c")
    assert told["result"] == "correct"


def test_nothing_is_written_in_review(platform: Platform) -> None:
    kept = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}
    visit = platform.open(kept, mode="review")
    go(visit.course, 1)
    answer(visit.course, "en", 0)

    assert "Ingenting blir lagret nå" in visit.course.locator(".kmp-told").inner_text()
    assert visit.value("cmi.interactions.childArray.length") == 0
    after = visit.leave()
    assert {key: after[key] for key in kept} == kept
    assert after["cmi.suspend_data"] == ""


def test_what_a_platform_calls_completed_can_still_be_passed(platform: Platform) -> None:
    visit = platform.open({"cmi.core.lesson_status": "completed"})
    read_all(visit)
    go(visit.course, 1)
    answer_all_rightly(visit.course)

    assert visit.leave()["cmi.core.lesson_status"] == "passed"


@pytest.mark.parametrize("platform", ["bart"], indirect=True)
def test_a_course_without_questions_is_completed_when_it_is_read(platform: Platform) -> None:
    closed = platform.open().leave()
    visit = platform.open(closed)
    visit.course.locator("h1").click()
    visit.course.wait_for_function("document.querySelector('.kmp-told').textContent")
    read = visit.leave()

    assert closed["cmi.core.lesson_status"] == "incomplete"
    assert (read["cmi.core.lesson_status"], read["cmi.core.score.raw"]) == ("completed", "")


def test_focus_goes_to_the_heading_and_foreign_parts_say_their_language(platform: Platform) -> None:
    visit = platform.open()
    go(visit.course, 2)
    lesson = visit.course.locator(".kmp-lesson[data-shown]")

    assert visit.course.evaluate("document.activeElement.textContent") == "Andre"
    assert lesson.get_attribute("lang") == "nn"
    assert lesson.locator("form, [data-question]").count() == 0
    lesson.get_by_role("link", name="fyrste").click()
    assert visit.course.evaluate("location.hash") == "#m1-forste--kilder"
    assert re.match('Tegn: <&"> 😀 ærlig', visit.course.locator(".kmp-lesson[data-shown] h1").inner_text())
    visit.leave()
