"""Moodle's XML for questions."""

from __future__ import annotations

import base64
import io
import re
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from kompetanse.export import moodle_xml
from kompetanse.export.edition import Edition
from kompetanse.export.question_bank import path


def _written(edition: Edition) -> tuple[bytes, list[str]]:
    to = io.BytesIO()
    lost = list(moodle_xml.package(edition, to))
    return to.getvalue(), lost


def _questions(edition: Edition) -> list[Element]:
    root: Element = ElementTree.fromstring(_written(edition)[0])
    return [one for one in root if one.get("type") != "category"]


def _text(found: Element, path: str) -> str | None:
    return found.findtext(f"{path}/text")


def test_a_question_has_its_words_its_picture_and_what_it_is_known_by(odd: Edition) -> None:
    first = _questions(odd)[0]
    picture = first.find("questiontext/file")
    answers = first.findall("answer")
    media = next(one for one in odd.media if one.name == "cellar.png")

    assert (_text(first, "name"), first.findtext("idnumber")) == (
        "1.1 What is {a} = #1 \\ ~2: x -> y?",
        "one",
    )
    assert '<img alt="A cellar" src="@@PLUGINFILE@@/cellar.png" loading="lazy">' in (
        _text(first, "questiontext") or ""
    )
    assert picture is not None
    assert base64.b64decode(picture.text or "") == media.file.read_bytes()
    assert (picture.attrib, media.name) == (
        {"name": "cellar.png", "path": "/", "encoding": "base64"},
        "cellar.png",
    )
    assert [(one.get("fraction"), one.findtext("text"), _text(one, "feedback")) for one in answers] == [
        ("0", "%20% of {all}", "No: #never = ~ever."),
        ("100", "100 % &amp; <em>more</em>", "Yes."),
    ]
    assert _text(first, "generalfeedback") == "<p>It is said in the text.</p>"
    assert [one.text for one in first.findall("tags/tag/text")] == ["tasting"]


def test_several_right_answers_share_what_moodle_lets_them_share(odd: Edition) -> None:
    many = _questions(odd)[1]
    shares = [float(one.get("fraction", "")) for one in many.findall("answer")]

    assert many.findtext("single") == "false"
    assert sum(share for share in shares if share > 0) == 100
    assert set(shares) <= {10, 5, -100}


def test_each_spelling_of_a_short_answer_is_right(odd: Edition) -> None:
    short = _questions(odd)[2]

    assert (short.get("type"), short.findtext("usecase")) == ("shortanswer", "0")
    assert [one.findtext("text") for one in short.findall("answer")] == [
        "50 %",
        "%50",
        "a\\*b",
        "[x]",
        "a->b",
    ]
    assert {one.get("fraction") for one in short.findall("answer")} == {"100"}


def test_the_place_of_a_short_answer_is_a_field_in_the_text(odd: Edition) -> None:
    """Moodle asks for five underscores or more: `qtype_shortanswer_renderer` in `question/type/shortanswer/renderer.php`."""
    asked = _questions(odd)[2].findtext("questiontext/text") or ""

    assert re.findall("_+", asked) == ["_" * 10]


def test_a_second_version_never_meets_the_first_ones_category(odd: Edition) -> None:
    root: Element = ElementTree.fromstring(_written(odd)[0])
    categories = [one.findtext("category/text") or "" for one in root if one.get("type") == "category"]

    assert categories[0] == f'$course$/top/Cheese ‹b› & "wine" 🧀 ({odd.stamp})'
    assert [one.removeprefix(categories[0]) for one in categories[1:]] == [
        "/1 First & ‹foremost› 🍷",
        "/2 first & ‹foremost› 🍷",
    ]


def test_what_moodle_refuses_is_said_and_left_out(odd: Edition) -> None:
    assert _written(odd)[1] == ["lone: left out, since Moodle wants two answers to choose from"]
    assert len(_questions(odd)) == 3


def test_the_same_course_gives_the_same_bytes(odd: Edition) -> None:
    assert _written(odd) == _written(odd)


def test_a_slash_at_the_edge_of_a_name_is_no_step_of_the_path() -> None:
    """Moodle keeps it apart with a space (`question/format.php`, `assemble_category_path` and `split_category_path`)."""
    written = path("/a/b/", "c")

    names = [name.replace("//", "/").strip() for name in re.split("(?<!/)/(?!/)", written)]

    assert names == ["$course$", "top", "/a/b/", "c"]
