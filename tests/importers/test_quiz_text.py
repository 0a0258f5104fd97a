"""A question that is written into a text is read back as the same question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.importers.quiz_text import as_quiz, fitted
from kompetanse.model.quiz import Option, Question, questions

PIECES = [
    "Hva",
    "å",
    " ",
    "\n",
    "- [x] a",
    "* [ ] b",
    "> c",
    "[[d]]",
    "____",
    "|",
    "]",
    "<quiz>",
    "</quiz>",
    "<!--",
]
MORE = ["-->", "id: q-1", "```", "    e", "\t", "\\", "<b>", "\u00a0", "\r\n", "- f"]
TEXT = st.lists(st.sampled_from([*PIECES, *MORE]), max_size=6).map("".join)
QUESTION = st.builds(
    Question,
    id=st.sampled_from(["", "q-1", "Spørsmål 1", "---"]),
    stem=TEXT,
    options=st.lists(st.builds(Option, TEXT, st.booleans(), TEXT), max_size=3).map(tuple),
    answers=st.lists(TEXT, max_size=2).map(tuple),
    explanation=TEXT,
)


@settings(max_examples=200, deadline=None)
@given(QUESTION)
def test_what_is_written_is_read_back(question: Question):
    made, lost = fitted(question)

    if made is None:
        assert lost
        return
    found = [one for _, one in questions(f"Tekst\n\n{as_quiz(made)}\n\nMer tekst\n")]
    assert found == [made]
    assert made.fault is None


def test_a_question_keeps_all_that_it_has():
    question = Question(
        "Leg 01",
        "Hvem *skal* sørge for det?\n\n![Skap](bilder/skap.png)",
        (
            Option("Virksomhetsleder", True, "Ja."),
            Option("Pårørende", False, "Nei.\nAnsvaret ligger hos virksomheten."),
        ),
        explanation="Se § 4.\n\n- a\n- b",
    )

    made, lost = fitted(question)

    assert made
    assert not lost
    assert as_quiz(made) == (
        "<quiz>\n<!-- id: leg-01 -->\nHvem *skal* sørge for det?\n\n![Skap](bilder/skap.png)\n\n- [x] Virksomhetsleder\n    > Ja.\n"
        "- [ ] Pårørende\n    > Nei. Ansvaret ligger hos virksomheten.\n\nSe § 4.\n\n- a\n- b\n</quiz>"
    )


def test_a_short_answer_has_its_place_and_its_explanation():
    made, lost = fitted(Question("n", "Brannvesenet har nummer ____.", (), ("110", "1-1-0"), "Husk det."))

    assert made
    assert not lost
    assert (
        as_quiz(made)
        == "<quiz>\n<!-- id: n -->\nBrannvesenet har nummer [[110|1-1-0]].\n\n> Husk det.\n</quiz>"
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question("q", "", (Option("a", True),)), "it asks nothing"),
        (Question("q", "Hva?", (Option("a", False),)), "no answer is right"),
        (Question("q", "Hva?"), "no answer is right"),
        (Question("q", "Hva?", (), ("a|b",)), "no answer that can be written"),
    ],
)
def test_a_question_that_nobody_could_answer_is_not_written(question: Question, said: str):
    made, lost = fitted(question)

    assert made is None
    assert said in " ".join(lost)
