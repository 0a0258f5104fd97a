"""What is composed says the same to every reader of YAML."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kompetanse.content.compose import compose
from kompetanse.content.frontmatter import Source, split

PATH = PurePosixPath("content/a.md")


def front(text: str) -> str:
    return text.split("\n---\n")[0].removeprefix("---\n")


def ours(text: str) -> Source:
    found = split(PATH, text)
    assert isinstance(found, Source)
    return found


def test_keys_keep_their_order_and_lists_stand_on_lines_of_their_own():
    keys = {
        "type": "role",
        "id": "vakt",
        "tags": ["a", "b"],
        "requires": [{"competence": "brann", "level": 2}],
        "levels": {"1": "Vet", "2": "Kan"},
        "summary": None,
    }

    assert compose(keys, "\nHei.\r\nDu.\n\n") == (
        "---\ntype: role\nid: vakt\ntags:\n  - a\n  - b\nrequires:\n  - competence: brann\n    level: 2\n"
        "levels:\n  1: Vet\n  2: Kan\n---\n\nHei.\nDu.\n"
    )


def test_without_a_body_there_is_only_front_matter():
    assert compose({"title": "A"}, "  \n") == "---\ntitle: A\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Yes",
        "on",
        "y",
        "N",
        "null",
        "~",
        "",
        "0301",
        "08",
        "2.10",
        "1e3",
        "0x1F",
        "12:30",
        "2026-11-24",
        "a: b",
        "a #b",
        "- a",
        "=SUM(A1)",
        "@x",
        "%x",
        "<<",
        "[a]",
        "{a}",
        "*a",
        "&a",
        "a:",
        " a ",
        "a\nb",
    ],
)
def test_text_that_readers_could_take_for_something_else_is_quoted(text: str):
    written = front(compose({"title": text}, ""))

    assert written.startswith('title: "')
    assert yaml.safe_load(written) == YAML(typ="safe", pure=True).load(written) == {"title": text}


def test_a_date_object_is_a_date():
    assert front(compose({"reviewed": date(2026, 11, 24)}, "")) == "reviewed: 2026-11-24"


def test_the_same_value_twice_is_written_twice():
    same = {"competence": "brann", "level": 2}

    assert "&" not in compose({"requires": [same, same]}, "")


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_read_back_as_it_was(text: str):
    written = compose({"title": text, "tags": [text], "levels": {"1": text}}, "")

    assert ours(written).meta == {"title": text, "tags": [text], "levels": {"1": text}}
    assert yaml.safe_load(front(written)) == {"title": text, "tags": [text], "levels": {1: text}}
