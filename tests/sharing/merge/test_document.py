"""Bytes, row ends and what cannot be merged; answers, and what is taken back."""

from __future__ import annotations

import pytest

from kompetanse.sharing.merge import Merged, Refusal, Why, merge

BASE = "---\ntitle: Kurs\n---\nKurset varer en dag. Det er gratis. Ta med legitimasjon.\n\nSlutt.\n"


def _merge(base: str, ours: str, theirs: str) -> Merged:
    merged = merge(base.encode(), ours.encode(), theirs.encode())
    assert isinstance(merged, Merged)
    return merged


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (b"a\0b", Why.BINARY),
        (b"\x89PNG\r\n\x1a\n\0\0", Why.BINARY),
        (b"bl\xe5b\xe6r", Why.ENCODING),
        (b"a\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n", Why.MARKERS),
        (b"a\n||||||| base\n", Why.MARKERS),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_no_clean_text_is_refused_whichever_side_it_is_on(
    damaged: bytes, why: Why, place: int
) -> None:
    sides = [b"a\n", b"b\n", b"c\n"]
    sides[place] = damaged

    assert merge(*sides) == Refusal(why)


def test_our_row_ends_are_kept_and_are_no_change_by_themselves() -> None:
    merged = _merge(BASE, BASE.replace("\n", "\r\n"), BASE.replace("en dag", "to dager"))

    assert merged.text == BASE.replace("en dag", "to dager").replace("\n", "\r\n")
    assert not merged.reviews


def test_row_ends_changed_at_the_source_are_no_change() -> None:
    ours = BASE.replace("en dag", "to dager")

    assert _merge(BASE, ours, BASE.replace("\n", "\r\n")).text == ours


def test_a_byte_order_mark_of_ours_is_kept_and_that_of_the_source_is_not_taken() -> None:
    theirs = BASE.replace("en dag", "to dager")

    assert _merge(BASE, "\ufeff" + BASE, theirs).text == "\ufeff" + theirs
    assert _merge("\ufeff" + BASE, BASE.replace("Slutt", "Hei"), "\ufeff" + theirs).text == theirs.replace(
        "Slutt", "Hei"
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("a", "a\n", "a\nb\n", "a\nb\n"),
        ("a", "a", "a\n", "a\n"),
        ("a\n\nb", "A\n\nb", "a\n\nb\n", "A\n\nb"),
        ("a\n\nb\n", "a\n\nb", "A\n\nb\n", "A\n\nb"),
        ("", "a\n", "", "a\n"),
    ],
)
def test_a_missing_row_end_at_the_end_is_no_conflict(
    base: str, ours: str, theirs: str, expected: str
) -> None:
    assert _merge(base, ours, theirs).text == expected


def test_only_a_row_feed_ends_a_row() -> None:
    odd = "en\u2028to\x0btre\x85fire\rfem\n\nslutt\n"

    assert _merge(odd, odd.replace("en", "ein"), odd.replace("slutt", "ferdig")).text == odd.replace(
        "en", "ein"
    ).replace("slutt", "ferdig")


def test_a_row_of_a_megabyte_is_asked_about_as_it_is() -> None:
    long = "ord " * 260_000

    merged = _merge(long, long + "vårt", long + "deres")

    assert [one.why for one in merged.questions] == [Why.TOO_LONG]


def test_many_equal_rows_are_merged() -> None:
    base = "Slutt.\n\n" * 3_000

    assert _merge(base, "Vårt.\n" + base, base + "Deres.\n").text == "Vårt.\n" + base + "Deres.\n"


def test_each_question_takes_a_text_of_its_own() -> None:
    merged = _merge(
        BASE,
        BASE.replace("title: Kurs", "title: Vårt").replace("Slutt.", "Vår slutt er 1. mai."),
        BASE.replace("title: Kurs", "title: Deres").replace("Slutt.", "Slutt er 2. mai."),
    )

    text = merged.answered({0: "title: Begge", 1: "Ferdig.\r\nHelt."})

    assert merged.text is None
    assert text == BASE.replace("title: Kurs", "title: Begge").replace("Slutt.", "Ferdig.\nHelt.")


def test_a_question_without_an_answer_gives_no_text() -> None:
    merged = _merge(BASE, BASE.replace("Slutt.", "Vårt."), BASE.replace("Slutt.", "Deres."))

    with pytest.raises(KeyError):
        merged.answered({})


def test_what_was_settled_can_be_taken_back() -> None:
    ours = BASE.replace("en dag.", "to dager.")
    merged = _merge(BASE, ours, BASE.replace("legitimasjon", "pass").replace("Slutt", "Ferdig"))

    assert merged.text == ours.replace("legitimasjon", "pass").replace("Slutt", "Ferdig")
    assert merged.answered({}, taken_back={0}) == ours.replace("Slutt", "Ferdig")


def test_an_unclosed_fence_that_none_of_them_has_is_not_made() -> None:
    base = "En.\n\nTo.\n\nTre.\n\nFire.\n"
    ours = base.replace("En.\n", "```\nEn.\n```\n")
    theirs = "~~~\n" + base + "~~~\n"

    merged = merge(base.encode(), ours.encode(), theirs.encode())

    assert isinstance(merged, Refusal) or merged.questions or (merged.text or "").count("~~~") == 2
