"""Questions inside a text."""

from __future__ import annotations

import pytest

from kompetanse.model.quiz import Option, parse, questions

SINGLE = """\
<!-- id: nummer -->
Hva er nummeret til **brannvesenet**?

- [x] 110
    > Riktig.
- [ ] 113
    > Det er ambulansen.
    > Se plakaten.
- [ ] 112

Alle numrene er gratis.
"""


def test_a_question_has_options_feedback_and_an_explanation():
    found = parse(SINGLE)

    assert found.id == "nummer"
    assert found.kind == "single"
    assert found.stem == "Hva er nummeret til **brannvesenet**?"
    assert found.options == (
        Option("110", True, "Riktig."),
        Option("113", False, "Det er ambulansen. Se plakaten."),
        Option("112", False),
    )
    assert found.explanation == "Alle numrene er gratis."
    assert found.fault is None


def test_several_right_options_make_a_multiple_choice():
    assert parse("Hvilke?\n\n- [x] a\n- [X] b\n- [ ] c\n").kind == "multiple"


@pytest.mark.parametrize("bullet", ["-", "*", "+"])
def test_options_have_any_bullet(bullet: str):
    assert [one.right for one in parse(f"Hva?\n\n{bullet} [x] a\n{bullet} [ ] b\n").options] == [True, False]


def test_a_short_answer_has_its_spellings_and_a_gap():
    found = parse("Brannvesenet har nummer [[110|ett hundre og ti| ]].\n")

    assert (found.kind, found.stem) == ("short", "Brannvesenet har nummer ____.")
    assert found.answers == ("110", "ett hundre og ti")
    assert found.fault is None


def test_a_long_option_goes_on_in_the_next_row():
    assert parse("Hva?\n\n- [x] en lang\n  tekst\n").options == (Option("en lang tekst", True),)


def test_an_id_is_made_from_the_question_and_nothing_else():
    one = parse("Hva?\n\n- [x] a\n- [ ] b\n")
    other = parse("Hva?\n\n- [ ] c\n- [x] d\n")

    assert one.id == other.id == "q-a9b625fd"
    assert parse("Hvem?\n\n- [x] a\n").id != one.id


FAULTS = {
    "- [x] a\n- [ ] b\n": "quiz-without-question",
    "": "quiz-without-question",
    "Hva?\n": "quiz-without-options",
    "Hva er [[ | ]]?\n": "quiz-without-options",
    "Hva er [[a]]?\n\n- [x] a\n": "quiz-two-forms",
    "Hva?\n\n- [ ] a\n- [ ] b\n": "quiz-without-right-answer",
}


@pytest.mark.parametrize("block", FAULTS)
def test_what_cannot_be_answered_has_a_fault(block: str):
    assert parse(block).fault == FAULTS[block]


def test_a_text_may_have_many_questions():
    text = "Tekst.\n\n<quiz>\nA?\n\n- [x] a\n</quiz>\n\n<quiz>  \nB?\n\n- [x] b\n</quiz>\n"

    assert [question.stem for _, question in questions(text)] == ["A?", "B?"]


def test_a_question_that_is_not_closed_does_not_swallow_the_next():
    text = "<quiz>\nA?\n\n- [x] a\n\n<quiz>\nB?\n\n- [x] b\n</quiz>\n"

    assert [question.stem for _, question in questions(text)] == ["B?"]


@pytest.mark.parametrize(
    "text", [" <quiz>\nA?\n</quiz>\n", "Svar <quiz>\nA?\n</quiz>\n", "<quiz>A?</quiz>\n"]
)
def test_a_question_stands_on_lines_of_its_own(text: str):
    assert list(questions(text)) == []
