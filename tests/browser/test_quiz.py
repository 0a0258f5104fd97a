"""Questions are answered by keyboard, each option says what there is to say, and nothing leaves the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from kompetanse.model.quiz import Question, questions

SHORT = "kurs/legemiddelhandtering/03-regning/"


@pytest.fixture
def asked(module_with_questions):
    """The questions of the module with most of them."""
    return [question for _, question in questions(module_with_questions.body)]


@pytest.fixture
def module(visit, module_with_questions):
    """That module, open."""
    return visit(module_with_questions.address)


def block(page: Page, question: Question) -> Locator:
    """The question on the page."""
    return page.locator(f'[data-question="{question.id}"]')


def answer(page: Page, question: Question, right: bool = True) -> None:
    """Answer by keyboard: all right options, or the first wrong one."""
    if question.kind == "short":
        block(page, question).locator("input").fill(question.answers[0] if right else "feil svar")
    for place, option in enumerate(question.options):
        wanted = (
            option.right
            if right
            else place == next(n for n, one in enumerate(question.options) if not one.right)
        )
        if wanted:
            block(page, question).locator("input").nth(place).focus()
            page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "id => document.querySelector(`[data-question='${id}']`).dataset.result", arg=question.id
    )


def status(page: Page, question: Question) -> str:
    """What is announced."""
    return block(page, question).get_by_role("status").inner_text()


def test_a_right_answer_is_told_in_words_with_the_feedback_of_the_option(module, asked):
    question = next(one for one in asked if one.kind == "single")

    answer(module.page, question)

    note = block(module.page, question).locator(".kmp-quiz__note:visible")
    assert status(module.page, question).startswith("✓ Riktig")
    assert note.all_inner_texts()[0].startswith("✓ Riktig: ")
    assert module.page.evaluate("document.activeElement.textContent") == "Prøv igjen"


def test_a_wrong_answer_shows_its_own_feedback_only_and_can_be_tried_again(module, asked):
    question = next(one for one in asked if one.kind == "single")

    answer(module.page, question, right=False)
    notes = block(module.page, question).locator(".kmp-quiz__note:visible").all_inner_texts()
    module.page.keyboard.press("Enter")

    assert [note.startswith("✗ Feil") for note in notes] == [True]
    assert block(module.page, question).locator(".kmp-quiz__note:visible").count() == 0
    assert status(module.page, question) == ""
    assert module.page.evaluate("document.activeElement.type") == "radio"


def test_of_several_each_option_says_what_was_right_wrong_or_missing(module, asked):
    question = next(one for one in asked if one.kind == "multiple")

    answer(module.page, question, right=False)

    told = (
        block(module.page, question)
        .locator(".kmp-quiz__note:visible")
        .evaluate_all("all => all.map(one => one.dataset.outcome)")
    )
    assert sorted(told) == ["missed"] * sum(one.right for one in question.options) + ["wrong"]
    assert "Dette skulle vært valgt" in block(module.page, question).inner_text()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("single", "Velg et svar først."),
        ("multiple", "Velg minst ett svar først."),
        ("short", "Skriv et svar først."),
    ],
)
def test_without_an_answer_it_says_what_is_missing_and_goes_there(module, asked, kind, said):
    first = block(module.page, next(one for one in asked if one.kind == kind))

    first.locator("button", has_text="Sjekk svaret").focus()
    module.page.keyboard.press("Enter")

    assert first.locator(".kmp-error").inner_text().endswith(said)
    assert module.page.evaluate("document.activeElement.getAttribute('aria-describedby')") == first.locator(
        ".kmp-error"
    ).get_attribute("id")
    module.page.keyboard.press("Space" if kind != "short" else "a")
    assert first.locator(".kmp-error:visible").count() == 0


def test_a_short_answer_may_be_written_in_other_letters_and_case(visit, catalogue):
    page = visit(SHORT).page
    question = next(
        one
        for item in catalogue.items.values()
        if item.address == SHORT
        for _, one in questions(item.body)
        if one.kind == "short"
    )

    block(page, question).locator("input").fill(f"  {question.answers[0].upper()}. ")
    page.keyboard.press("Enter")

    assert status(page, question).startswith("✓ Riktig")


def test_the_end_says_how_many_are_right_and_starts_all_again(module, asked):
    page = module.page
    summary = page.locator(".kmp-quiz-summary")
    for number, question in enumerate(asked):
        answer(page, question, right=number > 0)

    assert f"Du har {len(asked) - 1} av {len(asked)} riktige." in summary.inner_text()
    assert "ikke et bevis" in summary.inner_text()
    assert "riktige." in status(page, asked[-1])
    summary.locator("button").focus()
    page.keyboard.press("Enter")
    assert f"Du har svart på 0 av {len(asked)}" in summary.inner_text()
    assert module.stored() == []
    assert module.faults == []


def test_without_javascript_the_answer_can_be_unfolded(visit, module_with_questions):
    page = visit(module_with_questions.address, javascript=False).page

    page.locator("[data-kind=single] summary").first.click()

    assert "Riktig:" in page.locator(".kmp-quiz details[open]").inner_text()
    assert page.locator(".kmp-quiz > ul li").count() > 0


def test_axe_finds_no_fault_when_answers_are_missing_wrong_or_right(
    visit, faults, module_with_questions, asked
):
    seen = visit(module_with_questions.address)
    page = seen.page

    block(page, asked[-1]).locator("button", has_text="Sjekk svaret").click()
    for number, question in enumerate(asked[:-1]):
        answer(page, question, right=number % 2 == 0)

    assert faults(page, "main") == []
