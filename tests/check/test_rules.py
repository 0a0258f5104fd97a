"""The rules themselves: each has its words in three languages, is used, and is shown by a case or a test."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import kompetanse
from kompetanse.messages import LANGUAGES, codes

SOURCE = Path(kompetanse.__file__).parent
HERE = Path(__file__).parent
TELLERS = {"problem", "body_problem", "Problem", "Fault", "PydanticCustomError", "_problem", "_matching"}
"""Functions that are given the code of a rule."""

CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def rules(language: str) -> dict[str, dict[str, str]]:
    text = (SOURCE / "messages" / f"problems.{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts(files: Iterator[Path]) -> set[str]:
    """Return every literal text of Python files."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in files)
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def told() -> Iterator[str]:
    """Yield every literal that a function of `TELLERS` is given and that looks like a code."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                words = (
                    [one.value for one in node.args if isinstance(one, ast.Constant)]
                    if name in TELLERS
                    else []
                )
                yield from (word for word in words if isinstance(word, str) and CODE.fullmatch(word))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words_in_every_language(language: str):
    found = rules(language)

    assert list(found) == list(rules("en"))
    for code, words in found.items():
        assert list(words) == ["message", "remedy", "explain"], code
        assert all(text.strip() for text in words.values()), code


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_the_words_of_a_rule_are_filled_with_the_same_values_in_every_language(language: str):
    english = rules("en")

    for code, words in rules(language).items():
        for part in ("message", "remedy"):
            said = placeholders(english[code]["message"]) | placeholders(english[code]["remedy"])
            assert placeholders(words[part]) <= said, f"{code}.{part}"
        assert placeholders(words["message"]) == placeholders(english[code]["message"]), code


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_rule_was_left_untranslated(language: str):
    english = rules("en")

    same = [code for code, words in rules(language).items() if words["explain"] == english[code]["explain"]]

    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_rule_read_as_one_sentence(language: str):
    for code, words in rules(language).items():
        assert not words["message"].endswith("."), code
        assert not words["remedy"].endswith("."), code
        assert words["explain"].endswith((".", "!")), code


def test_every_rule_is_used():
    used = texts(SOURCE.rglob("*.py"))

    assert [code for code in codes() if code not in used] == []


def test_every_code_that_is_used_is_a_rule():
    assert sorted(set(told()) - set(codes())) == []


def test_every_rule_has_a_case_or_a_named_test():
    cases = {path.name for path in (HERE / "cases").iterdir()}
    named = texts(HERE.glob("test_*.py"))

    assert [code for code in codes() if code not in cases | named] == []


def test_every_case_is_a_rule():
    cases = {path.name for path in (HERE / "cases").iterdir()}

    assert sorted(cases - set(codes())) == []
