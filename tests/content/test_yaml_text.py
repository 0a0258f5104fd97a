"""YAML as authors mean it."""

from __future__ import annotations

import pytest

from kompetanse.content.yaml_text import Fault, lines, load

MEANT = {
    "no": "no",
    "yes": "yes",
    "on": "on",
    "0301": "0301",
    "12:30": "12:30",
    "2026-11-24": "2026-11-24",
    "2.10": "2.10",
    "1e3": "1e3",
    "0x1F": "0x1F",
    "0o17": "0o17",
    ".inf": ".inf",
    "1_000": "1_000",
    "+47 22 00 00 00": "+47 22 00 00 00",
    "TRUE": "TRUE",
    "12345678901234567890": "12345678901234567890",
    "3": 3,
    "0": 0,
    "-5": -5,
    "true": True,
    "false": False,
    "'true'": "true",
    '"3"': "3",
    "|\n  to\n  rader": "to\nrader",
    "!!int '3'": "3",
    "!!python/name:os.system x": "x",
}


@pytest.mark.parametrize("written", MEANT)
def test_a_value_is_what_its_author_means(written: str):
    found = load(f"key: {written}")

    assert found == {"key": MEANT[written]}
    assert type(found["key"]) is type(MEANT[written])


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_left_out_of_mappings_and_lists(nothing: str):
    assert load(f"a: {nothing}\nb:\n- {nothing}\n- x\n") == {"b": ["x"]}


@pytest.mark.parametrize("nothing", ["", "\n\n", "# bare en merknad\n"])
def test_a_text_without_values_is_none(nothing: str):
    assert load(nothing) is None


def test_lists_and_mappings_nest():
    assert load("a:\n- b: 1\n  c: [x, y]\n") == {"a": [{"b": 1, "c": ["x", "y"]}]}


def test_lines_are_those_of_keys_and_list_entries():
    found = lines(
        "\ntitle: Vaktmester\nrequires:\n\n- competence: brannvern\n  level: 2\n- competence: hms\n"
    )

    assert found == {
        "title": 2,
        "requires": 3,
        "requires[0]": 5,
        "requires[0].competence": 5,
        "requires[0].level": 6,
        "requires[1]": 7,
        "requires[1].competence": 7,
    }


FAULTS = {
    "a: b: c": ("yaml-colon", 1, {"row": "a: b: c"}),
    "a: 1\n\tb: 2": ("yaml-tab", 2, {}),
    "a: 1\na: 2": ("duplicate-key", 2, {"key": "a"}),
    "a:\n- x\n- b: 1\n  b: 2": ("duplicate-key", 4, {"key": "b"}),
    "{{ x }}: 1": ("yaml-key", 1, {}),
    "a: &x [1]\nb:\n- *x": ("yaml-alias", 2, {}),
    "a: x\x07y": ("control-character", 1, {"character": "'\\x07'"}),
    "a: 1\nb: [1, 2\nc: 3": ("yaml-syntax", 2, None),
    "a: 1\nb: 'x\nc: 3": ("yaml-syntax", 2, None),
    "a: 1\n  b: 2": ("yaml-colon", 2, None),
    "a: @x": ("yaml-syntax", 1, None),
    "a: %x": ("yaml-syntax", 1, None),
    "- a\nb: c": ("yaml-syntax", 2, None),
    "a: " + "[" * 3000 + "]" * 3000: ("yaml-syntax", 1, {"reason": "nested too deep"}),
}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_a_fault_says_which_rule_and_line(text: str):
    code, line, values = FAULTS[text]

    with pytest.raises(Fault) as caught:
        load(text)

    assert (caught.value.code, caught.value.line) == (code, line)
    assert values is None or dict(caught.value.values) == values


def test_an_alias_of_plain_text_is_the_text():
    assert load("a: &x tekst\nb: *x") == {"a": "tekst", "b": "tekst"}
